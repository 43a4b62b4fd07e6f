"""A front door where somebody forgot something in the evening."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tests.access.doors.marked import today


def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", today),
    path("deep/", include([path("down/", include([path("<int:n>/", forgotten)]))])),
]
