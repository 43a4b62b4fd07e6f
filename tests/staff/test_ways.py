"""How we work, and what colleagues choose to say about themselves (practices H2, H6)."""

from datetime import time

import pytest

from leeward.access.gate import Refused
from leeward.access.policy import Action, Role
from leeward.staff import actions
from leeward.staff.actions import CannotDo, ChangedMeanwhile
from leeward.staff.models import About, OurWays
from leeward.staff.models.rota import AboutWords, WaysWords
from leeward.staff.pages import own, ways
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = pytest.mark.django_db

WORDS: WaysWords = {"child_line": "555 0100", "child_line_name": "County office", "report_hours": 24}
NO_KEY = {Role.ADMINISTRATOR, Role.REPORT_ONLY}


def write(worker: Worker, words: WaysWords, version: int = 0) -> None:
    with make.entering(worker, Action.KEEP_WAYS) as entered:
        actions.change_ways(entered, words=words, version=version)


def read(worker: Worker) -> WaysWords:
    with make.entering(worker, Action.SEE_STAFF) as entered:
        return ways.our_ways(entered.visit)


def say(worker: Worker, words: AboutWords, version: int = 0) -> None:
    with make.entering(worker, Action.OWN_ACCOUNT) as entered:
        actions.say_about_me(entered, words=words, version=version)


def told(reader: Worker, about: Worker) -> AboutWords | None:
    with make.entering(reader, Action.SEE_STAFF) as entered:
        return own.about(entered.visit, [about.person.pk]).get(about.person.pk)


class TestHowWeWork:
    def test_nothing_is_said_before_somebody_says_it(self, cast: Cast) -> None:
        assert read(cast.ama) == {}

    @pytest.mark.parametrize("role", Role)
    def test_everybody_with_keys_reads_it(self, cast: Cast, role: Role) -> None:
        write(cast.ben, WORDS)
        assert read(cast.somebody(role)) == ({} if role in NO_KEY else WORDS)

    def test_who_waits_for_keys_reads_nothing_and_is_told_why(self, cast: Cast) -> None:
        write(cast.ben, WORDS)
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        assert read(waiting) == {}
        answer = Browser(waiting).get("/staff/ways/")
        assert (answer.status_code, "You hold no keys yet" in answer.content.decode()) == (200, True)

    def test_a_supervisor_who_waits_for_keys_cannot_write_yet(self, cast: Cast) -> None:
        waiting = make.a_person(Role.SUPERVISOR, cast.harbor)
        with (
            make.entering(waiting, Action.KEEP_WAYS) as entered,
            pytest.raises(CannotDo, match="no keys yet"),
        ):
            actions.change_ways(entered, words=WORDS, version=0)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_only_supervisors_write_it(self, cast: Cast, role: Role) -> None:
        other = cast.somebody(role)
        with pytest.raises(Refused):
            write(other, WORDS)
        with make.entering(other, Action.SEE_STAFF) as entered, pytest.raises(CannotDo):
            actions.change_ways(entered, words=WORDS, version=0)
        assert Browser(other).get("/staff/ways/change/").status_code == 404
        assert "/staff/ways/change/" not in Browser(other).get("/staff/ways/").content.decode()

    def test_two_supervisors_at_once_lose_nothing(self, cast: Cast) -> None:
        write(cast.ben, WORDS)
        write(cast.ben, {**WORDS, "adult_line": "555 0101"}, version=1)
        with pytest.raises(ChangedMeanwhile):
            write(cast.sue, {**WORDS, "adult_line": "555 0199"}, version=1)
        assert read(cast.ama)["adult_line"] == "555 0101"

    def test_a_double_click_is_one_change(self, cast: Cast) -> None:
        write(cast.ben, WORDS)
        write(cast.ben, WORDS)
        assert OurWays.objects.get().version == 1

    def test_the_page_shows_both_versions_and_keeps_what_was_typed(self, cast: Cast) -> None:
        browser = Browser(cast.ben)
        form = {"version": "0", "child_line": "555 0100", "day_begins": "08:30"}
        assert browser.post("/staff/ways/change/", form)["Location"] == "/staff/ways/"
        write(cast.sue, {"child_line": "555 0111"}, version=1)
        answer = browser.post("/staff/ways/change/", {**form, "version": "1", "child_line": "555 0122"})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "555 0111" in text
        assert 'value="555 0122"' in text
        assert 'name="version" value="2"' in text

    @pytest.mark.parametrize(
        ("field", "odd"),
        [("report_hours", "soon"), ("report_hours", "-1"), ("checked_on", "x"), ("day_begins", "8h")],
    )
    def test_what_cannot_be_read_is_asked_again(self, cast: Cast, field: str, odd: str) -> None:
        answer = Browser(cast.ben).post("/staff/ways/change/", {"version": "0", field: odd})
        assert (answer.status_code, OurWays.objects.exists()) == (422, False)

    def test_numbers_say_when_they_were_checked(self, cast: Cast) -> None:
        write(cast.ben, WORDS)
        browser = Browser(cast.ama)
        text = browser.get("/staff/ways/").content.decode()
        assert "Check these numbers before you rely on them." in text
        assert "Nobody has written down yet that they were checked." in text
        assert 'href="tel:5550100"' in text
        write(cast.ben, {**WORDS, "checked_on": "2020-03-05"}, version=1)
        assert "Last checked: 5 March 2020." in browser.get("/staff/ways/").content.decode()

    def test_the_on_call_phone_stands_on_the_rota(self, cast: Cast) -> None:
        write(cast.ben, {"on_call_phone": "555 0177"})
        assert "tel:5550177" in Browser(cast.ama).get("/staff/rota/").content.decode()

    def test_hours_that_make_no_sense_are_those_of_most_offices(self) -> None:
        assert ways.day_begins({"day_begins": "dawn"}) == time(8)
        assert ways.day_ends({}) == time(18)
        assert ways.day_ends({"day_ends": "17:30"}) == time(17, 30)


class TestAboutMe:
    def form(self, **told: str) -> dict[str, str]:
        return {"version": "0", **told}

    def test_nothing_has_to_be_said(self, cast: Cast) -> None:
        answer = Browser(cast.ama).post("/staff/about-me/", self.form())
        assert answer.status_code == 302
        assert not About.objects.exists()

    def test_colleagues_read_what_was_said(self, cast: Cast) -> None:
        say(cast.ama, {"languages": ["Twi", "English"], "faith": "Quaker"})
        said = told(cast.cyd, cast.ama)
        assert said
        assert said["languages"] == ["Twi", "English"]

    def test_it_stands_on_ones_own_page_among_the_colleagues(self, cast: Cast) -> None:
        say(cast.ama, {"languages": ["Twi"], "more": "I like long walks."})
        page = f"/staff/{cast.ama.person.pk}/"
        for reader in (cast.cyd, cast.ama):
            text = Browser(reader).get(page).content.decode()
            assert "Twi" in text
            assert "I like long walks." in text
        assert "Twi" not in Browser(cast.somebody(Role.ADMINISTRATOR)).get(page).content.decode()

    def test_it_can_be_taken_back_at_any_time(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        browser.post("/staff/about-me/", self.form(gender="woman", languages="Twi, English; Ga,,Twi"))
        assert told(cast.ben, cast.ama) == {
            "gender": "woman",
            "languages": ["Twi", "English", "Ga"],
            "version": 1,
        }
        browser.post("/staff/about-me/", {"version": "1", "gender": "woman", "nothing": "1"})
        assert told(cast.ben, cast.ama) is None
        assert not About.objects.exists()

    def test_emptying_the_fields_takes_it_back_too(self, cast: Cast) -> None:
        say(cast.ama, {"gender": "woman"})
        say(cast.ama, {}, version=1)
        assert not About.objects.exists()

    def test_it_is_one_s_own(self, cast: Cast) -> None:
        say(cast.ama, {"gender": "woman"})
        say(cast.ben, {"gender": "man"})
        assert (told(cast.ben, cast.ama) or {})["gender"] == "woman"

    def test_two_windows_lose_nothing(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        browser.post("/staff/about-me/", self.form(gender="woman"))
        browser.post("/staff/about-me/", {"version": "1", "gender": "woman", "faith": "Quaker"})
        answer = browser.post("/staff/about-me/", {"version": "1", "gender": "woman", "faith": "none"})
        text = answer.content.decode()
        assert answer.status_code == 409
        assert "Quaker" in text
        assert 'value="none"' in text

    def test_a_double_click_is_one(self, cast: Cast) -> None:
        for _ in range(2):
            say(cast.ama, {"gender": "woman"})
        assert (told(cast.ama, cast.ama) or {})["version"] == 1

    def test_who_waits_for_keys_is_told_so(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        answer = Browser(waiting).post("/staff/about-me/", self.form(gender="woman"))
        assert answer.status_code == 422
        assert "You hold no keys yet" in answer.content.decode()

    def test_those_who_hold_no_key_read_nothing(self, cast: Cast) -> None:
        say(cast.ama, {"gender": "woman"})
        assert told(cast.somebody(Role.ADMINISTRATOR), cast.ama) is None
