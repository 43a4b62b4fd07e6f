"""How somebody is reached safely: gathered once, shown beside every place where contact starts (practices G5, M7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from leeward.cases.models import Case, Reach, Way, Whereabouts
from leeward.cases.pages.minors import Never, nevers, stops
from leeward.cases.pages.rows import day_of
from leeward.cases.words.people import WAY_ICONS, Control, Night, PlaceKind, WayKind
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from datetime import date

    from leeward.cases.door import OpenCase
    from leeward.cases.words.people import ReachWords

_CALLED = frozenset({"", WayKind.PHONE, WayKind.CALL})
_TEXTED = frozenset({"", WayKind.PHONE, WayKind.TEXT})
#: Fewer digits than this are no number that a telephone could call.
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class WayLook:
    """One way to reach somebody, opened once."""

    pk: UUID
    about: dict[str, Any]
    #: From a joined file, and nobody has said yet that it is right.
    came: bool = False

    @property
    def kind(self) -> str:
        """What it is, as a code."""
        return str(self.about.get("kind", ""))

    @property
    def label(self) -> str:
        """What it is, in words."""
        return str(WayKind(self.kind or WayKind.PHONE).label)

    @property
    def icon(self) -> str:
        """Its picture."""
        return WAY_ICONS[WayKind(self.kind or WayKind.PHONE)]

    @property
    def dial(self) -> str:
        """What a telephone dials, or nothing where this is no number."""
        value = str(self.about.get("value", "")).strip()
        digits = "".join(sign for sign in value if sign in "0123456789")
        if len(digits) < _SHORTEST or not self.kind_of_phone:
            return ""
        return ("+" if value.startswith("+") else "") + digits

    @property
    def kind_of_phone(self) -> bool:
        """Whether a telephone reaches them here."""
        return self.kind in _CALLED | _TEXTED

    @property
    def may_call(self) -> bool:
        """Whether they may be called here."""
        return bool(self.dial) and self.kind in _CALLED

    @property
    def may_text(self) -> bool:
        """Whether they may be texted here."""
        return bool(self.dial) and self.kind in _TEXTED

    @property
    def message(self) -> str:
        """Whether a message may be left, as a code; "only" where one sentence may."""
        told = self.about.get("message", "")
        return told if told in {"", "yes", "no"} else "only"

    @property
    def unsure(self) -> str:
        """Who else may be typing, in words; nothing where only they do, or nobody asked."""
        control = self.about.get("control", "")
        return str(Control(control).label) if control in {Control.UNSURE, Control.OTHER} else ""

    @property
    def checked_on(self) -> date | None:
        """When it was last checked with them."""
        return day_of(self.about, "checked_on")

    @property
    def gone(self) -> date | None:
        """When it ended."""
        return day_of(self.about, "gone")


@dataclass(frozen=True, slots=True)
class PlaceLook:
    """Where somebody lives, sleeps or is found."""

    pk: UUID
    about: dict[str, Any]
    #: From a joined file, and nobody has looked at it yet.
    came: bool = False

    @property
    def label(self) -> str:
        """What the place is to them."""
        kind = self.about.get("kind", "")
        return str(PlaceKind(kind).label) if kind else ""

    @property
    def since(self) -> date | None:
        """From when on."""
        return day_of(self.about, "since")

    @property
    def gone(self) -> date | None:
        """Until when."""
        return day_of(self.about, "gone")


@dataclass(frozen=True, slots=True)
class ReachLook:
    """All that somebody needs to know before contact starts."""

    case: Case
    name: str
    about: ReachWords
    version: int
    ways: list[WayLook] = field(default_factory=list)
    ended: list[WayLook] = field(default_factory=list)
    nevers: list[Never] = field(default_factory=list)

    @property
    def first(self) -> WayLook | None:
        """The way to try first."""
        return self.ways[0] if self.ways else None

    @property
    def say(self) -> str:
        """What to say if somebody else picks up: what goes for the first way goes before what goes everywhere."""
        own = self.first.about.get("say_if_other", "") if self.first else ""
        return own or self.about.get("say_if_other", "")

    @property
    def night(self) -> str:
        """Whom they want at night, in words."""
        wish = self.about.get("night", "")
        return str(Night(wish).label) if wish else ""

    @property
    def stops(self) -> list[tuple[str, list[str]]]:
        """Who must never be told, or asked, or both: each once."""
        return stops(self.nevers)

    @property
    def told(self) -> bool:
        """Whether anything at all is known."""
        return bool(self.about or self.ways or self.nevers)


def safely(file: OpenCase | Case, compartments: frozenset[Compartment] | None = None) -> ReachLook | None:
    """How to reach somebody safely; None where their ways stay shut to whoever asks.

    Takes an open file, or a case of a list together with the compartments whose keys were put on the ring.
    """
    case = file if isinstance(file, Case) else file.thing
    if compartments is None and not isinstance(file, Case):
        compartments = file.compartments
    if compartments is not None and Compartment.CONTACT not in compartments:
        return None
    row = Reach.objects.filter(case=case).first()
    ways = sorted((WayLook(*_opened(way)) for way in Way.objects.filter(case=case)), key=_order)
    return ReachLook(
        case=case,
        name=case.participant.card.get("name", ""),
        about=row.words if row else {},
        version=row.version if row else 0,
        ways=[way for way in ways if not way.gone],
        ended=[way for way in ways if way.gone],
        nevers=nevers(case),
    )


def _order(way: WayLook) -> tuple[bool, bool, bool, str]:
    """The way to try first, then telephones, then the others; what came from a joined file after what stood here."""
    return way.came, not way.about.get("first"), not way.kind_of_phone, str(way.pk)


def _opened(row: Way | Whereabouts) -> tuple[UUID, dict[str, Any], bool]:
    about = dict(row.about)
    return row.pk, about, row.came_from is not None and not about.get("kept_on")


def places(file: OpenCase) -> list[PlaceLook] | None:
    """Where they live, sleep or are found, those of today first; None where that part stays shut."""
    if Compartment.LOCATION not in file.compartments:
        return None
    found = [PlaceLook(*_opened(row)) for row in Whereabouts.objects.filter(case=file.thing)]
    return sorted(found, key=lambda place: (place.gone is not None, str(place.since or ""), str(place.pk)))
