"""A front door for these tests: the pages at the door, and two pages behind it."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path

from leeward.access.gate import Entered
from leeward.access.policy import Action
from leeward.signin.store import session_of
from leeward.staff.door import staff_page

#: What the page behind the door has taken in, for the length of a test.
taken: list[tuple[str, str]] = []
faults: list[Exception] = []


@staff_page(Action.TODAY)
def today(request: HttpRequest, entered: Entered) -> HttpResponse:
    return HttpResponse(f"today {entered.visit.actor.id}")


@staff_page(Action.TODAY)
def note(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Takes words in, asks again for none at all, and breaks when a test wants it to."""
    if faults:
        raise faults.pop()
    words = request.POST.get("words", "")
    if request.method != "POST":
        return HttpResponse("write")
    if not words:
        return HttpResponse("a question", status=422)
    taken.append((str(entered.visit.actor.id), words))
    if upload := request.FILES.get("paper"):
        taken.append(("paper", upload.read().decode()))
    session_of(request)["said"] = words
    return HttpResponseRedirect(f"/written/{len(taken)}/")


urlpatterns = [
    path("", include("leeward.signin.urls")),
    path("", today, name="today"),
    path("note/", note),
]
