"""Taking up an invitation."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leeward.access.gate import Entered
from leeward.access.marks import public
from leeward.access.policy import Action
from leeward.signin import actions
from leeward.signin.forms import InvitationForm, JoinForm
from leeward.signin.store import session_of
from leeward.signin.views.asking import ask, go, tried
from leeward.staff.door import staff_page
from leeward.staff.models import Person
from leeward.ui import page
from leeward.vault import paper


@public(reason="Whoever was invited has no account yet.")
def join(request: HttpRequest, link: str) -> HttpResponse:
    """The link, and the code that came another way."""
    invitation = actions.open_invitation(link)
    if invitation is None:
        return _cannot_be_used(request)
    form = InvitationForm(request.POST or None)

    def show(told: dict[str, str]) -> str:
        actions.show_code(request, invitation, told["code"])
        return "/joining/"

    url = tried(form, show, _("This code does not match. Please look at it again, sign by sign."))
    if not url and form.is_bound and actions.open_invitation(link) is None:
        return _cannot_be_used(request)
    return go(url) if url else ask(request, "join", form, {"name": invitation.person.name})


@public(reason="Whoever was invited has no account yet; the code was right in this browser.")
def joining(request: HttpRequest) -> HttpResponse:
    """A passphrase of one's own."""
    invitation = actions.invitation_of(request)
    if invitation is None:
        return _cannot_be_used(request)
    offered = request.POST.get("offered") or paper.six_words()
    first = {"offered": offered, "language": get_language()}
    form = JoinForm(request.POST or None, person=invitation.person, initial=first)
    try:
        url = tried(
            form,
            lambda told: actions.join(
                request,
                invitation,
                typed=told["passphrase"],
                language=told["language"],
                device=told["device"],
            ),
            "",
        )
    except actions.TakenMeanwhile:
        return _cannot_be_used(request)
    return (
        go(url)
        if url
        else ask(request, "joining", form, {"offered": offered, "email": invitation.person.email})
    )


def _cannot_be_used(request: HttpRequest) -> HttpResponse:
    return page(request, "signin/join_ended.html", status=404)


@staff_page(Action.OWN_ACCOUNT)
def waiting(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Signed in, but without keys: a colleague compares five words and hands them over."""
    waits = Person.objects.waiting_for_keys().filter(pk=entered.visit.actor.id).exists()
    words = paper.fingerprint(session_of(request).pair().public)
    return page(request, "signin/waiting.html", {"words": words, "waits": waits})
