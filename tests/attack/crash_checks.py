"""What has to be true after a kill."""

import io
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from leeward.access import trail, verifier
from leeward.access.gate import Refused
from leeward.staff import keys
from leeward.staff.models import Agency, Person, Team, TeamKey
from leeward.vault import paper
from tests import make
from tests.attack.crashing.town import Facts, Town
from tests.attack.crashing.verbs import WORK


def pepper_file() -> Path:
    """Where this process looks for its pepper."""
    return Path(settings.LEEWARD_PEPPER_FILE)


class Store:
    """Reads the store again after every kill, and keeps what it finds."""

    def __init__(self, town: Town) -> None:
        """Know whose keys to read with."""
        self.town = town
        self.problems: list[str] = []
        self.counts = dict.fromkeys(WORK, 0)
        self.heads: list[tuple[int, str]] = []

    def look(self, verb: str, told: list[tuple[str, Any]], *, thorough: bool) -> None:
        """Nothing acknowledged is lost, and nothing is there by halves."""
        self.counts[verb] += len(told)
        facts: Facts = {}
        for what, fact in told:
            facts.setdefault(what, []).append(fact)
        self.heads += [(seq, head) for seq, head in facts.get("line", [])]
        self.problems += [f"{verb}: {wrong}" for wrong in WORK[verb].wrong(self.town, facts)]
        if thorough:
            self._trail()
            self._intact()

    def enough(self) -> None:
        """A verb of which nothing was ever saved shows nothing."""
        for verb in (verb for verb, told in self.counts.items() if not told):
            self.problems.append(f"{verb} was never acknowledged: the moments are badly chosen")

    def _trail(self) -> None:
        exported = io.StringIO()
        trail.export(exported)
        lines = (json.loads(line) for line in exported.getvalue().splitlines())
        self.problems += verifier.Check(self.heads).all(lines)

    def _intact(self) -> None:
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            state = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok":
                self.problems.append(f"integrity: {state}")
            if cursor.execute("PRAGMA foreign_key_check").fetchall():
                self.problems.append("rows that point nowhere")


def after_founding(told: list[tuple[str, Any]]) -> list[str]:
    """Either there is a whole agency, or there is none and another can be founded at once."""
    if not Agency.objects.exists():
        left = [model.__name__ for model in (Person, Team, TeamKey) if model.objects.exists()]
        lost = ["an agency was acknowledged and lost"] if told else []
        try:
            return lost + [f"no agency, but a {name}" for name in left] + _stands(make.an_agency().shares)
        except Refused:
            return [*lost, "after a crash nobody can set up the agency any more"]
    return _stands(told[-1][1] if told else [])


def _stands(shares: list[str]) -> list[str]:
    pair = keys.open_keys(Person.objects.get(), make.PASSPHRASE)
    if pair is None:
        return ["the first person's passphrase opens nothing"]
    if shares:
        kit = paper.read_shares(shares[1:])
        for key in TeamKey.objects.all():
            keys.recovered(key, kit)
    return [] if Team.objects.count() == 2 else ["a team is missing"]
