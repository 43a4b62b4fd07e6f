"""What has to be true after a kill."""

import io
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Min

from leeward.access import trail, verifier
from leeward.access.gate import Refused
from leeward.access.policy import Action
from leeward.cases.models import Case, CaseKey, Draft, Entry, Paper, WordSet
from leeward.staff import keys
from leeward.staff.models import Agency, Person, Team, TeamKey
from leeward.vault import paper, wordset
from leeward.vault.scopes import Locked, Unreadable
from tests import make
from tests.attack.crash_verbs import THREE_MEGABYTES
from tests.attack.house import House


def pepper_file() -> Path:
    """Where this process looks for its pepper."""
    return Path(settings.LEEWARD_PEPPER_FILE)


class Store:
    """Reads the store again after every kill, and keeps what it finds."""

    def __init__(self, house: House) -> None:
        """Know whose keys to read with."""
        self.house = house
        self.problems: list[str] = []
        self.told: list[tuple[str, Any]] = []
        self.counts: dict[str, int] = {}
        self.heads: list[tuple[int, str]] = []
        self.seen: set[Any] = set()

    def acknowledged(self, told: list[tuple[str, Any]]) -> None:
        """Remember what this writer was told is saved."""
        self.told = told
        for what, _ in told:
            self.counts[what] = self.counts.get(what, 0) + 1
        self.heads += [(fact[0], fact[1]) for what, fact in told if what == "line"]

    def look(self, *, thorough: bool) -> None:
        """Nothing acknowledged is lost, and nothing is there by halves."""
        self._there("case", Case)
        self._there("entry", Entry)
        self._there("paper", Paper)
        drafts = [fact for what, fact in self.told if what == "draft"]
        self._unless(not drafts or self._draft() >= drafts[-1], "a draft was lost")
        for case in Case.objects.select_related("participant").exclude(pk__in=self.seen):
            self._opens(case)
        self._unless(not CaseKey.objects.filter(cases=None).exists(), "a key without its case")
        self._contents(Case.objects.get(pk=self.house.anchor))
        if thorough:
            self._trail()
            self._intact()

    def enough(self, kills: int, *, planted: bool) -> None:
        """A suite in which nothing was ever saved, or nothing ever torn, shows nothing."""
        least = kills // 10
        if not planted and (sum(self.counts.values()) < least or len(self.counts) < 5):
            self.problems.append(f"only {self.counts} was acknowledged: the moments are badly chosen")

    def _there(self, what: str, model: Any) -> None:  # noqa: ANN401 - any of three models
        lost = {fact for kind, fact in self.told if kind == what}
        lost -= {str(pk) for pk in model.objects.filter(pk__in=lost).values_list("pk", flat=True)}
        self._unless(not lost, f"{len(lost)} acknowledged of the kind {what} lost")

    def _draft(self) -> int:
        return Draft.objects.aggregate(last=Max("version"))["last"] or 0

    def _opens(self, case: Case) -> None:
        self.seen.add(case.pk)
        try:
            with self.house.opened(Action.SEE_CASE, case) as file:
                words = wordset.unpack(WordSet.objects.get(case=case).words)
                self._unless(
                    file.thing.participant.card["name"].lower().split()[0] in words,
                    "a card's words are not in its set",
                )
        except (
            Refused,
            Unreadable,
            Locked,
            WordSet.DoesNotExist,
            Case.participant.RelatedObjectDoesNotExist,
        ) as why:
            self.problems.append(f"a case does not open: {type(why).__name__}")

    def _contents(self, case: Case) -> None:
        numbers = Entry.objects.filter(case=case).aggregate(
            n=Count("pk"), last=Max("number"), first=Min("number")
        )
        case.refresh_from_db()
        self._unless(case.last_number == (numbers["last"] or 0) == numbers["n"], "numbers of notes have gaps")
        with self.house.opened(Action.SEE_CASE, case):
            words = WordSet.objects.get(case=case).words
            for entry in Entry.objects.filter(case=case).exclude(pk__in=self.seen):
                self.seen.add(entry.pk)
                self._unless(
                    str(entry.pk) in entry.text and entry.facts["kind"] == "call", "a note is not itself"
                )
                self._unless(wordset.holds(words, wordset.needles(str(entry.pk))), "search would miss a note")
            for each in Paper.objects.filter(case=case).exclude(pk__in=self.seen):
                self.seen.add(each.pk)
                self._whole(each)

    def _whole(self, each: Paper) -> None:
        pieces = (bytes(sealed) for sealed in each.pieces.order_by("number").values_list("sealed", flat=True))
        try:
            content = b"".join(each.key.open(pieces, each.pk.bytes))
        except Unreadable:
            content = b""
        self._unless(content == each.pk.bytes * (THREE_MEGABYTES // 16), "a paper without all of its pieces")
        self._unless(each.about["size"] == THREE_MEGABYTES, "a paper of another size")

    def _trail(self) -> None:
        exported = io.StringIO()
        trail.export(exported)
        lines = (json.loads(line) for line in exported.getvalue().splitlines())
        self.problems += verifier.Check(self.heads).all(lines)

    def _intact(self) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                state = cursor.execute("PRAGMA integrity_check").fetchone()[0]
                self._unless(state == "ok", f"integrity: {state}")
                self._unless(
                    not cursor.execute("PRAGMA foreign_key_check").fetchall(), "rows that point nowhere"
                )

    def _unless(self, fine: bool, problem: str) -> None:
        if not fine:
            self.problems.append(problem)


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
