"""An agency that a machine can act in: eight colleagues in two teams and three files, and what must always be so.

After whatever was done each open file has exactly one primary worker, who is here, holds its key and stands before no
wall; and nothing that was promised, asked or offered is left with somebody who is not there for it.
"""

# ruff: noqa: ANN401 - a machine does whatever it is told

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from leeward.access import policy
from leeward.access.gate import Refused
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import CareTeamMember, Case, Wrap
from leeward.cases.models.walking import carriers_of
from leeward.continuity.interim import leaders
from leeward.continuity.models import HandOver
from leeward.days.models import Ask, Due
from leeward.staff import actions as staff
from leeward.staff.models import Absence, Membership, Person, Team
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import undone
from tests.make import Worker

#: Numbers from here on are just anybody, whether or not they may.
ANYBODY = 6
SAID_NO = (CannotDo, staff.CannotDo, Refused)


class Agency(RuleBasedStateMachine):
    """Who and what there is, and what holds after each step. The rules are where the machine is run."""

    cast: Cast
    workers: list[Worker]
    cases: list[Case]

    @classmethod
    def gathered(cls, cast: Cast) -> type["Agency"]:
        """The machine with its people and files, made once: every example begins with them as they are."""

        def joins(role: Role, team: Team, by: Worker, name: str) -> Worker:
            return make.a_person(role, team, by=by, name=name)

        lou, mia = (joins(Role.CASE_MANAGER, cast.harbor, cast.ben, name) for name in ("Lou", "Mia"))
        kit = joins(Role.SUPERVISOR, cast.harbor, cast.ben, "Kit")
        tea = joins(Role.SUPERVISOR, cast.garden, cast.sue, "Tea")
        workers = [cast.ama, cast.ben, lou, mia, kit, cast.sue, cast.cyd, tea]
        cases = [cast.dee, make.a_case(by=lou, name="Fay"), make.a_case(by=cast.cyd, name="Gil")]
        return type("TheAgency", (cls,), {"cast": cast, "workers": workers, "cases": cases})

    def __init__(self) -> None:
        """Everything that is done is undone afterwards."""
        super().__init__()
        self._all = undone()
        self._all.__enter__()
        self.seen: list[HandOver] = []

    def teardown(self) -> None:
        """As it was before."""
        self._all.__exit__(None, None, None)

    def does(self, verb: Callable[..., Any], *told: Any, **more: Any) -> Any:
        """Somebody does something; a sentence that says no is an answer too."""
        try:
            return verb(*told, **more)
        except SAID_NO:
            return None

    def in_file(self, who: int, whose: int, action: Action, verb: Callable[..., Any], **told: Any) -> Any:
        """Somebody does something in a file."""

        def opened() -> Any:
            with make.opening(self.cases[whose], self.somebody(who, whose, action), action) as file:
                return verb(file, **told)

        found = self.does(opened)
        self.seen += [found] if isinstance(found, HandOver) else []
        return found

    def on_a_page(self, worker: Worker, action: Action, verb: Callable[..., Any], **told: Any) -> Any:
        """Somebody does something on a page that is not about one participant."""

        def entered() -> Any:
            with make.entering(worker, action, lists=True) as page:
                return verb(page, **told)

        return self.does(entered)

    def somebody(self, who: int, whose: int, action: Action = Action.SEE_CASE) -> Worker:
        """Somebody of the team that walks with them, who may do this there; or, by a high number, just anybody."""
        team = Case.objects.get(pk=self.cases[whose].pk).team_id
        rows = Membership.objects.current().filter(team=team).order_by("pk")
        able = {row.person_id for row in rows if policy.reach(frozenset({Role(row.role)}), action)}
        return self._among(able, who)

    def leader(self, who: int, team: UUID | None) -> Worker:
        """Somebody who leads a team; or, by a high number, just anybody."""
        return self._among(leaders([team]) if team else set(), who)

    def _among(self, able: set[UUID], who: int) -> Worker:
        found = [worker for worker in self.workers if worker.person.pk in able]
        return found[who % len(found)] if found and who < ANYBODY else self.workers[who]

    def file(self, whose: int, **that: Any) -> int:
        """One of the files of which something is so, if there is any."""
        fit = set(Case.objects.filter(**that).values_list("pk", flat=True))
        found = [number for number, case in enumerate(self.cases) if case.pk in fit]
        return found[whose % len(found)] if found else whose

    def person(self, number: int) -> Person:
        """One of them, as the database knows them now."""
        return Person.objects.get(pk=self.workers[number].person.pk)

    def any_hand_over(self, data: st.DataObject) -> HandOver:
        """A hand-over as it was on somebody's page, perhaps long ago."""
        return data.draw(st.sampled_from(self.seen))

    def number_of(self, row: HandOver) -> int:
        """Which of the files a hand-over is about."""
        return next(number for number, case in enumerate(self.cases) if case.pk == row.case_id)

    @invariant()
    def all_is_well(self) -> None:
        """Everything that must always be so."""
        all_is_well()


def all_is_well() -> None:
    """Everything that must always be so."""
    nobody_is_alone()
    at_most_one_hand_over_is_on_its_way()
    the_team_and_nobody_else_holds_the_key()
    what_is_due_is_somebodys()
    nobody_walks_along_behind_a_wall()
    cover_is_by_somebody_else_who_is_here()


def nobody_is_alone() -> None:
    """Each open file: one primary worker, here, in its team, with its key, behind no wall. So with the backup."""
    files = list(Case.objects.select_related("primary", "backup"))
    able = carriers_of(files)
    for case in files:
        assert case.backup_id != case.primary_id
        assert not (case.is_open and (case.rests or case.joined_to_id))
        for person in (case.primary, case.backup) if case.is_open else ():
            assert person is None or person in able[case.pk], f"{person} cannot carry"


def at_most_one_hand_over_is_on_its_way() -> None:
    """It is by whoever walks with them, and a key waits in a drop box only while somebody is asked."""
    on_the_way = list(HandOver.objects.on_the_way().select_related("case"))
    assert len({row.case_id for row in on_the_way}) == len(on_the_way)
    for row in on_the_way:
        assert row.case.is_open
        assert row.giver_id == row.case.primary_id
    asked = {row.pk for row in on_the_way if row.state == HandOver.ASKED}
    assert set(HandOver.objects.exclude(parcel=None).values_list("pk", flat=True)) <= asked


def the_team_and_nobody_else_holds_the_key() -> None:
    """Wraps are of the team that walks with them."""
    held = Wrap.objects.values_list("key__cases", "key__cases__team", "team_key__team")
    assert {case for case, *_ in held} == set(Case.objects.values_list("pk", flat=True))
    assert all(team == by for _, team, by in held)


def what_is_due_is_somebodys() -> None:
    """Whatever is promised or asked in an open file is with somebody who works here and is not kept out of it."""
    for model in (Due, Ask):
        waiting = model._base_manager.filter(is_open=True, case__is_open=True, owner__isnull=False)
        assert not waiting.exclude(owner__left_at=None).exists()
        assert not waiting.filter(case__walls__person=F("owner")).exists()


def nobody_walks_along_behind_a_wall() -> None:
    """Nor after they left; nor is one of them on the way in. Who waits, waits for the team of the file."""
    for person in ("giver", "taker"):
        assert not HandOver.objects.on_the_way().filter(case__walls__person=F(person)).exists()
    assert not Ask.objects.filter(is_open=True, case__isnull=False).exclude(team=F("case__team")).exists()
    along = CareTeamMember.objects.current()
    assert not along.exclude(person__left_at=None).exists()
    assert not along.filter(case__walls__person=F("person")).exists()


def cover_is_by_somebody_else_who_is_here() -> None:
    """Nobody who left covers."""
    coming = Absence.objects.filter(until__gte=timezone.localdate(), cover__isnull=False)
    assert not coming.exclude(cover__left_at=None).exists()
