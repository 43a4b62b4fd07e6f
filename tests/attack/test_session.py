"""Sign-ins on a real server with two processes: what a restart, a stolen row, a planted cookie or a crowd may do."""

# ruff: noqa: ANN401, S608 - answers and rows are whatever Django makes; names of our own tables

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests import make
from tests.attack.day import Day
from tests.attack.scenes.coming import second_step
from tests.attack.stores import Place, new_place
from tests.attack.web import Visitor, one_time_code, serving
from tests.attack.writer import Writer

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

MANY = 40
NAMES = {"ama": "vzqkanary7harbor", "cyd": "vzqkanary7garden"}


@dataclass
class Town:
    """A running server, and the browsers of two people who are signed in."""

    place: Place
    port: int
    people: dict[str, tuple[str, str]]
    browsers: dict[str, Visitor]

    def case(self, who: str) -> str:
        return f"/people/{self.people[who][1]}/"

    def again(self, who: str) -> Visitor:
        """The same cookie in another window."""
        return Visitor(self.port, dict(self.browsers[who].cookies))

    def execute(self, statement: str, *values: object) -> list[Any]:
        """What a thief, or an administrator, does to the database itself."""
        if self.place.is_postgres:
            with psycopg.connect(self.place.database, autocommit=True) as server:
                done = server.execute(statement.replace("?", "%s").encode(), values)
                return done.fetchall() if done.description else []
        with closing(sqlite3.connect(self.place.sqlite, timeout=20)) as file, file:
            return file.execute(statement, values).fetchall()


def sign_in(port: int, email: str, secret: str = "") -> Visitor:
    """Passphrase and second step; the first time the app is set up."""
    visitor = Writer(port)
    visitor.get("/sign-in/")
    visitor.post(email=email, passphrase=make.PASSPHRASE, device="own")
    if secret:
        visitor.post(code=one_time_code(secret))
    else:
        second_step(Day(port), visitor)
    assert visitor.get("/").status == 200
    return visitor


@pytest.fixture(scope="module")
def prepared(
    tmp_path_factory: pytest.TempPathFactory, static_root: Path
) -> Iterator[tuple[Place, dict[str, tuple[str, str]]]]:
    with new_place(tmp_path_factory.mktemp("session") / "here") as place:
        shutil.copytree(static_root, place.folder / "static")
        made = place.python("tests.attack.filled", "cast")
        assert made.returncode == 0, made.stderr
        yield place, {who: tuple(told) for who, told in json.loads(made.stdout).items()}


@pytest.fixture(scope="module")
def town(prepared: tuple[Place, dict[str, tuple[str, str]]]) -> Iterator[Town]:
    place, people = prepared
    with serving(place, LEEWARD_WORKERS="2") as (port, _):
        yield Town(place, port, people, {who: sign_in(port, email) for who, (email, _) in people.items()})


def at_once(*work: Callable[[], Any]) -> list[Any]:
    """Do all of it in the same moment."""
    gate = threading.Barrier(len(work))

    def wait_and(each: Callable[[], Any]) -> Any:
        gate.wait()
        return each()

    with ThreadPoolExecutor(len(work)) as pool:
        return [done.result() for done in [pool.submit(wait_and, each) for each in work]]


def test_every_process_knows_the_same_sign_ins(town: Town) -> None:
    answers = [town.again("ama").get(town.case("ama")) for _ in range(MANY)]
    assert {answer.status for answer in answers} == {200}
    assert all(NAMES["ama"] in answer.text for answer in answers)


def test_in_a_crowd_nobody_sees_the_files_of_others(town: Town) -> None:
    """Many requests of two people at once, over all processes and threads: own file open, the other's shut."""

    def look(who: str, whose: str) -> tuple[str, str, int, str]:
        answer = town.again(who).get(town.case(whose))
        return who, whose, answer.status, answer.text

    wanted = [("ama", "ama"), ("cyd", "cyd"), ("ama", "cyd"), ("cyd", "ama")] * (MANY // 4)
    for start in range(0, len(wanted), 8):
        for who, whose, status, text in at_once(
            *(lambda one=one: look(*one) for one in wanted[start : start + 8])
        ):
            other = next(name for key, name in NAMES.items() if key != who)
            assert (status, NAMES[who] in text, other in text) == (
                (200, True, False) if who == whose else (404, False, False)
            )


def test_a_double_click_writes_one_note(town: Town) -> None:
    her = town.again("ama")
    her.get(f"{town.case('ama')}write/")
    entry = str(uuid4())
    twice = [town.again("ama") for _ in range(4)]
    for each in twice:
        each.last = her.last
    send = [
        lambda each=each: each.post(
            f"{town.case('ama')}write/", entry_id=entry, text="once only", kind="call"
        )
        for each in twice
    ]
    answers = at_once(*send)
    assert {answer.status for answer in answers} == {200}
    assert her.get(town.case("ama")).text.count("once only") == 1


def test_a_double_click_meets_one_person(town: Town) -> None:
    her = town.again("ama")
    her.get("/people/new/")
    twice = [town.again("ama") for _ in range(2)]
    for each in twice:
        each.last = her.last
    answers = at_once(*(lambda each=each: each.post("/people/new/", name="Only one") for each in twice))
    assert {answer.status for answer in answers} == {200}
    assert len({each.path for each in twice}) == 1
    assert her.get("/people/?who=all").text.count("Only one") <= 2, (
        "once in the list, once for readers of the page"
    )


def test_a_planted_cookie_is_not_the_one_that_is_signed_in(town: Town, prepared: Any) -> None:
    """Whoever set the cookie before the sign-in has nothing afterwards; each step makes a new one."""
    visitor = Visitor(town.port)
    visitor.get("/sign-in/")
    planted = dict(visitor.cookies)
    visitor.post(email=town.people["cyd"][0], passphrase=make.PASSPHRASE, device="own")
    between = dict(visitor.cookies)
    assert planted["__Host-leeward"] != between["__Host-leeward"]
    assert visitor.path.startswith("/sign-in/code")
    for cookies in (planted, between):
        assert Visitor(town.port, cookies).send("GET", "/people/").status == 302


def test_a_row_without_its_cookie_and_a_cookie_without_its_row(town: Town) -> None:
    rows = town.execute("SELECT id_hash, proof, sealed FROM signin_signin WHERE person_id IS NOT NULL")
    assert rows
    her = sign_in_anew(town)
    assert her.get("/").status == 200
    town.execute(
        "DELETE FROM signin_signin WHERE id_hash NOT IN (" + ", ".join("?" * len(rows)) + ")",
        *(row[0] for row in rows),
    )
    assert her.send("GET", "/people/").status == 302
    assert town.again("ama").get(town.case("ama")).status == 200


def sign_in_anew(town: Town) -> Visitor:
    """Another sign-in of Ama's, with the app set up once more."""
    town.execute("DELETE FROM mfa_authenticator")
    return sign_in(town.port, town.people["ama"][0])


def test_moving_the_sealed_session_to_another_row_opens_nothing(town: Town) -> None:
    """Whoever can write to the database puts Ama's capsule where his own cookie looks."""
    his = sign_in_anew(town)
    mine = town.execute(
        "SELECT sealed FROM signin_signin WHERE sealed IS NOT NULL ORDER BY started_at LIMIT 1"
    )[0][0]
    newest = town.execute("SELECT id FROM signin_signin ORDER BY started_at DESC LIMIT 1")[0][0]
    town.execute("UPDATE signin_signin SET sealed = ? WHERE id = ?", mine, newest)
    assert his.send("GET", town.case("ama")).status in {302, 303, 404}


def test_after_leaving_the_very_next_request_is_a_strangers(town: Town) -> None:
    assert town.again("cyd").get(town.case("cyd")).status == 200
    town.execute("UPDATE staff_person SET left_at = CURRENT_TIMESTAMP WHERE email = ?", town.people["cyd"][0])
    answer = town.again("cyd").send("GET", town.case("cyd"))
    assert (answer.status, NAMES["cyd"] in answer.text) == (302, False)
    town.execute("UPDATE staff_person SET left_at = NULL WHERE email = ?", town.people["cyd"][0])


def test_a_restart_ends_every_sign_in(town: Town) -> None:
    """Cookie and row are the same; the memory of the start is gone. Last, because everybody has to come again."""
    with serving(town.place, LEEWARD_WORKERS="1") as (port, _):
        visitor = Visitor(port, dict(town.browsers["ama"].cookies))
        answer = visitor.get(town.case("ama"))
        assert visitor.path.startswith(("/sign-in/", "/locked/")), visitor.path
        assert NAMES["ama"] not in answer.text
    assert town.again("ama").get(town.case("ama")).status == 200, "the first server goes on"
