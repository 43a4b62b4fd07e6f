"""Verbs about who somebody is: in their own words, as the law knows them, and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions.ages import tell_birth
from leeward.cases.actions.doubles import remember_marks
from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.rows import lock, put_page, put_row, told
from leeward.cases.models import Bond, Glance, Harm, Identity, Profile
from leeward.cases.words.people import OTHER_SIDE, UNSAID, BondKind

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case


def change_profile(file: OpenCase, *, facts: dict[str, Any], version: int) -> Profile:
    """Write down somebody's own words; what matters most now stands on top of their page (C6, F2, F3, H5)."""
    matters = facts.get("matters")
    with transaction.atomic():
        row = put_page(file, Profile, facts=facts, version=version)
        if matters is not None:
            # Every list reads it there, so only words stand there, never that somebody would rather say nothing.
            _say_what_matters(file.thing, "" if matters == UNSAID else matters)
    return row


def _say_what_matters(case: Case, matters: str) -> None:
    glance = Glance.objects.filter(case=case).first()
    known = glance.words if glance else {}
    if known.get("matters", "") == matters:
        return
    glance = glance or Glance(case=case)
    said_on = timezone.localdate().isoformat() if matters else ""
    now = told({**known, "matters": matters, "matters_on": said_on})
    glance.words = now  # type: ignore[assignment]  # the same keys, fewer of them
    glance.save()


def change_identity(file: OpenCase, *, facts: dict[str, Any], version: int) -> Identity:
    """Write down somebody as the law knows them, where a paper needs it."""
    with transaction.atomic():
        held = Identity.objects.filter(case=file.thing).first()
        before = dict(held.words) if held else {}
        row = put_page(file, Identity, facts=facts, version=version)
        remember_marks(file)
        tell_birth(file.thing, row.words, before, file.thing.participant.card)
    return row


def keep_bond(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Bond:
    """Write down somebody who belongs to the participant, or must be kept away, and has no page here."""
    return put_row(file, Bond, row_id=row_id, facts=facts, version=version)


def link(file: OpenCase, other: OpenCase, *, row_id: UUID, kind: str) -> None:
    """Tie two people who both have a page here: a line in each file, and no name of one in the file of the other."""
    if file.thing.pk == other.thing.pk:
        raise CannotDo(_("This is the page of the same person. Choose somebody else."))
    back = OTHER_SIDE.get(BondKind(kind), BondKind(kind)).value if kind else ""
    with transaction.atomic():
        for case in sorted((file.thing, other.thing), key=lambda each: each.pk):
            lock(case)
        if _is_linked(file, other):
            return
        _tie(file.thing, row_id, kind, other.thing.pk)
        _tie(other.thing, back_of(row_id), back, file.thing.pk)


def _is_linked(file: OpenCase, other: OpenCase) -> bool:
    return any(
        bond.about.get("other") == str(other.thing.pk) for bond in Bond.objects.filter(case=file.thing)
    )


def _tie(case: Case, row_id: UUID, kind: str, other: UUID) -> None:
    bond = Bond(pk=row_id, case=case)
    bond.about = told({"kind": kind, "other": str(other), "version": 1})  # type: ignore[assignment]
    bond.save(force_insert=True)


def back_of(row_id: UUID) -> UUID:
    """The number of the same tie in the other file, which nobody can guess who knows neither."""
    return uuid5(row_id, "from the other side")


def untie(file: OpenCase, other: OpenCase | None, *, bond: Bond) -> None:
    """Take a tie out; one between two files out of both."""
    if bond.about.get("other") and other is None:
        raise CannotDo(_("Only somebody who may open both pages can take this link out."))
    with transaction.atomic():
        lock(file.thing)
        Bond.objects.filter(pk=bond.pk, case=file.thing).delete()
        if other:
            _untie_back(file, other)


def _untie_back(file: OpenCase, other: OpenCase) -> None:
    ties = Bond.objects.filter(case=other.thing)
    back = [tie.pk for tie in ties if tie.about.get("other") == str(file.thing.pk)]
    Bond.objects.filter(pk__in=back).delete()


def keep_harm(file: OpenCase, *, row_id: UUID, facts: dict[str, Any], version: int) -> Harm:
    """Write down what was done, told once so that nobody asks again. Its words belong to whoever wrote them."""
    known = Harm.objects.filter(pk=row_id, case=file.thing).first()
    if known and known.author_id != file.visit.actor.id and {"text", "told_on"} & facts.keys():
        raise CannotDo(_("Only the person who wrote this down can change its words."))
    return put_row(file, Harm, row_id=row_id, facts=facts, version=version, author_id=file.visit.actor.id)
