"""What a worker said about themselves at a first meeting (practice C2): once for each new person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from leeward.cases.models import Case, Introduction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from leeward.cases.door import OpenCase
    from leeward.cases.words.people import IntroductionFacts


def introduce(file: OpenCase, *, said: Iterable[str], language: str = "", more: str = "") -> Introduction:
    """Write down what was talked about. What was said before stays; a double click changes nothing."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        row = Introduction.objects.filter(case=file.thing, person=file.visit.actor.id).first()
        known: IntroductionFacts = row.about if row else {}
        about: IntroductionFacts = {
            "said": list(dict.fromkeys([*known.get("said", []), *said])),
            "on": known.get("on") or timezone.localdate().isoformat(),
            "language": language or known.get("language", ""),
            "more": more or known.get("more", ""),
        }
        if row is None:
            return Introduction.objects.create(case=file.thing, person_id=file.visit.actor.id, about=about)
        if about != known:
            row.about = about
            row.save(update_fields=["about"])
    return row
