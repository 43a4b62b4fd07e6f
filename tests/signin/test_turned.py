"""The turned screen: two people look at one page, and everything else asks for the passphrase (practice M10)."""

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from leeward.signin import limits
from leeward.signin.models import LatePost, SignIn
from leeward.signin.store import SessionStore
from leeward.staff.models import Person
from tests.signin import site
from tests.signin.conftest import WORDS, Browser, Phone, later, words_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

PAGE = "/note/?before=12"
PART = {"X-Part": "1"}


@pytest.fixture
def turned(inside: Browser) -> Browser:
    """A browser that Ines has turned to one page."""
    assert inside.send("/turn/", {"path": PAGE})["Location"] == PAGE
    return inside


def back(
    browser: Browser, words: str = WORDS, *, after: str = "/", headers: dict[str, str] | None = None
) -> "Answer":
    form = {"passphrase": words, "turns_back": "1", "next": after}
    return browser.send("/unlock/", form, headers=headers)


class TestOnlyOnePage:
    def test_it_is_shown(self, turned: Browser) -> None:
        assert turned.get(PAGE).content == b"write"

    @pytest.mark.parametrize(
        "path",
        ["/", "/note/", "/note/?before=11", "/you/", "/you/sign-ins/", "/sign-in/", "/note/?before=12&a=1"],
    )
    def test_every_other_address_asks_for_the_passphrase(self, turned: Browser, path: str) -> None:
        answer = turned.get(path)
        assert answer.status_code == 303
        assert answer["Location"].startswith("/turned/?next=")
        calm = words_of(turned.get(answer["Location"]))
        assert "This screen is turned" in calm
        assert "Type your passphrase to turn it back." in calm
        assert "Ines" not in calm

    def test_the_calm_page_leads_back_to_the_one_page(self, turned: Browser) -> None:
        assert f'href="{PAGE}"'.replace("&", "&amp;") in turned.get("/turned/").content.decode()

    @pytest.mark.parametrize("headers", [PART, {"HX-Request": "true"}])
    def test_parts_of_other_pages_are_not_handed_out(self, turned: Browser, headers: dict[str, str]) -> None:
        answer = turned.get("/", headers=headers)
        assert (answer.status_code, answer["X-Locked"]) == (423, "1")
        assert b"today" not in answer.content

    def test_nothing_that_is_not_there_is_told_apart(self, turned: Browser) -> None:
        assert turned.get("/nowhere/").status_code == 404

    def test_going_back_in_history_finds_nothing_kept(self, inside: Browser) -> None:
        assert "no-store" in inside.get("/you/")["Cache-Control"]
        inside.send("/turn/", {"path": PAGE})
        assert inside.get("/you/").status_code == 303

    def test_head_asks_too(self, turned: Browser) -> None:
        assert turned.head("/").status_code == 303
        assert turned.head(PAGE).status_code == 200

    def test_another_browser_of_the_same_person_is_not_turned(
        self, turned: Browser, ines: Person, phone: Phone
    ) -> None:
        other = Browser()
        other.passphrase(ines)
        other.send("/sign-in/code/", code=phone.code(ahead=1))
        assert other.is_in()
        assert not turned.is_in()


class TestNothingIsSent:
    def test_a_form_is_kept_and_taken_in_after_turning_back(self, turned: Browser) -> None:
        answer = turned.send("/note/", words="typed in the other tab")
        assert answer["Location"].startswith("/turned/")
        assert site.taken == []
        assert "What you sent is kept" in words_of(turned.get("/turned/"))
        back(turned)
        assert [words for _, words in site.taken] == ["typed in the other tab"]

    def test_also_to_the_page_that_is_shown(self, turned: Browser) -> None:
        turned.send(PAGE, words="typed by whoever sat there")
        assert site.taken == []

    def test_a_script_covers_its_page_and_keeps_the_words_itself(self, turned: Browser) -> None:
        answer = turned.send("/note/", words="typed", headers=PART)
        assert (answer.status_code, answer["X-Locked"]) == (423, "1")
        assert not LatePost.objects.exists()
        assert back(turned, headers=PART).status_code == 204
        turned.send("/note/", words="typed", headers=PART)
        assert [words for _, words in site.taken] == ["typed"]

    def test_an_upload_is_kept_too(self, turned: Browser) -> None:
        turned.send("/note/", words="with paper", paper=SimpleUploadedFile("a.txt", b"a letter"))
        assert site.taken == []
        back(turned)
        assert ("paper", "a letter") in site.taken

    @pytest.mark.parametrize(
        "path", ["/sign-in/", "/sign-out/", "/language/", "/you/", "/you/sign-out-everywhere/"]
    )
    def test_nothing_else_happens_either(self, turned: Browser, path: str, ines: Person) -> None:
        rows = SignIn.objects.count()
        assert turned.send(path, email=ines.email, passphrase=WORDS, device="own").status_code == 303
        assert SignIn.objects.count() == rows
        assert turned.get(PAGE).status_code == 200

    def test_what_was_kept_is_not_taken_in_without_the_passphrase(self, turned: Browser) -> None:
        turned.send("/note/", words="kept")
        turned.send("/unlock/", next="/")
        assert site.taken == []
        assert LatePost.objects.count() == 1

    def test_the_lock_opens_and_what_was_kept_waits_until_it_is_turned_back(self, turned: Browser) -> None:
        turned.send("/note/", words="kept")
        turned.send("/lock/")
        turned.send("/unlock/", passphrase=WORDS)
        assert site.taken == []
        back(turned)
        assert [words for _, words in site.taken] == ["kept"]


class TestTurningBack:
    def test_the_passphrase_turns_it_back(self, turned: Browser) -> None:
        assert back(turned, after="/you/")["Location"] == "/you/"
        assert turned.is_in()
        assert turned.get("/turned/").status_code == 303

    def test_wrong_words_do_not(self, turned: Browser) -> None:
        answer = back(turned, "something else entirely")
        assert answer.status_code == 422
        text = words_of(answer)
        assert "Those words did not match" in text
        assert "This screen is turned" in text
        assert not turned.is_in()
        assert turned.get(PAGE).status_code == 200

    def test_trying_often_has_to_wait_as_at_the_lock(self, turned: Browser) -> None:
        for _ in range(limits.FREE):
            back(turned, "wrong again")
        answer = back(turned)
        assert "There were many tries just now" in words_of(answer)
        assert not turned.is_in()
        with later(1):
            back(turned)
            assert turned.is_in()

    def test_it_needs_the_passphrase_and_not_only_the_wish(self, turned: Browser) -> None:
        empty: dict[str, str] = {}
        for form in (empty, {"passphrase": ""}):
            turned.send("/unlock/", {"turns_back": "1", **form})
            assert not turned.is_in()

    def test_turning_again_does_not_turn_elsewhere(self, turned: Browser) -> None:
        assert turned.send("/turn/", {"path": "/you/"})["Location"] == PAGE
        assert turned.get("/you/").status_code == 303

    def test_somebody_elses_words_do_not(self, turned: Browser, sam: Person) -> None:
        answer = turned.send("/unlock/", passphrase=WORDS, who=str(sam.pk), turns_back="1", headers=PART)
        assert answer.status_code == 409
        assert not turned.is_in()


class TestTheLockBesides:
    def test_it_still_shuts_when_nobody_is_there(self, turned: Browser) -> None:
        with later(16):
            assert turned.get(PAGE)["Location"].startswith("/locked/")

    def test_a_shared_device_still_shuts_sooner(self, turned: Browser) -> None:
        SignIn.objects.update(device="shared")
        with later(4.5):
            assert turned.get(PAGE)["Location"].startswith("/locked/")

    def test_unlocking_leaves_it_turned(self, turned: Browser) -> None:
        turned.send("/lock/")
        assert turned.get("/")["Location"].startswith("/locked/")
        turned.send("/unlock/", passphrase=WORDS, next=PAGE)
        assert turned.get(PAGE).status_code == 200
        assert not turned.is_in()

    def test_also_when_the_session_was_forgotten_meanwhile(self, turned: Browser) -> None:
        with later(62):
            SessionStore.clear_expired()
            turned.send("/unlock/", passphrase=WORDS)
            assert not turned.is_in()
            assert turned.get(PAGE).status_code == 200

    def test_from_the_calm_page_one_passphrase_opens_both(self, turned: Browser) -> None:
        turned.send("/lock/")
        back(turned)
        assert turned.is_in()

    def test_somebody_else_can_still_sign_in_behind_the_lock(self, turned: Browser) -> None:
        turned.send("/lock/")
        assert turned.get("/sign-in/").status_code == 200

    def test_a_page_left_open_in_another_tab_learns_that_it_is_covered(self, turned: Browser) -> None:
        assert turned.send("/still-here/", headers=PART).status_code == 423
        assert turned.send("/still-here/?turned=1", headers=PART).status_code == 204


class TestWhatIsStored:
    def test_the_address_is_sealed(self, turned: Browser) -> None:
        stored = bytes(turned.row.turned or b"")
        assert stored
        assert b"note" not in stored

    def test_an_address_that_was_tampered_with_shows_nothing(self, turned: Browser) -> None:
        SignIn.objects.update(turned=b"x" * 60)
        assert turned.get(PAGE).status_code == 303
        assert "Back to our page" not in words_of(turned.get("/turned/"))
        back(turned)
        assert turned.is_in()

    def test_a_slower_request_of_another_tab_does_not_turn_it_back(self, inside: Browser) -> None:
        """It read the session before the screen was turned, and saves it afterwards."""
        slow = SessionStore(str(inside.cookie))
        slow.meet()
        inside.send("/turn/", {"path": PAGE})
        slow["said"] = "something"
        slow.save()
        assert not inside.is_in()

    def test_both_clicks_at_once_turn_it_once(self, inside: Browser) -> None:
        inside.send("/turn/", {"path": PAGE})
        inside.send("/turn/", {"path": PAGE})
        assert inside.get(PAGE).status_code == 200


class TestWhereTo:
    @pytest.mark.parametrize(
        "path",
        ["/sign-in/", "/nowhere/", "", "https://elsewhere.example/", "//elsewhere.example/", "/static/x"],
    )
    def test_it_turns_to_pages_behind_the_door_only(self, inside: Browser, path: str) -> None:
        assert inside.send("/turn/", {"path": path})["Location"] == "/"
        assert inside.is_in()
        assert inside.get("/you/").status_code == 200

    def test_nobody_turns_a_screen_without_signing_in(self, browser: Browser) -> None:
        assert browser.send("/turn/", {"path": PAGE})["Location"].startswith("/sign-in/")

    def test_looking_turns_nothing(self, inside: Browser) -> None:
        assert inside.get("/turn/").status_code == 405
        assert inside.get("/turned/")["Location"] == "/"
        assert inside.is_in()

    def test_the_page_itself_shows_no_ways_and_no_names(self, inside: Browser) -> None:
        full = inside.get("/you/").content.decode()
        assert "Turn the screen" in full
        inside.send("/turn/", {"path": "/you/"})
        shown = inside.get("/you/").content.decode()
        for gone in ('class="rail"', 'class="search"', 'class="bar"', 'class="places"', "Turn the screen"):
            assert gone not in shown, gone
        assert "data-turned" in shown
        assert 'href="/turned/"' in shown
        assert 'name="turns_back"' not in shown

    def test_the_address_of_turning_back_is_known(self) -> None:
        assert reverse("signin:turned", urlconf="tests.signin.site") == "/turned/"
