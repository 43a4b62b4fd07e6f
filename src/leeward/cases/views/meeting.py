"""Pages for meeting somebody: one person, several at once, or in passing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from leeward.access.policy import Action
from leeward.cases import actions
from leeward.cases.actions import CannotDo
from leeward.cases.actions.drafting import put_back
from leeward.cases.actions.meeting import Told, first_note_of, ids_in
from leeward.cases.actions.passing import meet_in_passing
from leeward.cases.forms.meeting import GroupForm, MeetForm, PassingForm
from leeward.cases.pages import meeting as pages
from leeward.cases.pages.file import teams_to_start_in
from leeward.cases.words.meeting import invented_names
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.models import Case
    from leeward.cases.words import Card

_QUESTION = 422


@staff_page(Action.START_CASE, lists=True)
@require_http_methods(["GET", "POST"])
def meet(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Meet somebody new: a name to call them by is enough. First we look whether we know them."""
    visit = entered.visit
    form = MeetForm(
        request.POST or None,
        teams=teams_to_start_in(visit),
        law=pages.may_ask_law(visit),
        initial=pages.note_of_passing(visit, request.GET.get("passing", "")),
    )
    shown: dict[str, Any] = {"form": form, "tabs": pages.ways_to_meet(visit, "cases:meet")}
    if not form.is_valid():
        return page(request, "cases/meet.html", shown, status=_QUESTION if form.is_bound else 200)
    if them := pages.mine_to_write(entered, request.POST.get("them", "")):
        return _this_is_them(entered, them, form)
    if begun := pages.begun(entered, _case_of(form)):
        return _this_is_them(entered, begun, form, again=True)
    if not form.is_sure():
        shown["known"] = pages.known(entered, form.names(), form.cleaned_data["number"])
    return _question(request, "cases/meet.html", shown) or _met(request, entered, form, shown)


def _question(request: HttpRequest, name: str, shown: dict[str, Any]) -> HttpResponse | None:
    """Ask whether somebody is known already, if they may be."""
    return page(request, name, shown, status=_QUESTION) if shown.get("known") else None


def _met(request: HttpRequest, entered: Entered, form: MeetForm, shown: dict[str, Any]) -> HttpResponse:
    try:
        met = actions.meet(entered, team=form.cleaned_data["team"], told=_told(form), case_id=_case_of(form))
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "cases/meet.html", shown, status=_QUESTION)
    if met.asked:
        messages.info(
            request, _("We will check whether a colleague knows them already, and a colleague tells you.")
        )
    return redirect("desk:person", case=met.case.pk)


def _this_is_them(entered: Entered, them: Case, form: MeetForm, *, again: bool = False) -> HttpResponse:
    """Somebody we know: what was typed waits on their page as a draft.

    The second of two clicks finds its note there; one that was typed on meanwhile is written beside it.
    """
    found = form.cleaned_data
    typed = "\n\n".join(filter(None, (found["note"], "" if again else found["number"])))
    if not typed:
        return redirect("desk:person", case=them.pk)
    file = entered.open(them, Action.WRITE_ENTRY)
    if not again:
        put_back(file, {"text": typed, "kind": found["kind"], "entry_id": str(uuid4())})
        return redirect("desk:write", case=them.pk)
    note = {"entry_id": first_note_of(them.pk), "kind": found["kind"], "happened_at": timezone.now()}
    actions.write_entry(file, text=typed, **note)
    return redirect("desk:person", case=them.pk)


def _told(form: MeetForm) -> Told:
    found = form.cleaned_data
    more = {name: found[name] for name in ("legal_name", "born_on") if name in found}
    return Told(
        cast("Card", form.card()), note=found["note"], kind=found["kind"], number=found["number"], **more
    )


def _case_of(form: MeetForm) -> UUID:
    """The same form sent twice is one file; sent again with another name it is somebody else."""
    return uuid5(form.cleaned_data["case_id"], form.cleaned_data["name"])


@staff_page(Action.START_CASE, lists=True)
@require_http_methods(["GET", "POST"])
def meet_group(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Meet several people who came together: a file for each, and one note written once."""
    form = GroupForm(request.POST or None, teams=teams_to_start_in(entered.visit))
    shown: dict[str, Any] = {"form": form, "tabs": pages.ways_to_meet(entered.visit, "cases:meet_group")}
    if not form.is_valid():
        return page(request, "cases/meet_group.html", shown, status=_QUESTION if form.is_bound else 200)
    if not form.is_sure() and not pages.begun(entered, ids_in(_group_of(form), 1)[0]):
        shown["known"] = pages.known(entered, form.names())
    return _question(request, "cases/meet_group.html", shown) or _all_met(request, entered, form, shown)


def _all_met(request: HttpRequest, entered: Entered, form: GroupForm, shown: dict[str, Any]) -> HttpResponse:
    found = form.cleaned_data
    told = [
        Told(
            {"name": name},
            note=found["note"],
            group=found["count"],
            counted_elsewhere=n > 0,
            tie=found["tie"],
        )
        for n, name in enumerate(_names_of_all(form))
    ]
    try:
        met = actions.meet_group(entered, team=found["team"], group_id=_group_of(form), told=told)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "cases/meet_group.html", shown, status=_QUESTION)
    said = ngettext("%(n)s page is open.", "%(n)s pages are open.", len(met)) % {"n": len(met)}
    messages.success(request, said)
    return redirect("desk:people")


def _names_of_all(form: GroupForm) -> list[str]:
    called = form.cleaned_data["called"]
    invented = invented_names(form.cleaned_data["group_id"], form.cleaned_data["count"])
    return [*called, *invented[len(called) :]]


def _group_of(form: GroupForm) -> UUID:
    """The same form sent twice is one group; with other names or another number of people it is another one."""
    return uuid5(form.cleaned_data["group_id"], "\n".join(_names_of_all(form)))


@staff_page(Action.MEET_IN_PASSING)
@require_http_methods(["GET", "POST"])
def passing(request: HttpRequest, entered: Entered) -> HttpResponse:
    """Count a contact with somebody who may never come back, and see the latest."""
    visit = entered.visit
    form = PassingForm(request.POST or None, teams=pages.teams_to_meet_in(visit))
    status = 200
    if form.is_valid():
        try:
            return _counted(request, entered, form)
        except CannotDo as why:
            form.add_error(None, str(why))
    if form.is_bound:
        status = _QUESTION
    shown = {"form": form, "tabs": pages.ways_to_meet(visit, "cases:passing"), **pages.passings(visit)}
    return page(request, "cases/passing.html", shown, status=status)


def _counted(request: HttpRequest, entered: Entered, form: PassingForm) -> HttpResponse:
    found = form.cleaned_data
    words: Any = {name: found[name] for name in ("where", "gave", "text", "minutes")}
    words |= {"people": found["people"] or 1, "at": found["at"].isoformat()}
    meet_in_passing(entered, team=found["team"], passing_id=found["passing_id"], words=words)
    messages.success(request, _("Counted."))
    return redirect("cases:passing")
