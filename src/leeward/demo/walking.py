"""Who else walks along, what is part of each case, how some of them ended; a night, and some days of being away."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid5

from django.utils import timezone

from leeward.access import gate
from leeward.access.policy import Action
from leeward.cases.actions import introducing
from leeward.continuity import actions as walk
from leeward.continuity.actions.walls import works_here
from leeward.gifts import actions as gifts
from leeward.safety import actions as safety
from leeward.staff.actions.notebook import keep_phrase

if TYPE_CHECKING:
    from leeward.access.gate import Opened, Visit
    from leeward.cases.models import Case
    from leeward.continuity.words import EndingWords
    from leeward.demo.maker import Making
    from leeward.demo.now import Now
    from leeward.safety.words import NightWords, WishesWords
    from leeward.staff.models import Person

    type File = Opened[Case]


def walk_along(visit: Visit, case: Case, now: Now) -> None:
    """The parts of a case, who of other agencies walks along, what somebody wishes for a bad moment."""
    today = timezone.localdate()
    with gate.opening(visit, Action.WRITE_ENTRY, case) as file:
        for kind, state, *who in now.components:
            facts = {"kind": kind, "state": state, "who": who[0] if who else ""}
            walk.answer_component(file, row_id=_id(file, f"part {kind}"), facts=facts, version=0)
        for number, told in enumerate(now.outside):
            known = {name: value for name, value in told.items() if name != "in"}
            known |= {"until": (today + timedelta(days=told["in"])).isoformat(), "contact": True}
            walk.keep_outside(file, row_id=_id(file, f"outside {number}"), facts=known, version=0)
        introducing.introduce(file, said=["role", "limits", "choices"], language="en")
    if now.wishes:
        with gate.opening(visit, Action.CRISIS, case) as file:
            words: WishesWords = {"helps": now.wishes, "on": today.isoformat()}
            safety.change_wishes(file, words=words, version=0)


def part(visit: Visit, case: Case, told: dict[str, Any], person: Person) -> None:
    """Close a file together, and take it up again for somebody who came back."""
    words = {name: value for name, value in told.items() if name != "back"}
    with gate.opening(visit, Action.CLOSE, case) as file:
        walk.rest_never_came_up(file)
        walk.close(
            file, ending_id=_id(file, "ending"), words=cast("EndingWords", {**words, "follow_ups": True})
        )
    if told.get("back"):
        case.refresh_from_db()
        with gate.opening(visit, Action.START_CASE, case) as file:
            walk.reopen(file, person=person)


def a_night(making: Making, tam: Case) -> None:
    """Amara, at two in the morning."""
    at = timezone.now() - timedelta(hours=9)
    words: NightWords = {
        "kind": "call",
        "minutes": 35,
        "done": "Safe. Wanted company, said so in those words. Capitals that start with M.",
        "morning": "Nothing to do before 4:30.",
    }
    with gate.opening(making.visit("amara"), Action.CRISIS, tam) as file:
        safety.write_night(file, note_id=_id(file, "night"), at=at, words=words)


def away_and_back(making: Making, nola: Case) -> None:
    """Somebody was away for some days, and is back."""
    since = timezone.now() - timedelta(days=40)
    with gate.opening(making.visit("hannah"), Action.CRISIS, nola) as file:
        words: Any = {
            "since": since.isoformat(),
            "where": "The bus to her aunt",
            "wearing": "The pink jacket",
        }
        missing = safety.begin_missing(file, missing_id=_id(file, "away"), words=words)
        safety.told(file, missing=missing, line_id=_id(file, "told"), who="colleague", text="Jo")
        back: Any = {
            "at": (since + timedelta(days=3)).isoformat(),
            "how": "On her own, with a sandwich for each of us",
            "needs": "Sleep. A charger.",
        }
        safety.come_back(file, missing=missing, back=back, version=0)


def works_with_us(making: Making, case: Case) -> None:
    """Somebody whom a colleague knows from before: the file opens only to those who walk along."""
    with gate.opening(making.visit("mateo"), Action.WALL, case) as file:
        works_here(file, person=making.people["walt"][0])


def phrases(making: Making) -> None:
    """What Ines writes again and again."""
    with making.at_work("ines", Action.OWN_ACCOUNT) as entered:
        for name, text in (("bus", "Sent the bus times, signed “the library”."), ("tea", "Tea first. Then:")):
            keep_phrase(entered, phrase_id=uuid5(making.agency.agency.pk, name), name=name, text=text)


def small_fund(making: Making, spikes: Case, robin: Case) -> None:
    """A pot of money, and what it was for."""
    with making.at_work("ruth", Action.KEEP_FUNDS) as entered:
        fund = gifts.start_fund(
            entered,
            fund_id=uuid5(spikes.pk, "fund"),
            team=making.teams["house"],
            words={"name": "Small fund", "currency": "USD", "limit": 10_000},
        )
    with gate.opening(making.visit("amara"), Action.WRITE_ENTRY, spikes) as file:
        day = timezone.localdate().isoformat()
        words: Any = {"what": "Running spikes", "cents": 6_450, "currency": "USD", "day": day}
        words["why"] = "His are two sizes ago."
        gifts.give(file, gift_id=_id(file, "spikes"), fund=fund, words=words)
    with gate.opening(making.visit("ines"), Action.WRITE_ENTRY, robin) as file:
        words = {"what": "Bus card, ten rides", "cents": 2_000, "currency": "USD", "day": day}
        gifts.give(file, gift_id=_id(file, "bus"), fund=fund, words=words)


def _id(file: File, what: str) -> UUID:
    return uuid5(file.thing.pk, f"demo {what}")
