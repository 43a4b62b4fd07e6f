"""An appointment that happened stands on the timeline once: nobody types it a second time, and it counts once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from django.utils import timezone

from leeward.cases.actions import change_entry
from leeward.cases.actions.writing import add_entry, let_go
from leeward.cases.models import Entry
from leeward.cases.words.entry import A_DAY, is_fresh
from leeward.days.actions.agreeing import in_court, said_of
from leeward.days.words import SlotWords
from leeward.days.words.been import been, note_of, sentence, when

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts
    from leeward.days.models import Due

_OF_THE_COURT: Final = ("language", "interpreter")
#: What is said of our part in it; the rest of a note's facts is worked out.
_TOLD: Final = ("kind", "minutes", "travel_minutes", "miles", "without_us", *_OF_THE_COURT)


def tell(file: OpenCase, due: Due, note: EntryFacts | None) -> None:
    """Put it on the timeline, or bring the note that stands there up to date while its writer may still change it."""
    words = said_of(file, due)
    slot = due.slot or SlotWords()
    court = in_court(file, due)
    facts, text = note or been(words, slot), sentence(words, court=court)
    if court:  # in which language, and with whose help, is a word of the court's
        facts = cast("EntryFacts", {name: said for name, said in facts.items() if name not in _OF_THE_COURT})
    standing = Entry.objects.filter(pk=note_of(due.pk)).first()
    if standing is None:
        add_entry(file, entry_id=note_of(due.pk), text=text, told=_told(facts, when(due.day, slot)))
    elif standing.case_id == file.thing.pk:
        _retell(file, standing, text, facts)


def _told(facts: EntryFacts, at: datetime) -> EntryFacts:
    return {**facts, "happened_at": at.isoformat(), "written_at": timezone.now().isoformat()}


def _retell(file: OpenCase, standing: Entry, text: str, facts: EntryFacts) -> None:
    """The same said again changes nothing; said otherwise, by the same person on the same day, it is corrected."""
    known = standing.facts
    same = standing.text == text and all(known.get(name) == facts.get(name) for name in _TOLD)
    mine = standing.author_id == file.visit.actor.id and is_fresh(known, A_DAY)
    if same or not mine:
        return
    change_entry(
        file,
        entry=standing,
        text=text,
        kind=facts["kind"],
        happened_at=datetime.fromisoformat(known["happened_at"]),
        version=standing.version,
        more=facts,
    )


def unsay(file: OpenCase, due: Due) -> None:
    """It was not over, or did not happen: the note goes, where it still may."""
    let_go(file, entry=note_of(due.pk))
