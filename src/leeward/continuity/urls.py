"""Addresses of pages about who walks with whom. They hold random numbers only."""

from django.urls import path

from leeward.continuity.views import ending, leaving, matters, people, waiting, walls
from leeward.continuity.views import path as steps

app_name = "continuity"

urlpatterns = [
    # hand-overs that wait, time off, somebody who leaves
    path("offers/", waiting.offers, name="offers"),
    path("offers/<uuid:hand_over>/answer/", waiting.answer, name="answer"),
    path("offers/<uuid:hand_over>/take/", waiting.take, name="take"),
    path("offers/<uuid:hand_over>/not-now/", waiting.not_now, name="not_now"),
    path("cover/", waiting.cover, name="cover"),
    path("cover/<uuid:absence>/", waiting.cover_change, name="cover_change"),
    path("cover/<uuid:absence>/back/", waiting.come_back, name="come_back"),
    path("told/<uuid:farewell>/", waiting.has_read, name="has_read"),
    path("goodbye/<uuid:person>/", leaving.goodbye, name="goodbye"),
    path("roles/<uuid:membership>/end/", leaving.role_ends, name="role_ends"),
    # one participant
    path("<uuid:case>/", people.walking, name="walking"),
    path("<uuid:case>/colleague/", people.colleague, name="colleague"),
    path("<uuid:case>/backup/", people.backup, name="backup"),
    path("<uuid:case>/no-backup/", people.no_backup, name="no_backup"),
    path("<uuid:case>/stay/", people.stay, name="stay"),
    path("<uuid:case>/colleagues/<uuid:member>/step-back/", people.step_back, name="step_back"),
    path("<uuid:case>/does/", people.doing, name="doing"),
    path("<uuid:case>/outside/new/", people.outside_new, name="outside_new"),
    path("<uuid:case>/outside/<uuid:outside>/", people.outside_change, name="outside_change"),
    path("<uuid:case>/ours-central/", people.ours_central, name="ours_central"),
    path("<uuid:case>/parts/", matters.components, name="components"),
    path("<uuid:case>/parts/answer/", matters.component, name="component"),
    path("<uuid:case>/parts/never/", matters.never_came_up, name="never_came_up"),
    path("<uuid:case>/conferences/new/", matters.conference_new, name="conference_new"),
    path("<uuid:case>/conferences/<uuid:conference>/", matters.conference_see, name="conference_see"),
    path(
        "<uuid:case>/conferences/<uuid:conference>/change/",
        matters.conference_change,
        name="conference_change",
    ),
    path(
        "<uuid:case>/conferences/<uuid:conference>/print/", matters.conference_print, name="conference_print"
    ),
    path("<uuid:case>/hand-over/", steps.hand_over, name="hand_over"),
    path("<uuid:case>/hand-over/ask/", steps.ask, name="ask"),
    path("<uuid:case>/hand-over/offer/", steps.offer, name="offer"),
    path("<uuid:case>/hand-over/<uuid:hand_over>/", steps.prepare, name="prepare"),
    path("<uuid:case>/hand-over/<uuid:hand_over>/withdraw/", steps.withdraw, name="withdraw"),
    path("<uuid:case>/hand-over/<uuid:hand_over>/letter/", steps.letter, name="letter"),
    path("<uuid:case>/walls/", walls.walls, name="walls"),
    path("<uuid:case>/walls/works-here/", walls.works_here, name="works_here"),
    path("<uuid:case>/walls/open/", walls.open_to_team, name="open_to_team"),
    path("<uuid:case>/walls/<uuid:wall>/away/", walls.wall_away, name="wall_away"),
    path("<uuid:case>/step-aside/", walls.step_aside, name="step_aside"),
    path("<uuid:case>/close/", ending.close, name="close"),
    path("<uuid:case>/reopen/", ending.reopen, name="reopen"),
    path("<uuid:case>/death/", ending.death, name="death"),
    path("<uuid:case>/death/undo/", ending.death_undo, name="death_undo"),
]
