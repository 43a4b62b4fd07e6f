"""A participant's page: each role sees its part, the words of the participant first, and it stays light."""

import gzip
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import people, reach
from leeward.cases.actions.introducing import introduce
from leeward.cases.models import CareTeamMember, Case
from leeward.continuity.actions import answer_component
from leeward.continuity.models import Component
from leeward.continuity.still_open import parts
from leeward.continuity.words import ComponentKind
from leeward.safety.actions import begin_crisis
from leeward.vault.fields import Sealed
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days import agreed
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

SAFELY, NOTES, COMING = "Reaching <bdi>Dee</bdi> safely", "the lighthouse", "Coming up"
#: What each role's page of somebody they walk with holds.
PARTS = {
    Role.CASE_MANAGER: {SAFELY, NOTES, COMING},
    Role.SUPERVISOR: {SAFELY, NOTES, COMING},
    Role.ADVOCATE: {SAFELY, NOTES, COMING},
    Role.SECONDED: {SAFELY, NOTES, COMING},
    Role.PEER_SUPPORTER: {SAFELY, NOTES, COMING},
    Role.OUTREACH_WORKER: {SAFELY, NOTES, COMING},
    Role.ON_CALL: {SAFELY},
    Role.HOUSE_STAFF: set(),
}


def page(worker: Worker, case: Case, query: str = "") -> str:
    return agreed.text(Browser(worker).get(reverse("desk:person", args=[case.pk]) + query))


def lived(cast: Cast) -> None:
    """Dee with a note, a promise, a way to be reached and something that matters."""
    make.an_entry(cast.dee, by=cast.ama, text="Dee told of the lighthouse.")
    agreed.promise(cast.dee, cast.ama, "Call on Friday")
    with make.opening(cast.dee, cast.ama, Action.CHANGE_REACH) as file:
        reach.keep_way(file, row_id=uuid4(), facts={"value": "555-0142", "first": True}, version=0)
    with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
        people.change_profile(file, facts={"matters": "A door of my own."}, version=0)


class TestParts:
    @pytest.mark.parametrize("role", Role)
    def test_each_role_sees_its_part_and_no_other(self, cast: Cast, role: Role) -> None:
        lived(cast)
        worker = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=worker.person)
        if role not in PARTS:
            assert Browser(worker).get(reverse("desk:person", args=[cast.dee.pk])).status_code == 404
            return
        shown = page(worker, cast.dee)
        assert {part for part in (SAFELY, NOTES, COMING) if part in shown} == PARTS[role]
        assert ("The notes stay shut here" in shown) == (NOTES not in PARTS[role])

    def test_their_words_come_before_ours(self, cast: Cast) -> None:
        lived(cast)
        shown = page(cast.ama, cast.dee)
        order = [shown.index(words) for words in ("A door of my own.", SAFELY, COMING, NOTES)]
        assert order == sorted(order)

    def test_on_a_phone_how_to_reach_them_stands_above_what_happened(self, cast: Cast) -> None:
        lived(cast)
        shown = page(cast.ama, cast.dee)
        assert shown.index('class="safe"') < shown.index('id="happened"') < shown.index('class="side"')

    def test_what_was_promised_stands_under_its_note_and_among_what_comes(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        told = {
            "entry_id": str(uuid4()),
            "text": "We spoke.",
            "kind": "call",
            "promise_text": "Send the form",
        }
        browser.post(reverse("desk:write", args=[cast.dee.pk]), told)
        shown = page(cast.ama, cast.dee)
        assert shown.count("Send the form") >= 2
        assert "Promise: Send the form, tomorrow" in shown

    def test_who_has_a_say_stands_there_for_the_young_only(self, cast: Cast) -> None:
        young = make.a_case(by=cast.ama, name="Moth", age_band="14-15")
        assert "Who decides with Moth" in page(cast.ama, young)
        assert "Who decides with" not in page(cast.ama, cast.dee)

    def test_a_crisis_that_is_open_stands_above_everything(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.CRISIS) as file:
            crisis = begin_crisis(file, crisis_id=uuid4())
        shown = page(cast.ama, cast.dee)
        assert "A crisis is open" in shown
        assert reverse("safety:crisis_see", args=[cast.dee.pk, crisis.pk]) in shown
        assert reverse("safety:crisis_new", args=[cast.dee.pk]) not in shown


class TestWhomToKeepApart:
    """A line at the top in the colour of safety, and in words."""

    def tie(self, cast: Cast, kind: str = "apart", name: str = "M. from the warehouse") -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            people.keep_bond(file, row_id=uuid4(), facts={"kind": kind, "name": name}, version=0)

    def line(self, worker: Worker, case: Case) -> str:
        return page(worker, case).partition("Keep apart from")[2].partition("</div>")[0]

    def test_it_stands_above_everything_that_was_written(self, cast: Cast) -> None:
        lived(cast)
        self.tie(cast)
        shown = page(cast.ama, cast.dee)
        assert shown.index("Keep apart from") < shown.index("A door of my own") < shown.index(NOTES)
        assert "M. from the warehouse" in self.line(cast.ama, cast.dee)

    @pytest.mark.parametrize("kind", ["", "child", "sibling"])
    def test_other_ties_stay_where_they_are(self, cast: Cast, kind: str) -> None:
        self.tie(cast, kind)
        assert "Keep apart from" not in page(cast.ama, cast.dee)

    def test_of_somebody_who_has_a_page_too_no_name_is_copied(self, cast: Cast) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        with make.entering(cast.ama, Action.WRITE_ENTRY, lists=True) as entered:
            files = [entered.open(Case.objects.with_people().get(pk=case.pk)) for case in (cast.dee, fay)]
            people.link(files[0], files[1], row_id=uuid4(), kind="apart")
        for case, other in ((cast.dee, "Fay"), (fay, "Dee")):
            assert "somebody who comes here too" in self.line(cast.ama, case)
            assert other not in page(cast.ama, case)

    @pytest.mark.parametrize("role", [Role.HOUSE_STAFF, Role.ON_CALL])
    def test_whoever_does_not_open_the_notes_does_not_see_it(self, cast: Cast, role: Role) -> None:
        self.tie(cast)
        shown = page(cast.somebody(role), cast.dee)
        assert "Keep apart from" not in shown
        assert "warehouse" not in shown


class TestPartsOfTheCase:
    """The case closes when none is left without an answer; the page says which are."""

    def line(self, worker: Worker, case: Case) -> str:
        link = f'<a href="{reverse("continuity:components", args=[case.pk])}">'
        found = page(worker, case).partition(link)[2].partition("</p>")[0]
        return strip_tags(found)

    def answer(self, cast: Cast, **states: str) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            for kind, state in states.items():
                known = next(part for part in parts(file) if part.kind == kind)
                facts = {"kind": kind, "state": state}
                answer_component(file, row_id=known.pk or uuid4(), facts=facts, version=known.version)

    def test_those_that_go_on_are_named_and_the_others_counted(self, cast: Cast) -> None:
        assert self.line(cast.ama, cast.dee) == "Parts of the case: 8 not spoken of"
        self.answer(cast, immigration="ours", health="watched", civil="handed", education="unwanted")
        assert self.line(cast.ama, cast.dee) == "Parts of the case: Immigration, Health · 4 not spoken of"

    def test_when_each_has_its_answer_it_says_so(self, cast: Cast) -> None:
        every = [kind for kind in ComponentKind.values if kind != ComponentKind.OTHER]
        self.answer(cast, **dict.fromkeys(every, "done"))
        assert self.line(cast.ama, cast.dee) == "Parts of the case: each has its answer"

    def test_it_is_said_to_those_who_may_answer_while_the_file_is_open(self, cast: Cast) -> None:
        self.answer(cast, immigration="ours")
        for role in (Role.ON_CALL, Role.HOUSE_STAFF):
            assert "Immigration" not in page(cast.somebody(role), cast.dee)
        Case.objects.update(is_open=False)
        assert self.line(cast.ama, cast.dee) == ""

    def test_a_damaged_one_keeps_the_page_from_nothing(self, cast: Cast) -> None:
        lived(cast)
        self.answer(cast, immigration="ours")
        Component.objects.update(about=Sealed(b"\0damaged"))
        assert NOTES in page(cast.ama, cast.dee)


class TestStanding:
    def test_who_has_not_introduced_themselves_is_reminded_until_they_did(self, cast: Cast) -> None:
        hint = "Have you introduced yourself to Dee?"
        assert hint in page(cast.ama, cast.dee)
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            introduce(file, said=["role"])
        assert hint not in page(cast.ama, cast.dee)
        assert hint in page(cast.ben, cast.dee)

    def test_a_closed_file_says_that_the_way_back_is_open(self, cast: Cast) -> None:
        Case.objects.update(is_open=False)
        shown = page(cast.ama, cast.dee)
        assert "This file is closed" in shown
        assert reverse("continuity:reopen", args=[cast.dee.pk]) in shown
        assert reverse("safety:crisis_new", args=[cast.dee.pk]) not in shown

    def test_of_who_died_nothing_is_due(self, cast: Cast) -> None:
        agreed.promise(cast.dee, cast.ama, "Call on Friday")
        Case.objects.update(rests=True, is_open=False)
        assert "Call on Friday" not in page(cast.ama, cast.dee)


def count(look: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


class TestCost:
    @pytest.mark.slow
    def test_the_number_of_queries_is_the_same_for_ten_and_for_a_hundred(self, cast: Cast) -> None:
        def fill(many: int) -> None:
            for _ in range(many):
                make.an_entry(cast.dee, by=cast.ama)
                agreed.promise(cast.dee, cast.ama, f"Promise {uuid4()}")
                agreed.booked(cast.dee, cast.ama, f"Date {uuid4()}")
                make.a_paper(cast.dee, by=cast.ama, content=[b"%PDF-"])

        fill(10)
        few = count(lambda: page(cast.ama, cast.dee))
        fill(90)
        assert count(lambda: page(cast.ama, cast.dee)) == few

    def test_the_queries_are_these(self, cast: Cast) -> None:
        """Nine of the sign-in, the door and the trail; the others one for each part of the page."""
        lived(cast)
        browser = Browser(cast.ama)
        browser.get("/month/")
        assert count(lambda: browser.get(reverse("desk:person", args=[cast.dee.pk]))) <= 34

    def test_it_is_light_on_the_wire_with_fifty_notes(self, cast: Cast) -> None:
        lived(cast)
        now = timezone.now()
        for number in range(50):
            words = " ".join(uuid4().hex[:7] for _ in range(25))
            make.an_entry(cast.dee, by=cast.ama, text=words, at=now - timedelta(days=number))
        answer = Browser(cast.ama).get(reverse("desk:person", args=[cast.dee.pk]))
        # The notes of this test are chance, which nothing makes smaller: what is around them has to be small.
        around = len(gzip.compress(answer.content)) - 50 * 25 * 5
        assert around <= 15_000

    def test_one_line_in_the_trail(self, cast: Cast) -> None:
        lived(cast)
        before = Line.objects.count()
        page(cast.ama, cast.dee)
        assert Line.objects.count() == before + 1
