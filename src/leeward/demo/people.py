"""Harbor Lane, the invented agency of the demo: its teams, and fourteen people whom a visitor can sign in as.

For a first search, sign in as Ines and look for *accordion*: it stands in the notes of one participant only,
whom Ines and her team may open; a colleague of another team finds nothing.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from leeward.access.policy import Role
from leeward.demo.reading import Table, check, check_keys, read

FILE: Final = "agency.toml"

#: The roles that may carry a case as its primary worker.
CARRIERS: Final = frozenset({Role.CASE_MANAGER, Role.SUPERVISOR, Role.ADVOCATE, Role.SECONDED})

LANGUAGES: Final = frozenset({"en", "es", "fr"})


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that does not exist."""

    name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Team:
    """A team with a name that the demo seals like any other."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A role in a team. Only the administrator's has no team; only a seconded worker's names an employer."""

    team: str
    role: Role
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the staff whom a visitor can sign in as."""

    key: str
    name: str
    pronouns: str
    email: str
    #: The language that the pages speak with this person: "en", "es" or "fr".
    language: str
    memberships: tuple[Membership, ...]
    #: One warm sentence about who this is.
    who: str
    #: What a visitor sees who signs in as this person.
    sees: str

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def teams(self) -> tuple[str, ...]:
        """The keys of the teams this person is in."""
        return tuple(membership.team for membership in self.memberships if membership.team)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles, wherever they are held."""
        return frozenset(membership.role for membership in self.memberships)

    def roles_in(self, team: str) -> frozenset[Role]:
        """The roles held in one team."""
        return frozenset(membership.role for membership in self.memberships if membership.team == team)


@cache
def _file() -> Table:
    table = read(FILE)
    check_keys(table, FILE, ("agency", "team", "persona"))
    return table


def agency() -> Agency:
    """The agency itself."""
    return Agency(**_file()["agency"])


@cache
def teams() -> tuple[Team, ...]:
    """The three teams."""
    return tuple(Team(**table) for table in _file()["team"])


@cache
def personas() -> tuple[Persona, ...]:
    """Everybody of the staff, in the order in which the demo's front door offers them."""
    team_keys = {team.key for team in teams()}
    people = tuple(_persona(table, team_keys) for table in _file()["persona"])
    keys = [person.key for person in people]
    check(len(set(keys)) == len(keys), FILE, "two people of the staff have the same key")
    return people


def persona(key: str) -> Persona:
    """The person of the staff with this key, such as "ines"."""
    found = {person.key: person for person in personas()}.get(key)
    if found is None:
        raise LookupError(f"Nobody of the staff has the key {key!r}.")
    return found


def _persona(table: Table, team_keys: set[str]) -> Persona:
    where = f"{FILE}: {table.get('key', 'somebody without a key')}"
    check_keys(table, where, ("key", "name", "pronouns", "email", "language", "member", "who", "sees"))
    check(table["email"].endswith(".example"), where, "the e-mail address has to end in .example")
    check(table["language"] in LANGUAGES, where, f"no pages in {table['language']!r}")
    check(table["member"], where, "is a member of nothing")
    memberships = tuple(_membership(member, where, team_keys) for member in table["member"])
    rest = {name: value for name, value in table.items() if name != "member"}
    return Persona(memberships=memberships, **rest)


def _membership(table: Table, where: str, team_keys: set[str]) -> Membership:
    check_keys(table, where, ("role",), ("team", "employer"))
    check(table["role"] in set(Role), where, f"there is no role {table['role']!r}")
    role, team, employer = Role(table["role"]), table.get("team", ""), table.get("employer", "")
    in_a_team, lent = role is not Role.ADMINISTRATOR, role is Role.SECONDED
    check((team in team_keys) is in_a_team, where, f"{role} does not go with the team {team!r}")
    check(bool(employer) is lent, where, "seconded people, and only they, have an employer")
    return Membership(team, role, employer)


AGENCY: Final = agency()
