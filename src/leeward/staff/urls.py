"""Addresses of pages about colleagues."""

from django.urls import path

from leeward.staff.views import communities, house, own, people, rota, ways

app_name = "staff"

urlpatterns = [
    path("", people.colleagues, name="colleagues"),
    path("roles/", people.roles, name="roles"),
    path("log/", people.log, name="log"),
    path("rota/", rota.rota, name="rota"),
    path("rota/new/", rota.add, name="rota_new"),
    path("rota/<uuid:shift>/take-away/", rota.take_away, name="rota_take_away"),
    path("rota/<uuid:shift>/offer/", rota.offer, name="rota_offer"),
    path("rota/<uuid:shift>/keep/", rota.keep, name="rota_keep"),
    path("rota/<uuid:shift>/answer/", rota.answer, name="rota_answer"),
    path("ways/", ways.ways, name="ways"),
    path("ways/change/", ways.change_ways, name="change_ways"),
    path("ways/communities/", communities.communities, name="communities"),
    path("ways/communities/new/", communities.community_new, name="community_new"),
    path("ways/communities/<uuid:community>/", communities.community, name="community"),
    path("house/", house.house_log, name="house_log"),
    path("house/<uuid:team>/", house.house_log, name="house"),
    path("about-me/", own.about_me, name="about_me"),
    path("phrases/", own.phrases, name="phrases"),
    path("phrases/keep/", own.keep_phrase, name="keep_phrase"),
    path("phrases/<uuid:phrase>/", own.phrase, name="phrase"),
    path("phrases/<uuid:phrase>/drop/", own.drop_phrase, name="drop_phrase"),
    path("keys/", people.key_state, name="keys"),
    path("teams/new/", people.start_team, name="start_team"),
    path("invite/", people.invite, name="invite"),
    # one colleague
    path("<uuid:person>/", people.colleague, name="colleague"),
    path("<uuid:person>/invite-again/", people.invite_again, name="invite_again"),
    path("<uuid:person>/hand-keys/", people.hand_keys, name="hand_keys"),
    path("<uuid:person>/roles/new/", people.add_role, name="add_role"),
]
