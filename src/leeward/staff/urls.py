"""Addresses of pages about colleagues."""

from django.urls import path

from leeward.staff import views

app_name = "staff"

urlpatterns = [
    path("", views.colleagues, name="colleagues"),
    path("roles/", views.roles, name="roles"),
    path("log/", views.log, name="log"),
    path("keys/", views.key_state, name="keys"),
    path("teams/new/", views.start_team, name="start_team"),
    path("invite/", views.invite, name="invite"),
    # one colleague
    path("<uuid:person>/", views.colleague, name="colleague"),
    path("<uuid:person>/invite-again/", views.invite_again, name="invite_again"),
    path("<uuid:person>/hand-keys/", views.hand_keys, name="hand_keys"),
    path("<uuid:person>/roles/new/", views.add_role, name="add_role"),
    path("<uuid:person>/goodbye/", views.goodbye, name="goodbye"),
    path("roles/<uuid:membership>/end/", views.end_role, name="end_role"),
]
