"""Finding somebody again: by name, or by a word in a note, among everybody whom this person may open.

There is no stored index. The sealed sets of words are opened and looked through, then only the files that fit; the
page is asked for by POST, so that what was typed never reaches an address or a log.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from leeward.access.policy import Action
from leeward.cases.models import Case, CaseList, Entry, Participant, WordSet
from leeward.cases.words import Card, names_on
from leeward.vault import wordset
from leeward.vault.scopes import Compartment, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Entered
    from leeward.vault.fields import Sealed, SealedJSON, SealedText

MOST: Final = 25
_NOTES: Final = frozenset({Compartment.NOTES})
_CARD: Final = frozenset({Compartment.CARD})
_SET = cast("SealedText", WordSet._meta.get_field("words"))
_CARDS = cast("SealedJSON[Card]", Participant._meta.get_field("card"))


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, and the newest note that holds the words, if it was a note."""

    case: Case
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and whether there was more than a page shows."""

    hits: list[Hit]
    more: bool


class Shelf:
    """Everybody whom this person may look through, as bare keys: no rows are made for those who are not found."""

    kind = "case"

    def __init__(self, cases: QuerySet[Case]) -> None:
        """Take cases that `open_to` let through."""
        self._list = CaseList([Case(pk=case, key_id=key) for case, key in cases.values_list("pk", "key_id")])
        self.keys_for = self._list.keys_for
        self.ids = self._list.ids


def find(entered: Entered, query: str, *, mine: bool = False) -> Found:
    """Look for every word of the query; the trail's line holds who was shown, never what was typed."""
    sought = wordset.needles(query)
    if not sought:
        return Found([], more=False)
    found = list(islice(_sift(entered, sought, mine=mine), MOST + 1))
    cases = list(Case.objects.with_people().filter(pk__in=found[:MOST]))
    entered.list(CaseList(cases), Action.SEE_CARD)
    return Found(_shown(cases, sought, _readable(entered, mine=mine)), more=len(found) > MOST)


def _mine(entered: Entered, cases: QuerySet[Case], *, mine: bool) -> QuerySet[Case]:
    return cases.filter(primary=entered.visit.actor.id) if mine else cases


def _readable(entered: Entered, *, mine: bool) -> QuerySet[Case]:
    return _mine(entered, Case.objects.open_to(entered.visit.actor, Action.SEE_CASE, _NOTES), mine=mine)


def _sift(entered: Entered, sought: list[str], *, mine: bool) -> Iterator[UUID]:
    """Cases whose words fit; for those whose notes stay shut to this person, by the card alone."""
    notes = _readable(entered, mine=mine)
    cards = _mine(entered, Case.objects.open_to(entered.visit.actor, Action.SEE_CARD), mine=mine).exclude(pk__in=notes.values("pk"))
    if notes.exists():
        entered.look_through(Shelf(notes), Action.SEE_CASE, _NOTES)
    if cards.exists():
        entered.look_through(Shelf(cards), Action.SEE_CARD, _CARD)
    yield from _by_words(notes, sought)
    yield from _by_card(cards, sought)


def _by_words(cases: QuerySet[Case], sought: list[str]) -> Iterator[UUID]:
    rows = WordSet.objects.filter(case__in=cases.values("pk")).values_list("pk", "case_id", "words")
    for row, case, words in rows:
        if wordset.holds(_SET.opened_at(row, Scope.case(case, Compartment.NOTES), cast("Sealed", words)), sought):
            yield case


def _by_card(cases: QuerySet[Case], sought: list[str]) -> Iterator[UUID]:
    rows = Participant.objects.filter(case__in=cases.values("pk")).values_list("pk", "case_id", "card")
    for row, case, sealed in rows:
        card = _CARDS.opened_at(row, Scope.case(case, Compartment.CARD), cast("Sealed", sealed))
        if wordset.matches(names_on(card), sought):
            yield case


def _shown(cases: list[Case], sought: list[str], readable: QuerySet[Case]) -> list[Hit]:
    """Open what was found: names first, then notes; a set may hold a word that no note has any more."""
    may_read = set(readable.filter(pk__in=[case.pk for case in cases]).values_list("pk", flat=True))
    notes: dict[UUID, list[Entry]] = {}
    for entry in Entry.objects.filter(case__in=may_read).newest_first():
        notes.setdefault(entry.case_id, []).append(entry)
    hits = []
    for case in cases:
        names = case.participant.names()
        named = wordset.matches(names, sought)
        entry = None if named else next((e for e in notes.get(case.pk, []) if wordset.matches(f"{names} {e.text}", sought)), None)
        if named or entry:
            hits.append(Hit(case, entry))
    return sorted(hits, key=lambda hit: (hit.entry is not None, hit.case.participant.card["name"].casefold()))
