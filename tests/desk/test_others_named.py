"""Those who live in one house are not named in each other's files: whoever writes is asked once, and decides."""

# ruff: noqa: ANN401 - whatever a form sends and a page answers

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import Amendment, Case, Draft, Entry, Wall
from leeward.staff import actions as staff
from leeward.staff.models import Membership
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

NAMING = "Willow was there too."
ASKED = "This may name somebody who lives there too: <strong>Willow</strong>. Go on?"


@pytest.fixture
def willow(cast: Cast) -> Case:
    """Somebody who lives in the house with Dee; Nia works there."""
    cast.somebody(Role.HOUSE_STAFF)
    return make.a_case(by=cast.ben, name="Willow", team=cast.harbor)


def note(**fields: Any) -> dict[str, Any]:
    return {"text": NAMING, "entry_id": uuid4(), **fields}


def places(cast: Cast) -> dict[str, tuple[str, dict[str, Any]]]:
    """Every place where a note is written, changed or added to, with what its form sends."""
    entry = make.an_entry(cast.dee, by=cast.ama, text="We talked.")
    of_dee, same = f"/people/{cast.dee.pk}/", note(people=[str(cast.dee.pk)])
    return {
        "write": (f"{of_dee}write/", note()),
        "first": ("/write/", note(case=str(cast.dee.pk))),
        "change": (f"{of_dee}notes/{entry.pk}/", note(version=entry.version)),
        "amend": (f"{of_dee}note/{entry.number}/", {"text": NAMING, "amendment_id": uuid4()}),
        "several": ("/people/same-note/", same),
    }


def said(cast: Cast) -> list[str]:
    """All that stands in Dee's file."""
    with make.opening(cast.dee, cast.ama):
        added = [row.words["text"] for row in Amendment.objects.filter(case=cast.dee)]
        return [entry.text for entry in Entry.objects.filter(case=cast.dee)] + added


def written(cast: Cast, text: str, worker: Worker | None = None, **fields: Any) -> Any:
    browser = Browser(worker or cast.ama)
    return browser.post(f"/people/{cast.dee.pk}/write/", note(text=text, **fields))


@pytest.mark.usefixtures("willow")
class TestAsking:
    @pytest.mark.parametrize("place", ["write", "first", "change", "amend", "several"])
    def test_once_and_then_it_is_saved_as_it_is(self, cast: Cast, place: str) -> None:
        url, form = places(cast)[place]
        ama = Browser(cast.ama)
        asked = ama.post(url, form)
        page = asked.content.decode()
        assert asked.status_code == 422
        assert ASKED in page
        assert f"{NAMING}</textarea>" in page
        assert '<input type="hidden" name="go_on" value="1">' in page
        assert NAMING not in said(cast)
        assert ama.post(url, {**form, "go_on": "1"}).status_code == 302
        assert NAMING in said(cast)

    @pytest.mark.parametrize("field", ["hard", "who", "answer", "promise_text"])
    def test_whatever_others_will_read_is_looked_at(self, cast: Cast, field: str) -> None:
        assert ASKED in written(cast, "We talked.", None, **{field: "with Willow"}).content.decode()

    def test_what_is_still_to_be_put_right_asks_no_second_time(self, cast: Cast) -> None:
        yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
        again = written(cast, NAMING, go_on="1", promise_text="call", promise_day=yesterday)
        assert again.status_code == 422
        assert '<input type="hidden" name="go_on" value="1">' in again.content.decode()

    def test_names_of_all_who_live_there_are_told_together(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Tam", aliases="Kestrel")
        page = written(cast, "Kestrel and willow argued.").content.decode()
        assert "<strong>Kestrel, Willow</strong>" in page or "<strong>Willow, Kestrel</strong>" in page

    def test_each_files_own_words_are_looked_at(self, cast: Cast) -> None:
        form = note(text="Both.", people=[str(cast.dee.pk)], **{f"text_{cast.dee.pk}": NAMING})
        assert ASKED in Browser(cast.ama).post("/people/same-note/", form).content.decode()


class TestWhatAHouseIs:
    def test_a_house_is_where_a_log_is_written_too(self, cast: Cast) -> None:
        make.a_case(by=cast.ben, name="Willow", team=cast.harbor)
        assert written(cast, NAMING).status_code == 302
        with make.entering(cast.ama, Action.HOUSE_LOG) as entered:
            staff.write_house_note(
                entered, team=cast.harbor, note_id=uuid4(), words={"at": timezone.now().isoformat()}
            )
        assert written(cast, NAMING).status_code == 422

    def test_another_team_lives_elsewhere(self, cast: Cast) -> None:
        cast.somebody(Role.HOUSE_STAFF)
        make.a_case(by=cast.cyd, name="Willow", team=cast.garden)
        assert written(cast, NAMING).status_code == 302


@pytest.mark.usefixtures("willow")
class TestNotAsking:
    def test_about_their_own_name(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Dee")
        assert written(cast, "Dee slept well.").status_code == 302

    def test_about_those_for_whom_it_is_written(self, cast: Cast, willow: Case) -> None:
        form = note(text="Dee slept well.", people=[str(cast.dee.pk), str(willow.pk)])
        page = Browser(cast.ben).post("/people/same-note/", form).content.decode()
        assert "Some words would tell" in page
        assert "lives there too" not in page

    def test_where_nobody_is_named(self, cast: Cast) -> None:
        assert written(cast, "Two willows outside. We talked.").status_code == 302

    def test_about_whoever_has_left(self, cast: Cast, willow: Case) -> None:
        Case.objects.filter(pk=willow.pk).update(is_open=False)
        assert written(cast, NAMING).status_code == 302

    def test_about_those_behind_a_wall(self, cast: Cast, willow: Case) -> None:
        Wall.objects.create(case=willow, person=cast.ama.person)
        assert written(cast, NAMING).status_code == 302

    def test_once_nobody_works_in_the_house_any_more(self, cast: Cast) -> None:
        day = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(role=Role.HOUSE_STAFF).update(since=day, until=day)
        assert written(cast, NAMING).status_code == 302

    def test_same_as_last_time(self, cast: Cast) -> None:
        assert written(cast, NAMING, again="1").status_code == 200


@pytest.mark.usefixtures("willow")
class TestWhatIsKept:
    def test_asking_writes_nothing_anywhere(self, cast: Cast) -> None:
        written(cast, NAMING)
        assert not Entry.objects.exists()
        assert not Draft.objects.exists()

    def test_the_line_says_whose_card_was_shown_and_no_words(self, cast: Cast, willow: Case) -> None:
        before = Line.objects.latest("seq").seq
        written(cast, NAMING)
        lines = list(Line.objects.filter(seq__gt=before).order_by("seq"))
        assert [line.things for line in lines] == [[str(cast.dee.pk)], [str(willow.pk)]]
        assert "Willow" not in str([vars(line) for line in lines])

    def test_nobody_was_shown_where_nobody_is_named(self, cast: Cast) -> None:
        before = Line.objects.latest("seq").seq
        written(cast, "We talked.")
        assert [line.things for line in Line.objects.filter(seq__gt=before)] == [[str(cast.dee.pk)]]


class TestWhatItCosts:
    def queries(self, cast: Cast) -> list[str]:
        with CaptureQueriesContext(connection) as counted:
            assert written(cast, "We talked.").status_code == 302
        return [one["sql"] for one in counted]

    def test_no_card_but_their_own_is_read_where_there_is_no_house(self, cast: Cast) -> None:
        make.a_case(by=cast.ben, name="Willow", team=cast.harbor)
        without = self.queries(cast)
        cast.somebody(Role.HOUSE_STAFF)
        assert len([one for one in without if "cases_participant" in one]) < len(
            [one for one in self.queries(cast) if "cases_participant" in one]
        )

    @pytest.mark.usefixtures("willow")
    def test_the_number_of_queries_does_not_grow_with_the_house(self, cast: Cast) -> None:
        self.queries(cast)  # the first of a file is not like the next
        few = len(self.queries(cast))
        for number in range(8):
            make.a_case(by=cast.ama, name=f"Somebody {number}")
        assert len(self.queries(cast)) == few
