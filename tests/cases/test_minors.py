"""Who decides, who must never be told or asked, and what changes at 18."""

from contextlib import nullcontext
from datetime import date
from uuid import uuid4

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Decision, Identity, Participant, Say
from leeward.cases.pages import minors
from leeward.cases.words.minors import is_blocked
from leeward.vault.scopes import Compartment
from tests import make
from tests.cases.asking import answers, said, sees
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


class TestWhoDecides:
    def test_in_one_sentence_each(self, cast: Cast) -> None:
        answers(cast.ama, "say_new", cast.dee, topic="health", alone="on")
        answers(
            cast.ama, "say_new", cast.dee, topic="school", who="county guardian", basis="order of 4 March"
        )
        answers(cast.ama, "never_new", cast.dee, who="the uncle", never_tell="on", never_ask="on")
        page = said(sees(cast.ama, "says", cast.dee))
        assert "Health: Dee, alone" in page
        assert "School: county guardian order of 4 March" in page
        assert "the uncle Never tell, never ask" in page

    def test_alone_and_together_with_somebody(self, cast: Cast) -> None:
        answers(cast.ama, "say_new", cast.dee, topic="travel", alone="on", who="her aunt")
        with make.opening(cast.dee, cast.ama, Action.REACH):
            assert minors.who_decides(cast.dee).says[0].who == "Dee, together with her aunt"

    def test_somebody_decides_or_nothing_is_kept(self, cast: Cast) -> None:
        answer = answers(cast.ama, "say_new", cast.dee, topic="health")
        assert answer.status_code == 422
        assert "Say who decides" in said(answer)
        assert not Say.objects.exists()

    def test_what_is_over_stands_apart_and_counts_no_more(self, cast: Cast) -> None:
        answers(cast.ama, "say_new", cast.dee, topic="school", who="county guardian", until="2020-01-31")
        with make.opening(cast.dee, cast.ama, Action.REACH):
            assert minors.who_decides(cast.dee).says == []
            assert [say.who for say in minors.ended(cast.dee)] == ["county guardian"]

    def test_an_end_before_its_beginning_is_asked_again(self, cast: Cast) -> None:
        answer = answers(
            cast.ama, "say_new", cast.dee, topic="school", who="she", since="2026-02-01", until="2026-01-01"
        )
        assert answer.status_code == 422
        assert "before the first one" in said(answer)

    def test_the_same_click_twice_is_one_line(self, cast: Cast) -> None:
        row = uuid4()
        for _ in range(2):
            answers(cast.ama, "say_new", cast.dee, row_id=row, topic="health", alone="on")
        assert Say.objects.count() == 1

    def test_nobody_writes_over_a_colleague(self, cast: Cast) -> None:
        row = uuid4()
        answers(cast.ama, "say_new", cast.dee, row_id=row, topic="health", who="the county")
        answers(cast.ama, "say_change", cast.dee, row, row_id=row, version=1, topic="health", who="her aunt")
        answer = answers(
            cast.ben, "say_change", cast.dee, row, row_id=row, version=1, topic="health", who="x"
        )
        assert answer.status_code == 409
        assert "her aunt" in said(answer)

    def test_on_call_reads_it_and_changes_nothing(self, cast: Cast) -> None:
        answers(cast.ama, "never_new", cast.dee, who="the uncle", never_tell="on")
        on_call = cast.somebody(Role.ON_CALL)
        assert "the uncle Never tell" in said(sees(on_call, "says", cast.dee))
        assert sees(on_call, "say_new", cast.dee).status_code == 404
        assert sees(on_call, "decisions", cast.dee).status_code == 404

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF])
    @pytest.mark.parametrize("name", ["says", "say_new", "never_new", "decisions", "decision_new"])
    def test_who_sees_little_gets_what_is_nowhere(self, cast: Cast, role: Role, name: str) -> None:
        assert sees(cast.somebody(role), name, cast.dee).status_code == 404

    def test_another_team_gets_what_is_nowhere(self, cast: Cast) -> None:
        for name in ("says", "say_new", "decisions"):
            assert sees(cast.cyd, name, cast.dee).status_code == 404

    def test_a_line_of_another_file_is_not_found(self, cast: Cast) -> None:
        row, other = uuid4(), make.a_case(by=cast.ama, name="Fay")
        answers(cast.ama, "say_new", cast.dee, row_id=row, alone="on")
        assert sees(cast.ama, "say_change", other, row).status_code == 404


class TestBlockedEverywhere:
    def block(self, cast: Cast, who: str, **more: str) -> None:
        answers(cast.ama, "never_new", cast.dee, who=who, never_tell="on", never_ask="on", **more)

    def test_it_stands_where_contact_starts(self, cast: Cast) -> None:
        self.block(cast, "Uncle Ray")
        content = sees(cast.ama, "reach", cast.dee).content.decode()
        safe = content.partition('class="card dusk safely"')[2].partition("</section>")[0]
        assert "Never tell, never ask:" in safe
        assert "Uncle Ray" in safe

    @pytest.mark.parametrize("typed", ["Uncle Ray", "ray", "RAY HOLLOWAY", "her uncle Ray"])
    def test_the_person_who_did_harm_decides_nothing(self, cast: Cast, typed: str) -> None:
        self.block(cast, "uncle Ray")
        answer = answers(cast.ama, "say_new", cast.dee, topic="health", who=typed)
        assert answer.status_code == 422
        assert "never tell, never ask" in said(answer)
        assert not any("topic" in about for about in self.abouts(cast))

    def abouts(self, cast: Cast) -> list[dict[str, object]]:
        with make.opening(cast.dee, cast.ama, Action.REACH):
            return [dict(row.about) for row in Say.objects.all()]

    def test_a_line_that_ended_blocks_nobody(self, cast: Cast) -> None:
        self.block(cast, "uncle Ray", until="2020-01-31")
        assert answers(cast.ama, "say_new", cast.dee, topic="health", who="Ray").status_code == 302

    def test_other_pages_ask_by_name(self, cast: Cast) -> None:
        self.block(cast, "uncle Ray")
        with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
            assert minors.blocked_in(file) == ["uncle Ray"]
            assert minors.names_blocked(file, "", "Ray drives")
            assert not minors.names_blocked(file, "Uncle Sam")
            assert not minors.names_blocked(file, "")

    def test_one_of_two_is_enough_and_none_is_asked_again(self, cast: Cast) -> None:
        answer = answers(cast.ama, "never_new", cast.dee, who="the uncle")
        assert answer.status_code == 422
        assert "Tick at least one" in said(answer)


@pytest.mark.parametrize(
    ("blocked", "text", "same"),
    [
        ("the uncle", "Uncle Ray", True),
        ("uncle Ray", "the uncle", True),
        ("uncle Ray", "my aunt", False),
        ("Maria Lopez", "Maria", True),
        ("Maria Lopez", "Maria Gomez", False),
        ("Ramón", "ramon", True),
        ("el tío Ramón", "Ramón Díaz", True),
        ("mr", "Mr Smith", False),
        ("Ray", "the county guardian", False),
        ("", "somebody", False),
    ],
)
def test_however_a_name_is_written_down(blocked: str, text: str, same: bool) -> None:
    assert is_blocked([blocked], text) is same


@given(st.text(min_size=1, max_size=40), st.text(max_size=20))
def test_a_blocked_name_is_recognised_with_anything_around_it(name: str, around: str) -> None:
    if is_blocked([name], name):
        assert is_blocked([name], f"{around} {name} {around}")


class TestDecidedByOthers:
    def test_their_own_view_is_asked_for_until_it_stands_there(self, cast: Cast) -> None:
        row = uuid4()
        answers(cast.ama, "decision_new", cast.dee, row_id=row, what="Placement", decided_by="Family court")
        assert "their own view is not written down yet Ask Dee" in said(sees(cast.ama, "decisions", cast.dee))
        answers(
            cast.ama,
            "decision_change",
            cast.dee,
            row,
            row_id=row,
            version=1,
            what="Placement",
            own_view="Ask me.",
        )
        page = said(sees(cast.ama, "decisions", cast.dee))
        assert "“Ask me.”" in page
        assert "not written down yet" not in page

    def test_the_newest_stands_first(self, cast: Cast) -> None:
        for day in ("2026-01-31", "2026-03-01", "2026-02-01"):
            answers(cast.ama, "decision_new", cast.dee, what="Placement", on=day)
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            assert [look.on for look in minors.decisions(file)] == [
                date(2026, 3, 1),
                date(2026, 2, 1),
                date(2026, 1, 31),
            ]
        assert Decision.objects.count() == 3


class TestTurningEighteen:
    def of_age(self, cast: Cast, band: str, born: str = "", on: str = "") -> minors.Turning | None:
        with make.opening(cast.dee, cast.ama, Action.SEE_CASE) as file:
            person = Participant.objects.get(case=cast.dee)
            person.card = {**person.card, "age_band": band}
            person.save()
            Identity.objects.filter(case=cast.dee).delete()
            Identity.objects.create(case=cast.dee, words={"born_on": born} if born else {})
            case = Case.objects.with_people().get(pk=cast.dee.pk)
            with time_machine.travel(on) if on else nullcontext():
                return minors.turning(case, file.compartments)

    def test_the_band_on_the_card_is_enough_to_warn(self, cast: Cast) -> None:
        assert self.of_age(cast, "16-17") == minors.Turning(None, past=False)
        assert self.of_age(cast, "14-15") is None
        assert self.of_age(cast, "18-24") is None

    def test_with_the_birth_date_open_it_says_the_day_a_year_before(self, cast: Cast) -> None:
        soon = minors.Turning(date(2027, 2, 11), past=False)
        assert self.of_age(cast, "16-17", "2009-02-11", on="2026-06-15") == soon
        assert self.of_age(cast, "14-15", "2009-02-11", on="2026-06-15") == soon
        assert self.of_age(cast, "16-17", "2009-11-30", on="2026-06-15") is None

    def test_after_the_day_the_card_is_asked_to_follow(self, cast: Cast) -> None:
        past = minors.Turning(date(2027, 2, 11), past=True)
        assert self.of_age(cast, "16-17", "2009-02-11", on="2027-02-11") == past
        assert self.of_age(cast, "18-24", "2009-02-11", on="2027-02-11") is None

    def test_somebody_born_on_the_twenty_ninth_of_february(self, cast: Cast) -> None:
        soon = minors.Turning(date(2026, 3, 1), past=False)
        assert self.of_age(cast, "16-17", "2008-02-29", on="2026-01-15") == soon

    def test_where_identity_stays_shut_the_date_is_not_asked_for(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.IDENTITY):
            Identity.objects.create(case=cast.dee, words={"born_on": "2009-02-11"})
        answers(cast.ama, "change_card", cast.dee, name="Dee", age_band="16-17", version=1)
        peer = cast.somebody(Role.CASE_MANAGER)
        page = said(sees(peer, "profile", cast.dee))
        assert "18 before long" in page
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            assert Compartment.IDENTITY not in file.compartments

    def test_nothing_is_relied_on_that_was_not_checked(self, cast: Cast) -> None:
        answers(cast.ama, "change_card", cast.dee, name="Dee", age_band="16-17", version=1)
        assert "Check before relying on this." in said(sees(cast.ama, "profile", cast.dee))
