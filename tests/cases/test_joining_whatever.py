"""Whatever two files hold, nothing is lost when they become one, and undo brings both back."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leeward.cases.models import (
    Case,
    Profile,
    Wall,
    Way,
)  # fmt: skip
from leeward.staff.models import Person
from tests import make
from tests.cases.joined import (
    at,
    join,
    told,
    undo,
)
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
A_FILE = st.fixed_dictionaries(
    {
        "notes": st.lists(st.tuples(st.integers(0, 20), WORDS), max_size=4),
        "ways": st.lists(WORDS, max_size=2),
        "papers": st.lists(st.binary(min_size=1, max_size=40), max_size=2),
        "profile": st.dictionaries(st.sampled_from(["culture", "faith", "nation"]), WORDS, max_size=3),
        "restricted": st.booleans(),
        "is_open": st.booleans(),
        "walls": st.sets(st.integers(0, 2)),
    }
)


def make_file(cast: Cast, shape: dict[str, Any], people: list[Person]) -> Case:
    case = make.a_case(by=cast.ama, name="Somebody", team=cast.harbor)
    for day, text in shape["notes"]:
        with at(day):
            make.an_entry(case, by=cast.ama, text=text)
    with make.opening(case, cast.ama):
        for value in shape["ways"]:
            Way.objects.create(case=case, about={"value": value})
        if shape["profile"]:
            Profile.objects.create(case=case, words=shape["profile"])
    for content in shape["papers"]:
        make.a_paper(case, by=cast.ama, content=[content], size=len(content))
    Wall.objects.bulk_create(Wall(case=case, person=people[number]) for number in shape["walls"])
    Case.objects.filter(pk=case.pk).update(restricted=shape["restricted"], is_open=shape["is_open"])
    return case


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=A_FILE, theirs=A_FILE, since=st.booleans())
def test_whatever_two_files_hold_nothing_is_lost_and_undo_brings_it_back(
    cast: Cast, mine: dict[str, Any], theirs: dict[str, Any], *, since: bool
) -> None:
    people = [cast.cyd.person, cast.sue.person, cast.eve.person]
    people[2] = Person.objects.get_or_create(email="third@agency.example", name="Third")[0]
    kept, other = (make_file(cast, shape, people) for shape in (mine, theirs))
    before = [told(case, cast.ben) for case in (kept, other)]
    row = join(cast, kept, other)
    together = told(kept, cast.ben)
    assert Counter(text for _, text, _, _ in together["notes"]) == Counter(
        text for one in before for _, text, _, _ in one["notes"]
    )
    assert [number for number, *_ in together["notes"]] == list(range(1, len(together["notes"]) + 1))
    written = [facts["written_at"] for _, _, facts, _ in together["notes"]]
    assert written == sorted(written)
    for kind in ("ways", "papers"):
        assert Counter(map(str, together[kind])) == Counter(str(each) for one in before for each in one[kind])
    said = str(together["pages"])
    assert all(
        str(value)[1:-1] in said or repr(value)[1:-1] in said
        for one in (mine, theirs)
        for value in one["profile"].values()
    )
    assert together["state"][:2] == (
        mine["is_open"] or theirs["is_open"],
        mine["restricted"] or theirs["restricted"],
    )
    assert {person for person, _ in together["walls"]} == {
        people[n].pk for n in mine["walls"] | theirs["walls"]
    }
    if since:
        make.an_entry(kept, by=cast.ben, text="since")
    undo(cast, kept, other, row)
    after = [told(case, cast.ben) for case in (kept, other)]
    if since:
        assert after[0]["notes"].pop()[1] == "since"
        assert after[0].pop("last") == before[0].pop("last") + 1
        for one in (after[0], before[0]):
            one["pages"].pop()
    assert after == before
