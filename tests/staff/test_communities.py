"""What the agency learnt about languages, cultures, Nations and faiths: everybody reads it (practice C6)."""

# ruff: noqa: ANN401 - whatever a form sends

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from leeward.access.gate import Refused
from leeward.access.policy import Action, Role
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.models import CommunityNote
from leeward.staff.models.rota import CommunityWords
from leeward.staff.pages import communities
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

ALL, NEW = "/staff/ways/communities/", "/staff/ways/communities/new/"
WORDS: CommunityWords = {
    "about": "K'iche', Mam", "text": "Ask which town.", "source": "Training at the library", "learnt_on": "2026-01-31",
}  # fmt: skip
NO_KEY = {Role.ADMINISTRATOR, Role.REPORT_ONLY}


def keep(worker: Worker, *, note: UUID | None = None, version: int = 0, **words: str) -> UUID:
    told: CommunityWords = {**WORDS, **words}  # type: ignore[typeddict-item]
    with make.entering(worker, Action.KEEP_WAYS) as entered:
        return actions.keep_community(entered, note_id=note or uuid4(), words=told, version=version).pk


def read(worker: Worker) -> list[tuple[str, str]]:
    with make.entering(worker, Action.SEE_STAFF) as entered:
        return [(one.about, one.text) for one in communities.learnt(entered.visit)]


def fitting(worker: Worker, *told: str) -> list[str]:
    with make.entering(worker, Action.SEE_STAFF) as entered:
        return [one.about for one in communities.fitting(entered.visit, told)]


def text(worker: Worker, url: str) -> str:
    answer = Browser(worker).get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def sent(**fields: Any) -> dict[str, Any]:
    return {**WORDS, "note_id": str(uuid4()), "version": "0", **fields}


class TestReading:
    @pytest.mark.parametrize("role", Role)
    def test_everybody_with_keys_reads_it(self, cast: Cast, role: Role) -> None:
        keep(cast.ben)
        assert read(cast.somebody(role)) == ([] if role in NO_KEY else [("K'iche', Mam", "Ask which town.")])

    def test_it_says_who_taught_us_and_when_somebody_asked_again(self, cast: Cast) -> None:
        keep(cast.ben)
        page = text(cast.ama, ALL)
        assert "Ask, do not assume" in page
        assert "<bdi>Training at the library</bdi>, 31 January" in page
        assert "nobody has asked again yet" in page
        keep(cast.ben, about="Nation", checked_on="2020-03-05")
        assert "asked again: 5 March 2020" in text(cast.ama, ALL)

    def test_it_stands_in_the_order_of_names(self, cast: Cast) -> None:
        for about in ("Éwé", "zoe", "Dari"):
            keep(cast.ben, about=about)
        assert [about for about, _ in read(cast.ama)] == ["Dari", "Éwé", "zoe"]

    def test_how_we_work_leads_there(self, cast: Cast) -> None:
        assert f'href="{ALL}"' in text(cast.ama, "/staff/ways/")

    def test_who_waits_for_keys_is_told_so(self, cast: Cast) -> None:
        keep(cast.ben)
        page = text(make.a_person(Role.CASE_MANAGER, cast.harbor), ALL)
        assert "You hold no keys yet" in page
        assert "Ask which town" not in page

    def test_the_table_tells_nothing(self, cast: Cast) -> None:
        keep(cast.ben)
        raw = str(list(CommunityNote.objects.values()))
        assert not any(words in raw for words in WORDS.values())  # type: ignore[operator]


class TestWriting:
    def test_a_supervisor_writes_it_once_for_two_clicks(self, cast: Cast) -> None:
        browser, form = Browser(cast.ben), sent()
        assert [browser.post(NEW, form)["Location"] for _ in range(2)] == [ALL, ALL]
        assert read(cast.ama) == [("K'iche', Mam", "Ask which town.")]
        assert CommunityNote.objects.get().version == 1

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_nobody_else_does(self, cast: Cast, role: Role) -> None:
        note, other = keep(cast.ben), cast.somebody(role)
        with pytest.raises(Refused):
            keep(other)
        with make.entering(other, Action.SEE_STAFF) as entered, pytest.raises(CannotDo):
            actions.let_go_of_community(entered, note=CommunityNote.objects.get())
        for url in (NEW, f"{ALL}{note}/"):
            assert Browser(other).post(url, sent()).status_code == 404
        assert NEW not in text(other, ALL)
        assert CommunityNote.objects.get().version == 1

    def test_a_supervisor_who_waits_for_keys_cannot_yet(self, cast: Cast) -> None:
        waiting = make.a_person(Role.SUPERVISOR, cast.harbor)
        assert "no keys yet" in Browser(waiting).post(NEW, sent()).content.decode()
        assert Browser(waiting).get(f"{ALL}{keep(cast.ben)}/").status_code == 404

    @pytest.mark.parametrize(
        "wrong", [{"about": ""}, {"text": " "}, {"source": ""}, {"learnt_on": "x"}, {"checked_on": "soon"}]
    )
    def test_what_is_missing_is_asked_for_and_nothing_is_lost(
        self, cast: Cast, wrong: dict[str, str]
    ) -> None:
        answer = Browser(cast.ben).post(NEW, sent(**wrong))
        assert (answer.status_code, CommunityNote.objects.exists()) == (422, False)

    def test_changed_by_two_both_versions_stand_there(self, cast: Cast) -> None:
        note, browser = keep(cast.ben), Browser(cast.ben)
        url = f"{ALL}{note}/"
        assert 'name="version" value="1"' in browser.get(url).content.decode()
        keep(cast.sue, note=note, version=1, text="Ask which valley.")
        answer = browser.post(url, sent(version="1", text="Ask who interprets."))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Ask which valley." in page
        assert "Ask who interprets.</textarea>" in page
        assert browser.post(url, sent(version="2", text="Both.")).status_code == 302
        assert read(cast.ama) == [("K'iche', Mam", "Both.")]

    def test_an_old_version_changes_nothing(self, cast: Cast) -> None:
        note = keep(cast.ben)
        with pytest.raises(ChangedMeanwhile):
            keep(cast.ben, note=note, version=0, text="other")

    def test_what_is_not_true_or_not_ours_goes(self, cast: Cast) -> None:
        note = keep(cast.ben)
        assert Browser(cast.ben).post(f"{ALL}{note}/", {"let_go": "1"})["Location"] == ALL
        assert read(cast.ama) == []
        assert Browser(cast.ben).get(f"{ALL}{note}/").status_code == 404

    def test_the_form_says_that_it_is_about_no_participant(self, cast: Cast) -> None:
        assert "Nothing about any participant" in text(cast.ben, NEW)


class TestBesideTheirWords:
    @pytest.mark.parametrize(
        ("told", "fits"),
        [
            ("Mam, some Spanish", True), ("speaks MAM at home", True), ("k’iche’", True), ("Maman comes", False),
            ("mammal", False), ("", False), ("K'iche' and Mam", True),
        ],
    )  # fmt: skip
    def test_the_same_word_whole_and_in_any_case(self, cast: Cast, told: str, fits: bool) -> None:
        keep(cast.ben)
        assert fitting(cast.ama, told) == (["K'iche', Mam"] if fits else [])

    @pytest.mark.parametrize(("about", "told"), [("Éwé", "ewe"), ("فارسی", "به فارسی"), ("粤语", "会说粤语")])
    def test_other_letters(self, cast: Cast, about: str, told: str) -> None:
        keep(cast.ben, about=about)
        assert fitting(cast.ama, told) == [about]


def test_the_day_it_was_learnt_is_today_unless_said(cast: Cast) -> None:
    assert f'value="{date.today().isoformat()}"' in text(cast.ben, NEW)  # noqa: DTZ011 - as the form does
