"""Every address of the front doors, filled in with things that exist, and what the text matrix says of each."""

# ruff: noqa: PLR1702 - a scenario is told in one go

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from django.utils import timezone

from leeward.access.marks import Door, walk
from leeward.access.policy import EVERYBODY, Action, Role
from leeward.cases.models import CareTeamMember, Case
from leeward.signin.models import SignIn
from leeward.staff.models import Membership, Person
from tests import make
from tests.cast import Cast
from tests.everything import a_gift, of_everything
from tests.make import Worker

MATRIX = Path(__file__).parents[1] / "access" / "matrix.txt"
TIES = ("assigned", "same team", "other team")
NAME = "Zephyrine"
WORDS = "the lighthouse keeper called"
#: Pages that open two files: each has its own line.
TWO_FILES = {
    "/people/<uuid:case>/notes/<uuid:entry>/wrong-file/": {1, 2},
    "/people/misfiled/<uuid:misfiled>/": {1, 2},
}


@cache
def matrix() -> dict[tuple[Role, Action, str], str]:
    """The cells of the text that practitioners read."""
    cells: dict[tuple[Role, Action, str], str] = {}
    role, columns = Role.CASE_MANAGER, list(TIES)
    for line in MATRIX.read_text("utf-8").splitlines():
        words = re.split(r" {2,}", line.strip())
        named = words[0].replace(" ", "_").upper()
        if line.isupper() and named in Role.__members__:
            role = Role[named]
        elif line.startswith("    ") and words[-1] in {"restricted", "other team"}:
            columns = words
        elif named in Action.__members__ and len(words) == len(columns) + 1:
            cells |= {
                (role, Action[named], column): cell for column, cell in zip(columns, words[1:], strict=True)
            }
    return cells


def cell(role: Role, action: Action, tie: str) -> str:
    """What the matrix says. What concerns staff knows no assignment; what everybody may do needs no cell."""
    if action in EVERYBODY:
        return "yes"
    known = matrix()
    return known.get((role, action, tie)) or known[role, action, "same team"]


@dataclass(frozen=True)
class Somebody:
    """A person of one role, tied to the participant in one way."""

    role: Role
    tie: str
    worker: Worker

    def may(self, door: Door) -> str:
        """What the matrix says about this person at this door: yes, or what holds it."""
        assert door.mark
        assert door.mark.action
        if door.mark.kind == "case_page":
            return cell(self.role, door.mark.action, self.tie)
        # At a page's door the question is whether it may be done to anybody at all.
        return cell(self.role, door.mark.action, "assigned")


@dataclass(frozen=True)
class Scene:
    """One participant's file with one of everything in it, and the people who knock."""

    cast: Cast
    case: Case
    parts: dict[str, str]

    def path(self, door: Door, **other: object) -> str:
        """The address of a door, with things that exist, or with others."""
        values = {**self.parts, **{name: str(value) for name, value in other.items()}}

        def fill(found: re.Match[str]) -> str:
            name = found[1].rpartition(":")[2]
            assert name in values, f"teach tests/attack/plan.py what a {name} is: {door.path}"
            return values[name]

        return re.sub(r"<([^>]+)>", fill, door.path)

    def everybody(self, roles: Iterable[Role] = Role, ties: Iterable[str] = TIES) -> Iterator[Somebody]:
        """Every role with every tie, or only some of them."""
        for role in roles:
            for tie in ties:
                worker = self.cast.somebody(role, elsewhere=tie == "other team")
                if tie == "assigned":
                    CareTeamMember.objects.create(
                        case=self.case, person=worker.person, since=timezone.localdate()
                    )
                yield Somebody(role, tie, worker)


def a_scene(cast: Cast, *, full: bool = True) -> Scene:
    """Somebody with a name that stands nowhere else."""
    case = make.a_case(by=cast.ama, name=NAME, team=cast.harbor)
    entry = make.an_entry(case, by=cast.ama, text=WORDS)
    paper = make.a_paper(case, by=cast.ama, content=[b"%PDF- " + WORDS.encode()], size=6 + len(WORDS))
    member = CareTeamMember.objects.create(case=case, person=cast.ben.person)
    colleague = Person.objects.get(pk=cast.ama.person.pk)
    parts: dict[str, UUID | str | int] = {
        "case": case.pk, "entry": entry.pk, "paper": paper, "member": member.pk, "person": colleague.pk,
        "membership": Membership.objects.get(person=colleague).pk, "sign_in": sign_in_of(cast.ama),
        "link": "x" * 32, "persona": "ines", "kept": uuid4(), "token": "y" * 32, "gift": uuid4(),
    }  # fmt: skip
    if full:
        parts |= {**of_everything(cast, case, WORDS), "gift": a_gift(case, cast, WORDS)}
    return Scene(cast, case, {name: str(value) for name, value in parts.items()})


def sign_in_of(worker: Worker) -> UUID:
    """A sign-in of somebody's."""
    row = SignIn(person=worker.person, id_hash=uuid4().bytes * 2, proof=bytes(32), boot=bytes(8))
    row.save(force_insert=True)
    return row.pk


@cache
def doors(urlconf: str = "leeward.site") -> tuple[Door, ...]:
    """Every view that can be reached from outside, each path once."""
    return tuple({door.path: door for door in walk(urlconf)}.values())


def marked(*kinds: str) -> list[Door]:
    """The doors of some kinds."""
    return [door for door in doors() if door.mark and door.mark.kind in kinds]
