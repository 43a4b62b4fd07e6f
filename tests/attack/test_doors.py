"""Every door, every role, every tie: as it is, with all keys handed to everybody, and with the policy switched off."""

# ruff: noqa: ANN401, PLR1702 - answers and rows are whatever Django makes; a scenario is told in one go

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count, groupby
from typing import Any
from uuid import UUID

import pytest
from django.db.models import QuerySet

from leeward.access import policy
from leeward.access.marks import Door
from leeward.access.models import Line
from leeward.access.policy import Action, Reach, Role, Ties, questions
from leeward.access.policy.table import TABLE
from leeward.cases.models import Case
from leeward.cases.models import case as case_model
from leeward.staff import keys
from leeward.staff.models import Grant, PersonKey, TeamKey
from leeward.vault.scopes import Compartment
from tests.attack.house import COOKIE, Browser, cookie_of
from tests.attack.plan import NAME, TWO_FILES, WORDS, Scene, Somebody, a_scene, cell, marked
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("pages")]

LISTS = (("GET", "/"), ("GET", "/people/?who=all"), ("POST", "/find/"))
_SPARE = count()
#: What stands behind these belongs to one colleague, or to one team: for all others there is nothing there.
OF_ONE_TEAM_OR_ONE_PERSON = {
    "/walking/cover/<uuid:absence>/",
    "/staff/phrases/<uuid:phrase>/",
    "/staff/house/<uuid:team>/",
    "/gifts/funds/<uuid:fund>/",
}


@dataclass
class Knock:
    """One request and what became of it: the answer, and the one line about it."""

    who: Somebody
    door: Door
    answer: Any
    line: Line | None

    def __str__(self) -> str:
        line = (self.line.outcome, self.line.held_by) if self.line else None
        return f"{self.who.role} {self.who.tie} at {self.door.path}: {self.answer.status_code}, {line}"

    @property
    def opened(self) -> bool:
        return self.line is not None and self.line.outcome == "opened"

    def refused(self, held_by: str) -> bool:
        told = self.line is not None and (self.line.outcome, self.line.held_by) == ("refused", held_by)
        return told and self.answer.status_code == 404

    @property
    def tells(self) -> bool:
        return tells(self.answer)


def tells(answer: Any) -> bool:
    """Whether an answer holds the participant's name or words."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return any(word.encode() in content for word in (NAME, WORDS))


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return a_scene(cast)


def knocks(scene: Scene, people: Iterable[Somebody], kind: str, *cells: str) -> Iterator[Knock]:
    """They knock at every door of a kind, or at each of which the matrix says one of these `cells`."""
    browser = Browser()
    for who in people:
        browser.cookies[COOKIE] = cookie_of(who.worker)
        asked = (door for door in marked(kind) if not cells or who.may(door) in cells)
        yield from (_knock(scene, browser, who, door) for door in asked)


def knocks_at(scene: Scene, *cells: str) -> Iterator[Knock]:
    """Everybody tries everything of which the matrix says one of these, at one of its doors: each time at the next."""
    browser, turn = Browser(), count()
    for who in scene.everybody():
        browser.cookies[COOKIE] = cookie_of(who.worker)
        doors = sorted((door for door in marked("case_page") if who.may(door) in cells), key=_action)
        for _, same in groupby(doors, key=_action):
            able = list(same)
            yield _knock(scene, browser, who, able[next(turn) % len(able)])


def _action(door: Door) -> str:
    assert door.mark
    assert door.mark.action
    return door.mark.action.name


def _knock(scene: Scene, browser: Browser, who: Somebody, door: Door) -> Knock:
    """GET is enough: a door that wants POST opens before it says so."""
    before = Line.objects.count()
    answer = browser.get(scene.path(door))
    lines = list(Line.objects.order_by("seq")[before:])
    one = len(lines) == 1 or door.path in TWO_FILES
    return Knock(who, door, answer, lines[0] if lines and one else None)


def fits(knock: Knock, cells: str) -> bool:
    """As the matrix says."""
    if cells != "yes":
        return knock.refused("policy") and not knock.tells
    if knock.door.path in TWO_FILES and knock.refused("policy"):
        return not knock.tells  # the page is for everybody who may, each of its two files decides again
    return knock.opened and knock.answer.status_code in allowed(knock)


def misfits(knocks: Iterable[Knock]) -> list[str]:
    """Those that do something else than the matrix says."""
    return [str(knock) for knock in knocks if not fits(knock, knock.who.may(knock.door))]


def allowed(knock: Knock) -> set[int]:
    """An open door may still have nothing behind it: somebody else's note or trip, a paper without its key."""
    if knock.door.path.endswith(("<uuid:entry>/", "<uuid:own>/", "<uuid:trip>/note/")):
        return {404}
    if knock.door.path.endswith(("<uuid:report>/", "<uuid:absence>/")):
        return {200, 404}
    if knock.door.path.endswith("<uuid:paper>/"):
        ties = Ties(frozenset({knock.who.role}), assigned=knock.who.tie == "assigned")
        return {200} if Compartment.FILES in policy.compartments(Action.SEE_CASE, ties) else {404}
    if knock.door.path in OF_ONE_TEAM_OR_ONE_PERSON:
        return {200, 404}
    return {200, 302, 303, 405}


def test_as_it_is_every_door_does_what_the_matrix_says(scene: Scene) -> None:
    """Every door opens to each who may; what somebody may not do is tried at one of the doors that lead to it."""
    opened = knocks(scene, scene.everybody(), "case_page", "yes")
    assert (wrong := misfits(chain(opened, knocks_at(scene, "key", "policy")))) == [], "\n".join(wrong)


def test_so_do_the_doors_that_lead_to_nobody_in_particular(scene: Scene) -> None:
    """Who walks with whom makes no difference there."""
    people = scene.everybody(ties=["same team"])
    assert (wrong := misfits(knocks(scene, people, "staff_page"))) == [], "\n".join(wrong)


def test_with_all_keys_handed_to_everybody_the_policy_still_refuses(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody = Cast.somebody

    def with_all_keys(cast: Cast, role: Role, *, elsewhere: bool = False) -> Any:
        worker = somebody(cast, role, elsewhere=elsewhere)
        hand_everything(scene, worker.person.pk)
        return worker

    monkeypatch.setattr(Cast, "somebody", with_all_keys)
    wrong = misfits(knocks_at(scene, "key", "policy"))
    assert wrong == [], "\n".join(wrong)


def hand_everything(scene: Scene, person: UUID) -> None:
    """Every team's whole key, whatever the role."""
    Grant.objects.filter(person_key__person=person).delete()
    to = PersonKey.objects.get(person=person)
    for worker in (scene.cast.ben, scene.cast.sue):
        for team_key in TeamKey.objects.exclude(grants__person_key=to):
            if whole := worker.visit.holder.team_key(team_key.pk, keys.WHOLE):
                keys.new_grant(team_key, whole, to, keys.WHOLE, None).save()


@pytest.fixture
def no_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody forgot every check: all may do everything, to everybody, in all teams."""
    monkeypatch.setattr(policy, "allows", lambda *_: True)
    monkeypatch.setattr(policy, "compartments", lambda action, _: policy.shows(action))
    monkeypatch.setattr(policy, "reach", lambda *_: Reach.TEAM)
    for rule in ("open_to", "held_by"):
        monkeypatch.setattr(case_model.CaseQuerySet, rule, lambda every, *_: QuerySet.all(every))


def test_without_a_policy_the_keys_refuse(scene: Scene, no_policy: None) -> None:
    held_by_key = list(knocks_at(scene, "key"))
    assert len(held_by_key) > 200
    assert [str(knock) for knock in held_by_key if not knock.refused("key") or knock.tells] == []


def shown_in_lists(scene: Scene) -> Iterator[tuple[Somebody, str, Any]]:
    browser = Browser()
    for who in scene.everybody():
        browser.cookies[COOKIE] = cookie_of(who.worker)
        for method, path in LISTS:
            yield who, path, browser.get(path) if method == "GET" else browser.post(path, {"q": NAME[:5]})


def test_lists_show_exactly_those_whom_the_matrix_lets_see(scene: Scene) -> None:
    wrong = [
        f"{who.role} {who.tie} on {path}: {answer.status_code}"
        for who, path, answer in shown_in_lists(scene)
        if tells(answer)
        != (cell(who.role, Action.SEE_CARD, who.tie) == "yes" and (who.role, path) != (Role.FRONT_DESK, "/"))
    ]
    assert not wrong, "\n".join(wrong)


def test_without_a_policy_lists_show_nobody_whose_key_is_not_there(scene: Scene, no_policy: None) -> None:
    answers = [(who, path, answer) for who, path, answer in shown_in_lists(scene) if who.tie == "other team"]
    assert [f"{who.role} on {path}" for who, path, answer in answers if tells(answer)] == []
    # Not because the list was empty: the words were asked for, and the whole answer was stopped.
    assert {answer.status_code for _, path, answer in answers if path.startswith("/people/")} == {500}


def test_without_a_policy_nobody_starts_a_file_in_a_team_whose_key_is_not_there(
    scene: Scene, no_policy: None
) -> None:
    before = Case.objects.count()
    browser = Browser()
    for role in (
        Role.FRONT_DESK,
        Role.VOLUNTEER,
        Role.HOUSE_STAFF,
        Role.ON_CALL,
        Role.REPORT_ONLY,
        Role.ADMINISTRATOR,
    ):
        browser.cookies[COOKIE] = cookie_of(scene.cast.somebody(role))
        form = {"name": "New", "case_id": UUID(int=next(_SPARE)), "team": scene.cast.harbor.pk}
        assert browser.post("/people/new/", form).status_code == 422
    assert Case.objects.count() == before


def test_a_planted_leak_is_found(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong cell in the program's table, and a key too many: both suites complain."""
    table = dict(TABLE)
    desk = table[Role.FRONT_DESK]
    table[Role.FRONT_DESK] = desk._replace(team=desk.team | {Action.SEE_CASE})
    monkeypatch.setattr(questions, "TABLE", table)
    wrong = misfits(knocks(scene, scene.everybody([Role.FRONT_DESK, Role.VOLUNTEER]), "case_page"))
    assert wrong
    assert all(re.match("front_desk (assigned|same team) at /", each) for each in wrong)


def test_a_key_too_many_is_found(scene: Scene, no_policy: None) -> None:
    stranger = scene.cast.cyd
    browser = Browser(stranger)
    path = f"/people/{scene.case.pk}/"
    assert browser.get(path).status_code == 404
    hand_everything(scene, stranger.person.pk)
    answer = browser.get(path)
    assert (answer.status_code, tells(answer)) == (200, True)
