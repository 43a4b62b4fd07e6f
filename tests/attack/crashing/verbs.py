"""Every verb that writers are killed in, and what has to be true of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from tests.attack.crashing import basics, days, files, safety, walking
from tests.attack.crashing.dying import Say
from tests.attack.crashing.town import Facts, Town, a_town


@dataclass(frozen=True)
class Verb:
    """What a writer does, and what is wrong afterwards: given the town, and by kind what the writer was told."""

    work: Callable[[Town, Say], None]
    wrong: Callable[[Town, Facts], Iterator[str]]
    #: Every step is one statement, which no fault can tear apart.
    in_one: bool = False


WORK: Final = {
    each.work.__name__: each
    for each in (
        Verb(basics.start_case, basics.case_is_whole),
        Verb(basics.write_entry, basics.entry_is_whole),
        Verb(basics.add_paper, basics.paper_is_whole),
        Verb(basics.keep_draft, basics.draft_is_there, in_one=True),
        Verb(basics.write_line, basics.nothing_more, in_one=True),
        Verb(days.promise, days.promise_stands),
        Verb(days.court, days.court_is_one_chain),
        Verb(files.one_for_both, files.one_for_both_stands_in_both),
        Verb(files.to_the_other, files.stands_in_one_file),
        Verb(files.become_one, files.one_or_two),
        Verb(walking.hand_over, walking.handed_over_whole),
        Verb(walking.leave_today, walking.left_whole),
        Verb(walking.close_and_open, walking.closed_or_open),
        Verb(walking.die, walking.rests_or_not),
        Verb(walking.to_another_team, walking.one_team_holds_the_key),
        Verb(safety.crisis, safety.crisis_is_followed),
        Verb(safety.report, safety.report_is_whole, in_one=True),
        Verb(safety.gift, safety.gift_stands_twice),
    )
}


def ready() -> Town:
    """The town, with what the verbs need."""
    town = a_town()
    files.fill_pair(town)
    days.start_calendar(town)
    walking.walk_beside(town)
    return town
