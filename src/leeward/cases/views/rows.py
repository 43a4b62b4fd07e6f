"""Asking for one thing about somebody: the same few steps for ways, places, says, decisions, ties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.pages import file as pages
from leeward.cases.pages.rows import told_lines
from leeward.ui.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.cases.door import OpenCase
    from leeward.cases.forms.rows import RowForm


class Keep(Protocol):
    """A verb that keeps a row."""

    def __call__(self, file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> object:
        """Keep it."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A page that asks for one thing: where it leads back to, the verb that keeps it, and what else stands on it.

    `saved` reads the answers that somebody else saved meanwhile, ready for the form.
    """

    heading: str
    back: str
    keep: Keep
    saved: Callable[[UUID], Mapping[str, Any]]
    icon: str = "check"
    hint: str = ""
    more: dict[str, Any] = field(default_factory=dict)


def ask(request: HttpRequest, file: OpenCase, form: RowForm, asking: Asking) -> HttpResponse:
    """Ask, keep what was answered and go back; or ask again with everything typed still there."""
    shown = {**pages.head(file), "form": form, "asking": asking, **asking.more}
    if not form.is_bound or not form.is_valid():
        return page(request, "cases/ask.html", shown, status=422 if form.is_bound else 200)
    answers = {"row_id": form.cleaned_data["row_id"], "version": form.cleaned_data["version"]}
    try:
        asking.keep(file, facts=form.facts(), **answers)
    except CannotDo as why:
        form.add_error(None, str(why))
        return page(request, "cases/ask.html", shown, status=422)
    except ChangedMeanwhile as other:
        form.again(other.version)
        both = {
            "mine": told_lines(form, form.cleaned_data),
            "theirs": told_lines(form, asking.saved(answers["row_id"])),
        }
        return page(request, "cases/ask.html", {**shown, **both}, status=409)
    messages.success(request, _("Saved."))
    return redirect(asking.back, case=file.thing.pk)
