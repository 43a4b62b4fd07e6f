"""Pages of which each file has one: the kept file's answers stay, the other's go where nothing was answered.

Where the two say different things, the other answer stands beside it, under `also`; the other file keeps its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from django.apps import apps

from leeward.cases.actions.reach import numbers_in
from leeward.cases.doubles import names_in
from leeward.cases.models import Case, Known, Participant, WordSet
from leeward.cases.models.moving import pages_of_files, sealed_in
from leeward.cases.words import names_on
from leeward.vault import wordset
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from leeward.cases.words import Card

_OTHERWISE: Final = frozenset({Participant, WordSet, Known})
ALSO: Final = "also"
#: What stood in an answer's place before the joined file's was taken, so that undoing puts it back.
INSTEAD: Final = "instead"
#: What counts the changes of a row, or says who made the last, is no answer, and neither is what was left empty.
_NO_ANSWERS: Final = frozenset({"version", "reach_at", "reach_by", INSTEAD})
#: What a card says besides names.
_ASKED: Final = frozenset({"pronouns", "language", "age_band"})
_EMPTY: Final[tuple[object, ...]] = ("", None, [], {})

type Filled = dict[str, dict[str, object]]


def fill_pages(kept: Case, other: Case, twice: Iterable[tuple[Any, Any]]) -> Filled:
    """Fill the kept file's pages from the other's, and rows of which there can be one only."""
    filled: Filled = {}
    for table in pages_of_files():
        row = table.of(other.pk).first() if table.model not in _OTHERWISE else None
        there = table.of(kept.pk).first() or table.model(**{table.column: kept})
        if row is not None:
            filled[f"{table.label}:{kept.pk}"] = {"from": str(row.pk), **_fill(there, row)}
    for there, row in twice:
        label = there._meta.label_lower  # noqa: SLF001 - Django's documented way to ask
        filled[f"{label}:{there.pk}"] = {"from": str(row.pk), **_fill(there, row)}
    return filled


def _fill(there: Any, row: Any) -> dict[str, object]:  # noqa: ANN401 - a row of any table
    """Fill one row from another, and say which answers came, and whether the whole row did."""
    made, names, changed = there._state.adding, [], False  # noqa: SLF001 - Django's documented way to ask
    for name, mine, theirs in _answers(there, row):
        filled = _put_together(mine, theirs, str(row.case_id))
        setattr(there, name, filled)
        names += [f"{name}.{answer}" for answer in filled if answer not in mine]
        changed |= filled != mine
    if changed or made:
        _save_changed(there)
    return {"names": names, "made": made}


def _answers(there: Any, row: Any) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:  # noqa: ANN401
    """The sealed columns that hold answers, in both rows; what cannot be read stays in the other file."""
    for field in sealed_in(type(row)):
        try:
            mine, theirs = getattr(there, field.attname, None) or {}, getattr(row, field.attname)
        except Unreadable:
            continue
        if isinstance(mine, dict) and isinstance(theirs, dict):
            yield field.attname, mine, theirs


def _put_together(mine: dict[str, Any], theirs: dict[str, Any], other: str) -> dict[str, Any]:
    told = {name: said for name, said in theirs.items() if said not in _EMPTY and name not in _NO_ANSWERS}
    new = {name: said for name, said in told.items() if mine.get(name) in _EMPTY}
    differs = {name: said for name, said in told.items() if name not in new and said != mine[name]}
    beside = {ALSO: {**mine.get(ALSO, {}), other: differs}} if differs else {}
    return {**mine, **new, **beside}


def _save_changed(row: Any) -> None:  # noqa: ANN401
    if hasattr(row, "version"):
        row.version += 1
    row.save()


def empty_pages(other: Case, filled: Filled) -> None:
    """Take out again what came from the other file and was not changed since."""
    for place, note in filled.items():
        label, _, pk = place.partition(":")
        model = apps.get_model(label)
        row = model._base_manager.filter(pk=pk).first()  # noqa: SLF001 - whatever the table's own manager hides
        theirs = model._base_manager.filter(pk=note["from"]).first()  # noqa: SLF001
        if row is not None and theirs is not None:
            _empty(row, theirs, set(note["names"]), str(other.pk))  # type: ignore[call-overload]
            _drop_if_bare(row, made=bool(note["made"]))


def _empty(row: Any, theirs: Any, names: set[str], other: str) -> None:  # noqa: ANN401
    for name, mine, told in _answers(row, theirs):
        came = {answer for answer in mine if f"{name}.{answer}" in names and mine[answer] == told.get(answer)}
        left = {answer: said for answer, said in mine.items() if answer not in came}
        _put_back(left, other)
        for beside in (ALSO, INSTEAD):
            left[beside] = {file: said for file, said in left.get(beside, {}).items() if file != other}
        bare = {beside for beside in (ALSO, INSTEAD) if not left[beside]}
        setattr(row, name, {answer: said for answer, said in left.items() if answer not in bare})
    _save_changed(row)


def _put_back(mine: dict[str, Any], other: str) -> None:
    """Answers of the other file that were taken since, and nobody changed, give way to what stood there before."""
    for answer, taken in mine.get(INSTEAD, {}).get(other, {}).items():
        if mine.get(answer) == taken["is"]:
            mine[answer] = taken["was"]


def _drop_if_bare(row: Any, *, made: bool) -> None:  # noqa: ANN401
    if made and not any(getattr(row, field.attname) for field in sealed_in(type(row))):
        row.delete()


def joined_card(kept: Card, other: Card, file: str) -> Card:
    """One card out of two: the kept name stays, every other name is an alias, and nothing told is lost.

    Where the other card said otherwise, its answer stands beside, until somebody saves the card anew.
    """
    told = _one_card(kept, other)
    beside = {
        name: said for name, said in other.items() if name in _ASKED and said not in {"", told.get(name)}
    }
    also = kept.get("also", {}) | ({file: beside} if beside else {})
    return {**told, "also": also} if also else told  # type: ignore[typeddict-item]


def _one_card(kept: Card, other: Card) -> Card:
    names = names_in(kept.get("aliases", ""), other.get("name", ""), other.get("aliases", ""))
    mine = kept.get("name", "").casefold()
    told = {**other, **{name: said for name, said in kept.items() if said}}
    told["aliases"] = ", ".join(name for name in names if name.casefold() != mine)
    since = [card["since"] for card in (kept, other) if card.get("since")]
    if since:
        told["since"] = min(since)
    return cast("Card", {name: said for name, said in told.items() if name != ALSO})


def card_apart(now: Card, was: Card, other: Card, file: str) -> Card:
    """The kept file's card without what came from the other one; a change that was made since stays."""
    joined, known = _one_card(was, other), {name.casefold() for name in names_in(was.get("aliases", ""))}
    came = {name.casefold() for name in names_in(other.get("name", ""), other.get("aliases", ""))} - known
    told: dict[str, object] = {**now}
    for name, said in joined.items():
        if told.get(name) == said:
            told[name] = was.get(name, "")
    if told.get("aliases") != was.get("aliases", ""):
        left = names_in(now.get("aliases", ""))
        told["aliases"] = ", ".join(one for one in left if one.casefold() not in came)
    told[ALSO] = {each: said for each, said in now.get("also", {}).items() if each != file}
    return cast("Card", {name: said for name, said in told.items() if said or (name in was and name != ALSO)})


def name_together(case: Case, card: Card, other: Case) -> None:
    """The words of both files are found in the one, by every name and number of either."""
    _found_by(case, card, wordset.nameless(_words(case) | _words(other)))


def name_apart(case: Case, card: Card, other: Case) -> None:
    """A file that stands alone again is found by its own names and numbers only."""
    gone = wordset.numbers(_words(other)) - numbers_in(case)
    _found_by(case, card, wordset.nameless(_words(case)) - gone)


def _words(case: Case) -> set[str]:
    return wordset.unpack(WordSet.objects.get(case=case).words)


def _found_by(case: Case, card: Card, words: set[str]) -> None:
    row = WordSet.objects.get(case=case)
    row.words = wordset.pack(words | wordset.called(names_on(card)))
    row.save(update_fields=["words"])
