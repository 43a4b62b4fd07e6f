"""A note in the wrong file: one person says where it belongs, a second one moves it, and it moves wholly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.actions import counting, remembering
from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.moving import reseal
from leeward.cases.models import Amendment, Case, Entry, Misfiled
from leeward.cases.models.moving import rows_of_files, sealed_in
from leeward.cases.words.card import added
from leeward.cases.words.entry import promise_of
from leeward.cases.words.telling import OwnNote, names_in, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from leeward.cases.door import OpenCase


def say_misfiled(file: OpenCase, *, entry: Entry, belongs: OpenCase) -> Misfiled:
    """Say that a note belongs in another file. Nothing moves until a second person has looked. Twice is once."""
    me = file.visit.actor.id
    ties = file.thing.ties_to(file.visit.actor)
    if entry.author_id != me and not policy.allows(file.visit.actor, Action.MOVE, ties):
        raise CannotDo(_("Whoever wrote a note, or carries this file, can say that it belongs in another."))
    if belongs.thing.pk == file.thing.pk:
        raise CannotDo(_("The note is in this file already. Please choose another."))
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        said = Misfiled.objects.waiting().filter(entry=entry).first()
        if said is None:
            return Misfiled.objects.create(entry=entry, case=belongs.thing, asked_by_id=me)
        if said.case_id != belongs.thing.pk:
            raise CannotDo(_("This note waits already for somebody to look where it belongs."))
    return said


def leave_it(file: OpenCase, *, misfiled: Misfiled) -> None:
    """It is in the right file after all."""
    found = Misfiled.objects.waiting().filter(pk=misfiled.pk, entry__case=file.thing)
    found.update(answered_by=file.visit.actor.id)


@dataclass
class WouldName(CannotDo):
    """Words of a note that name somebody of the file it is in; nothing was moved."""

    words: list[str]

    def __str__(self) -> str:
        return _(
            "Some words would name somebody in another’s file. Please look at them first; if it is right so, move the "
            "note all the same."
        )


def names_left_in(file: OpenCase, belongs: OpenCase, entry: Entry) -> list[str]:
    """The words of a note, and of all that moves with it, that would name this file's person in the other's file."""
    theirs, others = (names_in(each.thing.participant.card) for each in (file, belongs))
    return telling("\n".join(_said_with(entry, file.thing)), theirs - others)


def _said_with(entry: Entry, source: Case) -> Iterator[str]:
    yield OwnNote(text=entry.text, facts=entry.facts, hard=entry.hard or "").words()
    yield from (added(one.words) for one in Amendment.objects.filter(entry=entry))
    for row, _column in _promised(entry.pk, source):
        yield from (
            str(said) for field in sealed_in(type(row)) for said in _answers(getattr(row, field.attname))
        )


def _answers(words: object) -> Iterable[object]:
    return words.values() if isinstance(words, dict) else [words or ""]


def move_it(file: OpenCase, belongs: OpenCase, *, misfiled: Misfiled, named: bool = False) -> Entry:
    """Move a note with all that hangs on it: the second person's word. Neither file keeps a word of the other's.

    A note that names this file's person moves only if the second person says that this is known (`named`).
    """
    me = file.visit.actor.id
    with transaction.atomic():
        target = _locked(file.thing, belongs.thing)
        current = Misfiled.objects.select_for_update().get(pk=misfiled.pk, case=belongs.thing)
        if current.asked_by_id == me:
            raise CannotDo(_("A second person has to look at this. Please ask a colleague of both teams."))
        if current.answered_by_id is not None:  # the second of two clicks, or a colleague who was quicker
            return Entry.objects.get(pk=current.entry_id)
        entry = Entry.objects.get(pk=current.entry_id, case=file.thing)
        if not named and (words := names_left_in(file, belongs, entry)):
            raise WouldName(words)
        target.last_number += 1
        target.save(update_fields=["last_number"])
        _move(entry, file.thing, target)
        current.answered_by_id, current.moved = me, True
        current.save(update_fields=["answered_by", "moved"])
    return entry


def _locked(one: Case, other: Case) -> Case:
    """Both files' rows, always in the same order, so that two who move notes never wait for each other; the second."""
    rows = Case.objects.select_for_update().only("last_number").filter(pk__in=[one.pk, other.pk])
    return {case.pk: case for case in rows.order_by("pk")}[other.pk]


def _move(entry: Entry, source: Case, target: Case) -> None:
    entry.number = target.last_number
    reseal(entry, target, "number")
    texts = [entry.text]
    for one in Amendment.objects.filter(entry=entry):
        reseal(one, target)
        texts.append(added(one.words))
    for row, column in _promised(entry.pk, source):
        reseal(row, target, column=column)
        texts.append(row.searched.said(row) if hasattr(row, "searched") else "")
    text = " ".join(texts)
    remembering.remember_text(target, text)
    remembering.forget_text(source, text)
    counting.notice_contact(target, entry.facts)
    counting.recount_contact(source)


def _promised(entry: UUID, source: Case) -> list[tuple[Any, str]]:
    """What was promised with the note, in whichever table of a later package it is."""
    tables = [
        table
        for table in rows_of_files()
        if sealed_in(table.model) and isinstance(table.model._meta.pk, models.UUIDField)  # noqa: SLF001 - Django's documented way to ask
    ]
    made = ((table.of(source.pk).filter(pk=promise_of(entry)).first(), table.column) for table in tables)
    return [(row, column) for row, column in made if row is not None]
