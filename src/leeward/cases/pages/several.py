"""One note for several people: whom to choose from, and what each file would hold."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from leeward.cases.forms.choosing import APART, OUT, OWN_WORDS, SameNoteForm
from leeward.cases.pages import choosing
from leeward.cases.pages.timeline import as_typed
from leeward.cases.words.telling import OwnNote, names_in, of_others, without

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.words import EntryFacts


def form_for(entered: Entered, told: QueryDict, *, asked: bool) -> SameNoteForm:
    """The form with one's own people, those who were looked for, and those who are chosen already."""
    able = choosing.able(entered.visit)
    chosen = [UUID(pk) for pk in told.getlist("people") if pk in able]
    people = choosing.people(entered, told.get("q", "")[:200].strip(), also=chosen)
    typed = {name: told[name] for name in told if name != "people"}
    initial = {"instead": _("they"), **typed, "people": [str(pk) for pk in chosen]}
    form = SameNoteForm(told if asked else None, initial=initial)
    form.offer(people, able)
    names = dict(people)
    form.write_apart(
        [(pk, names[str(pk)], str(told[f"{APART}{pk}"])) for pk in chosen if f"{APART}{pk}" in told]
    )
    return form


def typed_again(files: Sequence[OpenCase], words: Mapping[UUID, OwnNote]) -> QueryDict:
    """What was taken back, as it was typed: once where all files held the same, else in each file's own place."""
    told = QueryDict(mutable=True)
    for file in (each for each in files if each.thing.pk in words):
        note = words[file.thing.pk]
        told.appendlist("people", str(file.thing.pk))
        typed = {**as_typed(file, note.facts), "text": note.text, "hard": note.hard}
        for name, said in typed.items():
            told.setdefault(name, said)
    if len({note.text for note in words.values()}) > 1:
        told.update({f"{APART}{pk}": note.text for pk, note in words.items()})
    return told


def names_of(files: Sequence[OpenCase]) -> dict[UUID, set[str]]:
    """The words that name each of them."""
    return {file.thing.pk: names_in(file.thing.participant.card) for file in files}


def notes(form: SameNoteForm, files: Sequence[OpenCase]) -> dict[UUID, OwnNote]:
    """What each file is to hold: the same, its own words, or the same without the others' names."""
    answers, names = form.answers(), names_of(files)
    when: EntryFacts = {"kind": answers["kind"], "happened_at": answers["happened_at"].isoformat()}
    facts: EntryFacts = {**when, **form.more()}
    found = {}
    for pk in names:
        own = form.cleaned_data.get(f"{APART}{pk}") or answers["text"]
        note = OwnNote(text=own, facts=facts, hard=answers["hard"])
        leave_out = form.data.get("names") == OUT
        found[pk] = note.without(of_others(names, pk), _instead(form)) if leave_out else note
    return found


def _instead(form: SameNoteForm) -> str:
    return form.cleaned_data["instead"] or _("they")


def explain(form: SameNoteForm, files: Sequence[OpenCase], words: dict[UUID, list[str]]) -> None:
    """Say which words would tell in whose file; and if they want to write apart, offer each file's own words."""
    names, called = names_of(files), {file.thing.pk: file.thing.participant.card["name"] for file in files}
    if form.data.get("names") != OWN_WORDS:
        form.telling = [(called[pk], told) for pk, told in words.items()]
        return
    text, instead = form.cleaned_data["text"], _instead(form)
    form.write_apart([(pk, called[pk], without(text, of_others(names, pk), instead)) for pk in called])
