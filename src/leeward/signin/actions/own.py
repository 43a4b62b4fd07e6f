"""One's own account."""

from uuid import UUID

from django.http import HttpRequest

from leeward.access.gate import Entered
from leeward.signin import factors, limits
from leeward.signin.actions.coming import stand
from leeward.signin.actions.problems import NotMatched
from leeward.signin.models import SHARED, SignIn
from leeward.signin.store import session_of
from leeward.signin.threshold import CODES, FACTOR
from leeward.staff import actions as staff
from leeward.staff import keys
from leeward.staff.models import Person
from leeward.vault.cipher import KeyPair


def introduce(entered: Entered, *, name: str, language: str) -> None:
    """Choose one's own name and language."""
    Person.objects.filter(pk=entered.visit.actor.id).update(name=name, language=language)


def end_sign_in(entered: Entered, *, sign_in: UUID) -> None:
    """End one of one's own sign-ins, wherever it is."""
    SignIn.objects.filter(pk=sign_in, person=entered.visit.actor.id).delete()


def sign_out_everywhere(entered: Entered) -> None:
    """End all of one's own sign-ins."""
    SignIn.objects.filter(person=entered.visit.actor.id).delete()


def change_passphrase(entered: Entered, request: HttpRequest, *, now: str, new: str) -> None:
    """A new passphrase; all other sign-ins end, because somebody else may have known the old one."""
    me = entered.visit.actor.id
    limits.take("again", str(me))
    try:
        staff.new_passphrase(entered, now=now, new=new)
    except staff.CannotDo:
        raise NotMatched from None
    limits.forget("again", str(me))
    here = session_of(request).row
    others = SignIn.objects.filter(person=me)
    (others.exclude(pk=here.pk) if here else others).delete()


def another_app(entered: Entered, request: HttpRequest, typed: str) -> str:
    """Back to the threshold, to set up another app. The old one works until the new one is proven."""
    person, pair = _once_more(entered, typed)
    device = session_of(request).row
    told = {"device": device.device if device else SHARED, "after": "/you/", "sheets": []}
    return stand(request, person, pair, needs=[FACTOR, CODES], **told)


def new_paper_codes(entered: Entered, typed: str) -> list[str]:
    """Ten new codes for paper."""
    person, _ = _once_more(entered, typed)
    return factors.new_paper_codes(person)


def _once_more(entered: Entered, typed: str) -> tuple[Person, KeyPair]:
    """Ask for the passphrase once more before something that whoever finds an open screen must not do."""
    person = Person.objects.get(pk=entered.visit.actor.id)
    limits.take("again", str(person.pk))
    pair = keys.open_keys(person, typed)
    if pair is None:
        raise NotMatched
    limits.forget("again", str(person.pk))
    return person, pair
