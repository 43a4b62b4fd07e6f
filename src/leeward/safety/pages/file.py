"""What the safety pages of one file show, gathered while it is open."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

from leeward.cases.pages import file as cases
from leeward.cases.pages import reach
from leeward.cases.pages.minors import MINORS, names_blocked
from leeward.safety.models import Crisis, CrisisWishes, Missing
from leeward.safety.pages.clocks import whom_to_tell
from leeward.safety.pages.looks import CrisisLook, MissingLook, WishesLook
from leeward.safety.pages.now import nights_in
from leeward.safety.pages.reports import visible
from leeward.safety.pages.ways import calls_of, clock_of, ways_of
from leeward.safety.words import CALLED, ToTell

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.safety.pages.ways import Clock


def head(file: OpenCase) -> dict[str, Any]:
    """What stands on top, with the tab of safety open."""
    return cases.head(file, "safety:of_case")


def first(file: OpenCase) -> dict[str, Any]:
    """What stands before everything else in a bad moment: their own wishes, then how to reach them safely."""
    return {**head(file), **wishes_of(file), "reach": reach.safely(file)}


def wishes_of(file: OpenCase) -> dict[str, Any]:
    """What was told in calm times; for whom the contact opens too, whether it names somebody never to be told.

    Whoever wrote it may not have known, or that was said later.
    """
    wishes = WishesLook.of(CrisisWishes.objects.filter(case=file.thing).first())
    return {"wishes": wishes, "never_named": bool(wishes and names_blocked(file, *wishes.to_call))}


def of_case(file: OpenCase) -> dict[str, Any]:
    """The tab: wishes, what is open, nights, and what was before."""
    me, case = file.visit.actor.id, file.thing
    crises = [CrisisLook(row, me) for row in Crisis.objects.filter(case=case).select_related("author")]
    away = [MissingLook(row, me) for row in Missing.objects.filter(case=case).select_related("author")]
    crises.sort(key=lambda look: look.crisis.words["began"], reverse=True)
    away.sort(key=lambda look: look.words["since"], reverse=True)
    shown = {**head(file), **wishes_of(file)}
    shown |= {"crises": crises, "away": away, "nights": nights_in([case.pk]), "walks": case.is_walked_by(me)}
    shown["going"] = any(look.is_open for look in crises) or any(look.is_open for look in away)
    if shown["may"]["duty"]:
        shown["reports"] = visible(file).count()
    return shown


def crisis(file: OpenCase, row: Crisis) -> dict[str, Any]:
    """A crisis while it lasts, and afterwards."""
    today = timezone.localdate()
    return {
        **first(file),
        "crisis": CrisisLook(row, file.visit.actor.id),
        "called": CALLED.items(),
        "fresh": uuid.uuid4(),
        "look_in": [today + timedelta(days=1), today + timedelta(days=3)],
    }


class TellLook(NamedTuple):
    """Somebody to be told, and until when, if a clock runs."""

    who: ToTell
    clock: Clock | None
    done: bool


def missing(file: OpenCase, row: Missing) -> dict[str, Any]:
    """An episode while it lasts, and afterwards."""
    look, ways = MissingLook(row, file.visit.actor.id), ways_of(file.visit)
    shown = first(file)
    young = shown["card"].get("age_band", "") in MINORS
    clock = clock_of(look.since, ways) if young else None
    done = look.told_codes()
    tell = [
        TellLook(who, clock if who.clock else None, who.code in done) for who in whom_to_tell(young=young)
    ]
    shown |= {"missing": look, "young": young, "calls": calls_of(ways), "tell": tell}
    return {**shown, "fresh": uuid.uuid4()}
