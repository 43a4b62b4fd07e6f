"""What the pages that ask about a person have in common."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.forms import ChoiceField, HiddenInput
from django.utils.translation import gettext as _

from leeward.cases.words.people import UNSAID
from leeward.ui import moments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import Field, Form


def day_of(facts: Mapping[str, Any], name: str) -> date | None:
    """A day that was told."""
    told = facts.get(name, "")
    return date.fromisoformat(told) if told and told != UNSAID else None


def told_lines(form: Form, facts: Mapping[str, Any]) -> str:
    """Answers as lines of text, to stand beside another version of them."""
    lines = [_line(form, name, facts[name]) for name in form.fields if facts.get(name)]
    return "\n".join(line for line in lines if line)


def _line(form: Form, name: str, value: Any) -> str:  # noqa: ANN401 - whatever was answered
    field = form.fields[name]
    if isinstance(field.widget, HiddenInput):
        return ""
    return f"{field.label}: {said_of(field, value)}"


def said_of(field: Field, value: Any) -> str:  # noqa: ANN401
    """An answer as one says it."""
    if value == UNSAID:
        return _("prefers not to say")
    if value is True:
        return _("yes")
    if isinstance(field, ChoiceField):
        return _choices(field, value)
    return str(value)


def _choices(field: ChoiceField, value: Any) -> str:  # noqa: ANN401
    labels = {str(code): str(label) for code, label in field.choices}  # type: ignore[union-attr, misc]
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(code), str(code)) for code in chosen)


def when(day: date | None) -> str:
    """A day as one says it."""
    return moments.day(day)
