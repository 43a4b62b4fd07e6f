"""Coming in: the first person, the paper kit, colleagues who are invited, and passphrases that are mistyped."""

import re

from tests.attack.canaries import canary
from tests.attack.day import NUMBER, Day, words
from tests.attack.web import one_time_code
from tests.attack.writer import Writer


def set_up(day: Day) -> Writer:
    """The first person, the second step, the paper kit."""
    her = day.somebody()
    her.get("/")
    her.passphrase = f"{canary('passphrase')} orchard plum"
    her.post(
        name="Ama", email="ama@agency.example", team_name=words("team"), language="en", device="own",
        passphrase=her.passphrase, once_more=her.passphrase,
    )  # fmt: skip
    assert her.path == "/sign-in/app/", (her.path, her.last.text)
    second_step(day, her)
    sheets(day, her)
    return her


def second_step(day: Day, her: Writer) -> None:
    """The app and the codes for paper."""
    secret = re.sub(r"\s", "", her.last.find(r"\b((?:[A-Z2-7]{4} ?){8})\b"))
    day.keep(secret)
    her.post(code=one_time_code(secret))
    assert her.path == "/sign-in/codes/", (her.path, her.last.text)
    shown = her.last.find(r"<main.*?>(.*)</main>")
    her.codes = re.findall(r"<code>(\w{4} \w{4})</code>", shown)
    assert len(her.codes) == 10, shown
    # As they are shown: eight digits in a row would stand in some hash by chance.
    day.keep(*her.codes)
    her.post()


def sheets(day: Day, her: Writer) -> None:
    """The paper kit is read, and two of its words typed."""
    shown = her.last.find(r"<main.*?>(.*)</main>")
    listed = re.findall(r"<li[^>]*>\s*(?:<[^>]+>\s*)*([a-z]{4,8})\s*<", shown)
    kit = [" ".join(listed[at : at + len(listed) // 3]) for at in range(0, len(listed), len(listed) // 3)]
    assert len(kit) == 3, shown
    day.keep(*(" ".join(sheet.split()[5:9]) for sheet in kit))
    her.get("/set-up/sheets/check/")
    asked = re.findall(r"Sheet (\d+), word (\d+)", her.last.text)
    told = [kit[int(sheet) - 1].split()[int(word) - 1] for sheet, word in dict.fromkeys(asked)]
    her.post(first=told[0], second=told[1])
    assert her.get("/").status == 200


def invite(day: Day, her: Writer, name: str, *, team: int = 0, role: str = "case_manager") -> Writer:
    """A colleague, with link, code, passphrase and keys; one of her teams, in their order."""
    her.get("/staff/invite/")
    teams = re.findall(r'<option value="([0-9a-f-]{36})"', her.last.text)
    her.post(name=name, email=f"{name.lower()}@agency.example", team=teams[team], role=role)
    _link_and_code(day, her)
    her.fill(colleague(her, name), "/invite-again/")
    link, code = _link_and_code(day, her)
    him = day.somebody()
    him.passphrase = f"{canary('passphrase')} lantern quiet"
    him.get(link)
    him.post(code=code)
    assert him.path == "/joining/", (code, him.last.text)
    him.post("/joining/", passphrase=him.passphrase, once_more=him.passphrase, language="en", device="own")
    second_step(day, him)
    hand_keys(her, name)
    return him


def _link_and_code(day: Day, her: Writer) -> tuple[str, str]:
    """What is shown once to whoever invites."""
    link = her.last.find(r"(/join/[\w-]{20,}/)")
    # Not a piece of somebody's random number, which may look like one.
    code = her.last.find(r"(?<![\w-])([A-Z2-9]{4}-[A-Z2-9]{4})(?![\w-])")
    day.keep(link.split("/")[2], code)
    return link, code


def colleague(her: Writer, name: str) -> str:
    """The page about a colleague."""
    page = her.get("/staff/")
    return page.find(rf'href="(/staff/[0-9a-f-]{{36}}/)"[^>]*>\s*(?:<[^>]+>\s*)*{name}')


def hand_keys(her: Writer, name: str) -> None:
    """Somebody gets the keys of their teams and roles from her."""
    her.fill(colleague(her, name), "/hand-keys/")
    assert her.last.status == 200


def mistype(day: Day, her: Writer) -> None:
    """A passphrase that does not fit, typed into every field by mistake."""
    stranger = day.somebody()
    stranger.get("/sign-in/")
    typed = words("mistyped")
    assert stranger.post(email="nobody@agency.example", passphrase=typed, device="own").status == 422
    assert stranger.post("/sign-in/", email=typed, passphrase=typed, device="own").status == 422
    her.get("/you/passphrase/")
    assert her.post(now=typed, passphrase=words("new"), once_more=words("new")).status == 422


def turned(day: Day, her: Writer) -> None:
    """The screen is turned towards the participant, who opens nothing else, and turned back."""
    her.get(day.case)
    her.post("/still-here/")
    her.fill(day.case, "/turn/")
    her.get("/people/")
    assert her.path.startswith("/turned/"), her.last.text
    her.press("/unlock/", passphrase=her.passphrase)
    assert her.get(day.case).status == 200


def elsewhere(day: Day, him: Writer) -> None:
    """He signs in at another place with a code on paper, in another language, and ends all his sign-ins from there."""
    other = day.somebody()
    other.get("/sign-in/")
    other.press("/language/")
    other.get("/sign-in/")
    other.post(email="ben@agency.example", passphrase=him.passphrase, device="shared")
    other.get("/sign-in/code-on-paper/")
    other.post(code=him.codes[0])
    other.fill("/you/sign-ins/", f"/{NUMBER}/end/")
    other.fill("/you/sign-ins/", "/sign-out-everywhere/")
    him.get("/")
    assert him.path.startswith("/sign-in/"), him.path
