"""A file with one of everything in it, of every package: all of it comes along, opens, and goes back."""

# ruff: noqa: ANN401 - rows are whatever each table holds

from typing import Any

import pytest

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo, reach
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.cases.models.moving import pages_of_files, rows_of_files, sealed_in
from leeward.continuity.models import HandOver
from leeward.vault.scopes import Locked
from tests import make
from tests.attack.plan import a_scene
from tests.cases.joined import join, undo
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

#: Stand on both files, each by its own rule.
ON_BOTH = {Wall, CareTeamMember}


def rows(case: Case) -> dict[str, set[Any]]:
    """Which rows hang on a file, by table."""
    tables = [table for table in rows_of_files() if table.model not in ON_BOTH]
    found = {table.place: set(table.of(case.pk).values_list("pk", flat=True)) for table in tables}
    return {place: pks for place, pks in found.items() if pks}


def opens(case: Case, cast: Cast) -> int:
    """How many sealed columns of a file open with its own keys; those of a worker alone are not counted."""
    with make.opening(case, cast.ben, Action.JOIN):
        return sum(
            opened(row) for table in (*rows_of_files(), *pages_of_files()) for row in table.of(case.pk)
        )


def opened(row: Any) -> int:
    fields = [field for field in sealed_in(type(row)) if row.seal_scope(field.compartment).kind == "case"]
    return sum(bool(getattr(row, field.attname)) for field in fields)


@pytest.fixture
def full(cast: Cast) -> Case:
    """Everything, and no hand-over on its way, which would have to come to its end first."""
    case = a_scene(cast).case
    HandOver.objects.on_the_way().filter(case=case).update(state=HandOver.WITHDRAWN, parcel=None)
    return case


def test_all_of_it_comes_along_and_opens(cast: Cast, full: Case) -> None:
    kept = make.a_case(by=cast.ama, name="Moth", team=cast.harbor)
    before, sealed = rows(full), opens(full, cast)
    assert len(before) >= 15
    join(cast, kept, full)
    after = rows(kept)
    assert {place: after.get(place) for place in before} == before
    assert opens(kept, cast) >= sealed
    with make.opening(kept, cast.ben, Action.JOIN):
        came = [row for table in rows_of_files() for row in table.of(kept.pk) if opened(row)]
    for row in came:
        with pytest.raises(Locked), make.opening(full, cast.ben, Action.JOIN):
            opened(row)


def test_and_goes_back(cast: Cast, full: Case) -> None:
    kept = make.a_case(by=cast.ama, name="Moth", team=cast.harbor)
    before, sealed = (rows(kept), rows(full)), (opens(kept, cast), opens(full, cast))
    row = join(cast, kept, full)
    undo(cast, kept, full, row)
    assert (rows(kept), rows(full)) == before
    assert (opens(kept, cast), opens(full, cast)) == sealed


def test_both_full_nothing_is_lost_either(cast: Cast, full: Case) -> None:
    """Pages of which there is one are put together; what cannot stand twice stays in its own file."""
    other = make.a_case(by=cast.ama, name="Moth", team=cast.harbor)
    make.an_entry(other, by=cast.ama, text="another lighthouse")
    with make.opening(other, cast.ama, Action.CHANGE_REACH) as file:
        reach.change_reach(file, facts={"code_word": "another"}, version=0)
    before = rows(other), rows(full)
    sealed = opens(other, cast), opens(full, cast)
    row = join(cast, full, other)
    together = rows(full)
    for place in {*before[0], *before[1]}:
        assert before[0].get(place, set()) | before[1].get(place, set()) == together[place] | rows(other).get(
            place, set()
        )
    undo(cast, full, other, row)
    assert (rows(other), rows(full)) == before
    assert (opens(other, cast), opens(full, cast)) == sealed


def test_one_that_is_on_its_way_to_another_team_waits(cast: Cast) -> None:
    """An offer carries the file's own key, so neither file may become part of the other meanwhile."""
    kept = make.a_case(by=cast.ama, name="Moth", team=cast.harbor)
    with make.opening(cast.dee, cast.ama):
        HandOver.objects.create(case=cast.dee, giver=cast.ama.person, team_to=cast.garden, parcel=b"a key")
    for one, other in ((kept, cast.dee), (cast.dee, kept)):
        with pytest.raises(CannotDo, match="offered to another team"):
            join(cast, one, other)
    assert not Case.objects.exclude(joined_to=None).exists()
