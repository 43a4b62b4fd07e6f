"""What a joined file said otherwise is taken or left out. Either way undoing the joining still knows what was whose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from leeward.cases.actions.counting import notice_reach
from leeward.cases.actions.doubles import remember_marks
from leeward.cases.actions.joining.pages import ALSO, INSTEAD
from leeward.cases.actions.rows import lock
from leeward.cases.models import Glance, Identity, Profile, Reach
from leeward.cases.words.people import UNSAID

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.models.people import PageOfCase


def settle(file: OpenCase, kind: type[PageOfCase], *, name: str, other: str, take: bool) -> None:
    """Say of an answer that came from a joined file that it is right, or leave it out. Twice is once."""
    with transaction.atomic():
        lock(file.thing)
        said = _settled(file, kind, name, other, take=take)
        if said is not None and kind is Profile and name == "matters":
            _what_matters(file, other, take=take, silent=said == UNSAID)
        if said is not None and kind is Reach and take:
            notice_reach(file)
        if said is not None and kind is Identity:
            remember_marks(file)


def _settled(file: OpenCase, kind: type[PageOfCase], name: str, other: str, *, take: bool) -> Any:  # noqa: ANN401
    """What was said otherwise, if it is not settled yet."""
    row: Any = kind._default_manager.filter(case=file.thing).first()  # noqa: SLF001 - Django's documented way to ask
    words = dict(row.words) if row else {}
    said = words.get(ALSO, {}).get(other, {}).get(name)
    if said is None:
        return None
    left = _without(words.pop(ALSO), other, name)
    words |= {ALSO: left} if left else {}
    _keep(row, _taken(words, other, name, said) if take else words)
    return said


def _what_matters(file: OpenCase, other: str, *, take: bool, silent: bool) -> None:
    """What matters most stands on the glance too, where every list reads it; never that somebody would not say."""
    for name in ("matters", "matters_on"):
        _settled(file, Glance, name, other, take=take and not silent)
    glance = Glance.objects.filter(case=file.thing).first()
    if take and silent and glance:
        _keep(glance, _taken(dict(glance.words), other, "matters", ""))


def _taken(words: dict[str, Any], other: str, name: str, said: Any) -> dict[str, Any]:  # noqa: ANN401
    """The words with one answer taken from the other file, and with what stood there before, for undoing."""
    now = {"was": words.get(name, ""), "is": _together(words.get(name, ""), said)}
    before = words.get(INSTEAD, {})
    return {**words, name: now["is"], INSTEAD: {**before, other: {**before.get(other, {}), name: now}}}


def _keep(row: Any, words: dict[str, Any]) -> None:  # noqa: ANN401 - a page of any kind
    row.words = words
    row.version += 1
    row.save()


def _without(also: dict[str, dict[str, Any]], other: str, name: str) -> dict[str, dict[str, Any]]:
    left = {**also, other: {each: said for each, said in also[other].items() if each != name}}
    return {file: told for file, told in left.items() if told}


def _together(mine: Any, said: Any) -> Any:  # noqa: ANN401 - whatever was answered
    """Where several answers stand beside each other anyway, such as papers, none gives way."""
    if isinstance(mine, list) and isinstance(said, list):
        return [*mine, *(each for each in said if each not in mine)]
    return said
