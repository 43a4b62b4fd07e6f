"""Whom a note names: who lives in the same house is asked about once, who is blocked is pointed out (M10, M1).

Then whoever writes has decided: what happened is told as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.contrib import messages
from django.utils.translation import gettext as _

from leeward.cases import finding
from leeward.cases.pages.minors import names_blocked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django import forms
    from django.http import HttpRequest

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase


class Note(Protocol):
    """A form with words for somebody's file."""

    def every_word(self) -> str:
        """All that somebody who opens the file will read."""


def to_ask_about(request: HttpRequest, entered: Entered, files: Sequence[OpenCase], note: Note) -> list[str]:
    """The names to ask about before this is saved. They stand on the page that asks, and nowhere else."""
    return [] if "go_on" in request.POST else finding.others_named(entered, files, note.every_word())


def point_out(
    request: HttpRequest,
    files: Sequence[OpenCase],
    form: forms.Form,
    names: Sequence[str] = ("who", "interpreter"),
) -> None:
    """Say gently that somebody who is blocked was there, or interpreted. It is saved as it was written."""
    said = [form.cleaned_data.get(name) or "" for name in names]
    if any(names_blocked(file, *said) for file in files):
        messages.warning(
            request,
            _(
                "Somebody stands in it who must never be told or asked. It is saved as you wrote it: please look at "
                "“Who decides”, and at what they may learn from here on."
            ),
        )
