"""Whatever is done, in whatever order: every open file has exactly one primary worker, who is here and can open it.

A state machine hands over, steps aside, puts up walls, lets people leave, ends roles, offers to another team, takes
back, covers, closes, opens again, makes one file of two and two of one, as anybody might, also with a stale page in
hand. After each step the whole agency is looked at.
"""

# ruff: noqa: ANN401 - a machine does whatever it is told

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule, run_state_machine_as_test

from leeward.access.policy import Action
from leeward.cases.actions import joining
from leeward.cases.models import Case, Joining, Wall
from leeward.continuity import actions
from leeward.continuity.actions import Away, walls
from leeward.days import actions as days
from leeward.days.actions import Asked
from leeward.safety.actions import crisis
from leeward.staff.actions.authority import teams_of
from leeward.staff.models import Absence, Membership, Person
from tests.cast import Cast
from tests.continuity.agency import Agency, all_is_well
from tests.continuity.conftest import finish, say, take

pytestmark = pytest.mark.django_db

WHO, WHOSE = st.integers(0, 7), st.integers(0, 2)
LOUD = settings(
    deadline=None,
    max_examples=12,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
asked_before = precondition(lambda agency: agency.seen)
away_before = precondition(lambda _agency: Absence.objects.exists())


class Walk(Agency):
    """All that is done to who walks with whom."""

    @rule(who=WHO, whose=WHOSE, to=WHO)
    def asks(self, who: int, whose: int, to: int) -> None:
        """A colleague is asked."""
        whose = self.file(whose, is_open=True)
        person = self.somebody(to, whose).person
        self.in_file(who, whose, Action.HAND_OVER, actions.ask, hand_over_id=uuid4(), person=person)

    @rule(who=WHO, whose=WHOSE, garden=st.booleans())
    def offers(self, who: int, whose: int, garden: bool) -> None:
        """Another team is asked."""
        team, whose = self.cast.garden if garden else self.cast.harbor, self.file(whose, is_open=True)
        self.in_file(who, whose, Action.HAND_OVER, actions.offer, hand_over_id=uuid4(), team=team)

    @asked_before
    @rule(data=st.data(), yes=st.booleans())
    def answers(self, data: st.DataObject, yes: bool) -> None:
        """Whoever was asked answers, perhaps late."""
        row = self.any_hand_over(data)
        for worker in self.workers:
            if worker.person.pk == row.taker_id:
                self.does(say, worker, row, yes=yes)

    @asked_before
    @rule(data=st.data(), who=WHO)
    def finishes(self, data: st.DataObject, who: int) -> None:
        """Somebody says that it is done, perhaps with an old page."""
        row = self.any_hand_over(data)
        whose = self.number_of(row)
        self.does(finish, self.cases[whose], self.somebody(who, whose), row)

    @asked_before
    @rule(data=st.data(), who=WHO)
    def lets_go(self, data: st.DataObject, who: int) -> None:
        """Somebody lets it go."""
        row = self.any_hand_over(data)
        self.in_file(who, self.number_of(row), Action.HAND_OVER, actions.withdraw, hand_over=row)

    @asked_before
    @rule(data=st.data(), who=WHO, person=WHO)
    def takes(self, data: st.DataObject, who: int, person: int) -> None:
        """A team says yes."""
        row = self.any_hand_over(data)
        self.does(take, self.leader(who, row.team_to_id), row, self.workers[person])

    @asked_before
    @rule(data=st.data(), who=WHO)
    def cannot_now(self, data: st.DataObject, who: int) -> None:
        """A team says not now."""
        row = self.any_hand_over(data)
        self.on_a_page(self.leader(who, row.team_to_id), Action.TODAY, actions.not_now, hand_over=row)

    @rule(who=WHO, whose=WHOSE, person=WHO, verb=st.sampled_from(["take_over", "name_backup", "walk_along"]))
    def decides(self, who: int, whose: int, person: int, verb: str) -> None:
        """A supervisor puts somebody beside somebody."""
        beside = self.somebody(person, whose).person
        self.in_file(who, whose, Action.ASSIGN, getattr(actions, verb), person=beside)

    @rule(who=WHO, whose=WHOSE)
    def stays(self, who: int, whose: int) -> None:
        """Whoever stepped in for now goes on."""
        self.in_file(who, whose, Action.HAND_OVER, actions.stay)

    @rule(who=WHO, whose=WHOSE)
    def steps_aside(self, who: int, whose: int) -> None:
        """In one tap, and nobody asks why."""
        self.in_file(who, whose, Action.STEP_ASIDE, walls.step_aside)

    @rule(who=WHO, whose=WHOSE, before=st.one_of(WHO, st.sampled_from(["harbor", "garden"])))
    def keeps_out(self, who: int, whose: int, before: int | str) -> None:
        """Somebody, or a whole team, is kept out of a file."""
        found = getattr(self.cast, before) if isinstance(before, str) else self.somebody(before, whose).person
        told = {"team" if isinstance(before, str) else "person": found}
        self.in_file(who, whose, Action.WALL, walls.put_wall, **told)

    @precondition(lambda _agency: Wall.objects.exists())
    @rule(data=st.data(), who=WHO)
    def lets_in(self, data: st.DataObject, who: int) -> None:
        """A wall is taken away."""
        wall = data.draw(st.sampled_from(list(Wall.objects.order_by("pk"))))
        whose = [case.pk for case in self.cases].index(wall.case_id)
        self.in_file(who, whose, Action.WALL, walls.take_wall, wall=wall)

    @rule(who=WHO, person=WHO, chosen=st.dictionaries(WHOSE, WHO, max_size=2))
    def leaves(self, who: int, person: int, chosen: dict[int, int]) -> None:
        """Somebody leaves today."""
        told = {self.cases[case].pk: self.workers[to].person.pk for case, to in chosen.items()}
        leaver, interims = self.person(person), actions.Interims(told)
        leads = self.leader(who, next(iter(teams_of(leaver)), None))
        self.on_a_page(leads, Action.END_MEMBERSHIP, actions.goodbye, person=leaver, interims=interims)

    @rule(who=WHO, person=WHO)
    def loses_a_role(self, who: int, person: int) -> None:
        """A role ends today."""
        found = Membership.objects.current().filter(person=self.workers[person].person).first()
        if found:
            told: Any = {"membership": found, "interims": actions.Interims()}
            leads = self.leader(who, found.team_id)
            self.on_a_page(leads, Action.CHANGE_MEMBERSHIP, actions.role_ends, **told)

    @rule(person=WHO, cover=st.none() | WHO, since=st.integers(0, 2), days_off=st.integers(0, 3))
    def goes_away(self, person: int, cover: int | None, since: int, days_off: int) -> None:
        """Days off, with cover."""
        away = self._away(self.person(person), cover, since, days_off)
        self.on_a_page(self.workers[person], Action.TODAY, actions.go_away, absence_id=uuid4(), away=away)

    @away_before
    @rule(data=st.data(), cover=st.none() | WHO, since=st.integers(0, 2), days_off=st.integers(0, 3))
    def changes_cover(self, data: st.DataObject, cover: int | None, since: int, days_off: int) -> None:
        """Other days, or somebody else who covers; or back before the days are over."""
        absence = data.draw(st.sampled_from(list(Absence.objects.order_by("pk"))))
        who = next(worker for worker in self.workers if worker.person.pk == absence.person_id)
        if data.draw(st.booleans()):
            self.on_a_page(who, Action.TODAY, actions.come_back, absence=absence)
        else:
            away = self._away(absence.person, cover, since, days_off)
            self.on_a_page(who, Action.TODAY, actions.change_days, absence=absence, away=away)

    def _away(self, person: Person, cover: int | None, since: int, days_off: int) -> Away:
        first = timezone.localdate() + timedelta(days=since)
        covers = None if cover is None else self.workers[cover].person
        return Away(person, first, first + timedelta(days=days_off), covers)

    @rule(who=WHO, whose=WHOSE)
    def closes(self, who: int, whose: int) -> None:
        """A file is closed together."""

        def ended(file: Any) -> None:
            actions.rest_never_came_up(file)
            told = {"reason": "moved", "because": "they say so", "follow_ups": True}
            actions.close(file, ending_id=uuid4(), words=told)  # type: ignore[arg-type]

        self.in_file(who, self.file(whose, is_open=True), Action.CLOSE, ended)

    @rule(who=WHO, whose=WHOSE, person=WHO)
    def comes_back(self, who: int, whose: int, person: int) -> None:
        """Somebody is back."""
        whose = self.file(whose, is_open=False)
        back = self.somebody(person, whose).person
        self.in_file(who, whose, Action.START_CASE, actions.reopen, person=back)

    @rule(who=WHO, whose=WHOSE)
    def dies(self, who: int, whose: int) -> None:
        """Somebody died."""
        whose = self.file(whose, rests=False)
        self.in_file(who, whose, Action.CLOSE, actions.rest, ending_id=uuid4(), words={})

    @precondition(lambda _agency: Case.objects.filter(rests=True).exists())
    @rule(who=WHO, whose=WHOSE)
    def it_was_a_mistake(self, who: int, whose: int) -> None:
        """Nobody died."""
        self.in_file(who, self.file(whose, rests=True), Action.ASSIGN, actions.take_back)

    @rule(who=WHO, kept=WHOSE, other=WHOSE)
    def joins(self, who: int, kept: int, other: int) -> None:
        """Two files are of one person."""
        self._in_both(who, kept, other, joining.join, joining_id=uuid4())

    @precondition(lambda _agency: Joining.objects.filter(undone=False).exists())
    @rule(data=st.data(), who=WHO)
    def takes_apart(self, data: st.DataObject, who: int) -> None:
        """They were of two after all."""
        row = data.draw(st.sampled_from(list(Joining.objects.order_by("pk"))))
        known = [case.pk for case in self.cases]
        kept, other = known.index(row.kept_id), known.index(row.other_id)
        self._in_both(who, kept, other, joining.undo, joining=row.pk)

    def _in_both(self, who: int, kept: int, other: int, verb: Any, **told: Any) -> None:
        def opened(entered: Any) -> Any:
            files = [
                entered.open(Case.objects.get(pk=self.cases[each].pk), Action.JOIN) for each in (kept, other)
            ]
            return verb(*files, **told)

        self.on_a_page(self.somebody(who, kept, Action.JOIN), Action.JOIN, opened)

    @rule(who=WHO, whose=WHOSE, what=st.sampled_from(["promise", "crisis", "request"]))
    def begins(self, who: int, whose: int, what: str) -> None:
        """Something is promised or asked, or a crisis begins, after which somebody looks in again."""

        def begun(file: Any) -> None:
            if what == "promise":
                days.promise(file, due_id=uuid4(), text="call", day=timezone.localdate())
            elif what == "crisis":
                crisis.begin_crisis(file, crisis_id=uuid4())
            else:
                asked = Asked(
                    ask_id=uuid4(), team=file.thing.team_id, words={"text": "a bed"}, case=file.thing
                )
                days.take_ask(file, asked)

        self.in_file(who, whose, Action.DAYS, begun)


@pytest.mark.slow
def test_nobody_is_ever_alone(cast: Cast) -> None:
    run_state_machine_as_test(Walk.gathered(cast), settings=LOUD)


def test_the_machine_would_notice(cast: Cast) -> None:
    """Whatever looks is looked at: a verb that forgets somebody is found."""
    person = cast.ama.person
    Person.objects.filter(pk=person.pk).update(left_at=timezone.now())
    with pytest.raises(AssertionError, match="cannot carry"):
        all_is_well()
