"""A front door that lets in a whole URLconf of somebody else's."""

from django.urls import include, path

from tests.access.doors.marked import today

urlpatterns = [path("", today), path("i18n/", include("django.conf.urls.i18n"))]
