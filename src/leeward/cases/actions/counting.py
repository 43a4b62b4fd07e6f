"""What a note says without its words: the last contact on every list, and what reports count. Typed once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from leeward.cases.models import Entry, Glance
from leeward.cases.words import EntryKind
from leeward.cases.words.card import WITHOUT_THEM
from leeward.ui import moments
from leeward.vault.scopes import Compartment, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case
    from leeward.cases.words import EntryFacts, TallyFacts
    from leeward.cases.words.people import GlanceWords

_OF_CONTACT: Final = ("contact_at", "contact_kind", "tried_at")


def count(file: OpenCase, entry: Entry, facts: EntryFacts) -> None:
    """Put on a note what reports count of it; whoever does not open that part leaves it to be counted later."""
    entry.tally = tally_of(facts) if Compartment.FACTS in file.compartments else None


def tally_of(facts: EntryFacts) -> TallyFacts:
    """What reports count of a note. Time spent with several at once is counted in one file only."""
    day = moments.local(datetime.fromisoformat(facts["happened_at"])).date().isoformat()
    tally: TallyFacts = {
        "kind": facts["kind"], "day": day, "minutes": 0, "travel_minutes": 0, "miles": 0,
        "after_hours": facts.get("after_hours", False), "group": facts.get("group", 1),
    }  # fmt: skip
    if not facts.get("counted_elsewhere"):
        tally["minutes"] = facts.get("minutes", 0)
        tally["travel_minutes"] = facts.get("travel_minutes", 0)
        tally["miles"] = facts.get("miles", 0)
    return tally


def notice_contact(case: Case, facts: EntryFacts) -> None:
    """Remember when we last spoke, or last tried; the caller holds the case row."""
    if EntryKind(facts["kind"]) in WITHOUT_THEM - {EntryKind.TRIED}:
        return
    _glance(case, lambda known: _later(known, facts))


def notice_reach(file: OpenCase) -> None:
    """Remember that it was changed how to reach them, for whoever walks along; the caller holds the case row."""
    said: GlanceWords = {"reach_at": timezone.now().isoformat(), "reach_by": str(file.visit.actor.id)}
    _glance(file.thing, lambda known: {**known, **said})


def _glance(case: Case, change: Callable[[GlanceWords], GlanceWords]) -> None:
    """Change what a list shows of a file."""
    row = Glance.objects.filter(case=case).first()
    if row is None:
        # Version 0, as if there were none yet: nobody who writes what matters most is told that it changed.
        Glance.objects.create(case=case, words=change({}), version=0)
        return
    known = _words(row)
    if (now_known := change(known)) != known:
        row.words = now_known
        row.save(update_fields=["words"])


def recount_contact(case: Case) -> None:
    """Find out anew when we last spoke, because a note was changed, taken back or moved."""
    row = Glance.objects.filter(case=case).first()
    if row is None:
        return
    seen: GlanceWords = {}
    for entry in Entry.objects.filter(case=case).defer("text", "hard", "tally"):
        try:
            seen = _later(seen, entry.facts)
        except Unreadable:  # a damaged note says nothing, and keeps nothing else from being said
            continue
    kept = {name: said for name, said in _words(row).items() if name not in _OF_CONTACT}
    row.words = {**kept, **seen}  # type: ignore[typeddict-item]
    row.save(update_fields=["words"])


def _words(row: Glance) -> GlanceWords:
    """What a list shows; where that was damaged it begins anew, and nobody is kept from writing."""
    try:
        return row.words
    except Unreadable:
        return {}


def _later(known: GlanceWords, facts: EntryFacts) -> GlanceWords:
    """What is known of the last contact, with one more note; one dated ahead counts from when it was written."""
    kind = EntryKind(facts["kind"])
    at = min(facts["happened_at"], facts["written_at"], key=datetime.fromisoformat)
    if kind is EntryKind.TRIED:
        return known if _is_older(at, known.get("tried_at")) else {**known, "tried_at": at}
    if kind in WITHOUT_THEM or facts.get("without_us") or _is_older(at, known.get("contact_at")):
        return known
    return {**known, "contact_at": at, "contact_kind": kind.value}


def _is_older(at: str, known: str | None) -> bool:
    return known is not None and datetime.fromisoformat(at) < datetime.fromisoformat(known)
