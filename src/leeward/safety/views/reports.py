"""A report that the law asks for, and an emergency: never gated, act first, then write it down (M2, M3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from leeward.access.policy import Action
from leeward.cases.door import case_page
from leeward.safety import actions
from leeward.safety.forms.reports import EmergencyForm, LaterForm, ReportForm
from leeward.safety.pages import clocks, reports
from leeward.safety.pages import file as pages
from leeward.safety.pages.ways import calls_of, ways_of
from leeward.staff import rota
from leeward.staff.door import staff_page
from leeward.ui.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.safety.models import Report

_FORMS: Final = {"mandated": ReportForm, "emergency": EmergencyForm}


@staff_page(Action.TODAY, lists=True)
@require_GET
def guide(request: HttpRequest, entered: Entered, case: UUID | None = None) -> HttpResponse:
    """By telephone, now; the steps, the numbers, and what to write down afterwards. Open to everybody who signed in."""
    file, ways = reports.file_for(entered, case), ways_of(entered.visit)
    mine = reports.looks(reports.alone(entered.visit), entered.visit, ways)
    shown = {
        # About one file only that file is opened.
        "waiting": [] if case else clocks.in_files(entered),
        "calls": calls_of(ways),
        "hours": ways.get("report_hours", 0),
        "mine": mine,
        "on_call": rota.on_now(),
    }
    return page(request, "safety/report_guide.html", {**shown, **_about(file, case)})


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, entered: Entered, case: UUID | None = None) -> HttpResponse:
    """Write down a report that was made, or begin before it is: in the file, or without one."""
    return _new(request, entered, case, "mandated")


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def emergency(request: HttpRequest, entered: Entered, case: UUID | None = None) -> HttpResponse:
    """Write down what was shared in an emergency, with whom and why."""
    return _new(request, entered, case, "emergency")


def _new(request: HttpRequest, entered: Entered, case: UUID | None, kind: str) -> HttpResponse:
    file, form = reports.file_for(entered, case), _FORMS[kind](request.POST or None)
    if not form.is_valid():
        ways = ways_of(entered.visit)
        shown = {"form": form, "kind": kind, "hours": ways.get("report_hours", 0), **_about(file, case)}
        return page(request, "safety/report_new.html", shown, status=422 if form.is_bound else 200)
    words = form.words()
    if case and not file:
        words["about"] = str(case)
    written = actions.write_report(entered, report_id=form.cleaned_data["report_id"], words=words, file=file)
    messages.success(request, _("Saved."))
    if written.case_id:
        return redirect("safety:report_see", case=written.case_id, report=written.pk)
    return redirect("safety:report_own", report=written.pk)


def _about(file: OpenCase | None, case: UUID | None) -> dict[str, Any]:
    """Whom a report is about, where their file is open; otherwise that it stands alone."""
    card = file.thing.participant.card if file else None
    return {"case": file.thing if file else None, "card": card, "asked": case}


@staff_page(Action.TODAY, lists=True)
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, entered: Entered, report: UUID) -> HttpResponse:
    """What this person wrote down without a file."""
    found = get_object_or_404(reports.own(entered.visit), pk=report)
    if found.case_id:
        return redirect("safety:report_see", case=found.case_id, report=found.pk)
    form = LaterForm(request.POST or None, held=found.words)
    if form.is_valid():
        _add(entered, found, form)
        messages.success(request, _("Saved."))
        return redirect("safety:report_own", report=found.pk)
    look = reports.looks([found], entered.visit, ways_of(entered.visit))[0]
    shown = {"look": look, "form": form, "place": look.words.get("about", "")}
    return page(request, "safety/report_own.html", shown, status=422 if form.is_bound else 200)


@staff_page(Action.TODAY, lists=True)
@require_POST
def put_in_file(request: HttpRequest, entered: Entered, report: UUID) -> HttpResponse:
    """Put it where it belongs, as soon as the file opens for it."""
    found = get_object_or_404(reports.alone(entered.visit), pk=report)
    file = reports.file_for(entered, found.words.get("about"))
    if file is None:
        messages.warning(
            request,
            _("Their file does not open for reports with your key yet. Yours stays here until it does."),
        )
        return redirect("safety:report_own", report=found.pk)
    actions.put_in_file(file, report=found)
    messages.success(request, _("It is in their file now."))
    return redirect("safety:report_see", case=file.thing.pk, report=found.pk)


@case_page(Action.DUTY)
@require_GET
def of_case(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The reports of a file that this person may see."""
    looks = reports.looks(reports.visible(file), file.visit, ways_of(file.visit))
    return page(request, "safety/reports.html", {**pages.head(file), "looks": looks})


@case_page(Action.DUTY)
@require_http_methods(["GET", "POST"])
def see(request: HttpRequest, file: OpenCase, report: UUID) -> HttpResponse:
    """One report, and what came later."""
    found = reports.visible(file).filter(pk=report).first()
    if found is None:
        raise Http404
    form = LaterForm(request.POST or None, held=found.words)
    if form.is_valid():
        _add(file, found, form)
        messages.success(request, _("Saved."))
        return redirect("safety:report_see", case=file.thing.pk, report=found.pk)
    look = reports.looks([found], file.visit, ways_of(file.visit))[0]
    shown = {**pages.head(file), "look": look, "form": form}
    return page(request, "safety/report_see.html", shown, status=422 if form.is_bound else 200)


def _add(visit: OpenCase | Entered, report: Report, form: LaterForm) -> None:
    line, text = form.cleaned_data["line_id"], form.cleaned_data["text"]
    actions.add_to_report(visit, report=report, words=form.words(), line_id=line, text=text)
