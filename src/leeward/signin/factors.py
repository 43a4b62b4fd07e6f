"""The second step: codes from an app, and ten codes on paper. Made of allauth's parts, none of its pages.

Their secrets are sealed under the pepper, so a stolen database makes no codes. A code from the app works once: allauth
remembers used codes in a cache, and we have none (it would hold what nobody sealed), so the last used step stands here.
"""

import base64
import time
from typing import Any, Final, cast

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from leeward.staff.models import Person
from leeward.vault.cipher import Key, same
from leeward.vault.pepper import pepper

_CONTEXT: Final = b"second-factor"
_PERIOD: Final = 30
#: Clocks of phones are a little off: one step before and one after are taken too.
_STEPS: Final = (-1, 0, 1)
_LAST: Final = "last_step"
_WRONG_CLOCK: Final = 10 * 60 // _PERIOD


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """What allauth asks us: how secrets are kept."""

    def encrypt(self, text: str) -> str:
        """Seal a secret under the pepper."""
        return base64.b64encode(_key().seal(text.encode(), _CONTEXT)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it again."""
        return _key().unseal(base64.b64decode(encrypted_text), _CONTEXT).decode()


def _key() -> Key:
    return pepper().derive("second-factor")


def new_secret() -> str:
    """A secret to show to the app."""
    return cast("str", generate_totp_secret())


def address(person: Person, secret: str) -> str:
    """What an app reads from the picture."""
    return cast("str", Adapter().build_totp_url(person, secret))


def picture(person: Person, secret: str) -> SafeString:
    """The QR code, drawn into the page: black on white also in the dark, because cameras need it so."""
    code = qrcode.QRCode(border=3)
    code.add_data(address(person, secret))
    rows = code.get_matrix()
    size = len(rows)
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return mark_safe(  # noqa: S308 - numbers only
        f'<svg class="qr" viewBox="0 0 {size} {size}" width="220" height="220" aria-hidden="true" focusable="false" '
        f'shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path fill="#000" d="{dots}"/></svg>'
    )


def has_one(person: Person) -> bool:
    """Whether the second step is set up."""
    return bool(Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists())


def fits(secret: str, typed: str) -> int | None:
    """The step that a typed code belongs to, or None."""
    code = "".join(typed.split()).replace("-", "")
    now = int(time.time()) // _PERIOD
    fitting = (now + step for step in _STEPS if same(_code(secret, now + step), code.encode()))
    return next(fitting, None)


def _code(secret: str, step: int) -> bytes:
    return cast("str", format_hotp_value(hotp_value(secret, step))).encode()


def set_up(person: Person, secret: str, step: int) -> list[str]:
    """Keep a secret that was proven by its first code, in place of an older one, and make new codes for paper."""
    data = {"secret": Adapter().encrypt(secret), _LAST: step}
    with transaction.atomic():
        Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data=data)
        return new_paper_codes(person)


def new_paper_codes(person: Person) -> list[str]:
    """Ten new codes; the old ones stop working."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
        return cast("list[str]", RecoveryCodes.activate(person).generate_codes())


def paper_codes_left(person: Person) -> int:
    """How many of the ten codes have not been used."""
    row = Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0


def accept_code(person: Person, typed: str) -> bool:
    """Whether this code from the app fits, and was not used before. An older one than the last does not fit either."""
    with transaction.atomic():
        row = _locked(person, Authenticator.Type.TOTP)
        step = fits(Adapter().decrypt(row.data["secret"]), typed) if row else None
        if row is None or step is None or step <= _last_used(row, step):
            return False
        _used(row, {**row.data, _LAST: step})
    return True


def _last_used(row: Any, step: int) -> int:  # noqa: ANN401 - allauth has no types
    """The last used step; one far ahead was used while the clock was wrong, and shuts nobody out for ever."""
    last = int(row.data.get(_LAST, 0))
    return last if last - step < _WRONG_CLOCK else 0


def accept_paper_code(person: Person, typed: str) -> bool:
    """Whether this code from paper fits; each works once."""
    with transaction.atomic():
        row = _locked(person, Authenticator.Type.RECOVERY_CODES)
        if row is None or not RecoveryCodes(row).validate_code(typed):
            return False
        row.refresh_from_db()
        _used(row, row.data)
    return True


def _locked(person: Person, kind: str) -> Any:  # noqa: ANN401 - allauth has no types
    return Authenticator.objects.select_for_update().filter(user=person, type=kind).first()


def _used(row: Any, data: dict[str, Any]) -> None:  # noqa: ANN401
    row.data, row.last_used_at = data, timezone.now()
    row.save(update_fields=["data", "last_used_at"])
