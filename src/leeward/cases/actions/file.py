"""Verbs that write in a participant's file. Each takes the open file: proof that the gate let somebody in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases.models import (
    CareTeamMember,
    Case,
    CaseKey,
    Draft,
    Entry,
    Paper,
    Participant,
    Piece,
    WordSet,
    Wrap,
)
from leeward.cases.models.key import WHOLE, compartment_key, team_wraps
from leeward.cases.words import names_on
from leeward.staff.models import Membership, Person, Team, TeamKey
from leeward.vault import wordset
from leeward.vault.cipher import Key
from leeward.vault.files import FileKey
from leeward.vault.scopes import Compartment, HeldKey, Scope

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.cases.words import Card


class CannotDo(Exception):  # noqa: N818
    """What was asked cannot be done now; the message says why and what to do."""


@dataclass
class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody saved another version while this one was being written; the page shows both side by side."""

    saved: str
    version: int


def start_case(
    entered: Entered, *, team: Team, card: Card, case_id: UUID | None = None, primary: Person | None = None
) -> Case:
    """Open a file for somebody new. Only a name to call them by is needed; whoever starts it walks with them first.

    The same `case_id` twice (a double click) gives the same case.
    """
    case_id = case_id or uuid4()
    if existing := _started(entered, case_id):
        return existing
    team_key, team_secret = _key_of(entered, team)
    key, secret = CaseKey(), Key.fresh()
    parts = ((part, compartment_key(secret, case_id, part)) for part in Compartment)
    new_keys = [HeldKey(Scope.case(case_id, part), key.epoch, inside) for part, inside in parts]
    entered.begin(new_keys, Case.kind, [case_id])
    wraps = list(team_wraps(case_id, key, secret, team_key, team_secret))
    walks = primary.pk if primary else entered.visit.actor.id
    case = Case(id=case_id, team=team, key=key, anchor=wraps[0], primary_id=walks)
    try:
        _save_with_key(case, wraps, card)
    except IntegrityError:  # both clicks at once, and the other one came first
        if existing := _started(entered, case_id):
            return existing
        raise
    return case


def _started(entered: Entered, case_id: UUID) -> Case | None:
    return Case.objects.open_to(entered.visit.actor, entered.action).filter(pk=case_id).first()


def _key_of(entered: Entered, team: Team) -> tuple[TeamKey, Key]:
    """The newest key of a team in which this person may start a file."""
    if not policy.reach(entered.visit.actor.teams.get(team.pk, ()), Action.START_CASE):
        raise CannotDo(_("Only somebody who works with participants in this team can start a file in it."))
    team_key = TeamKey.objects.filter(team=team).latest("epoch")
    team_secret = entered.visit.holder.team_key(team_key.pk, WHOLE)
    if team_secret is None:
        raise CannotDo(
            _("You do not hold this team’s key yet. Ask a colleague of the team to hand it to you.")
        )
    return team_key, team_secret


def _save_with_key(case: Case, wraps: list[Wrap], card: Card) -> None:
    """The case, its key and its first words, all or nothing."""
    with transaction.atomic():
        case.key.save(force_insert=True)
        Wrap.objects.bulk_create(wraps)
        case.save(force_insert=True)
        Participant.objects.create(case=case, card=_complete(card))
        WordSet.objects.create(case=case, words=wordset.pack(_card_words(card)))


def _complete(card: Card) -> Card:
    told: Card = {"since": timezone.localdate().isoformat()}
    told.update({name: value for name, value in card.items() if value})  # type: ignore[typeddict-item]
    return told


def _card_words(card: Card) -> set[str]:
    return wordset.called(names_on(card))


def change_card(file: OpenCase, *, card: Card, version: int) -> Participant:
    """Change what stands on the card, unless somebody changed it meanwhile."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        person = Participant.objects.get(case=file.thing)
        if person.version != version:
            raise ChangedMeanwhile("", person.version)
        person.card = {**card, "since": person.card.get("since", "")}
        person.version += 1
        person.save(update_fields=["card", "version"])
        _remember_words(file.thing, _card_words(card), other_names=True)
    return person


def write_entry(
    file: OpenCase,
    *,
    entry_id: UUID,
    text: str,
    kind: str,
    happened_at: datetime,
    written_at: datetime | None = None,
) -> Entry:
    """Write down what happened. The same `entry_id` twice (a double click, a resent form) is one entry."""
    with transaction.atomic():
        case = Case.objects.select_for_update().only("last_number").get(pk=file.thing.pk)
        entry_id, existing = _where_to(file, entry_id, text)
        if existing:
            return existing
        case.last_number += 1
        case.save(update_fields=["last_number"])
        now = written_at or timezone.now()
        entry = Entry(
            id=entry_id, case=file.thing, number=case.last_number, author_id=file.visit.actor.id, text=text
        )
        entry.facts = {"kind": kind, "happened_at": happened_at.isoformat(), "written_at": now.isoformat()}
        entry.save(force_insert=True)
        _remember_words(file.thing, wordset.words(text))
        Draft.objects.filter(person=file.visit.actor.id, case=file.thing).delete()
    return entry


def _where_to(file: OpenCase, entry_id: UUID, text: str) -> tuple[UUID, Entry | None]:
    """The entry that holds these words already, or an id that is free.

    Words that were typed on after a first save (another window, an answer that got lost) become a note of their own.
    """
    while existing := Entry.objects.filter(pk=entry_id).first():
        if existing.case_id == file.thing.pk and existing.text == text:
            return entry_id, existing
        entry_id = uuid5(entry_id, "more")
    return entry_id, None


def change_entry(
    file: OpenCase, *, entry: Entry, text: str, kind: str, happened_at: datetime, version: int
) -> Entry:
    """Change one's own entry, unless another version was saved meanwhile."""
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=file.thing.pk)
        current = Entry.objects.get(pk=entry.pk, case=file.thing)
        if current.author_id != file.visit.actor.id:
            raise CannotDo(_("Only the person who wrote a note can change it."))
        if current.version != version:
            raise ChangedMeanwhile(current.text, current.version)
        current.text = text
        current.facts = {**current.facts, "kind": kind, "happened_at": happened_at.isoformat()}
        current.version += 1
        current.save(update_fields=["text", "facts", "version"])
        _remember_words(file.thing, wordset.words(text))
    return current


def _remember_words(case: Case, new: set[str], *, other_names: bool = False) -> None:
    """Add words to the file's set; the caller holds the case row, so two writers cannot lose each other's."""
    row = WordSet.objects.get(case=case)
    known = wordset.unpack(row.words)
    if other_names:
        known = wordset.nameless(known)
    if new - known:
        row.words = wordset.pack(known | new)
        row.save(update_fields=["words"])


def keep_draft(visit: Entered | OpenCase, *, case: Case | None, words: dict[str, str], version: int) -> Draft:
    """Keep what is being written, sealed to the writer, unless another window keeps a newer draft."""
    person = visit.visit.actor.id
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(person=person, case=case).first()
        if draft is None:
            _refuse_ghost(words, version)
            return _first_draft(person, case, words)
        if draft.version != version:
            raise ChangedMeanwhile(draft.words.get("text", ""), draft.version)
        draft.words, draft.version = words, draft.version + 1
        draft.save(update_fields=["words", "version"])
    return draft


def _refuse_ghost(words: dict[str, str], version: int) -> None:
    """A draft that arrives after its note was saved must not come back to life."""
    try:
        entry_id = UUID(words.get("entry_id", ""))
    except ValueError:
        return
    if Entry.objects.filter(pk=entry_id).exists():
        raise ChangedMeanwhile("", version)


def _first_draft(person: UUID, case: Case | None, words: dict[str, str]) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(person_id=person, case=case, words=words)
    except IntegrityError:  # another window of the same person was quicker by a moment
        raise ChangedMeanwhile("", 1) from None


def drop_draft(visit: Entered | OpenCase, *, case: Case | None) -> None:
    """Let go of what was being written, because the writer says so."""
    Draft.objects.filter(person=visit.visit.actor.id, case=case).delete()


def add_paper(
    file: OpenCase, *, paper_id: UUID, name: str, kind: str, stream: Iterable[bytes], size: int
) -> Paper:
    """Seal a paper into the file, piece by piece. The same `paper_id` twice is one paper."""
    key = FileKey.fresh()
    with transaction.atomic():
        if existing := Paper.objects.filter(pk=paper_id, case=file.thing).first():
            return existing
        paper = Paper(id=paper_id, case=file.thing, added_by_id=file.visit.actor.id, key=key)
        paper.about = {"name": name, "type": kind, "size": size, "added_at": timezone.now().isoformat()}
        paper.save(force_insert=True)
        for number, sealed in enumerate(key.seal(stream, paper.pk.bytes)):
            Piece.objects.create(paper=paper, number=number, sealed=sealed)
    return paper


def hand_to(file: OpenCase, *, person: Person) -> None:
    """Make a colleague of the same team the primary worker. There is exactly one, before and after."""
    if not Membership.objects.current().filter(team=file.thing.team_id, person=person).exists():
        raise CannotDo(_("Only somebody of this participant’s team can be the primary worker."))
    Case.objects.filter(pk=file.thing.pk).update(primary=person)


def walk_along(file: OpenCase, *, person: Person) -> None:
    """Put a colleague of the same team on the care team."""
    if not Membership.objects.current().filter(team=file.thing.team_id, person=person).exists():
        raise CannotDo(_("Only somebody of this participant’s team can join the care team."))
    CareTeamMember.objects.get_or_create(case=file.thing, person=person, until=None)


def step_back(file: OpenCase, *, member: CareTeamMember) -> None:
    """Take a colleague off the care team."""
    CareTeamMember.objects.filter(pk=member.pk, case=file.thing).delete()
