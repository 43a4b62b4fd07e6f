"""Addresses of the desk."""

from django.urls import path

from leeward.desk.views import find, house, month, people, person, team, today, writing

app_name = "desk"

urlpatterns = [
    path("", today.today, name="today"),
    path("write/", writing.write_first, name="write_first"),
    path("write/draft/", writing.draft, name="draft"),
    path("people/", people.people, name="people"),
    path("people/views/keep/", people.keep_view, name="keep_view"),
    path("people/views/<uuid:kept>/drop/", people.drop_view, name="drop_view"),
    path("people/<uuid:case>/", person.person, name="person"),
    path("people/<uuid:case>/write/", writing.write, name="write"),
    path("people/<uuid:case>/notes/<uuid:entry>/undo/", writing.undo, name="undo"),
    path("team/", team.team, name="team"),
    path("team/reports/", team.reports, name="reports"),
    path("month/", month.month, name="month"),
    path("house/<uuid:team>/write/", house.write, name="house_write"),
    path("find/", find.find, name="find"),
]
