"""Stopping a name that stands under "never tell, never ask", wherever somebody is asked for (practice M1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.cases.words.minors import is_blocked

if TYPE_CHECKING:
    from collections.abc import Collection


class NamesSomebody(forms.Form):
    """Questions that name somebody who is told, asked or trusted: never whoever is blocked in this file."""

    #: The questions that do.
    naming: tuple[str, ...] = ()

    def __init__(self, *args: Any, blocked: Collection[str] = (), **options: Any) -> None:  # noqa: ANN401
        """Know who is blocked."""
        super().__init__(*args, **options)
        self._blocked = blocked

    def clean(self) -> dict[str, Any]:
        """Stop with a sentence that says what to do; everything typed stays."""
        answers = super().clean() or {}
        self.stops(self._blocked)
        return answers

    def stops(self, blocked: Collection[str]) -> bool:
        """Whether an answer names one of these. Asked by itself where the files are chosen in the form."""
        named = [name for name in self.naming if is_blocked(blocked, self.cleaned_data.get(name) or "")]
        for name in named:
            self.add_error(
                name,
                _(
                    "This names somebody who must never be told or asked. Please choose somebody else; if that "
                    "has changed, put “never tell, never ask” right first, under “Who decides”."
                ),
            )
        return bool(named)
