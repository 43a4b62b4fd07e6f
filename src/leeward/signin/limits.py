"""How often something may be tried: counted per account in a table that every process shares.

A wrong try for one person never keeps another out, at the same address or anywhere. Tries are counted before they are
checked, so that many at once do not slip through, and somebody who is not known here is counted just the same.
"""

from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import ngettext

from leeward.signin.models import Limit
from leeward.vault.pepper import pepper

FREE: Final = 7
_FIRST_WAIT: Final = 30
_LONGEST_WAIT: Final = 15 * 60
_FORGOTTEN: Final = timedelta(hours=12)


class Slower(Exception):  # noqa: N818 - it is an answer, not an error
    """There were too many tries; the message says how long to wait."""

    def __init__(self, seconds: int) -> None:
        """Remember the wait for the answer's header."""
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds

    def sentence(self) -> str:
        """What to say to whoever has to wait."""
        minutes = -(-self.seconds // 60)
        return ngettext(
            "There were many tries just now. Please wait %(minutes)s minute, then try again.",
            "There were many tries just now. Please wait %(minutes)s minutes, then try again.",
            minutes,
        ) % {"minutes": minutes}


def take(what: str, who: str) -> None:
    """Count one try, or raise `Slower`. Tries during the wait count for nothing and change nothing."""
    try:
        _take(what, who)
    except IntegrityError:
        # Somebody else's success began anew between our looking and our writing: there is nothing in the way now.
        _take(what, who)


def _take(what: str, who: str) -> None:
    with transaction.atomic():
        limit, _ = Limit.objects.select_for_update().get_or_create(mark=_mark(what, who))
        left = _left(limit)
        if left > 0:
            raise Slower(left)
        limit.count = 1 if timezone.now() - limit.since > _FORGOTTEN else limit.count + 1
        limit.since = timezone.now()
        limit.save(update_fields=["count", "since"])


def forget(what: str, who: str) -> None:
    """It went well: begin anew."""
    Limit.objects.filter(mark=_mark(what, who)).delete()


def forget_old() -> None:
    """Drop marks that hold nobody up any more."""
    Limit.objects.filter(since__lt=timezone.now() - _FORGOTTEN).delete()


def _left(limit: Limit) -> int:
    """Seconds still to wait; a clock that was set back makes nobody wait longer than the longest wait."""
    if limit.count < FREE:
        return 0
    wait = min(_FIRST_WAIT * 2 ** min(limit.count - FREE, 10), _LONGEST_WAIT)
    passed = int((timezone.now() - limit.since).total_seconds())
    return int(min(wait - passed, wait))


def _mark(what: str, who: str) -> bytes:
    return pepper().derive("mark/limit").mac(f"{what}\0{who}".encode())
