"""What somebody should know of a date at a glance, and what is not arranged yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.days.words import Along, Childcare, DueKind, Interpreter, OtherSide, Transport
from leeward.ui import moments

if TYPE_CHECKING:
    from leeward.days.looks.due import DueLook

#: More than a few on one line say nothing any more.
MOST_TAGS: Final = 3
_ARRANGED: Final = frozenset(
    {Interpreter.REMOTE, Interpreter.HERE, Interpreter.NAMELESS, Interpreter.COLLEAGUE}
)


class Tag(NamedTuple):
    """A few words with an icon; the tone says nothing that the words do not."""

    text: str
    icon: str
    tone: str = ""


def tags(look: DueLook) -> list[Tag]:
    """The few things that somebody should know at a glance; its own page tells the rest."""
    told = [*_what(look), *_how(look)][:MOST_TAGS]
    asked = len(look.open_points)
    if asked:
        text = ngettext("%(count)d question open", "%(count)d questions open", asked) % {"count": asked}
        told.append(Tag(text, "circle-dashed", "sun"))
    return told


def _what(look: DueLook) -> list[Tag]:
    told = []
    if look.words.get("other_side") in {OtherSide.YES, OtherSide.MAYBE}:
        told.append(Tag(_("Other side may be there"), "shield", "dusk"))
    if look.due.is_open and look.moved_from:
        text = _("moved from %(day)s") % {"day": moments.day(look.moved_from[-1])}
        told.append(Tag(text, "calendar-sync"))
    if look.slot.get("at_the_door"):
        told.append(Tag(_("Front desk expects them"), "door-open"))
    return told


def _how(look: DueLook) -> list[Tag]:
    told, words = [], look.words
    if words.get("interpreter") in _ARRANGED:
        told.append(Tag(_("Interpreter arranged"), "languages", "moss"))
    elif words.get("interpreter_reason"):
        told.append(Tag(_("Interpreter close to them, with a reason"), "languages", "dusk"))
    if words.get("along") == Along.COLLEAGUE and words.get("accompanied_by"):
        told.append(Tag(words["accompanied_by"], "footprints", "moss"))
    if words.get("transport") in {Transport.RIDE, Transport.TAXI, Transport.BUS}:
        told.append(Tag(str(Transport(words["transport"]).label), "car", "harbour"))
    if words.get("childcare") in {Childcare.ARRANGED, Childcare.ALONG}:
        told.append(Tag(_("Childcare arranged"), "baby", "moss"))
    return told


def open_points(look: DueLook) -> list[str]:
    """What is not arranged yet, as questions. They never stand in the way of saving (practices F5, M7)."""
    if not look.due.is_open or look.kind != DueKind.APPOINTMENT:
        return []
    words, ride = look.words, by_us(look)
    asked = (
        (words.get("along") == Along.OPEN, _("Who goes along?")),
        (words.get("transport") == Transport.OPEN, _("How do they get there?")),
        (words.get("childcare") == Childcare.OPEN, _("Who looks after the children?")),
        (words.get("interpreter") == Interpreter.OPEN, _("Who interprets?")),
        (ride and not words.get("permission"), _("Who allows the ride?")),
        (ride == Transport.RIDE and not words.get("second_adult"), _("Which second adult, or which rule?")),
    )
    return [question for open_yet, question in asked if open_yet]


def by_us(look: DueLook) -> str:
    """How we bring somebody who is not of age, if we do."""
    transport = look.words.get("transport", "")
    return transport if look.is_minor and transport in {Transport.RIDE, Transport.TAXI} else ""
