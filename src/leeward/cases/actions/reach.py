"""Verbs about reaching somebody safely (practices G5, M7)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from leeward.cases.actions.counting import notice_reach
from leeward.cases.actions.doubles import remember_marks
from leeward.cases.actions.remembering import remember_words
from leeward.cases.actions.rows import lock, put_page, put_row, told
from leeward.cases.models import Reach, Way, Whereabouts
from leeward.cases.words.people import WayKind
from leeward.vault import wordset
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case

#: Ways whose value is a telephone number.
DIALLED = frozenset({"", WayKind.PHONE.value, WayKind.CALL.value, WayKind.TEXT.value})


def change_reach(file: OpenCase, *, facts: dict[str, Any], version: int) -> Reach:
    """Write down how any contact begins: the code word, what to say to somebody else, whom they want at night."""
    with transaction.atomic():
        page = put_page(file, Reach, facts=facts, version=version)
        if page.version != version:
            notice_reach(file)
    return page


def keep_way(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Way:
    """Write down a way to reach them. A number is found by search from then on, even after it ended."""
    with transaction.atomic():
        row = put_row(file, Way, row_id=row_id, facts=_looked_at(Way, row_id, facts), version=version)
        if row.about["version"] != version:
            notice_reach(file)
        if facts.get("first"):
            _no_other_first(file, row)
        if facts.get("kind", "") in DIALLED:
            remember_words(file.thing, wordset.dialled(facts.get("value", "")))
        remember_marks(file)
    return row


def numbers_in(case: Case) -> set[str]:
    """The telephone numbers in a file, as search finds it by them."""
    return set[str]().union(*map(_dialled, Way.objects.filter(case=case)))


def _dialled(way: Way) -> set[str]:
    with suppress(Unreadable):
        return wordset.dialled(way.about.get("value", "")) if way.about.get("kind", "") in DIALLED else set()
    return set()


def _no_other_first(file: OpenCase, chosen: Way) -> None:
    for way in Way.objects.filter(case=file.thing).exclude(pk=chosen.pk):
        about = way.about
        if about.pop("first", False):
            way.about = {**about, "version": about.get("version", 1) + 1}
            way.save(update_fields=["about"])


def end_way(file: OpenCase, *, way: Way, back: bool = False) -> None:
    """A way that ended is kept and no longer offered, until it works again."""
    with transaction.atomic():
        lock(file.thing)
        about = Way.objects.get(pk=way.pk, case=file.thing).about
        gone = "" if back else timezone.localdate().isoformat()
        now = {**about, "gone": gone, "version": about.get("version", 1) + 1, "first": False}
        way.about = told(now)  # type: ignore[assignment]  # the same keys, fewer of them
        way.save(update_fields=["about"])
        notice_reach(file)
        remember_marks(file)


def still_right(file: OpenCase, *, way: Way) -> None:
    """A way that came from a joined file is one of theirs; it is not marked any more."""
    with transaction.atomic():
        lock(file.thing)
        about = Way.objects.get(pk=way.pk, case=file.thing).about
        if about.get("kept_on"):
            return
        today = timezone.localdate().isoformat()
        way.about = {**about, "kept_on": today, "version": about.get("version", 1) + 1}
        way.save(update_fields=["about"])


def keep_place(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Whereabouts:
    """Write down where they live, sleep or are found: a part of the file of its own."""
    facts = _looked_at(Whereabouts, row_id, facts)
    return put_row(file, Whereabouts, row_id=row_id, facts=facts, version=version)


def _looked_at(kind: type[Way | Whereabouts], row_id: UUID, facts: dict[str, Any]) -> dict[str, Any]:
    """Whoever saves what came from a joined file has looked at it."""
    row = kind._default_manager.filter(pk=row_id).exclude(came_from=None).first()  # noqa: SLF001 - Django's documented way
    if row is None or row.about.get("kept_on"):
        return facts
    return {**facts, "kept_on": timezone.localdate().isoformat()}
