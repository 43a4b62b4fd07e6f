"""What the places for writing show: what was begun, what was promised, the writer's phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leeward.cases.models import Draft, Entry
from leeward.cases.pages import timeline
from leeward.cases.words import EntryKind
from leeward.cases.words.entry import promise_of
from leeward.desk.forms import WriteForm
from leeward.staff.pages.own import phrases
from leeward.ui import moments

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest, QueryDict

    from leeward.cases.door import OpenCase
    from leeward.cases.pages.timeline import EntryLine
    from leeward.days.models import Due


def form_for(file: OpenCase, data: QueryDict | None = None, kind: str = "") -> WriteForm:
    """Where something is written about somebody, with what was begun there."""
    chosen = {"kind": kind} if kind in EntryKind.values else {}
    initial = {**chosen, **timeline.draft_of(file)}
    return WriteForm(data, initial=initial, phrases=phrases(file.visit))


def same_again(file: OpenCase, request: HttpRequest) -> WriteForm:
    """What was typed so far, with how it was last time; nothing that was told already is written over."""
    typed = {name: said for name, said in request.POST.items() if said}
    last = {name: said for name, said in timeline.last_time(file).items() if said}
    if "minutes" in typed or "minutes_more" in typed:
        last = {name: said for name, said in last.items() if name not in {"minutes", "minutes_more"}}
    kind = {"kind": last["kind"]} if typed.get("kind", EntryKind.OTHER) == EntryKind.OTHER and last else {}
    return WriteForm(initial={**last, **typed, **kind}, phrases=phrases(file.visit))


def with_promises(lines: Iterable[EntryLine], dues: Iterable[Due]) -> None:
    """Under each note what was promised in it and is still open."""
    open_ones = {due.pk: due for due in dues}
    for line in lines if open_ones else ():
        if due := open_ones.get(promise_of(line.entry.pk)):
            line.promise = _promised(due)


def _promised(due: Due) -> str:
    return _("Promise: {text}, {day}").format(
        text=(due.words or {}).get("text", ""), day=moments.day(due.day)
    )


def shown(file: OpenCase, form: WriteForm) -> dict[str, Any]:
    """What the part for writing takes."""
    return {"form": form, "again": file.thing.last_number > 0}


def is_here(file: OpenCase, entry: UUID) -> bool:
    """Whether a note is in this file, or was until I took it back a moment ago: the second of two clicks."""
    mine = Draft.objects.filter(case=file.thing, person=file.visit.actor.id)
    return Entry.objects.filter(pk=entry, case=file.thing).exists() or mine.exists()
