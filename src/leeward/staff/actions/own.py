"""What somebody does with one's own account."""

from django.utils.translation import gettext as _

from leeward.access.gate import Entered
from leeward.staff import keys
from leeward.staff.actions.authority import CannotDo
from leeward.staff.models import (
    Credential,
    Person,
)


def speak(entered: Entered, *, language: str) -> None:
    """Choose one's own language."""
    Person.objects.filter(pk=entered.visit.actor.id).update(language=language)


def new_passphrase(entered: Entered, *, now: str, new: str) -> None:
    """Change one's own passphrase: the same keys under a new one; the old one opens nothing from now on."""
    person = Person.objects.get(pk=entered.visit.actor.id)
    pair = keys.open_keys(person, now)
    if pair is None:
        raise CannotDo(_("The passphrase you have now does not match. Please type it again."))
    old = Credential.objects.select_related("key").get(key__person=person, key__retired_at=None)
    keys.rewrapped(old, pair, new).save(force_update=True)
