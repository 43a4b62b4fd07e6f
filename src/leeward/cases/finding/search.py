"""By name, or by a word in a note or in what is due, among everybody whom this person may open.

Failing that, by a name almost like it.

There is no stored index. The sealed sets of words are opened and looked through, then only the files that fit; the
page is asked for by POST, so that what was typed never reaches an address or a log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from leeward.access import policy
from leeward.access.policy import Action, Role
from leeward.cases.finding.known import called_like
from leeward.cases.finding.shelf import NAMES, WORDS, Looked, Shelf, open_for
from leeward.cases.models import Case, CaseList, Entry
from leeward.cases.models.moving import searched_tables
from leeward.vault import wordset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Entered, Visit

MOST: Final = 25
#: Signs shown on either side of the word that was found.
_BESIDE: Final = 80
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, and what holds the words, if no name does: the newest note, or something else."""

    case: Case
    entry: Entry | None
    sought: list[str]
    #: A row of another package's table, such as a promise.
    other: Any = None

    @property
    def by_name(self) -> bool:
        """Whether names and numbers hold all that was sought."""
        return self.entry is None and self.other is None

    def near(self) -> tuple[str, str, str] | None:
        """The word that was found, with the words before and after it."""
        if self.other is not None:
            return around(self.other.searched.said(self.other), self.sought)
        return around(self.entry.text, self.sought) if self.entry else None


def around(text: str, sought: list[str]) -> tuple[str, str, str]:
    """The first word of a text that was sought, and what stands on either side."""
    hit = next(
        (word for word in _WORD.finditer(text) if any(_fits(word[0], needle) for needle in sought)), None
    )
    start, end = hit.span() if hit else (0, 0)
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    if start > _BESIDE:
        before = "… " + before.partition(" ")[2]
    if end + _BESIDE < len(text):
        after = after.rpartition(" ")[0] + " …"
    return before, text[start:end], after


def _fits(word: str, needle: str) -> bool:
    folded = wordset.plain(word)
    return folded.startswith(needle[1:]) if needle[0] == "\n" else needle in folded


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, whether there was more than a page shows, and whether they are only called almost so."""

    hits: list[Hit]
    more: bool
    perhaps: bool = False


def find(entered: Entered, query: str, *, mine: bool = False) -> Found:
    """Look for every word of the query; the trail's line holds who was shown, never what was typed."""
    sought = wordset.needles(query)
    if not sought:
        return Found([], more=False)
    found = dict(islice(_fitting(entered, sought, mine=mine), MOST + 1))
    if not found and not mine:
        return _perhaps(entered, query)
    shown = dict(islice(found.items(), MOST))
    hits = _opened(entered, shown, sought)
    hits.sort(key=lambda hit: (not hit.by_name, hit.case.participant.card["name"].casefold()))
    return Found(hits, more=len(found) > MOST)


def _perhaps(entered: Entered, query: str) -> Found:
    """Where no word fits: those whose name is spelled otherwise, heard wrong, or written in another script."""
    alike = called_like(entered, query)
    hits = _opened(entered, dict.fromkeys(alike), [])
    hits.sort(key=lambda hit: alike.index(hit.case.pk))
    return Found(hits, more=False, perhaps=bool(hits))


def meant(found: Found, query: str) -> Hit | None:
    """The one who can only be meant: nobody else fits by a name or a number, or is called just what was typed."""
    if found.more or found.perhaps:
        return None
    called = [hit for hit in found.hits if hit.by_name]
    exactly = [
        hit for hit in called if wordset.plain(hit.case.participant.card["name"]) == wordset.plain(query)
    ]
    sure = called if len(called) == 1 else exactly
    return sure[0] if len(sure) == 1 else None


def _opened(entered: Entered, shown: dict[UUID, UUID | None], sought: list[str]) -> list[Hit]:
    """Write down who is shown, then open their cards and what was found of them."""
    cases = list(Case.objects.with_people().filter(pk__in=shown))
    entered.list(CaseList(cases), Action.SEE_CARD)
    wanted = {row for row in shown.values() if row}
    if not wanted:
        return [Hit(case, None, sought) for case in cases]
    entered.look_through(CaseList([case for case in cases if shown[case.pk]]), WORDS.action, WORDS.parts)
    rows: dict[UUID | None, Any] = {row.pk: row for row in _rows(wanted)}
    found = [(case, rows.get(shown[case.pk])) for case in cases]
    return [
        Hit(case, row, sought) if isinstance(row, Entry) else Hit(case, None, sought, row)
        for case, row in found
    ]


def _rows(wanted: set[UUID]) -> Iterator[Any]:
    """What was found, in whichever table it is."""
    yield from Entry.objects.newest_first().filter(pk__in=wanted)
    others = (table.model for table, searched in searched_tables() if searched.shown == "pk")
    for model in others:
        if model is not Entry:
            yield from model._base_manager.filter(pk__in=wanted)  # noqa: SLF001 - whatever its own manager hides


def _fitting(entered: Entered, sought: list[str], *, mine: bool) -> Iterator[tuple[UUID, UUID | None]]:
    """Everybody who fits: by their words, and those whose notes stay shut to this person by their names.

    The next are looked for only when those before were too few for a page.
    """
    for looked in (WORDS, NAMES):
        for cases in _stretches(entered.visit, looked, mine=mine):
            yield from entered.sift(Shelf(cases, looked, sought), looked.action, looked.part)


def _stretches(visit: Visit, looked: Looked, *, mine: bool) -> Iterator[QuerySet[Case]]:
    """What this person may look through: one team, then more at a time, so that what is common is found soon."""
    teams, before = sorted(_teams(visit, looked)), 0
    while before < len(teams):
        some = teams if mine else teams[before : 4 * before + 1]
        cases = open_for(visit, looked).filter(team__in=some)
        if looked is NAMES:
            cases = cases.exclude(
                pk__in=open_for(visit, WORDS).held_by(visit.holder, WORDS.part).values("pk")
            )
        yield cases.filter(primary=visit.actor.id) if mine else cases
        before += len(some)


def _teams(visit: Visit, looked: Looked) -> set[UUID]:
    """The teams whose keys this person holds; names alone are looked at only where some notes stay shut."""
    roles = visit.actor.teams
    # Keys alone are no reason: everybody holds those of the team of everyone.
    held = {
        team
        for team in visit.holder.teams(looked.part.value)
        if policy.reach(roles.get(team, frozenset()), looked.action, looked.parts)
    }
    if looked is WORDS:
        return held
    notes = visit.holder.teams(WORDS.part.value)
    return {team for team in held if team not in notes or _notes_stay_shut(roles.get(team, frozenset()))}


def _notes_stay_shut(roles: frozenset[Role]) -> bool:
    """Whether there are files in a team of which these roles show the card only."""
    return policy.reach(roles, WORDS.action, WORDS.parts) < policy.reach(roles, NAMES.action, NAMES.parts)
