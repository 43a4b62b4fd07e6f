"""Finding somebody again: by name, or by a word in a note, among everybody whom this person may open.

There is no stored index. The sealed sets of words are opened and looked through, then only the files that fit; the
page is asked for by POST, so that what was typed never reaches an address or a log.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import batched, islice
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import BinaryField, TextField
from django.db.models.functions import Cast

from leeward.access import policy
from leeward.access.policy import Action, Role
from leeward.cases.models import Case, CaseList, Entry, Participant, WordSet
from leeward.cases.models.key import wrap_context
from leeward.cases.words import names_on
from leeward.vault import wordset
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from leeward.access.gate import Entered, Holder, Visit
    from leeward.cases.models.case import CaseQuerySet
    from leeward.vault.cipher import Key
    from leeward.vault.fields.sealed import Reader

MOST: Final = 25
#: Files that fit by their words are read this many at a time.
_A_HANDFUL: Final = 40
#: Signs shown on either side of the word that was found.
_BESIDE: Final = 80
_WORD: Final = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_TEXT = Entry._meta.get_field("text")  # noqa: SLF001 - Django's documented way to ask


@dataclass(frozen=True, slots=True)
class _Looked:
    """What is looked at in each file, and what somebody must be allowed for that."""

    row: str
    field: Any
    part: Compartment
    action: Action
    #: What is still to be found in a note: nothing if the names hold it all; None if the file does not fit.
    left: Callable[[Any, list[str]], list[str] | None]

    @property
    def parts(self) -> frozenset[Compartment]:
        """The one part, as the gate asks for it."""
        return frozenset({self.part})


_WORDS = _Looked(
    row="word_set",
    field=WordSet._meta.get_field("words"),  # noqa: SLF001
    part=Compartment.NOTES,
    action=Action.SEE_CASE,
    left=lambda packed, sought: wordset.unnamed(packed, sought) if wordset.holds(packed, sought) else None,
)
_NAMES = _Looked(
    row="participant",
    field=Participant._meta.get_field("card"),  # noqa: SLF001
    part=Compartment.CARD,
    action=Action.SEE_CARD,
    left=lambda card, sought: [] if wordset.matches(names_on(card), sought) else None,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, and the newest note that holds the words, if it was a note."""

    case: Case
    entry: Entry | None
    sought: list[str]

    def near(self) -> tuple[str, str, str] | None:
        """The word that was found, with the words before and after it."""
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
    """What was found, and whether there was more than a page shows."""

    hits: list[Hit]
    more: bool


class Shelf:
    """Files to look through, as bare rows: nothing is made of those who are not found."""

    def __init__(self, cases: QuerySet[Case], looked: _Looked, sought: list[str]) -> None:
        """Take cases that `open_to` let through, with what is looked at in each and the wraps of its key."""
        wrapped = cases.filter(key__wraps__scope=looked.part.value, key__wraps__team_key__isnull=False)
        wrap = ("key__wraps__epoch", _bare("key__wraps__team_key"), _raw("key__wraps__sealed"))
        words = _raw(f"{looked.row}__{looked.field.attname}")
        self._rows = wrapped.values_list(_bare("pk"), _bare("key"), *wrap, words)
        self._looked, self._sought = looked, sought
        self._fit: dict[str, _Fit] = {}

    def fitting(self, agency: UUID, holder: Holder) -> Iterator[tuple[UUID, UUID | None]]:
        """The files that fit, each with its newest note that does; keys are turned here and kept nowhere."""
        self._fit = dict(self._seeming(agency, holder))
        for some in batched(self._fit, _A_HANDFUL):
            notes = self._newest_notes(agency, some)
            yield from (
                (UUID(case), notes.get(case)) for case in some if case in notes or not self._fit[case].left
            )

    def _seeming(self, agency: UUID, holder: Holder) -> Iterator[tuple[str, _Fit]]:
        """Each file that seems to fit, with what is still to be found in a note."""
        part, left, sought = self._looked.part.value, self._looked.left, self._sought
        read = self._looked.field.reader(agency, Case.kind)
        turn = cache(lambda team_key: holder.team_key(UUID(team_key), part))
        for case, key, epoch, team_key, wrapped, words in self._rows:
            secret = turn(team_key)
            if secret is None:
                continue
            owner = _bytes(case)
            place = wrap_context(owner, _bytes(key), epoch, part)
            rest = left(read(secret, wrapped, place, (owner, owner), words), sought)
            if rest is not None:
                yield case, _Fit(secret, wrapped, place, owner, tuple(rest))

    def _newest_notes(self, agency: UUID, some: Sequence[str]) -> dict[str, UUID]:
        """Each file's newest note that holds what no name does; a set may hold words that no note holds together."""
        asked = [UUID(case) for case in some if self._fit[case].left]
        rows = Entry.objects.filter(case__in=asked).order_by("-number") if asked else Entry.objects.none()
        read, found = _TEXT.reader(agency, Case.kind), dict[str, UUID]()
        searcher = cache(wordset.searcher)  # of this search alone: nothing that was typed outlives it
        for case, note, sealed in rows.values_list(_bare("case"), _bare("pk"), _raw("text")):
            fit = self._fit[case]
            if case not in found and searcher(fit.left)(wordset.plain(fit.open(read, _bytes(note), sealed))):
                found[case] = UUID(note)
        return found


@dataclass(frozen=True, slots=True)
class _Fit:
    """A file that seems to fit: how its key is wrapped, and what is still to be found in a note."""

    secret: Key
    wrapped: bytes
    place: bytes
    owner: bytes
    left: tuple[str, ...]

    def open(self, read: Reader[str], note: bytes, sealed: bytes) -> str:
        """One of its notes."""
        return read(self.secret, self.wrapped, self.place, (self.owner, note), bytes(sealed))


def _bare(name: str) -> Cast:
    """A random number as text: making thousands of UUIDs takes longer than opening what they name."""
    return Cast(name, TextField())


def _raw(name: str) -> Cast:
    """Sealed bytes as they are."""
    return Cast(name, BinaryField())


def _bytes(number: str) -> bytes:
    return bytes.fromhex(number.replace("-", ""))


def find(entered: Entered, query: str, *, mine: bool = False) -> Found:
    """Look for every word of the query; the trail's line holds who was shown, never what was typed."""
    sought = wordset.needles(query)
    if not sought:
        return Found([], more=False)
    found = dict(islice(_fitting(entered, sought, mine=mine), MOST + 1))
    shown = dict(islice(found.items(), MOST))
    hits = _opened(entered, shown, sought)
    hits.sort(key=lambda hit: (hit.entry is not None, hit.case.participant.card["name"].casefold()))
    return Found(hits, more=len(found) > MOST)


def _opened(entered: Entered, shown: dict[UUID, UUID | None], sought: list[str]) -> list[Hit]:
    """Write down who is shown, then open their cards and the notes that were found."""
    cases = list(Case.objects.with_people().filter(pk__in=shown))
    entered.list(CaseList(cases), Action.SEE_CARD)
    wanted = [note for note in shown.values() if note]
    if wanted:
        read = [case for case in cases if shown[case.pk]]
        entered.look_through(CaseList(read), _WORDS.action, _WORDS.parts)
    notes = (
        {note.case_id: note for note in Entry.objects.newest_first().filter(pk__in=wanted)} if wanted else {}
    )
    return [Hit(case, notes.get(case.pk), sought) for case in cases]


def _fitting(entered: Entered, sought: list[str], *, mine: bool) -> Iterator[tuple[UUID, UUID | None]]:
    """Everybody who fits: by their words, and those whose notes stay shut to this person by their names.

    The next are looked for only when those before were too few for a page.
    """
    for looked in (_WORDS, _NAMES):
        for cases in _stretches(entered.visit, looked, mine=mine):
            yield from entered.sift(Shelf(cases, looked, sought), looked.action, looked.part)


def _stretches(visit: Visit, looked: _Looked, *, mine: bool) -> Iterator[QuerySet[Case]]:
    """What this person may look through: one team, then more at a time, so that what is common is found soon."""
    teams, before = sorted(_teams(visit, looked)), 0
    while before < len(teams):
        some = teams if mine else teams[before : 4 * before + 1]
        cases = _open(visit, looked).filter(team__in=some)
        if looked is _NAMES:
            cases = cases.exclude(pk__in=_open(visit, _WORDS).held_by(visit.holder, _WORDS.part).values("pk"))
        yield cases.filter(primary=visit.actor.id) if mine else cases
        before += len(some)


def _open(visit: Visit, looked: _Looked) -> CaseQuerySet:
    return Case.objects.open_to(visit.actor, looked.action, looked.parts)


def _teams(visit: Visit, looked: _Looked) -> set[UUID]:
    """The teams whose keys this person holds; names alone are looked at only where some notes stay shut."""
    roles = visit.actor.teams
    # Keys alone are no reason: everybody holds those of the team of everyone.
    held = {
        team
        for team in visit.holder.teams(looked.part.value)
        if policy.reach(roles.get(team, frozenset()), looked.action, looked.parts)
    }
    if looked is _WORDS:
        return held
    notes = visit.holder.teams(_WORDS.part.value)
    return {team for team in held if team not in notes or _notes_stay_shut(roles.get(team, frozenset()))}


def _notes_stay_shut(roles: frozenset[Role]) -> bool:
    """Whether there are files in a team of which these roles show the card only."""
    return policy.reach(roles, _WORDS.action, _WORDS.parts) < policy.reach(roles, _NAMES.action, _NAMES.parts)
