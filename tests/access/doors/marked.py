"""A front door where everything is in order."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from leeward.access.marks import Mark, mark, public
from leeward.access.policy import Action


@public(reason="Tells a load balancer that the house stands.")
def standing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("yes")


def _today(request: HttpRequest) -> HttpResponse:
    return HttpResponse("today")


today = mark(_today, Mark("staff", Action.TODAY))
urlpatterns = [path("", today), path("about/", include([path("standing/", standing)]))]
