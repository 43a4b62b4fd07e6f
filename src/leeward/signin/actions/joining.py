"""Joining, and setting up."""

from django.db import IntegrityError
from django.http import HttpRequest

from leeward.signin import limits
from leeward.signin.actions.coming import approach, begin, pass_on
from leeward.signin.actions.problems import NotMatched, TakenMeanwhile
from leeward.signin.store import session_of
from leeward.signin.threshold import SHEETS, threshold
from leeward.staff import actions as staff
from leeward.staff.models import Agency, Invite


def open_invitation(link: str) -> Invite | None:
    """The invitation that a link belongs to, while it can be used."""
    found = Invite.objects.select_related("person").filter(link_mark=staff.link_mark(link)).first()
    return found if found and found.is_open() and found.person.left_at is None else None


def show_code(request: HttpRequest, invitation: Invite, typed: str) -> None:
    """The code that came another way; from here on the link alone is not needed any more."""
    limits.take("join", str(invitation.pk))
    if not staff.check_code(invitation, typed):
        raise NotMatched
    before = session_of(request).row
    begin(request, None, invite=str(invitation.pk))
    if before and before.person_id is None:
        before.delete()


def invitation_of(request: HttpRequest) -> Invite | None:
    """The invitation whose code was right in this browser."""
    pk = threshold(request).told.get("invite")
    found = Invite.objects.select_related("person").filter(pk=pk).first() if pk else None
    return found if found and found.is_open() else None


def join(request: HttpRequest, invitation: Invite, *, typed: str, language: str, device: str) -> str:
    """Take up the invitation with a passphrase of one's own."""
    try:
        person, pair = staff.join(invitation, passphrase=typed, language=language)
    except (staff.CannotDo, IntegrityError):
        raise TakenMeanwhile from None
    return approach(request, person, pair, device=device)


def nobody_is_here_yet() -> bool:
    """Whether there is no agency."""
    return not Agency.objects.exists()


def found(request: HttpRequest, first: staff.Newcomer, *, device: str) -> str:
    """Set the agency up. Of two browsers at once, one is told that the other was first."""
    try:
        founding = staff.found_agency(first)
    except IntegrityError:
        raise TakenMeanwhile from None
    return approach(request, founding.person, founding.pair, device=device, sheets=founding.shares)


def confirm_sheets(request: HttpRequest, typed: list[str]) -> str:
    """Two words of one sheet show that it is on paper; then the sheets are forgotten."""
    step = threshold(request)
    sheet, *numbers = step.told["asked"]
    there = step.told["sheets"][sheet].split()
    if [word.strip().lower() for word in typed] != [there[number] for number in numbers]:
        raise NotMatched
    step.told["sheets"] = []
    return pass_on(request, step, SHEETS)
