"""Files to look through as bare rows, with the keys that the gate lets be turned one after another and kept nowhere."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from itertools import batched
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db.models import BinaryField, TextField
from django.db.models.functions import Cast

from leeward.access.policy import Action
from leeward.cases.models import Case, Participant, WordSet
from leeward.cases.models.key import wrap_context
from leeward.cases.models.moving import searched_tables
from leeward.cases.words import names_on
from leeward.vault import wordset
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from leeward.access.gate import Holder, Visit
    from leeward.cases.models.case import CaseQuerySet
    from leeward.cases.models.moving import Belongs
    from leeward.cases.words.searched import Searched
    from leeward.vault.cipher import Key
    from leeward.vault.fields.sealed import Reader

#: Files that fit by their words are read this many at a time.
_A_HANDFUL: Final = 40


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked at in each file, and what somebody must be allowed for that."""

    row: str
    field: Any
    part: Compartment
    action: Action
    #: What is still to be found in a row: nothing if the names hold it all; None if the file does not fit.
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
        """The files that fit, each with the row that a page shows; keys are turned here and kept nowhere."""
        self._fit = dict(self._seeming(agency, holder))
        for some in batched(self._fit, _A_HANDFUL):
            rows = self._rows_that_fit(agency, some)
            yield from (
                (UUID(case), rows.get(case)) for case in some if case in rows or not self._fit[case].left
            )

    def _seeming(self, agency: UUID, holder: Holder) -> Iterator[tuple[str, _Fit]]:
        """Each file that seems to fit, with what is still to be found in a row."""
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

    def _rows_that_fit(self, agency: UUID, some: Sequence[str]) -> dict[str, UUID]:
        """In each file what holds what no name does; a set may hold words that nothing holds together.

        The notes first, then what was added to them, then the tables of later packages: each is asked for the files in
        which those before held nothing.
        """
        found = dict[str, UUID]()
        searcher = cache(wordset.searcher)  # of this search alone: nothing that was typed outlives it
        for table, searched in searched_tables():
            asked = [case for case in some if self._fit[case].left and case not in found]
            rows = self._rows_of(agency, table, searched, asked) if asked else ()
            found |= self._first_that_fit(rows, searcher)
        return found

    def _rows_of(
        self, agency: UUID, table: Belongs, searched: Searched, asked: list[str]
    ) -> Iterator[tuple[str, str, Callable[[], str]]]:
        """What one table has for these files: the file, the row that a page shows for it, and its words unopened."""
        field: Any = table.model._meta.get_field(searched.column)  # noqa: SLF001 - Django's documented way to ask
        read: Reader[Any] = field.reader(agency, Case.kind)
        rows = table.model._base_manager.filter(**{f"{table.column}__in": list(map(UUID, asked))})  # noqa: SLF001
        bare_rows = rows.order_by(*searched.first).values_list(
            bare(table.column), bare(searched.shown), bare("pk"), raw(searched.column)
        )
        for case, shown, row, sealed in bare_rows:
            yield case, shown, partial(self._fit[case].text, read, searched, in_bytes(row), sealed)

    def _first_that_fit(
        self,
        rows: Iterable[tuple[str, str, Callable[[], str]]],
        searcher: Callable[[tuple[str, ...]], Callable[[str], bool]],
    ) -> dict[str, UUID]:
        """The first row of each file that holds what is left; none of the others is opened."""
        found = dict[str, UUID]()
        for case, row, text in rows:
            if case not in found and searcher(self._fit[case].left)(wordset.plain(text())):
                found[case] = UUID(row)
        return found


@dataclass(frozen=True, slots=True)
class _Fit:
    """A file that seems to fit: how its key is wrapped, and what is still to be found in one of its rows."""

    secret: Key
    wrapped: bytes
    place: bytes
    owner: bytes
    left: tuple[str, ...]

    def text(self, read: Reader[Any], searched: Searched, row: bytes, sealed: bytes | None) -> str:
        """What search finds of one of its rows; a damaged one keeps none of the others from being found."""
        if sealed is None:
            return ""
        try:
            return searched.typed(
                read(self.secret, self.wrapped, self.place, (self.owner, row), bytes(sealed))
            )
        except Unreadable:
            return ""


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
