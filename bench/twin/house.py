"""Taking the seals off the columns, in a process that is asked for nothing else, before any model is read."""

from __future__ import annotations

from typing import Any

from django.db import models

from leeward.vault import fields


class PlainText(models.TextField):  # type: ignore[type-arg]  # no type arguments at run time
    """Words in a plain column. The label and the compartment are taken and not used."""

    def __init__(self, *, label: str = "", compartment: str | None = None, **options: Any) -> None:  # noqa: ANN401, ARG002
        super().__init__(**options)


class PlainJSON[T](models.JSONField):
    """A small record in a plain column."""

    def __init__(self, *, label: str = "", compartment: str | None = None, **options: Any) -> None:  # noqa: ANN401, ARG002
        super().__init__(**options)


def take_seals_off() -> None:
    """Put plain columns in the place of sealed ones; the migrations follow, because they name the same classes."""
    for name, plain in {"SealedText": PlainText, "SealedJSON": PlainJSON}.items():
        setattr(fields, name, plain)
