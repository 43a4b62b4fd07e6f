"""Notes that may be in the wrong file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from leeward.access.policy import Action
from leeward.cases.actions.misfiled import names_left_in
from leeward.cases.models import Case, Misfiled
from leeward.cases.pages.timeline import lines
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from leeward.access.gate import Visit
    from leeward.cases.door import OpenCase


def waiting_for(visit: Visit) -> QuerySet[Misfiled]:
    """Notes that wait for this person as the second to look: in files of both of which they may move things."""
    able = Case.objects.open_to(visit.actor, Action.MOVE).held_by(visit.holder, Compartment.NOTES)
    both = Misfiled.objects.waiting().filter(entry__case__in=able.values("pk"), case__in=able.values("pk"))
    return both.exclude(asked_by=visit.actor.id).select_related("entry__case", "case", "asked_by")


def one(file: OpenCase, belongs: OpenCase, misfiled: Misfiled) -> dict[str, Any]:
    """The note, where it is and where it may belong."""
    return {
        "misfiled": misfiled,
        "telling": names_left_in(file, belongs, misfiled.entry),
        "line": lines(file, [misfiled.entry])[0],
        "here": file.thing.participant.card["name"],
        "there": belongs.thing.participant.card["name"],
        "asked": misfiled.asked_by_id == file.visit.actor.id,
    }
