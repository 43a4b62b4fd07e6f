"""Nobody knows where somebody is: who was told, what was heard, and the welcome when they are back (practice M4)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo
from leeward.days import actions as days
from leeward.safety.actions.crisis import worker_on
from leeward.safety.actions.lines import is_new, line_of, now, wait_for, with_line
from leeward.safety.models import Missing
from leeward.safety.words import BACK, TOLD

if TYPE_CHECKING:
    from datetime import datetime

    from leeward.cases.door import OpenCase
    from leeward.safety.words import BackFacts, MissingWords


def begin_missing(file: OpenCase, *, missing_id: UUID, words: MissingWords) -> Missing:
    """Begin an episode, or go on with the one that is open."""
    with transaction.atomic():
        wait_for(file)
        same = Missing.objects.filter(pk=missing_id, case=file.thing)
        if going := same.first() or Missing.objects.open().filter(case=file.thing).first():
            return going
        taken = Missing.objects.filter(pk=missing_id).exists()
        missing = Missing(id=uuid4() if taken else missing_id, case=file.thing, author_id=file.visit.actor.id)
        missing.words = {**words, "since": now()}
        missing.save(force_insert=True)
        _look_tomorrow(file, "missing_check")
    return missing


def _look_tomorrow(file: OpenCase, code: str) -> None:
    """Somebody who walks with them looks in, the next day."""
    day = timezone.localdate() + timedelta(days=1)
    days.look_in_once(file, owner=worker_on(file.thing, day), day=day, code=code)


def told(
    file: OpenCase, *, missing: Missing, line_id: UUID, who: str, text: str = "", at: datetime | None = None
) -> None:
    """Write down who was told, and when (now, if nothing else is said)."""
    if who not in TOLD:
        raise CannotDo(_("Please choose who was told."))
    with transaction.atomic():
        fresh = _now(file, missing)
        line = line_of(file, line_id, who=who, text=text, at=at)
        _keep(fresh, told=with_line(fresh.words.get("told", []), line))


def heard(file: OpenCase, *, missing: Missing, line_id: UUID, text: str, at: datetime | None = None) -> None:
    """Write down a sign of life: a call, a message, somebody who saw them."""
    with transaction.atomic():
        fresh = _now(file, missing)
        line = line_of(file, line_id, text=text, at=at)
        _keep(fresh, heard=with_line(fresh.words.get("heard", []), line))


def come_back(file: OpenCase, *, missing: Missing, back: BackFacts, version: int) -> None:
    """They are back. What they say can be written now or another day."""
    with transaction.atomic():
        fresh = _now(file, missing)
        held = fresh.words.get("back", {})
        if is_new(held, back, version):
            was_away, fresh.is_open = fresh.is_open, False
            at = back.get("at") or held.get("at") or now()
            _keep(fresh, back={**back, "at": at, "by": str(file.visit.actor.id), "version": version + 1})
            _welcomed(file, was_away=was_away, talked=any(back.get(name) for name in BACK))


def _welcomed(file: OpenCase, *, was_away: bool, talked: bool) -> None:
    """Nobody looks for them any more; the talk about what would have helped waits until there was one."""
    days.looked_into(file, "missing_check", *(("return_talk",) if talked else ()))
    if was_away and not talked:
        _look_tomorrow(file, "return_talk")


def missing_again(file: OpenCase, *, missing: Missing) -> None:
    """They are not back after all."""
    with transaction.atomic():
        fresh = _now(file, missing)
        if Missing.objects.open().filter(case=file.thing).exclude(pk=fresh.pk).exists():
            raise CannotDo(_("There is a newer page for this already. Please go on there."))
        if not fresh.is_open:
            days.looked_into(file, "return_talk")
            _look_tomorrow(file, "missing_check")
        fresh.is_open = True
        _keep(fresh, back={"version": fresh.words.get("back", {}).get("version", 0)})


def _now(file: OpenCase, missing: Missing) -> Missing:
    """The episode as it stands, with nobody else writing in it."""
    wait_for(file)
    return Missing.objects.get(pk=missing.pk, case=file.thing)


def _keep(missing: Missing, **changed: object) -> None:
    missing.words = {**missing.words, **changed}  # type: ignore[typeddict-item]
    missing.save(update_fields=["words", "is_open"])
