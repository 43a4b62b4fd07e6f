"""Search as an ordinary plaintext house has it: SQLite FTS5 without triggers, or a tsvector with GIN on PostgreSQL.

It answers the same question as `cases.finding`: every word typed is the beginning of a word of somebody's names, of one
note, or of one thing due; the names first, then each file's newest fitting note, then what is due; no more than a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from leeward.access.policy import Action
from leeward.cases.actions import remembering
from leeward.cases.finding import MOST, Found, Hit
from leeward.cases.models import Case, CaseList, Entry
from leeward.days.models import Due
from leeward.vault import wordset

if TYPE_CHECKING:
    from leeward.access.gate import Entered

#: What the store types of a thing that is due.
_DUE = " || ' ' || ".join(f"coalesce(words ->> '{name}', '')" for name in ("text", "place", "bring"))
_SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE twin_dues USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE twin_notes USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE twin_names USING fts5(words, content='', tokenize='unicode61 remove_diacritics 2')",
    "INSERT INTO twin_notes(rowid, words) SELECT rowid, text FROM cases_entry ORDER BY rowid",
    "INSERT INTO twin_names(rowid, words) SELECT rowid, card ->> 'name' FROM cases_participant",
    f"INSERT INTO twin_dues(rowid, words) SELECT rowid, {_DUE} FROM days_due",  # noqa: S608
)
_POSTGRESQL_INDEX = (
    "ALTER TABLE cases_entry ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple', text)) STORED",
    (
        "ALTER TABLE cases_participant ADD COLUMN words tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', card ->> 'name')) STORED"
    ),
    f"ALTER TABLE days_due ADD COLUMN typed tsvector GENERATED ALWAYS AS (to_tsvector('simple', {_DUE})) STORED",
    "CREATE INDEX twin_dues ON days_due USING gin (typed)",
    "CREATE INDEX twin_notes ON cases_entry USING gin (words)",
    "CREATE INDEX twin_names ON cases_participant USING gin (words)",
    "ANALYZE",
)
_SQLITE_FIND = {
    "notes": "SELECT e.case_id, e.id FROM twin_notes f CROSS JOIN cases_entry e ON e.rowid = f.rowid"
    " JOIN cases_case c ON c.id = e.case_id WHERE f.words MATCH %s AND {who} ORDER BY f.rowid DESC",
    "names": "SELECT p.case_id, NULL FROM twin_names f CROSS JOIN cases_participant p ON p.rowid = f.rowid"
    " JOIN cases_case c ON c.id = p.case_id WHERE f.words MATCH %s AND {who} ORDER BY f.rowid DESC",
    "dues": "SELECT d.case_id, d.id FROM twin_dues f CROSS JOIN days_due d ON d.rowid = f.rowid"
    " JOIN cases_case c ON c.id = d.case_id WHERE f.words MATCH %s AND {who} ORDER BY d.is_open DESC, d.day, d.id",
}
_POSTGRESQL_FIND = {
    "notes": "SELECT e.case_id, e.id FROM cases_entry e JOIN cases_case c ON c.id = e.case_id"
    " WHERE e.words @@ to_tsquery('simple', %s) AND {who} ORDER BY e.number DESC LIMIT 2000",
    "names": "SELECT p.case_id, NULL FROM cases_participant p JOIN cases_case c ON c.id = p.case_id"
    " WHERE p.words @@ to_tsquery('simple', %s) AND {who}",
    "dues": "SELECT d.case_id, d.id FROM days_due d JOIN cases_case c ON c.id = d.case_id"
    " WHERE d.typed @@ to_tsquery('simple', %s) AND {who} ORDER BY d.is_open DESC, d.day, d.id LIMIT 2000",
}


def _on_sqlite() -> bool:
    return connection.vendor == "sqlite"


def index() -> None:
    """Build the index over what was loaded."""
    with connection.cursor() as cursor:
        for statement in _SQLITE_INDEX if _on_sqlite() else _POSTGRESQL_INDEX:
            cursor.execute(statement)


def remember_plainly() -> None:
    """Saving writes into the index where Leeward writes into a file's set of words."""
    remembering.remember_text = _remember


def _remember(case: Case, text: str) -> None:
    if not _on_sqlite():
        return  # the column fills itself
    with connection.cursor() as cursor:
        newest = "SELECT rowid FROM cases_entry WHERE case_id = %s ORDER BY number DESC LIMIT 1"
        cursor.execute(f"INSERT INTO twin_notes(rowid, words) VALUES (({newest}), %s)", [case.pk.hex, text])  # noqa: S608


def find(entered: Entered, query: str, *, mine: bool = False) -> Found:
    """Look in the index, and load what a page shows."""
    if not wordset.words(query):
        return Found([], more=False)
    found = _distinct(entered, query, mine=mine)
    shown = dict(list(found.items())[:MOST])
    cases = list(Case.objects.with_people().filter(pk__in=shown))
    entered.list(CaseList(cases), Action.SEE_CARD)
    wanted = [pk for pk in shown.values() if pk]
    notes = {note.pk: note for note in Entry.objects.filter(pk__in=wanted).newest_first()}
    dues = {due.pk: due for due in Due.objects.filter(pk__in=wanted)}
    rows = ((case, shown[case.pk]) for case in cases)
    hits = [Hit(case, notes.get(row), [], dues.get(row)) for case, row in rows]
    hits.sort(key=lambda hit: (not hit.by_name, hit.case.participant.card["name"].casefold()))
    return Found(hits, more=len(found) > MOST)


def _distinct(entered: Entered, query: str, *, mine: bool) -> dict[UUID, Any]:
    """Files and what a page shows of them, until there are more than a page shows."""
    found: dict[UUID, Any] = {}
    for case, note in _rows(entered, query, mine=mine):
        found.setdefault(_uuid(case), note and _uuid(note))
        if len(found) > MOST:
            break
    return found


def _rows(entered: Entered, query: str, *, mine: bool) -> Iterator[tuple[Any, Any]]:
    who, values = _who(entered, mine=mine)
    statements = _SQLITE_FIND if _on_sqlite() else _POSTGRESQL_FIND
    for kind in ("names", "notes", "dues"):
        with connection.cursor() as cursor:
            cursor.execute(statements[kind].format(who=who), [_sought(query), *values])
            yield from cursor


def _who(entered: Entered, *, mine: bool) -> tuple[str, list[Any]]:
    """The rule of `open_to` for people who see their whole teams, as everybody in the benchmark does."""
    if mine:
        return "c.primary_id = %s", [_value(entered.visit.actor.id)]
    teams = [_value(team) for team in entered.visit.actor.teams]
    return f"c.team_id IN ({', '.join(['%s'] * len(teams))})", teams


def _sought(query: str) -> str:
    words = sorted(wordset.words(query))
    return (
        " AND ".join(f'"{word}"*' for word in words)
        if _on_sqlite()
        else " & ".join(f"'{word}':*" for word in words)
    )


def _value(one: UUID) -> Any:  # noqa: ANN401 - each database's own form
    return one.hex if _on_sqlite() else one


def _uuid(value: Any) -> UUID:  # noqa: ANN401
    return value if isinstance(value, UUID) else UUID(value)
