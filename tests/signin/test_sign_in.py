"""Coming in: passphrase, second step, and what a stranger can find out."""

from unittest.mock import patch

import pytest
from django.utils import timezone

from leeward.signin import passphrase
from leeward.signin.models import SignIn
from leeward.signin.store import Cookie
from leeward.staff import keys
from leeward.staff.models import Agency, Person
from leeward.vault import cipher
from tests.signin.conftest import NAME, WORDS, Browser, Phone, a_colleague, words_of


def test_she_comes_in_with_passphrase_and_code(browser: Browser, ines: Person, phone: Phone) -> None:
    assert browser.passphrase(ines)["Location"] == "/sign-in/code/"
    assert not browser.is_in()
    assert browser.send("/sign-in/code/", code=phone.code())["Location"] == "/"
    assert browser.is_in()


def test_she_comes_back_to_where_she_was_going(browser: Browser, ines: Person, phone: Phone) -> None:
    assert browser.sign_in(ines, phone, after="/note/?a=1")["Location"] == "/note/?a=1"


@pytest.mark.parametrize(
    "after", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", "note"]
)
def test_nobody_is_led_elsewhere(browser: Browser, ines: Person, phone: Phone, after: str) -> None:
    assert browser.sign_in(ines, phone, after=after)["Location"] == "/"


def test_the_second_step_is_never_skipped(browser: Browser, ines: Person, phone: Phone) -> None:
    browser.passphrase(ines)
    for path in ("/", "/note/", "/you/", "/you/sign-ins/", "/waiting/"):
        assert browser.get(path)["Location"].startswith("/sign-in/?next=")
    for path in ("/sign-in/app/", "/sign-in/codes/", "/set-up/sheets/", "/set-up/sheets/check/"):
        assert browser.get(path)["Location"] == "/sign-in/code/"
        assert browser.send(path)["Location"] == "/sign-in/code/"
    assert not SignIn.objects.filter(person=ines).exists()


def test_without_a_passphrase_there_is_no_second_step(browser: Browser, ines: Person, phone: Phone) -> None:
    assert browser.send("/sign-in/code/", code=phone.code())["Location"] == "/sign-in/"
    assert not browser.is_in()


def test_without_an_app_one_can_only_set_it_up(browser: Browser, ines: Person) -> None:
    assert browser.passphrase(ines)["Location"] == "/sign-in/app/"
    page = browser.get("/sign-in/app/")
    assert b'<svg class="qr"' in page.content
    assert b"style=" not in page.content
    assert not browser.is_in()
    phone = Phone(ines, page.context["secret"])
    assert browser.send("/sign-in/app/", code="000000").status_code == 422
    assert browser.send("/sign-in/app/", code=phone.code())["Location"] == "/sign-in/codes/"
    assert not browser.is_in()
    codes = browser.get("/sign-in/codes/").context["codes"]
    assert len(set(codes)) == 10
    assert browser.send("/sign-in/codes/")["Location"] == "/"
    assert browser.is_in()
    assert browser.get("/sign-in/codes/")["Location"] == "/sign-in/"


def test_in_a_demo_the_passphrase_is_enough(browser: Browser, ines: Person) -> None:
    Agency.objects.update(born_as_demo=True)
    assert browser.passphrase(ines)["Location"] == "/"
    assert browser.is_in()


def test_the_same_answer_and_one_stretch_for_everybody(ines: Person, sam: Person) -> None:
    Person.objects.create(name="Invited", email="invited@agency.example")
    Person.objects.filter(pk=sam.pk).update(left_at=timezone.now())
    answers, runs = set(), []
    for email in (
        "ines@agency.example",
        "nobody@agency.example",
        "invited@agency.example",
        "sam@agency.example",
    ):
        browser = Browser()
        browser.get("/sign-in/")
        with patch.object(cipher, "stretch", wraps=cipher.stretch) as stretch:
            answer = browser.send("/sign-in/", email=email, passphrase="not the right words", device="own")
        runs.append(stretch.call_count)
        answers.add((answer.status_code, words_of(answer).replace(email, "")))
    assert runs == [1, 1, 1, 1]
    assert len(answers) == 1


def test_one_stretch_for_the_right_words(browser: Browser, ines: Person, phone: Phone) -> None:
    browser.get("/sign-in/")
    with patch.object(cipher, "stretch", wraps=cipher.stretch) as stretch:
        browser.sign_in(ines, phone)
    assert stretch.call_count == 1


def test_an_older_credential_is_stretched_harder(
    browser: Browser, ines: Person, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passphrase, "TODAY", cipher.Stretch(128, 1, 1))
    browser.sign_in(ines, phone)
    assert keys._credential_of(ines).memory_kib == 128  # type: ignore[union-attr]
    assert keys.open_keys(ines, WORDS)


@pytest.mark.parametrize(
    "typed",
    ["copper  lantern orbit velvet thicket anchor ", "copper\u00a0lantern orbit velvet thicket\u2003anchor"],
)
def test_keyboards_write_spaces_in_many_ways(
    browser: Browser, ines: Person, phone: Phone, typed: str
) -> None:
    assert browser.passphrase(ines, typed)["Location"] == "/sign-in/code/"


def test_emoji_open_too(browser: Browser, ines: Person) -> None:
    noor = a_colleague("Noor", "🌲 brücke 🌊 lanterne 🌙 ånger")
    assert browser.passphrase(noor, "🌲 bru\u0308cke 🌊 lanterne 🌙 ånger")["Location"] == "/sign-in/app/"


def test_a_planted_cookie_is_worth_nothing(ines: Person, phone: Phone) -> None:
    planted = Cookie.fresh()
    browser = Browser()
    browser.cookies[NAME] = str(planted)
    browser.get("/sign-in/")
    browser.passphrase(ines)
    half = browser.cookie
    assert half.id != planted.id
    browser.send("/sign-in/code/", code=phone.code())
    assert len({planted, half, browser.cookie}) == 3
    for stale in (planted, half):
        other = Browser()
        other.cookies[NAME] = str(stale)
        assert not other.is_in()


def test_looking_at_the_sign_in_page_leaves_no_row(browser: Browser, ines: Person) -> None:
    answer = browser.get("/sign-in/")
    assert SignIn.objects.count() == 0
    cookie = answer.cookies[NAME]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/",
    )
    assert not cookie["max-age"]
    assert not cookie["domain"]


def test_a_browser_that_keeps_no_cookies_is_told(ines: Person) -> None:
    browser = Browser()
    answer = browser.post("/sign-in/", {"email": ines.email, "passphrase": WORDS, "device": "own"})
    assert answer.status_code == 403
    assert "did not keep a cookie" in words_of(answer)


def test_a_form_of_another_sign_in_is_told_and_gets_a_fresh_token(inside: Browser) -> None:
    stale = Cookie.fresh().form_secret
    answer = inside.send("/note/", token=stale, words="typed")
    assert answer.status_code == 403
    assert "go back" in words_of(answer)
    answer = inside.send("/note/", token=stale, words="typed", headers={"X-Part": "1"})
    assert inside.send("/note/", token=answer["X-Fresh-Token"], words="typed").status_code == 302


@pytest.mark.parametrize(("site", "status"), [("same-origin", 302), ("cross-site", 403), ("same-site", 403)])
def test_a_null_origin_is_judged_by_where_it_comes_from(inside: Browser, site: str, status: int) -> None:
    headers = {"Origin": "null", "Sec-Fetch-Site": site}
    assert inside.send("/note/", words="x", headers=headers).status_code == status


def test_a_link_in_a_mail_signs_nobody_out(inside: Browser) -> None:
    arriving = Browser().get("/note/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert NAME not in arriving.cookies
    assert b'content="0; url=/note/"' in arriving.content


def test_a_leaver_is_out_at_once(inside: Browser, ines: Person) -> None:
    Person.objects.filter(pk=ines.pk).update(left_at=timezone.now())
    assert not inside.is_in()
    assert inside.send("/unlock/", passphrase=WORDS)["Location"] == "/sign-in/"


def test_signing_out_ends_the_row_and_clears_the_browser(inside: Browser) -> None:
    answer = inside.send("/sign-out/")
    assert answer["Clear-Site-Data"]
    assert answer.cookies[NAME].value == ""
    assert not SignIn.objects.exists()


def test_a_visitor_chooses_a_language(browser: Browser, ines: Person) -> None:
    assert browser.send("/language/", language="es", next="/sign-in/")["Location"] == "/sign-in/"
    assert browser.get("/sign-in/").headers["Content-Language"] == "es"
    assert browser.send("/language/", language="xx", next="//evil.example")["Location"] == "/"


def test_her_own_language_wins_after_signing_in(inside: Browser, ines: Person) -> None:
    Person.objects.filter(pk=ines.pk).update(language="fr")
    assert inside.get("/you/").headers["Content-Language"] == "fr"


def test_whoever_leaves_between_the_steps_gets_no_further(
    browser: Browser, ines: Person, phone: Phone
) -> None:
    browser.passphrase(ines)
    Person.objects.filter(pk=ines.pk).update(left_at=timezone.now())
    assert browser.send("/sign-in/code/", code=phone.code()).status_code == 404
    assert not browser.is_in()
