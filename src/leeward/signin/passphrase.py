"""What makes a passphrase good: its length and that nobody can guess it. No rules about signs, no yearly change."""

import re
from typing import Final

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from leeward.staff import keys
from leeward.staff.models import Credential, Person
from leeward.vault.cipher import KeyPair, Stretch

#: How hard a passphrase is stretched today; credentials from before follow at the next sign-in.
TODAY: Stretch = Stretch()
_SHORTEST_PART: Final = 4
_FEWEST_SIGNS: Final = 6
_FEWEST_WORDS: Final = 3
_OURS: Final = frozenset(
    {"leeward", "passphrase", "password", "contraseña", "motdepasse", "agency", "welcome"}
)


class EasyToGuess:
    """Says no to what somebody who knows the person would try first."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise where little is left once names and repetitions are taken out."""
        known = _OURS | (_parts(user) if user else set())
        words = re.findall(r"\w+", password.casefold())
        left = {word for word in words if not any(part in word for part in known)}
        if known and words and not left:
            raise ValidationError(
                _("Somebody who knows you could guess this. Choose words that have nothing to do with you.")
            )
        if len(set(password)) < _FEWEST_SIGNS or (
            len(words) >= _FEWEST_WORDS and len(set(words)) < _FEWEST_WORDS
        ):
            raise ValidationError(_("This repeats itself, so it is easy to guess. Choose different words."))

    def get_help_text(self) -> str:
        """Django asks for it; our forms say it in their own words."""
        return _("Choose words that have nothing to do with you.")


def _parts(person: Person) -> set[str]:
    told = re.findall(r"\w+", f"{person.name} {person.email}".casefold())
    return {part for part in told if len(part) >= _SHORTEST_PART}


def check(passphrase: str, person: Person) -> None:
    """Raise `ValidationError` with one sentence for each thing that makes it easy to guess."""
    password_validation.validate_password(keys.tidy(passphrase).decode("utf-8", "replace"), person)


def harden(person: Person, pair: KeyPair, passphrase: str) -> None:
    """Stretch an older credential as hard as is asked today, now that its passphrase is here."""
    for old in Credential.objects.select_related("key").filter(key__person=person, key__retired_at=None):
        if old.memory_kib < TODAY.memory_kib or old.passes < TODAY.passes:
            keys.rewrapped(old, pair, passphrase, TODAY).save(force_update=True)
