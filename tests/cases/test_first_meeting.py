"""The guide for a first meeting: plain words, said by each new person, on paper without a name (practice C2)."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case, Introduction
from leeward.cases.words.guide import GUIDE
from leeward.staff.models import OurWays, Team
from tests import make
from tests.attack.house import Browser
from tests.cases.meet import hidden
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def syllables(word: str) -> int:
    """As readers count them: groups of vowels, without a silent e."""
    folded = re.sub(r"(?<!l)e[sd]?$", "", word.lower()) or word.lower()
    return max(1, len(re.findall(r"[aeiouy]+", folded)))


def grade(text: str) -> float:
    """Flesch-Kincaid: the school year in which one reads this."""
    sentences = [one for one in re.split(r"[.!?]+", text) if one.strip()]
    words = re.findall(r"[A-Za-z’']+", text)
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


class TestTheWords:
    def test_a_child_of_eleven_reads_all_of_it(self) -> None:
        with translation.override("en"):
            assert grade(" ".join(str(part.words) for part in GUIDE)) <= 6
            hardest = {part.key: grade(str(part.words)) for part in GUIDE}
        assert max(hardest.values()) <= 7, hardest

    def test_the_measure_can_fail(self) -> None:
        assert (
            grade(
                "Confidentiality obligations notwithstanding, statutory reporting requirements necessitate it."
            )
            > 12
        )

    @pytest.mark.parametrize(
        "key",
        [
            "who",
            "together",
            "can",
            "cannot",
            "private",
            "must_tell",
            "choice",
            "others",
            "language",
            "not_right",
        ],
    )
    def test_everything_that_the_practice_asks_for_is_in_it(self, key: str) -> None:
        assert key in {part.key for part in GUIDE}

    def test_it_says_nothing_about_why(self) -> None:
        with translation.override("en"):
            said = " ".join(f"{part.title} {part.words}" for part in GUIDE).casefold()
        assert not re.search(r"victim|traffick|exploit|survivor|abuse|client", said)


def path(case: Case, more: str = "") -> str:
    return f"/people/{case.pk}/first-meeting/{more}"


def about(case: Case, by: make.Worker) -> dict[str, Any]:
    with make.opening(case, by):
        return dict(Introduction.objects.get(case=case, person=by.person).about)


class TestEachNewPerson:
    def test_it_is_ticked_for_whoever_said_it(self, cast: Cast) -> None:
        sent = {"said": ["who", "must_tell"], "language": "Tigrinya"}
        assert Browser(cast.ama).post(path(cast.dee), sent).status_code == 302
        told = about(cast.dee, cast.ama)
        assert (told["said"], told["language"]) == (["who", "must_tell"], "Tigrinya")
        page = unescape(Browser(cast.ben).get(path(cast.dee)).content.decode())
        assert "2 of 12" in page

    def test_a_double_click_is_one_and_what_was_said_before_stays(self, cast: Cast) -> None:
        ama = Browser(cast.ama)
        for said in (["who"], ["who"], ["choice"]):
            ama.post(path(cast.dee), {"said": said})
        assert about(cast.dee, cast.ama)["said"] == ["who", "choice"]
        assert Introduction.objects.count() == 1

    def test_everybody_who_walks_along_is_named_with_or_without(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        Case.objects.filter(pk=cast.dee.pk).update(backup=cast.ben.person)
        Browser(peer).post(path(cast.dee), {"said": ["who"]})
        page = Browser(cast.ama).get(path(cast.dee)).content.decode()
        for person in (cast.ama, cast.ben, peer):
            assert person.person.name in page
        assert page.count("not yet") == 2

    def test_ticked_again_the_form_shows_what_was_said(self, cast: Cast) -> None:
        ama = Browser(cast.ama)
        ama.post(path(cast.dee), {"said": ["who"], "more": "Her aunt was there."})
        page = ama.get(path(cast.dee)).content.decode()
        assert len(re.findall(r'value="\w+"[^>]*checked', page)) == 1
        assert "Her aunt was there." in page

    @pytest.mark.parametrize("sent", [{"said": ["who", "nonsense"]}, {"more": "w" * 9000}, {"language": "�"}])
    def test_what_cannot_be_is_asked_again(self, cast: Cast, sent: dict[str, Any]) -> None:
        assert Browser(cast.ama).post(path(cast.dee), sent).status_code == 422
        assert not Introduction.objects.exists()

    def test_nothing_ticked_is_fine(self, cast: Cast) -> None:
        assert Browser(cast.ama).post(path(cast.dee), {"language": "Tigrinya"}).status_code == 302

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.REPORT_ONLY])
    def test_who_opens_no_notes_ticks_nothing(self, cast: Cast, role: Role) -> None:
        assert Browser(cast.somebody(role)).post(path(cast.dee), {"said": ["who"]}).status_code == 404

    def test_another_team_finds_nothing(self, cast: Cast) -> None:
        for more in ("", "paper/"):
            assert Browser(cast.cyd).get(path(cast.dee, more)).status_code == 404

    def test_looking_leaves_one_line(self, cast: Cast) -> None:
        before = Line.objects.count()
        Browser(cast.ama).get(path(cast.dee))
        assert Line.objects.count() == before + 1


class TestOnPaper:
    @pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
    def test_in_any_language_without_a_name_or_a_reason(self, cast: Cast, language: str) -> None:
        page = Browser(cast.ama).get(f"{path(cast.dee, 'paper/')}?language={language}").content.decode()
        assert f'<div class="card pocket" lang="{language}">' in page
        main = page.split("<main", 1)[1].split("</main>", 1)[0]
        for name in ("Dee", "Ama", "Harbor", "Leeward"):
            assert name not in main
        title = re.search(r"<title>(.*?)</title>", page)
        assert title
        assert "Leeward" not in title[1]
        assert not re.search(r"victim|traffick|participant", main.casefold())

    def test_the_language_of_the_page_does_not_stay_for_the_next_one(self, cast: Cast) -> None:
        ama = Browser(cast.ama)
        ama.get(f"{path(cast.dee, 'paper/')}?language=es")
        assert '<html lang="en"' in ama.get(path(cast.dee)).content.decode()

    @pytest.mark.parametrize("asked", ["", "xx", "%00", "../es"])
    def test_a_language_that_there_is_not_is_ones_own(self, cast: Cast, asked: str) -> None:
        answer = Browser(cast.ama).get(f"{path(cast.dee, 'paper/')}?language={asked}")
        assert '<div class="card pocket" lang="en">' in answer.content.decode()

    def test_only_the_sheet_is_in_their_language(self, cast: Cast) -> None:
        page = Browser(cast.ama).get(f"{path(cast.dee, 'paper/')}?language=es").content.decode()
        sheet = page.partition("card pocket")[2].partition("</main>")[0]
        assert "Qué" in sheet or "Quién" in sheet
        assert '<html lang="en"' in page
        assert "Your passphrase" in page

    def test_whoever_is_on_call_or_at_the_desk_can_print_it_too(self, cast: Cast) -> None:
        for role in (Role.ON_CALL, Role.FRONT_DESK):
            assert Browser(cast.somebody(role)).get(path(cast.dee, "paper/")).status_code == 200

    def test_the_agency_adds_its_own_words(self, cast: Cast) -> None:
        with make.entering(cast.ben, Action.TODAY):
            OurWays.objects.create(
                everyone=Team.objects.get(everyone=True), words={"first_meeting": "We have tea."}
            )
        for more in ("", "paper/"):
            assert "We have tea." in Browser(cast.ama).get(path(cast.dee, more)).content.decode()


def test_the_page_needs_no_script(cast: Cast) -> None:
    assert set(hidden(Browser(cast.ama).get(path(cast.dee)))) == set()
