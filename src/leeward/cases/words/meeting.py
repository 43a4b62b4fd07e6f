"""The words of meeting somebody: names for those who gave none, and what is said at a first meeting (practice C2)."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leeward.cases.words.people import BondKind

#: So long two files that became one can be taken apart again.
UNDO_DAYS: Final = 30
#: The tie between people who came together.
TOGETHER: Final = BondKind.TOGETHER.value
#: Neutral names for people who have not said one yet: nobody is a number. Names are not translated.
INVENTED: Final = (
    "Alder", "Amber", "Aspen", "Birch", "Brook", "Canyon", "Cedar", "Clover", "Coral", "Delta", "Dune", "Elm",
    "Ember", "Fern", "Finch", "Fjord", "Glen", "Grove", "Harbor", "Hazel", "Heath", "Heron", "Indigo", "Ivy",
    "Jade", "Juniper", "Kestrel", "Lake", "Larch", "Lark", "Laurel", "Linden", "Maple", "Marsh", "Meadow", "Mesa",
    "Moss", "North", "Oak", "Opal", "Orchid", "Otter", "Pebble", "Pine", "Plum", "Quill", "Rain", "Reed",
    "Ridge", "River", "Robin", "Rowan", "Rye", "Sage", "Shore", "Sky", "Sorrel", "Spruce", "Swift", "Tide",
    "Willow", "Wren", "Yarrow", "Zephyr",
)  # fmt: skip


def invented_names(group: UUID, count: int) -> list[str]:
    """A name for each of several people, the same ones for the same group however often it is asked."""
    drawn = sorted(INVENTED, key=lambda word: uuid5(group, word).int)
    # Translators: the name of somebody who came with others and gave none: "Person 1 of 12 · Willow"
    shape = _("Person %(n)s of %(count)s · %(name)s")
    return [
        shape % {"n": n, "count": count, "name": drawn[(n - 1) % len(drawn)]} for n in range(1, count + 1)
    ]


def together(count: int) -> str:
    """The tie of one who came with others: how many, and never who."""
    return ngettext("%(n)s other person", "%(n)s others", count - 1) % {"n": count - 1}
