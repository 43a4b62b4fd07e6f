"""One's own pages."""

import pytest

from leeward.signin.models import SignIn
from leeward.staff import keys
from leeward.staff.models import Person
from tests.signin.conftest import WORDS, Browser, Phone, words_of

NEW = "harvest pencil river cedar marble window"


@pytest.mark.parametrize(
    "path", ["/you/", "/you/passphrase/", "/you/app/", "/you/codes/", "/you/sign-ins/", "/waiting/"]
)
def test_they_are_there(inside: Browser, path: str) -> None:
    assert inside.get(path).status_code == 200
    assert Browser().get(path)["Location"].startswith("/sign-in/")


def test_she_is_called_as_she_likes(inside: Browser, ines: Person) -> None:
    assert inside.send("/you/", name="Nes", language="es")["Location"] == "/you/"
    page = inside.get("/you/")
    assert "Nes" in words_of(page)
    assert page.headers["Content-Language"] == "es"


def test_a_new_passphrase_ends_her_other_sign_ins(inside: Browser, ines: Person, phone: Phone) -> None:
    other = Browser()
    other.passphrase(ines)
    other.send("/sign-in/code-on-paper/", code=phone.paper[0])
    assert other.is_in()
    wrong = inside.send("/you/passphrase/", now="not it", passphrase=NEW, once_more=NEW)
    assert wrong.status_code == 422
    assert inside.send("/you/passphrase/", now=WORDS, passphrase=NEW, once_more=NEW)["Location"] == "/you/"
    assert inside.is_in()
    assert not other.is_in()
    assert keys.open_keys(ines, NEW)
    assert not keys.open_keys(ines, WORDS)
    inside.send("/lock/")
    assert inside.send("/unlock/", passphrase=WORDS).status_code == 422
    assert inside.send("/unlock/", passphrase=NEW)["Location"] == "/"


def test_another_phone_takes_the_passphrase_and_ends_the_old_one(
    inside: Browser, ines: Person, phone: Phone
) -> None:
    assert inside.send("/you/app/", passphrase="not it").status_code == 422
    assert inside.send("/you/app/", passphrase=WORDS)["Location"] == "/sign-in/app/"
    new = Phone(ines, inside.get("/sign-in/app/").context["secret"])
    assert inside.send("/sign-in/app/", code=new.code())["Location"] == "/sign-in/codes/"
    assert inside.send("/sign-in/codes/")["Location"] == "/you/"
    assert inside.is_in()
    assert SignIn.objects.filter(person=ines).count() == 1
    other = Browser()
    other.passphrase(ines)
    assert other.send("/sign-in/code/", code=phone.code(1)).status_code == 422
    assert other.send("/sign-in/code/", code=new.code(1))["Location"] == "/"


def test_new_codes_take_the_passphrase(inside: Browser, ines: Person, phone: Phone) -> None:
    assert inside.send("/you/codes/", passphrase="not it").status_code == 422
    page = inside.send("/you/codes/", passphrase=WORDS)
    assert len(page.context["codes"]) == 10
    assert phone.paper[0] not in page.context["codes"]


def test_she_sees_her_sign_ins_and_ends_one(inside: Browser, ines: Person, phone: Phone, sam: Person) -> None:
    other = Browser("Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0")
    other.passphrase(ines, device="shared")
    other.send("/sign-in/code-on-paper/", code=phone.paper[0])
    page = inside.get("/you/sign-ins/")
    assert "Firefox · Android" in words_of(page)
    assert "A shared device" in words_of(page)
    assert inside.send(f"/you/sign-ins/{other.row.pk}/end/")["Location"] == "/you/sign-ins/"
    assert inside.is_in()
    assert not other.is_in()


def test_she_cannot_end_somebody_elses(inside: Browser, sam: Person) -> None:
    sams = Browser()
    sams.sign_in(sam, Phone(sam))
    inside.send(f"/you/sign-ins/{sams.row.pk}/end/")
    assert sams.is_in()
    assert sams.get("/you/sign-ins/").context["rows"][0]["here"]


def test_she_signs_out_everywhere(inside: Browser, ines: Person, phone: Phone) -> None:
    other = Browser()
    other.passphrase(ines)
    other.send("/sign-in/code-on-paper/", code=phone.paper[0])
    other.send("/lock/")
    answer = inside.send("/you/sign-out-everywhere/")
    assert answer["Clear-Site-Data"]
    assert not inside.is_in()
    assert not other.is_in()
    assert not SignIn.objects.exists()


@pytest.mark.parametrize(
    "path", ["/lock/", "/unlock/", "/still-here/", "/sign-out/", "/language/", "/you/sign-out-everywhere/"]
)
def test_what_changes_something_takes_a_form(inside: Browser, path: str) -> None:
    assert inside.get(path).status_code == 405
