"""Locking, unlocking, turning the screen, leaving."""

from django.http import HttpRequest
from django.utils import timezone

from leeward.signin import limits
from leeward.signin.actions.problems import NotMatched, SignedOut, SomebodyElse
from leeward.signin.models import SignIn
from leeward.signin.store import State, session_of
from leeward.staff import keys


def lock(request: HttpRequest) -> None:
    """Shut at once; the sealed session stays for whoever knows the passphrase."""
    session = session_of(request)
    if session.row and session.state is State.OPEN:
        SignIn.objects.filter(pk=session.row.pk, locked_at=None).update(locked_at=timezone.now())


def unlock(
    request: HttpRequest, typed: str, *, who: str = "", takes_in: bool, turns_back: bool = False
) -> None:
    """The passphrase opens the lock, and makes the sealed session anew where it had been deleted.

    A screen that was turned stays so, unless it is the turning back that the passphrase was typed for.
    """
    session = session_of(request)
    row = session.row
    if row is None or session.state not in {State.LOCKED, State.OPEN}:
        raise SignedOut
    if who and who != str(row.person_id):
        raise SomebodyElse
    limits.take("unlock", str(row.pk))
    pair = keys.open_keys(row.person, typed)
    if pair is None:
        raise NotMatched
    limits.forget("unlock", str(row.pk))
    session.unlock(pair, str(keys.agency().pk))
    if turns_back:
        session.turn(None)
    session.takes_in = takes_in and session.turned is None


def turn(request: HttpRequest, path: str) -> str:
    """Turn the screen to one page that two people look at together. Answers where it is turned to (practice M10)."""
    session = session_of(request)
    if session.turned is None and session.state is State.OPEN:
        session.turn(path)
    return session.turned or "/"


def take_in(request: HttpRequest) -> None:
    """Take in what was kept while the lock was shut: somebody unlocked in another window."""
    session = session_of(request)
    session.takes_in = session.state is State.OPEN and session.turned is None


def sign_out(request: HttpRequest) -> None:
    """End this sign-in."""
    session_of(request).flush()
