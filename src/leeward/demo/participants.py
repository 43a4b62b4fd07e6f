"""The seventy invented participants of the demo and a year of notes about each: lives, not filler.

Each has a file under `data/stories/`. Words worth a search: *accordion* (Don Chema, one person only),
*moth* (Robin), *Biscuit* (June's dog), *Pickle* (Tam), *fern* (Lola Gloria). The notes keep to the house's
own words: they say what was seen, said, promised and kept, leave everybody's worst days to them, and no
place, person or organisation in them exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import Final

from leeward.demo.moments import Moment, moment, monday_of
from leeward.demo.people import CARRIERS, Persona, persona, teams
from leeward.demo.reading import Table, check, check_keys, story_files

#: Age bands in words, with the code that `cases.words.AgeBand` stores.
AGE_BANDS: Final[Mapping[str, str]] = {
    "under 12": "0-11",
    "12 or 13": "12-13",
    "14 or 15": "14-15",
    "16 or 17": "16-17",
    "18 to 24": "18-24",
    "25 to 39": "25-39",
    "40 to 59": "40-59",
    "60 or older": "60+",
}

#: The kinds of a note, as `cases.words.EntryKind` stores them.
KINDS: Final = ("call", "text", "visit", "together", "tried", "partner", "meeting", "other")

#: Notes of last week stop on this weekday (Wednesday) when newer ones, told in working days, follow.
LAST_WEEK_UNTIL: Final = 2

_NEEDED: Final = ("call_by", "pronouns", "language", "age_band", "team", "primary", "came_weeks_ago", "note")
_OPTIONAL: Final = ("aliases", "also")


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that happened, as the person who wrote it down saw it."""

    when: Moment
    kind: str
    #: The key of the persona who wrote it.
    by: str
    text: str

    @property
    def minute(self) -> int:
        """The minute of the day in the agency's time zone."""
        return self.when.minute

    def day(self, today: date) -> date:
        return self.when.day(today)

    def days_ago(self, today: date) -> int:
        return self.when.days_ago(today)


@dataclass(frozen=True, slots=True)
class Story:
    """One participant: the card, who walks with them, and what happened, oldest first."""

    key: str
    call_by: str
    aliases: tuple[str, ...]
    pronouns: str
    language: str
    age_band: str
    team: str
    #: The key of the persona who is the primary worker.
    primary: str
    #: Others who are assigned, of the same team.
    also: tuple[str, ...]
    came_weeks_ago: int
    notes: tuple[Note, ...]

    def came(self, today: date) -> date:
        """The Monday of the week they came."""
        return monday_of(today) - timedelta(weeks=self.came_weeks_ago)


@cache
def participants() -> tuple[Story, ...]:
    """All participants, in the order of the names they are called by."""
    stories = (_story(key, table) for key, table in story_files())
    return tuple(sorted(stories, key=lambda story: story.call_by.casefold()))


def _story(key: str, table: Table) -> Story:
    where = f"stories/{key}.toml"
    check_keys(table, where, _NEEDED, _OPTIONAL)
    check(table["age_band"] in AGE_BANDS, where, f"no age band {table['age_band']!r}")
    team, primary, also = table["team"], table["primary"], tuple(table.get("also", ()))
    check(team in {each.key for each in teams()}, where, f"no team {team!r}")
    check(_of(primary, team, where).roles_in(team) & CARRIERS, where, f"{primary} may not carry a case here")
    for person in also:
        _of(person, team, where)
    notes = tuple(_note(note, where, team) for note in table["note"])
    _check_order(notes, table["came_weeks_ago"], where)
    return Story(
        key=key,
        aliases=tuple(table.get("aliases", ())),
        also=also,
        notes=notes,
        **{name: table[name] for name in _NEEDED if name != "note"},
    )


def _note(table: Table, where: str, team: str) -> Note:
    where = f"{where}, {table.get('when', 'a note without a time')}"
    check_keys(table, where, ("when", "kind", "by", "text"))
    check(table["kind"] in KINDS, where, f"no kind {table['kind']!r}")
    _of(table["by"], team, where)
    text = table["text"].strip()
    check(text, where, "says nothing")
    try:
        when = moment(table["when"])
    except ValueError as wrong:
        raise type(wrong)(f"{where}: {wrong}") from wrong
    return Note(when, table["kind"], table["by"], text)


def _of(key: str, team: str, where: str) -> Persona:
    """Somebody of the staff who is in this team."""
    try:
        person = persona(key)
    except LookupError as wrong:
        check(fits=False, where=where, reason=str(wrong))
        raise
    check(team in person.teams, where, f"{key} is not in the team {team!r}")
    return person


def _check_order(notes: tuple[Note, ...], came_weeks_ago: int, where: str) -> None:
    """Insist that a story is told from its beginning to its end, on whatever day it is read."""
    check(notes, where, "has no notes")
    check(notes[0].when.weeks_ago <= came_weeks_ago, where, "begins before the participant came")
    for earlier, later in pairwise(notes):
        check(earlier.when.order < later.when.order, where, f"{later.text[:30]!r} stands in the wrong place")
    if notes[-1].when.working_days_ago:
        late = any(note.when.weeks_ago == 1 and note.when.weekday > LAST_WEEK_UNTIL for note in notes)
        check(not late, where, "last week has to end on Wednesday when newer notes follow")
