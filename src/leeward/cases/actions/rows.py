"""Writing one row of a file, or changing it: one rule for ways, places, says, decisions, ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.cases.actions.file import CannotDo, ChangedMeanwhile
from leeward.cases.models import Case

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import OfCase
    from leeward.cases.models.people import PageOfCase


def lock(case: Case) -> None:
    """Take the file's row, so that whoever writes here next waits for us."""
    Case.objects.select_for_update().only("pk").get(pk=case.pk)


def told(facts: dict[str, Any]) -> dict[str, Any]:
    """Only what was told: nothing is kept about what was not."""
    return {name: value for name, value in facts.items() if value not in ("", None, False, [])}


def put_row[R: OfCase](
    file: OpenCase, kind: type[R], *, row_id: UUID, facts: dict[str, Any], version: int, **columns: UUID
) -> R:
    """Write a row, or change it unless somebody changed it meanwhile. The same form twice is one row."""
    with transaction.atomic():
        lock(file.thing)
        row: R | None = kind._default_manager.filter(pk=row_id).first()  # noqa: SLF001 - Django's documented way to ask
        if row is None:
            return _new(kind(pk=row_id, case=file.thing, **columns), told(facts))
        if row.case_id != file.thing.pk:
            raise CannotDo(_("This page is too old to be saved. Please open it anew and write it there."))
        return _changed(row, facts, version)


def words_of(row: OfCase) -> str:
    """The name of the field that holds a row's words."""
    return "about" if hasattr(type(row), "about") else "words"


def _new[R: OfCase](row: R, facts: dict[str, Any]) -> R:
    setattr(row, words_of(row), {**facts, "version": 1})
    row.save(force_insert=True)
    return row


def _changed[R: OfCase](row: R, facts: dict[str, Any], version: int) -> R:
    known = getattr(row, words_of(row))
    now = told({**known, **facts})
    if now == known:  # a double click, or nothing that differs
        return row
    if known.get("version", 1) != version:
        raise ChangedMeanwhile("", known.get("version", 1))
    setattr(row, words_of(row), {**now, "version": version + 1})
    row.save(update_fields=[words_of(row)])
    return row


def put_page[P: PageOfCase](file: OpenCase, kind: type[P], *, facts: dict[str, Any], version: int) -> P:
    """Write on a page of which each file has one, inside a transaction, unless somebody changed it meanwhile."""
    lock(file.thing)
    row: P | None = kind._default_manager.filter(case=file.thing).first()  # noqa: SLF001 - Django's documented way
    page = row or kind(case=file.thing, version=0)
    known: dict[str, Any] = getattr(row, "words", {})
    now = told({**known, **facts})
    if now == known:
        return page
    if page.version != version:
        raise ChangedMeanwhile("", page.version)
    setattr(page, "words", now)  # noqa: B010 - each kind of page declares its own words
    page.version = version + 1
    page.save()
    return page
