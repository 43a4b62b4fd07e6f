"""The demo's own front door: one click signs in as somebody invented. Refused unless the store was born as a demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from leeward import site
from leeward.access.marks import public
from leeward.access.words import ROLE_NAMES
from leeward.demo import maker, people
from leeward.signin import actions as signin_actions
from leeward.signin.views import door
from leeward.staff.models import Agency, Person
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)


def only_in_a_demo() -> None:
    """There is no one-click door to a real agency."""
    if not Agency.objects.filter(born_as_demo=True).exists():
        raise Http404


@public(reason="the demo's welcome: everybody on it is invented")
@require_GET
def welcome(request: HttpRequest) -> HttpResponse:
    """Choose whose day to look into."""
    only_in_a_demo()
    here = set(Person.objects.here().values_list("email", flat=True))
    personas = [persona for persona in people.personas() if persona.email in here]
    cast = [(persona, ", ".join(_roles(persona))) for persona in personas]
    shown = {"cast": cast, "agency": people.AGENCY, "next": request.GET.get("next", "/")}
    return page(request, "demo/welcome.html", shown)


def _roles(persona: people.Persona) -> list[str]:
    return sorted({str(ROLE_NAMES[role]) for role in persona.roles})


@public(reason="one click instead of a passphrase, in a store that was born as a demo")
@require_POST
def come_in(request: HttpRequest, persona: str) -> HttpResponse:
    """Sign in as somebody invented, by the same way as with a typed passphrase."""
    only_in_a_demo()
    try:
        chosen = people.persona(persona)
    except LookupError:
        raise Http404 from None
    after = request.POST.get("next", "/")
    try:
        url = signin_actions.sign_in(
            request, email=chosen.email, typed=maker.PASSPHRASE, device="own", after=after
        )
    except signin_actions.NotMatched:  # somebody who was let go in the demo
        return redirect("with_words")
    return redirect(url or "/")


urlpatterns = [
    path("sign-in/", welcome, name="welcome"),
    path("sign-in/with-words/", door.sign_in, name="with_words"),
    path("demo/<slug:persona>/", come_in, name="come_in"),
    *site.urlpatterns,
]


class Banner:
    """Middleware: every page of the demo says that everybody in it is invented."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand before the view."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say so."""
        request.banner = _("A demonstration. Everybody here is invented.")  # type: ignore[attr-defined]
        return self.get_response(request)
