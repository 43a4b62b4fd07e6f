"""A day at an agency, told over HTTP to a real server. Everything that is typed is a canary."""

# ruff: noqa: PLR1702 - a scenario is told in one go

import re
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.attack.canaries import canary
from tests.attack.stores import Place
from tests.attack.web import Visitor, one_time_code

LONG_AGO = "1987-03-14T04:05"
THREE_MEGABYTES = 3 * 1024 * 1024


@dataclass
class Day:
    """What happened, and what a thief may not learn of it."""

    port: int
    secrets: list[str] = field(default_factory=lambda: [LONG_AGO, LONG_AGO[:10]])
    paper_kit: list[str] = field(default_factory=list)
    case: str = ""

    def told(self, what: str) -> str:
        """Something typed."""
        return f"{canary(what)} kettle {canary(what)}"

    def keep(self, *learnt: str) -> None:
        """Something shown once, which nobody may find again."""
        self.secrets += learnt

    # -- the scenes

    def set_up(self) -> Visitor:
        """The first person, the second step, the paper kit."""
        her = Visitor(self.port)
        her.get("/")
        words = f"{canary('passphrase')} orchard plum"
        her.post(
            name="Ama", email="ama@agency.example", team_name=self.told("team"), language="en", device="own",
            passphrase=words, once_more=words,
        )  # fmt: skip
        assert her.path == "/sign-in/app/", (her.path, her.last.text)
        self.second_step(her)
        self.sheets(her)
        self.passphrase = words
        return her

    def second_step(self, her: Visitor) -> None:
        """The app and the codes for paper."""
        secret = re.sub(r"\s", "", her.last.find(r"\b((?:[A-Z2-7]{4} ?){8})\b"))
        self.keep(secret)
        her.post(code=one_time_code(secret))
        assert her.path == "/sign-in/codes/", (her.path, her.last.text)
        self.keep(
            *re.findall(
                r"\b([0-9a-f]{8,}|[0-9a-z]{4,}-[0-9a-z]{4,})\b", her.last.find(r"<main.*?>(.*)</main>")
            )[:10]
        )
        her.post()

    def sheets(self, her: Visitor) -> None:
        """The paper kit is read, and two of its words typed."""
        shown = her.last.find(r"<main.*?>(.*)</main>")
        listed = re.findall(r"<li[^>]*>\s*(?:<[^>]+>\s*)*([a-z]{4,8})\s*<", shown)
        self.paper_kit = [
            " ".join(listed[at : at + len(listed) // 3]) for at in range(0, len(listed), len(listed) // 3)
        ]
        assert len(self.paper_kit) == 3, shown
        self.keep(*(" ".join(sheet.split()[5:9]) for sheet in self.paper_kit))
        her.get("/set-up/sheets/check/")
        asked = re.findall(r"Sheet (\d+), word (\d+)", her.last.text)
        words = [
            self.paper_kit[int(sheet) - 1].split()[int(word) - 1] for sheet, word in dict.fromkeys(asked)
        ]
        her.post(first=words[0], second=words[1])
        assert her.get("/").status == 200

    def meet(self, her: Visitor) -> None:
        """Somebody new, and a card with everything on it."""
        her.get("/people/new/")
        her.post(
            name=self.told("name"), aliases=self.told("alias"), pronouns=canary("pronoun"),
            language=self.told("language"), age_band="16-17",
        )  # fmt: skip
        self.case = her.path
        assert re.fullmatch(r"/people/[0-9a-f-]{36}/", self.case), her.last.text
        her.get(f"{self.case}card/")
        her.post(name=self.told("name"), aliases=self.told("alias"), age_band="12-13")
        assert her.path == self.case

    def write(self, her: Visitor) -> None:
        """Drafts, notes, a changed note, a note from the desk, forms that did not fit."""
        for path in (f"{self.case}draft/", "/write/draft/"):
            her.get(f"{self.case}write/")
            assert her.post(path, text=self.told("draft"), draft_version="0").status == 204
        her.get(f"{self.case}write/")
        her.post(text=self.told("note"), kind="call", happened_at=LONG_AGO)
        assert her.path == self.case, her.last.text
        her.get(self.case + her.last.find(r'href="(notes/[0-9a-f-]+/)"'))
        her.post(text=self.told("changed"), kind="visit", happened_at=LONG_AGO)
        assert her.path == self.case, her.last.text
        her.get("/")
        her.post(
            "/write/", text=self.told("desk"), case=self.case.split("/")[2], kind="call", happened_at=LONG_AGO
        )
        her.get(f"{self.case}write/")
        assert (
            her.post(text=self.told("wrong"), kind="no such kind", happened_at=self.told("when")).status
            == 422
        )
        her.get("/people/new/")
        assert her.post(name=self.told("long") * 5, age_band=self.told("age")).status == 422

    def upload(self, her: Visitor, temporary: Path) -> list[bytes]:
        """A paper of 3 MB, slowly, while somebody looks into the folder for temporary files."""
        content = b"%PDF-1.7\n" + (f"{canary('paper')} ".encode() * (THREE_MEGABYTES // 40))[:THREE_MEGABYTES]
        her.get(f"{self.case}papers/new/")
        seen, stop = [], threading.Event()

        def peek() -> None:
            while not stop.is_set():
                for path in temporary.rglob("*"):
                    try:
                        seen.append(str(path).encode() + path.read_bytes()[:100_000])
                    except OSError:
                        continue
                time.sleep(0.002)

        watching = threading.Thread(target=peek)
        watching.start()
        her.pace = 0.03
        answer = her.upload(f"{self.case}papers/new/", f"{canary('file')}.pdf", content)
        her.pace = 0
        stop.set()
        watching.join()
        assert (answer.status, her.path) == (200, self.case), answer.text
        paper = answer.find(rf'href="({self.case}papers/[0-9a-f-]{{36}}/)"')
        assert her.get(paper).body == content
        return seen

    def look_for(self, her: Visitor) -> None:
        """Search for what is there and for what is not."""
        her.get("/find/")
        for words in (self.told("query"), "kettle", "vzqkanary7name"):
            assert her.post("/find/", q=words).status == 200
        assert self.case in her.last.text

    def crash(self, her: Visitor) -> None:
        """Two pages that fall over, one with the file open."""
        her.get(f"{self.case}write/")
        assert her.post("/crash/", text=self.told("crash")).status == 500
        assert her.get(f"/crash/{self.case.split('/')[2]}/").status == 500

    def come_too_late(self, her: Visitor) -> None:
        """A note that is sent after the lock, in a form and by a script; one is left lying there."""
        for leave in (False, True):
            her.get(f"{self.case}write/")
            form = her.last
            her.post("/lock/")
            her.last = form
            answer = her.post(f"{self.case}write/", text=self.told("late"), kind="call", happened_at=LONG_AGO)
            assert "/locked/" in her.path, answer.text
            if not leave:
                her.post("/unlock/", passphrase=self.passphrase)
                assert her.get(self.case).text.count("vzqkanary7late") >= 2, her.last.text

    def invite(self, her: Visitor) -> Visitor:
        """A colleague, with link, code, passphrase and keys."""
        her.get("/staff/invite/")
        team = her.last.find(r'<option value="([0-9a-f-]{36})"')
        shown = her.post(name="Ben", email="ben@agency.example", team=team, role="case_manager")
        link, code = shown.find(r"(/join/[\w-]{20,}/)"), shown.find(r"\b([A-Z2-9]{4}-[A-Z2-9]{4})\b")
        self.keep(link.split("/")[2], code)
        him = Visitor(self.port)
        him.get(link)
        him.post(code=code)
        assert him.path == "/joining/", (code, him.last.text)
        words = f"{canary('passphrase')} lantern quiet"
        him.post("/joining/", passphrase=words, once_more=words, language="en", device="own")
        self.second_step(him)
        colleague = her.get("/staff/").find(r'href="(/staff/[0-9a-f-]{36}/)"[^>]*>\s*(?:<[^>]+>\s*)*Ben')
        her.get(colleague)
        assert her.post(f"{colleague}hand-keys/").status == 200
        assert "vzqkanary7name" in him.get("/people/?who=all").text
        return him

    def mistype(self, her: Visitor) -> None:
        """A passphrase that does not fit, typed into every field by mistake."""
        stranger = Visitor(self.port)
        stranger.get("/sign-in/")
        words = self.told("mistyped")
        assert stranger.post(email="nobody@agency.example", passphrase=words, device="own").status == 422
        assert stranger.post("/sign-in/", email=words, passphrase=words, device="own").status == 422
        her.get("/you/passphrase/")
        assert her.post(now=words, passphrase=self.told("new"), once_more=self.told("new")).status == 422


def live(port: int, temporary: Path) -> tuple[Day, list[bytes], list[str]]:
    """The whole day, the temporary files that were seen, and the cookies that were used."""
    day = Day(port)
    her = day.set_up()
    day.meet(her)
    day.write(her)
    seen = day.upload(her, temporary)
    day.look_for(her)
    him = day.invite(her)
    day.mistype(her)
    day.crash(her)
    day.come_too_late(her)
    cookies = [visitor.cookies["__Host-leeward"] for visitor in (her, him)]
    return day, seen, cookies


def commands(place: Place) -> str:
    """What somebody does at the server meanwhile. Everything printed is looked through too."""
    backup, exported = place.folder / "backup.leeward", place.folder / "trail.jsonl"
    done = [
        place.leeward(*words)
        for words in (("backup", str(backup)), ("keys", "status"), ("trail", "export", "--to", str(exported)),
                      ("trail", "verify"), ("trail", "head"), ("check",))
    ]  # fmt: skip
    assert [each.returncode for each in done] == [0] * len(done), [each.stderr for each in done]
    return "".join(each.stdout + each.stderr for each in done)
