"""What is to be looked into again is set by whatever calls for it, and ends when there is nothing left to look into."""

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

import leeward
from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case
from leeward.days import actions as days
from leeward.days.looks import DueLook
from leeward.days.models import Due
from leeward.days.words import FOLLOW_UPS, DueKind
from leeward.safety import actions
from leeward.safety.models import Crisis, CrisisWishes, Missing, Report
from leeward.safety.words import BackFacts, CrisisWords, ReportWords
from leeward.staff.models import Absence
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import away, wish, words_of

pytestmark = pytest.mark.django_db


def in_days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def waiting(case: Case, by: Worker) -> dict[str, Due]:
    """What is to be looked into in a file, by its code."""
    with make.opening(case, by, Action.SEE_CARD):
        found = Due.objects.filter(case=case, kind=DueKind.FOLLOW_UP, is_open=True)
        return {(due.slot or {}).get("code", ""): due for due in found}


def back(row: Missing, by: Worker, **told: str) -> None:
    said: BackFacts = {**told}  # type: ignore[typeddict-item]
    with make.opening(row.case, by, Action.CRISIS) as file:
        version = Missing.objects.get(pk=row.pk).words.get("back", {}).get("version", 0)
        actions.come_back(file, missing=row, back=said, version=version)


class TestMissing:
    def test_somebody_looks_again_the_next_day(self, cast: Cast, night: Worker) -> None:
        away(cast.dee, night)
        check = waiting(cast.dee, cast.ama)["missing_check"]
        assert (check.day, check.owner_id) == (in_days(1), cast.ama.person.pk)
        assert "Look for them again" in words_of(Browser(cast.ama).get(f"/days/{cast.dee.pk}/"))

    def test_whoever_covers_that_day_does(self, cast: Cast, night: Worker) -> None:
        Absence.objects.create(
            person=cast.ama.person, cover=cast.ben.person, since=in_days(1), until=in_days(3)
        )
        away(cast.dee, night)
        assert waiting(cast.dee, cast.ama)["missing_check"].owner_id == cast.ben.person.pk

    def test_begun_twice_it_is_one(self, cast: Cast) -> None:
        for _tap in range(2):
            away(cast.dee, cast.ama)
        assert list(waiting(cast.dee, cast.ama)) == ["missing_check"]

    def test_back_again_nobody_looks_and_the_talk_waits_a_day(self, cast: Cast, night: Worker) -> None:
        back(away(cast.dee, night), night)
        found = waiting(cast.dee, cast.ama)
        assert list(found) == ["return_talk"]
        assert found["return_talk"].day == in_days(1)

    @pytest.mark.parametrize("name", ["how", "needs", "told", "next_time"])
    def test_where_they_talked_already_nothing_waits(self, cast: Cast, name: str) -> None:
        back(away(cast.dee, cast.ama), cast.ama, **{name: "A shower first"})
        assert waiting(cast.dee, cast.ama) == {}

    def test_the_talk_another_day_ends_it(self, cast: Cast) -> None:
        row = away(cast.dee, cast.ama)
        back(row, cast.ama)
        back(row, cast.ama, told="I was with my sister")
        assert waiting(cast.dee, cast.ama) == {}

    def test_what_was_done_is_not_asked_for_again_when_the_time_is_corrected(self, cast: Cast) -> None:
        row = away(cast.dee, cast.ama)
        back(row, cast.ama)
        Due.objects.filter(case=cast.dee).update(is_open=False)
        back(row, cast.ama, at=timezone.now().isoformat())
        assert waiting(cast.dee, cast.ama) == {}

    def test_not_back_after_all_they_are_looked_for_again(self, cast: Cast, night: Worker) -> None:
        row = away(cast.dee, night)
        back(row, night)
        with make.opening(cast.dee, night, Action.CRISIS) as file:
            for _tap in range(2):
                actions.missing_again(file, missing=row)
        assert list(waiting(cast.dee, cast.ama)) == ["missing_check"]


def reported(by: Worker, case: Case | None = None, **told: str) -> Report:
    words: ReportWords = {"kind": "mandated", **told}  # type: ignore[typeddict-item]
    with make.entering(by, Action.TODAY, lists=True) as entered:
        file = entered.open(Case.objects.with_people().get(pk=case.pk), Action.DUTY) if case else None
        return actions.write_report(entered, report_id=uuid4(), words=words, file=file)


class TestReports:
    def test_its_writer_asks_in_a_week_what_became_of_it(self, cast: Cast) -> None:
        report = reported(cast.ama, cast.dee)
        due = Due.objects.get()
        assert (due.day, due.owner_id, due.case_id) == (in_days(7), cast.ama.person.pk, None)
        with make.entering(cast.ama, Action.TODAY):
            assert DueLook(Due.objects.get()).title == "Ask what became of the report"
        page = Browser(cast.ama).get(f"/days/mine/{due.pk}/", follow=True)
        assert f"/safety/reports/{report.pk}/" in page.content.decode()
        seen = Browser(cast.ama).get(f"/safety/reports/{report.pk}/")
        assert seen["Location"] == f"/safety/{cast.dee.pk}/reports/{report.pk}/"

    def test_the_file_tells_nobody_that_there_is_one(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        reported(cast.ama, cast.dee)
        for path in (f"/days/{cast.dee.pk}/", f"/people/{cast.dee.pk}/", "/"):
            assert "became of the report" not in words_of(Browser(peer).get(path))

    def test_written_alone_it_is_asked_about_too(self, night: Worker) -> None:
        report = reported(night)
        assert Due.objects.get().owner_id == night.person.pk
        assert Browser(night).get(f"/safety/reports/{report.pk}/").status_code == 200

    def test_a_reference_number_is_no_answer_yet_and_an_answer_is(self, cast: Cast) -> None:
        report = reported(cast.ama, cast.dee)
        for told, is_open in (({"reference": "77-1"}, True), ({"answer": "They will visit"}, False)):
            with make.opening(cast.dee, cast.ben, Action.DUTY) as file:
                actions.add_to_report(file, report=report, words=told, line_id=uuid4())  # type: ignore[arg-type]
            assert Due.objects.get().is_open is is_open

    @pytest.mark.parametrize("told", [{"kind": "emergency"}, {"answer": "They came at once"}])
    def test_where_there_is_nothing_to_ask_nothing_is_set(self, cast: Cast, told: dict[str, str]) -> None:
        reported(cast.ama, cast.dee, **told)
        assert not Due.objects.exists()

    def test_a_double_click_sets_one(self, cast: Cast) -> None:
        number = uuid4()
        for _click in range(2):
            with make.entering(cast.ama, Action.TODAY, lists=True) as entered:
                actions.write_report(entered, report_id=number, words={"kind": "mandated"})
        assert Due.objects.count() == 1


def crisis(cast: Cast, **words: str) -> Crisis:
    """A crisis that began and ended; the looks after one and three days are set aside."""
    said: CrisisWords = {**words}  # type: ignore[typeddict-item]
    with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
        begun = actions.begin_crisis(file, crisis_id=uuid4())
        actions.end_crisis(file, crisis=begun, words=said, version=0)
    return begun


def reviews(cast: Cast) -> list[date]:
    return [due.day for code, due in waiting(cast.dee, cast.ama).items() if code == "wishes_review"]


class TestWishes:
    @pytest.mark.parametrize("after", ["", "later"])
    def test_after_a_crisis_they_are_read_together_again_in_a_week(self, cast: Cast, after: str) -> None:
        wish(cast.dee, cast.ama)
        crisis(cast, wishes=after)
        assert reviews(cast) == [in_days(7)]

    @pytest.mark.parametrize("after", ["changed", "stay"])
    def test_where_that_was_done_in_half_a_year(self, cast: Cast, after: str) -> None:
        wish(cast.dee, cast.ama)
        crisis(cast, wishes=after)
        assert reviews(cast) == [in_days(183)]

    def test_nor_where_nothing_was_wished(self, cast: Cast) -> None:
        crisis(cast)
        assert reviews(cast) == []

    def test_two_crises_ask_once_and_reading_them_ends_it(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        crisis(cast)
        crisis(cast)
        assert len(reviews(cast)) == 1
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            version = CrisisWishes.objects.get().version
            actions.change_wishes(file, words={"helps": "Tea"}, version=version)
        assert reviews(cast) == [in_days(183)]

    def test_in_calm_times_they_are_read_again_after_half_a_year(self, cast: Cast) -> None:
        wish(cast.dee, cast.ben)
        assert reviews(cast) == [in_days(183)]
        assert waiting(cast.dee, cast.ama)["wishes_review"].owner == cast.ama.person
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            actions.change_wishes(file, words={}, version=1)
        assert reviews(cast) == []

    def test_it_was_not_over_nobody_reads_them_yet(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        begun = crisis(cast)
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            actions.open_crisis_again(file, crisis=begun)
        assert reviews(cast) == []

    @pytest.mark.parametrize(("days", "said"), [(182, False), (184, True)])
    def test_what_is_older_than_half_a_year_says_so_in_calm_times_only(
        self, cast: Cast, days: int, said: bool
    ) -> None:
        wish(cast.dee, cast.ama)
        with make.opening(cast.dee, cast.ama, Action.CRISIS):
            row = CrisisWishes.objects.get()
            row.words = {**row.words, "on": in_days(-days).isoformat()}
            row.save(update_fields=["words"])
        sentence = "read them together again"
        assert (sentence in words_of(Browser(cast.ama).get(f"/safety/{cast.dee.pk}/"))) is said
        assert sentence not in words_of(Browser(cast.ama).get(f"/safety/{cast.dee.pk}/crisis/new/"))


class TestTheTalkAfterwards:
    def talks(self, cast: Cast) -> list[date]:
        return [due.day for code, due in waiting(cast.dee, cast.ama).items() if code == "crisis_talk"]

    def test_when_they_are_rested_somebody_asks_how_it_was_for_them(self, cast: Cast) -> None:
        crisis(cast, how="Calm")
        assert self.talks(cast) == [in_days(3)]
        assert "Ask how the crisis was for them" in words_of(Browser(cast.ama).get(f"/days/{cast.dee.pk}/"))

    def test_their_own_account_ends_it(self, cast: Cast) -> None:
        begun = crisis(cast)
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            actions.end_crisis(file, crisis=begun, words={"account": "Loud."}, version=1)
        assert self.talks(cast) == []

    def test_where_it_was_told_at_once_nobody_asks(self, cast: Cast) -> None:
        crisis(cast, account="Loud.")
        assert self.talks(cast) == []

    def test_their_no_ends_it_and_what_is_added_later_asks_nobody_again(self, cast: Cast) -> None:
        begun = crisis(cast)
        due = waiting(cast.dee, cast.ama)["crisis_talk"]
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            days.release(file, due)
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            actions.end_crisis(file, crisis=begun, words={"how": "Calm"}, version=1)
        assert self.talks(cast) == []

    def test_while_it_goes_on_again_nobody_asks(self, cast: Cast) -> None:
        begun = crisis(cast)
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            actions.open_crisis_again(file, crisis=begun)
        assert self.talks(cast) == []


def test_everything_that_has_words_is_set_by_something() -> None:
    """A code that nothing sets would be words for nobody."""
    house = Path(leeward.__file__).parent
    told = {house / "days" / "words" / "agreed.py", house / "days" / "words" / "__init__.py"}
    source = "\n".join(path.read_text() for path in house.rglob("*.py") if path not in told)
    unset = [code for code in FOLLOW_UPS if f'"{code}"' not in source and code.upper() not in source]
    assert unset == []
