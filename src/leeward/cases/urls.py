"""Addresses of pages about one participant. They hold random numbers only."""

from django.urls import path

from leeward.cases import views

app_name = "cases"

urlpatterns = [
    path("new/", views.meet, name="meet"),
    # one participant
    path("<uuid:case>/", views.see, name="see"),
    path("<uuid:case>/write/", views.write, name="write"),
    path("<uuid:case>/draft/", views.draft, name="draft"),
    path("<uuid:case>/draft/drop/", views.drop_draft, name="drop_draft"),
    path("<uuid:case>/notes/<uuid:entry>/", views.change_entry, name="change_entry"),
    path("<uuid:case>/card/", views.change_card, name="change_card"),
    path("<uuid:case>/papers/new/", views.add_paper, name="add_paper"),
    path("<uuid:case>/papers/<uuid:paper>/", views.paper, name="paper"),
    path("<uuid:case>/openings/", views.openings, name="openings"),
    path("<uuid:case>/people/", views.people, name="people"),
    path("<uuid:case>/people/<uuid:member>/step-back/", views.step_back, name="step_back"),
]
