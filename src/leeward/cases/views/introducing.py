"""The guide for a first meeting (practice C2): on the screen, and on paper in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from leeward.access.policy import Action
from leeward.cases.actions.introducing import introduce
from leeward.cases.door import case_page
from leeward.cases.forms.meeting import IntroductionForm, languages
from leeward.cases.pages import meeting as pages
from leeward.cases.pages.people import learnt_about
from leeward.cases.words.guide import GUIDE
from leeward.ui.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase


@case_page(Action.WRITE_ENTRY)
@require_http_methods(["GET", "POST"])
def first_meeting(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """What to say when we meet somebody: who I am, what I can and cannot do, what I must tell."""
    shown = pages.first_meeting(file)
    form = IntroductionForm(request.POST or None, initial=shown["mine"])
    if form.is_valid():
        introduce(file, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("cases:first_meeting", case=file.thing.pk)
    shown["learnt"] = learnt_about(file)
    shown |= {"form": form, "languages": languages(), "parts": list(zip(GUIDE, form["said"], strict=True))}
    return page(request, "cases/first_meeting.html", shown, status=422 if form.is_bound else 200)


@case_page(Action.SEE_CARD)
@require_GET
def first_meeting_print(request: HttpRequest, file: OpenCase) -> HttpResponse:
    """The same on one sheet in a language of theirs. It names nobody, and says nothing about who we are."""
    asked = request.GET.get("language", "")
    language = asked if asked in dict(languages()) else translation.get_language() or "en"
    shown = {"guide": GUIDE, "ours": pages.our_words(file.visit), "case": file.thing, "language": language}
    return page(request, "cases/first_meeting_print.html", shown)
