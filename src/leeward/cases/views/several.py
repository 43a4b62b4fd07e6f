"""One note for several people."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import WouldTell
from leeward.cases.door import OpenCase
from leeward.cases.models import Case, Entry
from leeward.cases.pages import several as pages
from leeward.cases.pages.choosing import writable
from leeward.cases.pages.naming import point_out, to_ask_about
from leeward.cases.words.entry import A_MOMENT
from leeward.cases.words.telling import OwnNote
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from leeward.access.gate import Entered

#: What keeps the notes: takes the open files, the number of the form, and what each file is to hold.
type Keeping = Callable[[Sequence[OpenCase], UUID, Mapping[UUID, OwnNote]], Sequence[Entry] | None]
#: By what a sign-in remembers its last note for several: which copies there are stands nowhere else.
_LAST: Final = "last_for_several"


@dataclass(frozen=True, kw_only=True)
class Several:
    """Where one note for several is asked for, what stands in it at first, and what keeps it."""

    begins: QueryDict
    url: str
    back: str
    action: Action
    keep: Keeping
    #: Where all copies are taken back at once; what is done beside the notes has no such way back.
    undo: str = ""


@staff_page(Action.WRITE_ENTRY, lists=True)
@require_http_methods(["GET", "POST"])
def same_note(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Write once for siblings, a van, a group. No file ever names another's person."""
    url, back = reverse("cases:same_note"), reverse("desk:people")
    asking = Several(
        begins=request.GET,
        url=url,
        back=back,
        action=Action.WRITE_ENTRY,
        keep=_keep,
        undo=reverse("cases:same_note_undo"),
    )
    return for_several(request, entered, asking)


def _keep(files: Sequence[OpenCase], number: UUID, notes: Mapping[UUID, OwnNote]) -> Sequence[Entry]:
    return actions.write_for_several(files, entry_id=number, notes=notes)


@staff_page(Action.WRITE_ENTRY, lists=True)
@require_POST
def same_note_undo(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Take all copies of the last note for several back; the words stand in the form again."""
    copies = _last(request)
    request.session.pop(_LAST, None)
    able = writable(entered.visit).filter(pk__in=copies).with_people().select_related("team")
    files = [entered.open(case, Action.WRITE_ENTRY) for case in able]
    back = actions.take_back_all([(file, UUID(copies[str(file.thing.pk)])) for file in files])
    shut = len(copies) - len(files)
    if not (back.words or back.stays or shut):
        messages.info(
            request, _("Nothing is left to undo. A note can be undone for ten minutes, by whoever wrote it.")
        )
        return redirect("cases:same_note")
    form = pages.form_for(entered, pages.typed_again(files, back.words), asked=False)
    shown = {
        "form": form,
        "action": reverse("cases:same_note"),
        "back": reverse("desk:people"),
        "undone": len(back.words),
        "stays": [file.thing.participant.card["name"] for file in back.stays],
        "shut": shut,
    }
    return page(request, "cases/same_note.html", shown)


def _remember(request: HttpRequest, entries: Sequence[Entry]) -> None:
    copies = {str(entry.case_id): str(entry.pk) for entry in entries}
    request.session[_LAST] = {"copies": copies, "until": (timezone.now() + A_MOMENT).isoformat()}


def _last(request: HttpRequest) -> dict[str, str]:
    """The copies of the last note for several by file, as long as it can be undone."""
    told = request.session.get(_LAST, {})
    fresh = told and timezone.now() < datetime.fromisoformat(told["until"])
    return dict(told["copies"]) if fresh else {}


def for_several(request: HttpRequest, entered: Entered, asking: Several) -> HttpResponse:
    """Ask for the note, say which words would tell in whose file, and keep it in each."""
    asked = request.method == "POST" and "look" not in request.POST
    form = pages.form_for(entered, request.POST if request.method == "POST" else asking.begins, asked=asked)
    last = len(_last(request)) if asking.undo and request.method == "GET" else 0
    shown = {"form": form, "action": asking.url, "back": asking.back, "last": last}
    if not form.is_valid():
        return page(request, "cases/same_note.html", shown, status=422 if asked else 200)
    found = Case.objects.with_people().select_related("team").filter(pk__in=form.cleaned_data["people"])
    files = [entered.open(case, asking.action) for case in found]
    if names := to_ask_about(request, entered, files, form):
        return page(request, "cases/same_note.html", {**shown, "others_named": names}, status=422)
    try:
        entries = asking.keep(files, form.cleaned_data["entry_id"], pages.notes(form, files))
    except WouldTell as told:
        pages.explain(form, files, told.words)
        return page(request, "cases/same_note.html", shown, status=422)
    said = ngettext("Saved in %(n)d file.", "Saved in %(n)d files, each for itself.", len(files))
    messages.success(request, said % {"n": len(files)}, extra_tags=asking.undo)
    if asking.undo and entries:
        _remember(request, entries)
    point_out(request, files, form)
    return redirect(asking.back)
