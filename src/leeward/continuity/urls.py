"""Addresses of continuity. They hold random numbers only."""

from django.urls import path

from leeward.continuity import views

app_name = "continuity"

urlpatterns = [
    path("<uuid:case>/", views.walking, name="walking"),
]
