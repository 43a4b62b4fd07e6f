"""Addresses of the desk."""

from django.urls import path

from leeward.desk import views

app_name = "desk"

urlpatterns = [
    path("", views.today, name="today"),
    path("write/", views.write_first, name="write_first"),
    path("write/draft/", views.draft, name="draft"),
    path("people/", views.people, name="people"),
    path("people/<uuid:case>/", views.person, name="person"),
    path("find/", views.find, name="find"),
]
