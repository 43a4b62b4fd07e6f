"""Stand-ins for what the packages above the gate bring: a sign-in with keys, a file, a stack of files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from leeward.access import policy
from leeward.access.gate import Holder, Visit
from leeward.access.models import Line
from leeward.access.policy import Actor, Role, Ties
from leeward.vault.cipher import Key
from leeward.vault.keyring import ring
from leeward.vault.scopes import Compartment, HeldKey, Scope

EPOCH = 1


@dataclass
class Keys:
    """The keys of a sign-in: for each team key, the scopes that the grants hold."""

    teams_held: dict[UUID, frozenset[str]] = field(default_factory=dict)
    own: list[HeldKey] = field(default_factory=list)

    def team_key(self, team_key: UUID, scope: str) -> Key | None:
        return Key(bytes(32)) if scope in self.teams_held.get(team_key, frozenset()) else None

    def teams(self, scope: str = "") -> set[UUID]:
        return {
            team for team, scopes in self.teams_held.items() if not scope or {scope, policy.WHOLE} & scopes
        }

    def own_keys(self) -> Iterable[HeldKey]:
        return self.own


@dataclass
class File:
    """Something that can be opened, with keys like those of a case."""

    ties: Ties = field(default_factory=Ties)
    team: UUID = field(default_factory=uuid4)
    pk: UUID = field(default_factory=uuid4)
    kind: str = "case"

    def ties_to(self, actor: Actor) -> Ties:  # noqa: ARG002 - a file of these tests has the same ties to all
        return self.ties

    def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]:
        for part in compartments:
            if key := holder.team_key(self.team, policy.WHOLE) or holder.team_key(self.team, part):
                yield HeldKey(Scope.case(self.pk, part), EPOCH, key)

    @property
    def words(self) -> str:
        """What stands on the card, for whoever has the key."""
        ring().opening(Scope.case(self.pk, Compartment.CARD), EPOCH)
        return "sealed words"


@dataclass
class Stack:
    """Files for a list."""

    files: list[File]
    kind: str = "case"

    def ids(self) -> list[UUID]:
        return [file.pk for file in self.files]

    def keys_for(self, holder: Holder, compartments: frozenset[Compartment]) -> Iterable[HeldKey]:
        for file in self.files:
            yield from file.keys_for(holder, compartments)


def a_visit(*roles: Role, team: UUID | None = None, own: Iterable[HeldKey] = ()) -> Visit:
    """Somebody with these roles in one team, holding the keys that the roles' grants hold."""
    scopes = frozenset[str]().union(*(policy.key_scopes(role) for role in roles))
    keys = Keys({team or uuid4(): scopes}, list(own))
    return Visit(agency=uuid4(), actor=Actor(uuid4(), frozenset(roles)), holder=keys, safe=True)


def a_file(*roles: Role, assigned: bool = False, team: UUID | None = None) -> File:
    """A file in whose team somebody holds these roles."""
    return File(Ties(frozenset(roles), assigned=assigned), team or uuid4())


def readable(file: File, part: Compartment = Compartment.CARD) -> bool:
    """Whether this compartment's key is on the ring, asked without tripping it."""
    return (Scope.case(file.pk, part), EPOCH) in ring()._keys


def written() -> list[tuple[str, str, str, list[str], str, str]]:
    """The trail, in short."""
    lines = Line.objects.order_by("seq")
    return [(line.action, line.outcome, line.held_by, line.things, line.kind, line.note) for line in lines]
