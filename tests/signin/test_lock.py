"""The lock: nobody reads on when she has gone, and nothing that she typed is lost."""

from uuid import UUID

from leeward.signin.models import LatePost, SignIn
from leeward.signin.store import SessionStore
from leeward.staff.models import Person
from tests.signin.conftest import WORDS, Browser, Phone, later, words_of


def test_it_shuts_when_nobody_is_there(inside: Browser) -> None:
    with later(14):
        assert inside.is_in()
    with later(28):
        assert inside.is_in()
    with later(44):
        assert inside.get("/note/?a=1")["Location"] == "/locked/?next=%2Fnote%2F%3Fa%3D1"


def test_a_shared_device_shuts_sooner(browser: Browser, ines: Person, phone: Phone) -> None:
    browser.sign_in(ines, phone, device="shared")
    with later(1.9):
        assert browser.is_in()
    with later(4.5):
        assert browser.get("/")["Location"].startswith("/locked/")


def test_a_page_learns_when_it_shuts(inside: Browser) -> None:
    page = inside.get("/you/").content.decode()
    assert 'data-lock-after="900"' in page
    SignIn.objects.update(device="shared")
    assert 'data-lock-after="120"' in inside.get("/you/").content.decode()


def test_what_a_script_sends_by_its_own_clock_keeps_nothing_open(inside: Browser) -> None:
    with later(10):
        inside.get("/", headers={"X-Quiet": "1"})
    with later(16):
        assert not inside.is_in()


def test_typing_and_still_here_keep_it_open(inside: Browser) -> None:
    with later(10):
        assert inside.send("/still-here/", headers={"X-Part": "1"}).status_code == 204
    with later(20):
        inside.send("/note/", words="a draft", headers={"X-Part": "1"})
    with later(30):
        assert inside.is_in()
    with later(60):
        answer = inside.send("/still-here/", headers={"X-Part": "1"})
    assert (answer.status_code, answer["X-Locked"]) == (423, "1")


def test_she_locks_and_unlocks(inside: Browser) -> None:
    inside.send("/note/", words="kept")
    assert inside.send("/lock/")["Location"] == "/locked/"
    assert not inside.is_in()
    page = inside.get("/locked/?next=/note/")
    assert "Welcome back, Ines Okafor" in words_of(page)
    before = inside.cookie
    assert inside.send("/unlock/", passphrase=WORDS, next="/note/")["Location"] == "/note/"
    assert inside.is_in()
    assert inside.cookie == before
    session = SessionStore(str(before))
    assert session["said"] == "kept"


def test_while_locked_the_capsule_is_not_opened(inside: Browser) -> None:
    inside.send("/lock/")
    session = SessionStore(str(inside.cookie))
    session.meet()
    assert not session.may_open
    assert dict(session.items()) == {}


def test_after_an_hour_the_capsule_is_gone_and_the_passphrase_makes_it_anew(inside: Browser) -> None:
    with later(62):
        SessionStore.clear_expired()
        assert inside.row.sealed is None
        assert inside.get("/")["Location"].startswith("/locked/")
        assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/"
        assert inside.is_in()


def test_after_ten_hours_everything_is_asked_again(inside: Browser, ines: Person, phone: Phone) -> None:
    for hour in range(1, 10):
        with later(hour * 60):
            inside.send("/unlock/", passphrase=WORDS)
    with later(9 * 60 + 59):
        inside.send("/unlock/", passphrase=WORDS)
        assert inside.is_in()
    with later(10 * 60 + 1):
        assert inside.get("/")["Location"].startswith("/sign-in/")
        assert "Ten hours have passed" in words_of(inside.get("/sign-in/"))
        assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/sign-in/"
        assert inside.passphrase(ines)["Location"] == "/sign-in/code/"
        inside.send("/sign-in/code/", code=phone.code())
        assert inside.is_in()


def test_a_clock_that_was_set_back_locks(inside: Browser) -> None:
    with later(30):
        inside.send("/unlock/", passphrase=WORDS)
    with later(10):
        assert inside.get("/")["Location"].startswith("/locked/")
        inside.send("/unlock/", passphrase=WORDS)
        assert inside.is_in()
    with later(-30):
        assert inside.get("/")["Location"].startswith("/sign-in/")


def test_scripts_get_short_answers(inside: Browser, ines: Person) -> None:
    part = {"X-Part": "1"}
    inside.send("/lock/", headers=part)
    answer = inside.send("/note/", words="typed", headers=part)
    assert (answer.status_code, answer["X-Locked"]) == (423, "1")
    assert inside.get("/", headers={"HX-Request": "true"}).status_code == 423
    assert not LatePost.objects.exists()
    assert inside.send("/unlock/", passphrase="wrong", headers=part).status_code == 403
    assert inside.send("/unlock/", passphrase=WORDS, who=str(UUID(int=1)), headers=part).status_code == 409
    assert inside.send("/unlock/", passphrase=WORDS, who=str(ines.pk), headers=part).status_code == 204
    assert inside.send("/note/", words="typed", headers=part).status_code in {204, 302}
    inside.send("/sign-out/")
    assert inside.send("/unlock/", passphrase=WORDS, headers=part).status_code == 401


def test_unlocking_is_limited(inside: Browser) -> None:
    inside.send("/lock/")
    for _ in range(7):
        assert inside.send("/unlock/", passphrase="wrong", headers={"X-Part": "1"}).status_code == 403
    answer = inside.send("/unlock/", passphrase=WORDS, headers={"X-Part": "1"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 30
    assert "wait 1 minute" in words_of(inside.send("/unlock/", passphrase=WORDS))
    with later(1):
        assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/"


def test_her_colleague_cannot_unlock_for_her(inside: Browser, sam: Person) -> None:
    inside.send("/lock/")
    assert inside.send("/unlock/", passphrase="words of somebody else").status_code == 422
