"""From an empty store to a colleague who opens a participant's page: everything is done by hand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import Meet
from tests.journeys.phone import Phone
from tests.journeys.visitor import Visitor

RUTH, RUTHS_WORDS = "ruth@agency.example", "copper lantern orbit velvet thicket anchor"
SAM, SAMS_WORDS = "sam@agency.example", "marble ferry pepper sunrise quilt harbor"


# All of these happen in one house, so none of them may be told at another time than the others.
pytestmark = pytest.mark.usefixtures("size")


@dataclass
class House:
    """What the first person has in hand after setting up."""

    ruth: Visitor
    phone: Phone
    codes: list[str]
    sheets: list[list[str]]


def gives_a_name_and_a_passphrase(ruth: Visitor) -> None:
    page = ruth.page
    page.fill("[name=name]", "Ruth Adler")
    page.fill("[name=email]", RUTH)
    page.fill("[name=team_name]", "Harbor house")
    page.fill("[name=passphrase]", RUTHS_WORDS)
    page.fill("[name=once_more]", RUTHS_WORDS)
    ruth.finds_it_in_order()
    ruth.presses("Go on")


def sets_up_a_phone(visitor: Visitor) -> Phone:
    visitor.page.wait_for_url("**/sign-in/app/")
    visitor.finds_it_in_order()
    visitor.page.get_by_text("I cannot scan it").click()
    phone = Phone(visitor.page.locator("details code").inner_text().strip())
    visitor.page.fill("[name=code]", phone.wrong_code())
    visitor.presses("Go on")
    visitor.waits_for("This code does not fit yet.")
    visitor.finds_it_in_order()
    visitor.page.fill("[name=code]", phone.code())
    visitor.presses("Go on")
    return phone


def writes_down_the_codes(visitor: Visitor) -> list[str]:
    visitor.page.wait_for_url("**/sign-in/codes/")
    visitor.finds_it_in_order()
    codes = visitor.page.locator(".codes code").all_inner_texts()
    visitor.presses("I have them on paper")
    return codes


def writes_down_the_sheets(visitor: Visitor) -> list[list[str]]:
    visitor.page.wait_for_url("**/set-up/sheets/")
    visitor.finds_it_in_order()
    sheets = [sheet.locator("li").all_inner_texts() for sheet in visitor.page.locator("section.paper").all()]
    visitor.page.get_by_role("link", name="I have all three on paper").click()
    return sheets


def confirms_two_words(visitor: Visitor, sheets: list[list[str]]) -> None:
    visitor.page.wait_for_url("**/set-up/sheets/check/")
    visitor.page.fill("[name=first]", "nothing")
    visitor.page.fill("[name=second]", "nothing")
    visitor.presses("Go on")
    visitor.waits_for("These are not the words on that sheet.")
    visitor.finds_it_in_order()
    for name in ("first", "second"):
        label = visitor.page.locator(f"label[for=id_{name}]").inner_text()
        sheet, word = (int(number) for number in re.findall(r"\d+", label))
        visitor.page.fill(f"[name={name}]", sheets[sheet - 1][word - 1])
    visitor.presses("Go on")


def types_the_passphrase(visitor: Visitor, email: str, words: str) -> None:
    visitor.goes_to("/sign-in/")
    visitor.page.fill("[name=email]", email)
    visitor.page.fill("[name=passphrase]", words)
    visitor.presses("Sign in")


@pytest.fixture(scope="module")
def house(chromium: Browser, nobody: str) -> Iterator[House]:
    ruth = Visitor(chromium, nobody)
    ruth.goes_to("/")
    ruth.page.wait_for_url("**/set-up/")
    gives_a_name_and_a_passphrase(ruth)
    phone = sets_up_a_phone(ruth)
    codes = writes_down_the_codes(ruth)
    sheets = writes_down_the_sheets(ruth)
    confirms_two_words(ruth, sheets)
    ruth.page.wait_for_url(f"{nobody}/")
    yield House(ruth, phone, codes, sheets)
    assert ruth.leaves() == []


def test_the_first_person_sets_everything_up_in_the_browser(house: House, meet: Meet, nobody: str) -> None:
    assert len(house.codes) == len(set(house.codes)) == 10
    assert len(house.sheets) == 3
    assert len({tuple(sheet) for sheet in house.sheets}) == 3
    assert "Ruth" in house.ruth.reads()
    house.ruth.finds_it_in_order()
    house.ruth.goes_to("/staff/keys/")
    assert "Harbor house" in house.ruth.reads()
    stranger = meet(nobody)
    stranger.goes_to("/set-up/")
    assert "Not here" in stranger.reads()


def given_somebody_whom_ruth_has_met(house: House) -> None:
    house.ruth.goes_to("/people/new/")
    house.ruth.page.fill("[name=name]", "Marigold")
    house.ruth.presses("Open their page")
    house.ruth.page.wait_for_url(re.compile("/people/[0-9a-f-]{36}/$"))
    house.ruth.writes("She likes the window seat.")
    house.ruth.saves()


def when_ruth_invites_sam(house: House) -> tuple[str, str]:
    house.ruth.goes_to("/staff/invite/")
    page = house.ruth.page
    page.fill("[name=name]", "Sam Rivers")
    page.fill("[name=email]", SAM)
    page.select_option("[name=team]", label="Harbor house")
    page.select_option("[name=role]", value="case_manager")
    house.ruth.presses("Make link and code")
    house.ruth.waits_for("Two things for Sam Rivers")
    house.ruth.finds_it_in_order()
    return page.locator("#link").inner_text(), page.locator("#code").inner_text()


def when_sam_joins(sam: Visitor, link: str, code: str) -> None:
    sam.page.goto(link)
    sam.page.fill("[name=code]", "AAAA BBBB")
    sam.presses("Go on")
    sam.waits_for("This code does not match.")
    sam.finds_it_in_order()
    sam.page.fill("[name=code]", code)
    sam.presses("Go on")
    sam.page.wait_for_url("**/joining/")
    sam.page.fill("[name=passphrase]", SAMS_WORDS)
    sam.page.fill("[name=once_more]", SAMS_WORDS)
    sam.finds_it_in_order()
    sam.presses("Go on")


def then_ruth_compares_the_words_and_hands_over_the_keys(house: House, words: str) -> None:
    house.ruth.goes_to("/")
    house.ruth.page.get_by_role("link", name="Sam Rivers").click()
    house.ruth.page.locator(".words-five").wait_for()
    assert house.ruth.page.locator(".words-five").inner_text() == words
    house.ruth.finds_it_in_order()
    house.ruth.presses("The words match: hand over keys")
    house.ruth.waits_for("handed over.")


def test_a_colleague_is_invited_and_gets_her_keys(house: House, meet: Meet, nobody: str) -> None:
    given_somebody_whom_ruth_has_met(house)
    link, code = when_ruth_invites_sam(house)
    sam = meet(nobody)
    when_sam_joins(sam, link, code)
    sets_up_a_phone(sam)
    writes_down_the_codes(sam)

    sam.page.wait_for_url("**/waiting/")
    sam.finds_it_in_order()
    words = sam.page.locator(".told strong").inner_text()
    assert len(words.split()) == 5
    sam.goes_to("/people/?who=all")
    assert "Marigold" not in sam.reads()

    then_ruth_compares_the_words_and_hands_over_the_keys(house, words)

    sam.goes_to("/waiting/")
    assert "You have your keys" in sam.reads()
    sam.opens("Marigold")
    assert sam.notes("window seat") == 1
    sam.finds_it_in_order()
    again = meet(nobody)
    again.page.goto(link)
    assert "cannot be used any more" in again.reads()


def test_signing_in_takes_a_passphrase_and_a_code(house: House, meet: Meet, nobody: str) -> None:
    ruth = meet(nobody)
    types_the_passphrase(ruth, RUTH, "copper lantern orbit velvet thicket rudder")
    ruth.waits_for("The e-mail address and the passphrase do not fit together.")
    ruth.finds_it_in_order()
    types_the_passphrase(ruth, RUTH, RUTHS_WORDS)
    ruth.page.wait_for_url("**/sign-in/code/")
    ruth.page.fill("[name=code]", house.phone.wrong_code())
    ruth.presses("Go on")
    ruth.waits_for("This code does not fit, or was used already.")
    ruth.finds_it_in_order()
    code = house.phone.code()
    ruth.page.fill("[name=code]", code)
    ruth.presses("Go on")
    ruth.page.wait_for_url(f"{nobody}/")

    thief = meet(nobody)
    types_the_passphrase(thief, RUTH, RUTHS_WORDS)
    thief.page.fill("[name=code]", code)
    thief.presses("Go on")
    thief.waits_for("This code does not fit, or was used already.")


def test_a_code_on_paper_works_once(house: House, meet: Meet, nobody: str) -> None:
    for works in (True, False):
        ruth = meet(nobody)
        types_the_passphrase(ruth, RUTH, RUTHS_WORDS)
        ruth.page.get_by_role("link", name="My phone is not here").click()
        ruth.page.fill("[name=code]", house.codes[0])
        ruth.finds_it_in_order()
        ruth.presses("Go on")
        if works:
            ruth.page.wait_for_url(f"{nobody}/")
        else:
            ruth.waits_for("This code does not fit, or was used already.")


def test_a_link_in_a_mail_does_not_sign_anybody_out(house: House, nobody: str) -> None:
    """Arriving from elsewhere the browser holds the strict cookie back; the page asks once more from here."""
    house.ruth.page.goto("about:blank")
    house.ruth.page.set_content(f'<a href="{nobody}/staff/">from a mail</a>')
    house.ruth.page.get_by_text("from a mail").click()
    house.ruth.page.wait_for_url(f"{nobody}/staff/")
    house.ruth.page.get_by_role("heading", name="Team").wait_for()
