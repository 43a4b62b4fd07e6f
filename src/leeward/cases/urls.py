"""Addresses of pages about one participant. They hold random numbers only."""

from django.urls import path

from leeward.cases.views import file, people

app_name = "cases"

urlpatterns = [
    path("new/", file.meet, name="meet"),
    # one participant
    path("<uuid:case>/words/", people.profile, name="profile"),
    path("<uuid:case>/reach/", people.reach, name="reach"),
    path("<uuid:case>/more/", people.more, name="more"),
    path("<uuid:case>/write/", file.write, name="write"),
    path("<uuid:case>/draft/", file.draft, name="draft"),
    path("<uuid:case>/draft/drop/", file.drop_draft, name="drop_draft"),
    path("<uuid:case>/notes/<uuid:entry>/", file.change_entry, name="change_entry"),
    path("<uuid:case>/card/", file.change_card, name="change_card"),
    path("<uuid:case>/papers/new/", file.add_paper, name="add_paper"),
    path("<uuid:case>/papers/<uuid:paper>/", file.paper, name="paper"),
    path("<uuid:case>/openings/", file.openings, name="openings"),
    path("<uuid:case>/people/", file.people, name="people"),
    path("<uuid:case>/people/<uuid:member>/step-back/", file.step_back, name="step_back"),
]
