"""The policy as a plain table, for the people whose work it is about.

`python -m leeward.access.matrix` prints it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from leeward.access import policy
from leeward.access.policy import CASE_ACTIONS, EVERYBODY, Action, Actor, Role, Ties
from leeward.vault.scopes import Compartment

_TITLE = """\
WHO MAY DO WHAT

  yes      may do this
  policy   stays shut by the rules of the program
  key      stays shut by the rules, and would stay shut if the program forgot them:
           the sign-in of this person does not hold the key

  primary      in the same team, and the primary worker
  assigned     in the same team, and assigned to this participant
  same team    in the same team, not assigned
  other team   in another team only
  walled off   assigned, but kept away from this one file
  untrained    assigned, but the training that is asked for is not current
  restricted   in the same team, not assigned, and the file is restricted

What concerns the staff depends on the team alone. The administrator belongs to no
team, or to all of them.
"""

TIES: Mapping[str, Ties] = {
    "primary": Ties(assigned=True, carries=True),
    "assigned": Ties(assigned=True),
    "same team": Ties(),
    "other team": Ties(),
    "walled off": Ties(assigned=True, walled_off=True),
    "untrained": Ties(assigned=True, trained=False),
    "restricted": Ties(restricted=True),
}
ABOUT_PARTICIPANTS = tuple(action for action in Action if action in CASE_ACTIONS)
ABOUT_STAFF = tuple(action for action in Action if action not in CASE_ACTIONS | EVERYBODY)
ABOUT_STAFF_TIES = ("same team", "other team")
FOR_EVERYBODY = tuple(action for action in Action if action in EVERYBODY)


def ties(role: Role, tie: str) -> Ties:
    """The ties of somebody with this one role, by the name of the column."""
    of = TIES[tie]
    roles = frozenset[Role]() if tie == "other team" else frozenset({role})
    return replace(of, roles=roles)


def verdict(role: Role, action: Action, tie: str) -> str:
    """One cell: "yes", or what it is held by, "policy" or "key"."""
    if policy.allows(Actor(UUID(int=0), frozenset({role})), action, ties(role, tie)):
        return "yes"
    return "key" if action in CASE_ACTIONS and not _holds_keys(role, action, tie) else "policy"


def text() -> str:
    """The whole table."""
    lines = [_TITLE, "", f"Everybody, whatever the role: {_listed(map(_name, FOR_EVERYBODY))}"]
    for role in Role:
        lines += ["", "", *_block(role)]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _block(role: Role) -> Iterator[str]:
    name = _name(role).upper()
    yield name
    yield "-" * len(name)
    yield f"opens at most:     {_listed(part for part in Compartment if part in policy.may_open(role))}"
    yield f"holds the keys of: {_keys(role)}"
    yield ""
    yield from _rows(role, ABOUT_PARTICIPANTS, tuple(TIES))
    yield ""
    yield from _rows(role, ABOUT_STAFF, ABOUT_STAFF_TIES)


def _rows(role: Role, actions: Iterable[Action], columns: tuple[str, ...]) -> Iterator[str]:
    yield _row("", columns)
    for action in actions:
        yield _row(_name(action), (verdict(role, action, tie) for tie in columns))


def _holds_keys(role: Role, action: Action, tie: str) -> bool:
    """Whether the grants of this role hold every key that the action would turn."""
    held = policy.key_scopes(role)
    return tie != "other team" and (policy.WHOLE in held or policy.shows(action) <= held)


def _keys(role: Role) -> str:
    held = policy.key_scopes(role)
    return "whole files" if policy.WHOLE in held else _listed(part for part in Compartment if part in held)


def _row(name: str, cells: Iterable[str]) -> str:
    return f"{name:<20}" + "".join(f"{cell:<13}" for cell in cells)


def _name(word: Role | Action) -> str:
    return word.name.lower().replace("_", " ")


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "nothing"


if __name__ == "__main__":
    print(text(), end="")  # noqa: T201 - this is what it is for
