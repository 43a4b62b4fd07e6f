"""Words that come too late: kept sealed, taken in once, and only for whoever wrote them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from leeward.signin import late
from leeward.signin.models import LatePost, SignIn
from leeward.signin.store import Cookie, SessionStore
from leeward.staff.models import Person, PersonKey
from leeward.vault.cipher import KeyPair, seal_to
from tests.signin import site
from tests.signin.conftest import NAME, WORDS, Browser, Phone, at_once, later, restart, words_of


def test_a_form_that_comes_too_late_is_taken_in_once(inside: Browser, ines: Person) -> None:
    inside.send("/lock/")
    answer = inside.send("/note/", words="she called at four")
    assert answer["Location"] == "/locked/?next=%2F"
    assert "taken in as soon as you unlock" in words_of(inside.get("/locked/"))
    assert site.taken == []
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/written/1/"
    assert site.taken == [(str(ines.pk), "she called at four")]
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/"
    inside.send("/lock/")
    inside.send("/unlock/", passphrase=WORDS)
    assert len(site.taken) == 1
    assert not LatePost.objects.exists()


def test_it_is_kept_sealed_path_too(inside: Browser, ines: Person) -> None:
    inside.send("/lock/")
    inside.send(
        "/note/?about=canary-path",
        words="canary words",
        paper=SimpleUploadedFile("canary.txt", b"canary paper"),
    )
    kept = LatePost.objects.get()
    assert b"canary" not in bytes(kept.sealed)
    inside.send("/unlock/", passphrase=WORDS)
    assert site.taken == [(str(ines.pk), "canary words"), ("paper", "canary paper")]


def test_a_question_about_it_is_asked_after_unlocking(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="")
    answer = inside.send("/unlock/", passphrase=WORDS)
    assert (answer.status_code, answer.content) == (422, b"a question")


def test_several_are_taken_in_in_order(inside: Browser) -> None:
    inside.send("/lock/")
    for words in ("one", "two", "three"):
        inside.send("/note/", words=words)
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/written/3/"
    assert [words for _, words in site.taken] == ["one", "two", "three"]


def test_a_fault_of_ours_loses_nothing(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="precious")
    site.faults.append(RuntimeError("a fault"))
    assert inside.send("/unlock/", passphrase=WORDS).status_code == 500
    inside.send("/lock/")
    inside.send("/unlock/", passphrase=WORDS)
    assert [words for _, words in site.taken] == ["precious"]


@pytest.mark.parametrize("end", ["ten hours", "restart", "overnight"])
def test_after_the_end_it_is_taken_in_by_signing_in_again(
    inside: Browser, ines: Person, phone: Phone, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hours = {"ten hours": 10.1, "restart": 0, "overnight": 16}[end]
    if end == "restart":
        restart(monkeypatch)
    with later(60 * hours):
        assert inside.send("/note/", words="typed")["Location"] == "/sign-in/?next=%2F"
        assert "What you sent is kept" in words_of(inside.get("/sign-in/"))
        inside.passphrase(ines)
        assert site.taken == []
        assert inside.send("/sign-in/code/", code=phone.code(1))["Location"] == "/written/1/"
        assert [words for _, words in site.taken] == ["typed"]
        assert inside.is_in()
        assert SignIn.objects.count() == 1


def test_another_person_never_sends_it(inside: Browser, ines: Person, sam: Person, phone: Phone) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="hers alone")
    sams = Phone(sam)
    inside.sign_in(sam, sams)
    assert inside.is_in()
    assert site.taken == []
    assert LatePost.objects.get().person == ines


def test_a_form_without_a_token_that_fits_is_not_kept(inside: Browser) -> None:
    inside.send("/lock/")
    assert inside.send("/note/", token=Cookie.fresh().form_secret, words="forged").status_code == 403
    stranger = Browser()
    stranger.cookies[NAME] = str(Cookie(inside.cookie.id, b"x" * 32))
    stranger.send("/note/", words="forged")
    assert not LatePost.objects.exists()


def test_a_key_that_was_slipped_in_is_not_sealed_to(inside: Browser) -> None:
    inside.send("/lock/")
    PersonKey.objects.update(public=b"\x09" + bytes(31))
    assert inside.send("/note/", words="hers").status_code == 423
    assert not LatePost.objects.exists()


def test_too_much_is_said_to_be_too_much(inside: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    inside.send("/lock/")
    monkeypatch.setattr(late, "LARGEST", 1000)
    answer = inside.send("/note/", words="x" * 1001)
    assert answer.status_code == 413
    assert "Up to 10 MB" in words_of(answer)
    monkeypatch.setattr(late, "_MOST", 0)
    assert inside.send("/note/", words="x").status_code == 413


def test_unlocked_in_another_window_it_waits_for_a_click(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="waits")
    inside.send("/unlock/", passphrase=WORDS, headers={"X-Part": "1"})
    assert site.taken == []
    assert "can be taken in now" in words_of(inside.get("/locked/"))
    assert inside.send("/unlock/")["Location"] == "/written/1/"


def test_without_a_passphrase_nothing_is_taken_in(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="waits")
    assert inside.send("/unlock/").status_code == 422
    assert site.taken == []


def test_what_a_leaver_sends_is_not_kept(inside: Browser, ines: Person) -> None:
    Person.objects.filter(pk=ines.pk).update(left_at=timezone.now())
    inside.send("/note/", words="too late for good")
    assert not LatePost.objects.exists()


def test_words_sealed_to_keys_that_she_has_no_more_do_not_keep_her_out(inside: Browser, ines: Person) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="sealed to the old keys")
    LatePost.objects.update(sealed=seal_to(KeyPair.fresh().public, b"words", b"somewhere"))
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/"
    assert site.taken == []
    assert not LatePost.objects.exists()


def test_a_form_bigger_than_a_page_may_be_is_still_taken_in(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="start", paper=SimpleUploadedFile("big.txt", b"x" * 5_000_000))
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/written/2/"
    assert len(site.taken[1][1]) == 5_000_000


def test_what_is_kept_for_too_long_goes(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="a week ago")
    with later(8 * 24 * 60):
        SessionStore.clear_expired()
    assert not LatePost.objects.exists()
    assert not SignIn.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_unlocked_in_two_windows_at_once_it_is_taken_in_once(inside: Browser) -> None:
    inside.send("/lock/")
    inside.send("/note/", words="once")

    def unlock() -> int:
        window = Browser()
        window.cookies[NAME] = str(inside.cookie)
        return window.send("/unlock/", passphrase=WORDS).status_code

    assert all(status < 400 for status in at_once(unlock))
    assert [words for _, words in site.taken] == ["once"]
