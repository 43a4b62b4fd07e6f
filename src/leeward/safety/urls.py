"""Addresses of safety. They hold random numbers only."""

from django.urls import path

from leeward.safety.views import crisis, file, missing, nights, reports

app_name = "safety"

_CRISIS = "<uuid:case>/crisis/<uuid:crisis>/"
_MISSING = "<uuid:case>/missing/<uuid:missing>/"

urlpatterns = [
    path("", crisis.choose, name="crisis"),
    path("night/", nights.sheet, name="night_sheet"),
    path("night/paper/", nights.paper, name="night_paper"),
    path("reports/", reports.guide, name="report_guide"),
    path("reports/new/", reports.new, name="report_new"),
    path("reports/emergency/", reports.emergency, name="emergency_new"),
    path("reports/<uuid:report>/", reports.own, name="report_own"),
    path("reports/<uuid:report>/file/", reports.put_in_file, name="report_put_in_file"),
    path("<uuid:case>/", file.of_case, name="of_case"),
    path("<uuid:case>/wishes/", file.wishes, name="wishes"),
    path("<uuid:case>/crisis/new/", crisis.new, name="crisis_new"),
    path(_CRISIS, crisis.see, name="crisis_see"),
    path(f"{_CRISIS}undo/", crisis.undo, name="crisis_undo"),
    path(f"{_CRISIS}tick/", crisis.tick, name="crisis_tick"),
    path(f"{_CRISIS}called/", crisis.called, name="crisis_called"),
    path(f"{_CRISIS}wrote/", crisis.wrote, name="crisis_wrote"),
    path(f"{_CRISIS}back/<uuid:line>/", crisis.take_back, name="crisis_take_back"),
    path(f"{_CRISIS}end/", crisis.end, name="crisis_end"),
    path(f"{_CRISIS}again/", crisis.again, name="crisis_again"),
    path("<uuid:case>/night/", nights.write, name="night"),
    path("<uuid:case>/night/<uuid:note>/seen/", nights.seen, name="night_seen"),
    path("<uuid:case>/missing/new/", missing.new, name="missing_new"),
    path(_MISSING, missing.see, name="missing_see"),
    path(f"{_MISSING}told/", missing.told, name="missing_told"),
    path(f"{_MISSING}heard/", missing.heard, name="missing_heard"),
    path(f"{_MISSING}back/", missing.back, name="missing_back"),
    path(f"{_MISSING}again/", missing.again, name="missing_again"),
    path("<uuid:case>/reports/", reports.of_case, name="reports"),
    path("<uuid:case>/reports/guide/", reports.guide, name="report_guide"),
    path("<uuid:case>/reports/new/", reports.new, name="report_new"),
    path("<uuid:case>/reports/emergency/", reports.emergency, name="emergency_new"),
    path("<uuid:case>/reports/<uuid:report>/", reports.see, name="report_see"),
]
