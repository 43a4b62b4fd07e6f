"""Finding somebody again, among those whom one may open, without leaving what was typed anywhere."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases import actions, finding
from leeward.cases.finding import Found
from leeward.cases.models import CareTeamMember
from leeward.staff.actions import add_membership
from leeward.vault import wordset
from tests import make
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def found(worker: Worker, query: str, *, mine: bool = False) -> list[tuple[str, str]]:
    """Who is found, and the note that holds the words where it was one."""
    with make.entering(worker, Action.SEE_CARD, lists=True) as entered:
        hits = finding.find(entered, query, mine=mine).hits
        return [(hit.case.participant.card["name"], hit.entry.text if hit.entry else "") for hit in hits]


def names(worker: Worker, query: str) -> list[str]:
    return [name for name, _ in found(worker, query)]


class TestWhatIsFound:
    @pytest.mark.parametrize("query", ["Dee", "dee", "DEE", "de", " dee "])
    def test_somebody_by_name(self, cast: Cast, query: str) -> None:
        assert found(cast.ama, query) == [("Dee", "")]

    def test_somebody_by_another_name(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Fay", aliases="Moth, Ramón")
        assert names(cast.ama, "ramon") == ["Fay"]

    def test_somebody_by_a_word_in_a_note(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="She plays the accordion.")
        assert found(cast.ama, "accord") == [("Dee", "She plays the accordion.")]

    def test_accents_do_not_matter(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="Café con Ángela")
        assert names(cast.ama, "angela cafe") == ["Dee"]
        assert names(cast.ama, "ANGÉLA") == ["Dee"]

    def test_one_word_of_two_may_be_the_name(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="She plays the accordion.")
        assert names(cast.ama, "dee accordion") == ["Dee"]

    def test_the_newest_note_that_holds_the_words_is_shown(self, cast: Cast) -> None:
        for text in ("accordion, first", "accordion, then", "violin"):
            make.an_entry(cast.dee, by=cast.ama, text=text)
        assert found(cast.ama, "accordion") == [("Dee", "accordion, then")]

    def test_names_come_before_notes(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="She met Zoe.")
        make.a_case(by=cast.ama, name="Zoe")
        assert names(cast.ama, "zoe") == ["Zoe", "Dee"]

    def test_a_word_that_no_note_holds_any_more_finds_nobody(self, cast: Cast) -> None:
        entry = make.an_entry(cast.dee, by=cast.ama, text="accordion")
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            when = timezone.now()
            actions.change_entry(file, entry=entry, text="violin", kind="call", happened_at=when, version=1)
        assert names(cast.ama, "accordion") == []

    @pytest.mark.parametrize("query", ["", "  ", "!", "nobody"])
    def test_nothing_is_found_for_nothing(self, cast: Cast, query: str) -> None:
        assert found(cast.ama, query) == []

    def test_words_in_two_different_notes_are_not_one_hit(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="accordion")
        make.an_entry(cast.dee, by=cast.ama, text="violin")
        assert names(cast.ama, "accordion violin") == []

    def test_my_people_only_when_asked(self, cast: Cast) -> None:
        make.a_case(by=cast.ben, name="Delia")
        assert names(cast.ama, "de") == ["Dee", "Delia"]
        assert [name for name, _ in found(cast.ama, "de", mine=True)] == ["Dee"]

    def test_more_than_a_page_says_that_there_is_more(self, cast: Cast) -> None:
        for number in range(finding.MOST):
            make.a_case(by=cast.ama, name=f"Dee {number}")
        with make.entering(cast.ama, Action.SEE_CARD, lists=True) as entered:
            result: Found = finding.find(entered, "dee")
        assert (len(result.hits), result.more) == (finding.MOST, True)


class TestWhatIsNot:
    def test_another_team_is_never_found(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="She plays the accordion.")
        assert names(cast.cyd, "accordion") == names(cast.cyd, "dee") == []

    def test_a_peer_finds_only_those_whom_she_walks_with(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        make.an_entry(cast.dee, by=cast.ama, text="accordion")
        assert names(peer, "accordion") == []
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        assert names(peer, "accordion") == ["Dee"]

    def test_the_front_desk_finds_by_name_only(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="accordion")
        desk = cast.somebody(Role.FRONT_DESK)
        assert found(desk, "dee") == [("Dee", "")]
        assert found(desk, "accordion") == []
        assert found(desk, "dee accordion") == []

    def test_who_waits_for_keys_finds_nobody_and_no_page_breaks(self, cast: Cast) -> None:
        assert names(make.a_person(Role.CASE_MANAGER, cast.harbor), "dee") == []

    def test_other_roles_in_two_teams_are_kept_apart(self, cast: Cast) -> None:
        both = cast.somebody(Role.FRONT_DESK)
        with make.entering(cast.sue, Action.CHANGE_MEMBERSHIP) as entered:
            add_membership(entered, person=both.person, team=cast.garden, role=Role.CASE_MANAGER)
        other = make.a_case(by=cast.cyd, name="Gia")
        for case, by in ((cast.dee, cast.ama), (other, cast.cyd)):
            make.an_entry(case, by=by, text="accordion")
        assert names(both, "accordion") == ["Gia"]
        assert names(both, "dee") == ["Dee"]


class TestTheTrail:
    def test_one_line_holds_who_was_shown_and_not_what_was_typed(self, cast: Cast) -> None:
        make.a_case(by=cast.ama, name="Fay")
        make.an_entry(cast.dee, by=cast.ama, text="accordion")
        before = Line.objects.count()
        found(cast.ama, "accordion")
        line = Line.objects.order_by("-seq")[0]
        assert Line.objects.count() == before + 1
        assert line.things == [str(cast.dee.pk)]
        assert (line.action, line.note) == ("people:see", "looked-through")
        assert "accordion" not in str(vars(line))

    def test_finding_nobody_leaves_a_line_too(self, cast: Cast) -> None:
        before = Line.objects.count()
        assert found(cast.ama, "nobody") == []
        assert Line.objects.order_by("-seq")[0].things == []
        assert Line.objects.count() == before + 1


def queries(worker: Worker, query: str) -> int:
    with CaptureQueriesContext(connection) as counted:
        assert found(worker, query)
    return len(counted)


def test_the_number_of_queries_does_not_grow_with_the_people(cast: Cast) -> None:
    few = queries(cast.ama, "dee")
    for number in range(12):
        case = make.a_case(by=cast.ama, name=f"Somebody {number}")
        make.an_entry(case, by=cast.ama)
    assert queries(cast.ama, "dee") == few


class TestAroundAWord:
    @pytest.mark.parametrize(
        ("text", "query", "told"),
        [
            ("She plays the accordion well.", "accord", ("She plays the ", "accordion", " well.")),
            ("Café con Ángela.", "angela", ("Café con ", "Ángela", ".")),
            ("我今天和阿敏见面", "阿敏", None),
            ("nothing of it", "accordion", ("", "", "nothing of it")),
        ],
    )
    def test_the_words_beside_it_are_shown(
        self, text: str, query: str, told: tuple[str, str, str] | None
    ) -> None:
        around = finding.around(text, wordset.needles(query))
        assert "".join(around) == text
        assert told is None or around == told

    def test_a_long_note_is_cut_between_words_on_both_sides(self) -> None:
        text = "before " * 60 + "accordion" + " after" * 60
        before, word, after = finding.around(text, wordset.needles("accordion"))
        assert (before.split(" ")[0], word, after.split(" ")[-1]) == ("…", "accordion", "…")
        assert set((before + after).split()) == {"…", "before", "after"}

    def test_a_hit_by_name_has_no_word_in_a_note(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama, text="She plays the accordion.")
        with make.entering(cast.ama, Action.SEE_CARD, lists=True) as entered:
            by_name, by_word = (finding.find(entered, query).hits[0] for query in ("dee", "accordion"))
            assert by_name.near() is None
            assert by_word.near() == ("She plays the ", "accordion", ".")
