"""The page "More": doors to everything in a file that has no page of its own above. Only those that open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leeward.access import policy
from leeward.access.marks import Mark, mark_of
from leeward.cases.models import Bond, Decision, Identity, Say
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase

#: Each door: its address, its name, its icon, and what is behind it.
_WHO = (
    ("cases:change_card", _("The card"), "contact-round", _("the name to call them by, pronouns, about how old")),
    ("cases:first_meeting", _("First meeting"), "message-circle", _("who we are, what we can and cannot do")),
    ("cases:wishes", _("Who they want to work with"), "heart-handshake", _("what they wish, and who comes to mind")),
    ("cases:bonds", _("Links"), "link", _("children, kin, those who came together, whom to keep apart")),
    ("cases:says", _("Who decides"), "scale", _("who has a say about what, and who must never be told or asked")),
    ("cases:decisions", _("Decided by others"), "gavel", _("and what they say about it themselves")),
)  # fmt: skip
_APART = (
    ("cases:identity", _("Names and papers"), "id-card", _("as the law knows them; only where a paper needs it")),
    ("cases:history", _("What was done to them"), "book-heart", _("told once, so that nobody asks again")),
    ("gifts:ledger", _("Money and gifts"), "gift", _("what was given, from which fund")),
    ("safety:reports", _("Reports by law"), "phone-outgoing", _("report first, write it down after")),
)  # fmt: skip
_FILE = (
    ("cases:openings", _("Who opened this file"), "eye", _("when, and for what")),
    ("continuity:walls", _("Walls"), "brick-wall", _("who is kept away from this file")),
    ("cases:join", _("The same person twice"), "merge", _("make one file out of two")),
    ("continuity:close", _("Closing, together"), "door-closed", _("planned with them, with the way back in")),
    ("continuity:step_aside", _("Step aside"), "footprints", _("you know them, or would rather not; nobody asks why")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """One door on the page."""

    label: str
    text: str
    icon: str
    url: str


def doors(file: OpenCase, may: dict[str, bool]) -> list[tuple[Any, list[Way]]]:
    """The doors by what they have to do with; a group without any is left out."""
    counted = _counted(file)
    groups = (
        (_("Who they are"), _WHO),
        (_("For those who need to know"), _APART),
        (_("This file"), _FILE),
    )
    shown = []
    for title, places in groups:
        found = (_way(file.thing.pk, place, may, counted) for place in places)
        shown.append((title, [way for way in found if way]))
    return [(title, ways) for title, ways in shown if ways]


def _way(
    case: UUID, place: tuple[str, Any, str, Any], may: dict[str, bool], counted: dict[str, str]
) -> Way | None:
    name, label, icon, text = place
    try:
        url = reverse(name, args=[case])
    except NoReverseMatch:
        return None
    mark = mark_of(resolve(url).func)
    if mark is None or not _opens(mark, may):
        return None
    return Way(str(label), counted.get(name) or str(text), icon, url)


def _opens(mark: Mark, may: dict[str, bool]) -> bool:
    """Whether a door opens to this person: what is never gated does for everybody."""
    return mark.action in policy.EVERYBODY or bool(mark.action and may.get(mark.action.name.lower()))


def _counted(file: OpenCase) -> dict[str, str]:
    """What is behind some doors already, where the part is open here: numbers, no words."""
    found: dict[str, str] = {}
    if Compartment.NOTES in file.compartments:
        found["cases:bonds"] = _links(Bond.objects.filter(case=file.thing).count())
        found["cases:decisions"] = _decided(Decision.objects.filter(case=file.thing).count())
    if Compartment.CONTACT in file.compartments:
        found["cases:says"] = _says(Say.objects.filter(case=file.thing).count())
    if Compartment.IDENTITY in file.compartments:
        found["cases:identity"] = _papers(file)
    return found


def _links(number: int) -> str:
    return ngettext("%(n)d person", "%(n)d people", number) % {"n": number} if number else ""


def _decided(number: int) -> str:
    return ngettext("%(n)d decision", "%(n)d decisions", number) % {"n": number} if number else ""


def _says(number: int) -> str:
    return ngettext("%(n)d line", "%(n)d lines", number) % {"n": number} if number else ""


def _papers(file: OpenCase) -> str:
    row = Identity.objects.filter(case=file.thing).first()
    number = len(row.words.get("papers", [])) if row else 0
    return ngettext("%(n)d paper noted", "%(n)d papers noted", number) % {"n": number} if number else ""
