"""Whatever is done, in whatever order: every open file has exactly one primary worker, who is here and can open it.

A state machine hands over, lets people leave, ends roles, offers to another team, takes back, covers, closes and opens
again, as anybody might, also with a stale page in hand. After each step the whole agency is looked at.
"""

# ruff: noqa: ANN401 - a machine does whatever it is told

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F, Q
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from leeward.access.gate import Refused
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import Case, Wall, Wrap
from leeward.cases.models.walking import carriers_of
from leeward.continuity import actions
from leeward.continuity.actions import Away, walls
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.actions import Asked
from leeward.days.models import Ask, Due
from leeward.staff import actions as staff
from leeward.staff.models import Absence, Membership, Person
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import finish, say, take, undone
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

SAID_NO = (CannotDo, staff.CannotDo, Refused)
#: What happens to a hand-over happens once there was one.
ONCE_SEEN = precondition(lambda machine: bool(machine.seen))
WHO, WHOSE = st.integers(0, 7), st.integers(0, 2)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LOUD = settings(deadline=None, max_examples=12, stateful_step_count=30, suppress_health_check=SLOW)


class Agency(RuleBasedStateMachine):
    """Two teams of four and three files."""

    cast: Cast
    workers: list[Worker]

    def __init__(self) -> None:
        """Everything that is done is undone afterwards."""
        super().__init__()
        self._all = undone()
        self._all.__enter__()
        cast = self.cast
        self.cases = [cast.dee, make.a_case(by=cast.ama, name="Fay"), make.a_case(by=cast.cyd, name="Gil")]
        self.seen: list[HandOver] = []

    def teardown(self) -> None:
        """As it was before."""
        self._all.__exit__(None, None, None)

    def _does(self, verb: Callable[..., Any], *told: Any, **more: Any) -> Any:
        """Somebody does something; a sentence that says no is an answer too."""
        try:
            return verb(*told, **more)
        except SAID_NO:
            return None

    def _in_file(self, who: int, whose: int, action: Action, verb: Callable[..., Any], **told: Any) -> None:
        def opened() -> None:
            with make.opening(self.cases[whose], self.workers[who], action) as file:
                found = verb(file, **told)
                if isinstance(found, HandOver):
                    self.seen.append(found)

        self._does(opened)

    @rule(who=WHO, whose=WHOSE, to=WHO)
    def asks(self, who: int, whose: int, to: int) -> None:
        """A colleague is asked."""
        person = self.workers[to].person
        self._in_file(who, whose, Action.HAND_OVER, actions.ask, hand_over_id=uuid4(), person=person)

    @rule(who=WHO, whose=WHOSE, garden=st.booleans())
    def offers(self, who: int, whose: int, garden: bool) -> None:
        """Another team is asked."""
        team = self.cast.garden if garden else self.cast.harbor
        self._in_file(who, whose, Action.HAND_OVER, actions.offer, hand_over_id=uuid4(), team=team)

    @ONCE_SEEN
    @rule(data=st.data(), yes=st.booleans())
    def answers(self, data: st.DataObject, yes: bool) -> None:
        """Whoever was asked answers, perhaps late."""
        row = self._any(data)
        for worker in self.workers:
            if worker.person.pk == row.taker_id:
                self._does(say, worker, row, yes=yes)

    @ONCE_SEEN
    @rule(data=st.data(), who=WHO)
    def finishes(self, data: st.DataObject, who: int) -> None:
        """Somebody says that it is done, perhaps with an old page."""
        row = self._any(data)
        case = next(case for case in self.cases if case.pk == row.case_id)
        self._does(finish, case, self.workers[who], row)

    @ONCE_SEEN
    @rule(data=st.data(), who=WHO)
    def lets_go(self, data: st.DataObject, who: int) -> None:
        """Somebody lets it go."""
        row = self._any(data)
        whose = next(n for n, case in enumerate(self.cases) if case.pk == row.case_id)
        self._in_file(who, whose, Action.HAND_OVER, actions.withdraw, hand_over=row)

    @ONCE_SEEN
    @rule(data=st.data(), who=WHO, person=WHO)
    def takes(self, data: st.DataObject, who: int, person: int) -> None:
        """A team says yes."""
        self._does(take, self.workers[who], self._any(data), self.workers[person])

    @ONCE_SEEN
    @rule(data=st.data(), who=WHO)
    def cannot_now(self, data: st.DataObject, who: int) -> None:
        """A team says not now."""

        def said() -> None:
            with make.entering(self.workers[who], Action.TODAY, lists=True) as entered:
                actions.not_now(entered, hand_over=self._any(data))

        self._does(said)

    def _any(self, data: st.DataObject) -> HandOver:
        return data.draw(st.sampled_from(self.seen))

    @rule(who=WHO, whose=WHOSE, person=WHO, verb=st.sampled_from(["take_over", "name_backup", "walk_along"]))
    def decides(self, who: int, whose: int, person: int, verb: str) -> None:
        """A supervisor puts somebody beside somebody."""
        self._in_file(who, whose, Action.ASSIGN, getattr(actions, verb), person=self.workers[person].person)

    @rule(who=WHO, person=WHO, chosen=st.dictionaries(WHOSE, WHO, max_size=2))
    def leaves(self, who: int, person: int, chosen: dict[int, int]) -> None:
        """Somebody leaves today."""
        told = {self.cases[case].pk: self.workers[to].person.pk for case, to in chosen.items()}

        def gone() -> None:
            with make.entering(self.workers[who], Action.END_MEMBERSHIP, lists=True) as entered:
                interims = actions.Interims(told)
                actions.goodbye(entered, person=self._fresh(person), interims=interims)

        self._does(gone)

    @rule(who=WHO, person=WHO)
    def loses_a_role(self, who: int, person: int) -> None:
        """A role ends today."""
        for found in Membership.objects.current().filter(person=self.workers[person].person)[:1]:
            self._does(self._ended, who, found)

    def _ended(self, who: int, found: Membership) -> None:
        with make.entering(self.workers[who], Action.CHANGE_MEMBERSHIP, lists=True) as entered:
            actions.role_ends(entered, membership=found, interims=actions.Interims())

    def _fresh(self, person: int) -> Person:
        return Person.objects.get(pk=self.workers[person].person.pk)

    @rule(person=WHO, cover=WHO, since=st.integers(0, 2), days_off=st.integers(0, 3))
    def goes_away(self, person: int, cover: int, since: int, days_off: int) -> None:
        """Days off, with cover."""
        first = timezone.localdate() + timedelta(days=since)

        def gone() -> None:
            with make.entering(self.workers[person], Action.TODAY) as entered:
                away = Away(
                    self._fresh(person), first, first + timedelta(days=days_off), self.workers[cover].person
                )
                actions.go_away(entered, absence_id=uuid4(), away=away)

        self._does(gone)

    @rule(who=WHO, whose=WHOSE)
    def steps_aside(self, who: int, whose: int) -> None:
        """Somebody would rather not, and nobody asks why."""
        self._in_file(who, whose, Action.STEP_ASIDE, walls.step_aside)

    @rule(who=WHO, whose=WHOSE)
    def asks_something(self, who: int, whose: int) -> None:
        """Somebody waits for an answer."""

        def asked(file: Any) -> None:
            words: Any = {"text": "Does Friday work?", "since": timezone.now().isoformat()}
            days.take_ask(file, Asked(ask_id=uuid4(), team=file.thing.team_id, words=words, case=file.thing))

        self._in_file(who, whose, Action.DAYS, asked)

    @rule(who=WHO, whose=WHOSE)
    def closes(self, who: int, whose: int) -> None:
        """A file is closed together."""

        def ended(file: Any) -> None:
            actions.rest_never_came_up(file)
            told = {"reason": "moved", "because": "they say so"}
            actions.close(file, ending_id=uuid4(), words=told)  # type: ignore[arg-type]

        self._in_file(who, whose, Action.CLOSE, ended)

    @rule(who=WHO, whose=WHOSE, person=WHO)
    def comes_back(self, who: int, whose: int, person: int) -> None:
        """Somebody is back."""
        self._in_file(who, whose, Action.START_CASE, actions.reopen, person=self.workers[person].person)

    @rule(who=WHO, whose=WHOSE, mistake=st.booleans())
    def dies(self, who: int, whose: int, mistake: bool) -> None:
        """Somebody died, or it was a mistake."""
        if mistake:
            self._in_file(who, whose, Action.ASSIGN, actions.take_back)
        else:
            self._in_file(who, whose, Action.CLOSE, actions.rest, ending_id=uuid4(), words={})

    @rule(who=WHO, whose=WHOSE)
    def promises(self, who: int, whose: int) -> None:
        """Something is promised."""
        today = timezone.localdate()
        self._in_file(who, whose, Action.DAYS, days.promise, due_id=uuid4(), text="call", day=today)

    @invariant()
    def nobody_is_alone(self) -> None:
        """Each open file: one primary worker, here, in its team, with its key, behind no wall."""
        files = list(Case.objects.select_related("primary", "backup"))
        able = carriers_of(files)
        for case in files:
            if case.is_open:
                assert case.primary in able[case.pk], f"{case.primary} cannot carry"
            assert case.backup_id != case.primary_id
            assert not (case.is_open and case.rests)

    @invariant()
    def at_most_one_hand_over_is_on_its_way(self) -> None:
        """And a key waits in a drop box only while somebody is asked."""
        for case in self.cases:
            on_the_way = list(HandOver.objects.on_the_way().filter(case=case))
            assert len(on_the_way) <= 1
            assert all(row.giver_id == Case.objects.get(pk=case.pk).primary_id for row in on_the_way)
        assert not HandOver.objects.exclude(parcel=None).exclude(state=HandOver.ASKED).exists()
        assert not HandOver.objects.exclude(parcel=None).filter(case__is_open=False).exists()

    @invariant()
    def the_team_and_nobody_else_holds_the_key(self) -> None:
        """Wraps are of the team that walks with them."""
        for case in Case.objects.all():
            teams = set(Wrap.objects.filter(key=case.key_id).values_list("team_key__team", flat=True))
            assert teams == {case.team_id}

    @invariant()
    def what_is_promised_is_somebodys(self) -> None:
        """Whatever is due in an open file is owned by somebody who works here."""
        lost = Due.objects.open().filter(case__is_open=True).exclude(owner__left_at=None)
        assert not lost.exists()

    @invariant()
    def nothing_hangs_on_who_is_behind_a_wall(self) -> None:
        """They are neither on the way into a file nor waited for there; who waits, waits for the team of the file."""
        for case, person in Wall.objects.values_list("case", "person"):
            assert not HandOver.objects.on_the_way().filter(Q(giver=person) | Q(taker=person), case=case)
            assert not Ask.objects.filter(case=case, owner=person, is_open=True)
        assert not Ask.objects.filter(is_open=True, case__isnull=False).exclude(team=F("case__team"))

    @invariant()
    def cover_is_by_somebody_else_who_is_here(self) -> None:
        """Nobody who left covers."""
        coming = Absence.objects.filter(until__gte=timezone.localdate(), cover__isnull=False)
        assert not coming.exclude(cover__left_at=None).exists()


@pytest.mark.slow
def test_nobody_is_ever_alone(cast: Cast) -> None:
    more = [make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name=name) for name in ("Lou", "Mia")]
    there = [make.a_person(Role.SUPERVISOR, cast.garden, by=cast.sue, name="Tea")]
    keeper = make.a_person(Role.SUPERVISOR, cast.harbor, by=cast.ben, name="Kit")
    workers = [cast.ama, cast.ben, *more, cast.sue, cast.cyd, *there, keeper]
    machine = type("TheAgency", (Agency,), {"cast": cast, "workers": workers})
    run_state_machine_as_test(machine, settings=LOUD)


def test_the_machine_would_notice(cast: Cast) -> None:
    """Whatever looks is looked at: a verb that forgets somebody is found."""
    person = cast.ama.person
    Person.objects.filter(pk=person.pk).update(left_at=timezone.now())
    with pytest.raises(AssertionError, match="cannot carry"):
        Agency.nobody_is_alone(Agency.__new__(Agency))
