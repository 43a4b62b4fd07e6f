"""The inside of the drill: a process of its own, with a scratch store, the paper kit, and nothing else."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from leeward.vault.cipher import Key, KeyPair
    from leeward.vault.scopes import HeldKey

DRILL_MODULE: Final = "leeward.cli.drill"


class PaperHolder:
    """What the paper kit opens: every team's key, by its recovery copy, without pepper or passphrase."""

    def __init__(self, paper: KeyPair) -> None:
        """Hold the recovery key for the length of the drill."""
        from leeward.staff import keys  # noqa: PLC0415 - Django is set up by the caller
        from leeward.staff.models import TeamKey  # noqa: PLC0415

        self._scope_key = keys.scope_key
        rows = list(TeamKey.objects.all())
        self._whole = {row.pk: keys.recovered(row, paper) for row in rows}
        self._teams = {row.team_id for row in rows}

    def team_key(self, team_key: UUID, scope: str) -> Key | None:
        """A team's key for a scope."""
        whole = self._whole.get(team_key)
        return self._scope_key(whole, scope) if whole else None

    def teams(self, scope: str = "") -> set[UUID]:  # noqa: ARG002 - paper holds every scope
        """Every team."""
        return self._teams

    def own_keys(self) -> Iterable[HeldKey]:
        """Paper has no drafts."""
        return ()


def open_cases(sheets: Iterable[str], most: int) -> str:
    """Open the newest cases and count what could be read. Says numbers, never words."""
    from leeward.access import gate  # noqa: PLC0415
    from leeward.access.policy import Action, Actor, Role  # noqa: PLC0415
    from leeward.cases.models import Case, Entry  # noqa: PLC0415
    from leeward.staff.models import Agency, Team  # noqa: PLC0415
    from leeward.vault import paper  # noqa: PLC0415

    agency = Agency.objects.get()
    teams = {team.pk: frozenset({Role.SUPERVISOR}) for team in Team.objects.all()}
    actor = Actor(agency.pk, frozenset({Role.SUPERVISOR}), teams)
    visit = gate.Visit(agency.pk, actor, PaperHolder(paper.read_shares(sheets)), safe=True)
    cases, entries = 0, 0
    for case in Case.objects.select_related("participant").order_by("-last_number")[:most]:
        with gate.opening(visit, Action.SEE_CASE, case):
            cases += bool(case.participant.card["name"])
            entries += sum(bool(entry.text) for entry in Entry.objects.filter(case=case))
    return f"Opened with the paper kit alone: {cases} cases, {entries} entries."


def main() -> int:
    """Read the sheets from standard input, open cases, say how many."""
    import django  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leeward.settings")
    django.setup()
    from leeward.vault.paper import PaperWrong  # noqa: PLC0415
    from leeward.vault.scopes import Unreadable  # noqa: PLC0415

    try:
        print(open_cases(sys.stdin.read().splitlines(), int(sys.argv[1])))
    except PaperWrong as why:
        print(f"leeward: {why}", file=sys.stderr)
        return 1
    except Unreadable:
        print(
            "leeward: These sheets are of another agency's paper kit, or the backup is damaged.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
