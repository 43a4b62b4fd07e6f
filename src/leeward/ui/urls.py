"""Where the style guide lives."""

from django.urls import path

from leeward.ui import views

urlpatterns = [path("look/", views.look, name="look")]
