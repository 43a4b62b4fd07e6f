"""Files to look through as bare rows, with the keys that the gate lets be turned one after another and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import BinaryField, TextField
from django.db.models.functions import Cast

from leeward.access.policy import Action
from leeward.cases.models import Amendment, Case, Entry, Participant, WordSet
from leeward.cases.models.key import wrap_context
from leeward.cases.words import names_on
from leeward.vault import wordset
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.db.models import QuerySet

    from leeward.access.gate import Holder, Visit
    from leeward.cases.models.case import CaseQuerySet
    from leeward.vault.cipher import Key
    from leeward.vault.fields.sealed import Reader

#: Files that fit by their words are read this many at a time.
_A_HANDFUL: Final = 40
_TEXT = Entry._meta.get_field("text")  # noqa: SLF001 - Django's documented way to ask
_ADDED: Any = Amendment._meta.get_field("words")  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class Looked:
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


WORDS = Looked(
    row="word_set",
    field=WordSet._meta.get_field("words"),  # noqa: SLF001
    part=Compartment.NOTES,
    action=Action.SEE_CASE,
    left=lambda packed, sought: wordset.unnamed(packed, sought) if wordset.holds(packed, sought) else None,
)
NAMES = Looked(
    row="participant",
    field=Participant._meta.get_field("card"),  # noqa: SLF001
    part=Compartment.CARD,
    action=Action.SEE_CARD,
    left=lambda card, sought: [] if wordset.matches(names_on(card), sought) else None,
)


class Shelf:
    """Files to look through, as bare rows: nothing is made of those who are not found."""

    def __init__(self, cases: QuerySet[Case], looked: Looked, sought: list[str]) -> None:
        """Take cases that `open_to` let through, with what is looked at in each and the wraps of its key."""
        wrapped = cases.filter(key__wraps__scope=looked.part.value, key__wraps__team_key__isnull=False)
        wrap = ("key__wraps__epoch", bare("key__wraps__team_key"), raw("key__wraps__sealed"))
        words = raw(f"{looked.row}__{looked.field.attname}")
        self._rows = wrapped.values_list(bare("pk"), bare("key"), *wrap, words)
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
            owner = in_bytes(case)
            place = wrap_context(owner, in_bytes(key), epoch, part)
            rest = left(read(secret, wrapped, place, (owner, owner), words), sought)
            if rest is not None:
                yield case, _Fit(secret, wrapped, place, owner, tuple(rest))

    def _newest_notes(self, agency: UUID, some: Sequence[str]) -> dict[str, UUID]:
        """Each file's newest note that holds what no name does; a set may hold words that no note holds together."""
        asked = [UUID(case) for case in some if self._fit[case].left]
        rows = Entry.objects.filter(case__in=asked).order_by("-number") if asked else Entry.objects.none()
        read, found = _TEXT.reader(agency, Case.kind), dict[str, UUID]()
        searcher = cache(wordset.searcher)  # of this search alone: nothing that was typed outlives it
        for case, note, sealed in rows.values_list(bare("case"), bare("pk"), raw("text")):
            fit = self._fit[case]
            if case not in found and searcher(fit.left)(
                wordset.plain(fit.open(read, in_bytes(note), sealed))
            ):
                found[case] = UUID(note)
        return found | self._added_to(
            agency, [case for case in some if self._fit[case].left and case not in found]
        )

    def _added_to(self, agency: UUID, some: Sequence[str]) -> dict[str, UUID]:
        """Notes that are found by what was added to them later."""
        rows = Amendment.objects.filter(case__in=[UUID(case) for case in some])
        read, found = _ADDED.reader(agency, Case.kind), dict[str, UUID]()
        added = rows.values_list(bare("case"), bare("entry"), bare("pk"), raw("words")) if some else ()
        for case, note, row, sealed in added:
            fit = self._fit[case]
            words = read(fit.secret, fit.wrapped, fit.place, (fit.owner, in_bytes(row)), bytes(sealed))
            if wordset.searcher(fit.left)(wordset.plain(f"{words['text']} {words.get('answer', '')}")):
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


def bare(name: str) -> Cast:
    """A random number as text: making thousands of UUIDs takes longer than opening what they name."""
    return Cast(name, TextField())


def raw(name: str) -> Cast:
    """Sealed bytes as they are."""
    return Cast(name, BinaryField())


def in_bytes(number: str) -> bytes:
    """A random number as it is bound into a seal."""
    return bytes.fromhex(number.replace("-", ""))


def open_for(visit: Visit, looked: Looked) -> CaseQuerySet:
    """The files in which this person may look at this; one that became part of another is found there."""
    return Case.objects.open_to(visit.actor, looked.action, looked.parts).filter(joined_to=None)
