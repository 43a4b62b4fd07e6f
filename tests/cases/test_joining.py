"""Two files of one person become one: one timeline, and nothing is lost."""

# ruff: noqa: ANN401 - answers and rows are whatever Django makes

from typing import Any

import pytest
from django.db import connection

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.models import (
    Draft,
    Entry,
    Glance,
    Identity,
    Introduction,
    Participant,
    Profile,
)  # fmt: skip
from tests import make
from tests.attack.house import Browser
from tests.cases.joined import (
    at,
    everything,
    join,
    page,
    timeline,
    two,
    undo,
    write_page,
)
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


class TestOneTimeline:
    def test_it_reads_in_the_order_in_which_it_was_written(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for day, (case, text) in enumerate([(dee, "a"), (fay, "b"), (fay, "c"), (dee, "d"), (fay, "e")]):
            with at(day):
                make.an_entry(case, by=cast.ama, text=text)
        with at(9):
            join(cast, dee, fay)
            assert timeline(dee, cast.ama) == [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]
            assert make.an_entry(dee, by=cast.ama, text="f").number == 6
        assert not Entry.objects.filter(case=fay).exists()

    def test_search_finds_the_others_words_and_names_in_the_kept_file(self, cast: Cast) -> None:
        dee, fay = two(cast)
        make.an_entry(fay, by=cast.ama, text="She plays the accordion.")
        join(cast, dee, fay)
        from tests.desk.test_finding import found  # noqa: PLC0415

        assert found(cast.ama, "accordion") == [("Dee", "She plays the accordion.")]
        assert found(cast.ama, "fay") == [("Dee", "")]

    def test_when_we_last_spoke_is_the_later_of_the_two(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for day, case in ((1, dee), (5, fay)):
            with at(day):
                make.an_entry(case, by=cast.ama)
        later = page(fay, cast.ama, Glance)["contact_at"]
        with at(6):
            join(cast, dee, fay)
        assert page(dee, cast.ama, Glance)["contact_at"] == later

    def test_a_damaged_note_stays_where_it_is_and_keeps_nothing_else_from_coming(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for text in ("a", "b", "c"):
            make.an_entry(fay, by=cast.ama, text=text)
        spoilt = Entry.objects.get(case=fay, number=2)
        with connection.cursor() as cursor:
            cursor.execute("SELECT text FROM cases_entry WHERE number = 2")
            held = bytearray(bytes(cursor.fetchone()[0]))
            held[len(held) // 2] ^= 1
            cursor.execute("UPDATE cases_entry SET text = %s WHERE number = 2", [bytes(held)])
        row = join(cast, dee, fay)
        assert [text for _, text in timeline(dee, cast.ama)] == ["a", "c"]
        assert Entry.objects.get(pk=spoilt.pk).case == fay
        undo(cast, dee, fay, row)
        back = Entry.objects.filter(case=fay).order_by("number").values_list("number", "pk")
        assert [(number, pk == spoilt.pk) for number, pk in back] == [(1, False), (2, True), (3, False)]


class TestNothingIsLost:
    def test_papers_open_to_the_last_byte(self, cast: Cast) -> None:
        dee, fay = two(cast)
        content = b"%PDF- " + bytes(range(256)) * 2000
        paper = make.a_paper(fay, by=cast.ama, content=[content], size=len(content))
        join(cast, dee, fay)
        answer = Browser(cast.ama).get(f"/people/{dee.pk}/papers/{paper}/")
        assert b"".join(answer.streaming_content) == content  # type: ignore[attr-defined]

    def test_answers_go_where_there_was_none_and_stand_beside_where_there_was(self, cast: Cast) -> None:
        dee, fay = two(cast)
        write_page(dee, cast.ama, Profile, culture="Garifuna", faith="")
        write_page(fay, cast.ama, Profile, culture="Maya", faith="Catholic", nation="")
        join(cast, dee, fay)
        assert page(dee, cast.ama, Profile) == {
            "culture": "Garifuna", "faith": "Catholic", "also": {str(fay.pk): {"culture": "Maya"}},
        }  # fmt: skip

    def test_a_page_that_only_the_other_has_comes_whole(self, cast: Cast) -> None:
        dee, fay = two(cast)
        write_page(fay, cast.ama, Identity, legal_name="Maria Solis")
        join(cast, dee, fay)
        assert page(dee, cast.ama, Identity) == {"legal_name": "Maria Solis"}

    def test_every_name_is_on_the_card(self, cast: Cast) -> None:
        dee = make.a_case(by=cast.ama, name="Dee", aliases="Moth", pronouns="she")
        fay = make.a_case(
            by=cast.ama, name="Fay", aliases="moth, Ramón", language="Tigrinya", pronouns="they"
        )
        join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            told = Participant.objects.get(case=dee).card
        assert told["name"] == "Dee"
        assert told["aliases"] == "Moth, Fay, moth, Ramón"
        assert (told["pronouns"], told["language"]) == ("she", "Tigrinya")

    def test_who_introduced_themselves_in_both_files_did_it_once(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case, said in ((dee, ["who"]), (fay, ["who", "must_tell"])):
            with make.opening(case, cast.ama):
                Introduction.objects.create(
                    case=case, person=cast.ama.person, about={"said": said, "language": "en"}
                )
        join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            about: Any = Introduction.objects.get(case=dee).about
        assert about["said"] == ["who"]
        assert about["also"] == {str(fay.pk): {"said": ["who", "must_tell"]}}

    def test_what_colleagues_were_writing_comes_along_unread(self, cast: Cast) -> None:
        dee, fay = two(cast)
        with make.opening(fay, cast.ama, Action.WRITE_ENTRY) as file:
            actions.keep_draft(file, case=fay, words={"text": "She ca"}, version=0)
        join(cast, dee, fay)
        with make.opening(dee, cast.ama):
            assert Draft.objects.get(case=dee).words["text"] == "She ca"

    def test_a_draft_in_both_files_stays_and_is_shown_to_its_writer(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case, text in ((dee, "in Dee's"), (fay, "in Fay's")):
            with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
                actions.keep_draft(file, case=case, words={"text": text}, version=0)
        join(cast, dee, fay)
        assert "in Fay&#x27;s" in Browser(cast.ama).get(f"/people/{fay.pk}/joined/").content.decode()
        assert "Fay&#x27;s" not in Browser(cast.ben).get(f"/people/{fay.pk}/joined/").content.decode()

    def test_it_is_whole_or_not_at_all(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        from leeward.cases.actions.joining import verbs  # noqa: PLC0415

        dee, fay = two(cast)
        for case in (dee, fay):
            make.an_entry(case, by=cast.ama)

        def breaks(*_: Any) -> None:
            raise RuntimeError("the power went out")

        before = everything()
        monkeypatch.setattr(verbs, "_save", breaks)
        with pytest.raises(RuntimeError):
            join(cast, dee, fay)
        assert everything() == before
