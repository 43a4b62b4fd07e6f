"""Meeting somebody: their file begins with its key and their first words, or not at all (practices C2, E5, F3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action
from leeward.cases import doubles
from leeward.cases.actions import counting
from leeward.cases.actions.ages import tell_band, tell_birth
from leeward.cases.actions.doubles import ask_elsewhere, remember, tell_supervisors
from leeward.cases.actions.file import CannotDo
from leeward.cases.hours import after_hours
from leeward.cases.models import Bond, Case, CaseKey, Entry, Identity, Participant, Way, WordSet, Wrap
from leeward.cases.models.key import WHOLE, compartment_key, team_wraps
from leeward.cases.words import EntryKind, names_on
from leeward.cases.words.meeting import TOGETHER, together
from leeward.cases.words.people import WayKind
from leeward.staff.models import TeamKey
from leeward.vault import wordset
from leeward.vault.cipher import Key
from leeward.vault.scopes import Compartment, HeldKey, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from leeward.access.gate import Entered, Visit
    from leeward.cases.words import Card, EntryFacts
    from leeward.cases.words.people import IdentityWords
    from leeward.staff.models import Person, Team


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told us when we met them: a name, and perhaps more. `group` says with how many they came."""

    card: Card
    note: str = ""
    kind: str = EntryKind.OTHER.value
    number: str = ""
    legal_name: str = ""
    born_on: date | None = None
    group: int = 1
    counted_elsewhere: bool = False
    tie: bool = False

    def pairs(self) -> set[str]:
        """Exact facts that were told together."""
        legal = doubles.names_in(self.legal_name)
        names = doubles.names_in(self.card["name"], self.card.get("aliases", ""))
        born = self.born_on.isoformat() if self.born_on else ""
        numbers = doubles.number_pairs([*names, *legal], [doubles.digits(self.number)])
        return numbers | doubles.birth_pairs(legal, born)


class Met(NamedTuple):
    """The file that was begun, or was there from the first of two clicks, and whether colleagues look for a double."""

    case: Case
    asked: bool


class _Beginning(NamedTuple):
    """A file about to begin, with the wraps of its key."""

    case: Case
    wraps: list[Wrap]


def start_case(
    entered: Entered, *, team: Team, card: Card, case_id: UUID | None = None, primary: Person | None = None
) -> Case:
    """Open a file for somebody new. Only a name to call them by is needed; whoever starts it walks with them first.

    The same `case_id` twice (a double click) gives the same case.
    """
    ids = [case_id or uuid4()]
    if existing := _started(entered, ids):
        return existing[0]
    beginnings = _begin(entered, team, ids, primary)
    return _save_all(entered, beginnings, [Told(card)])[0]


def meet(entered: Entered, *, team: Team, told: Told, case_id: UUID) -> Met:
    """Open a file for somebody new, with what they told; a second click gives the same file."""
    if existing := _started(entered, [case_id]):
        return Met(existing[0], asked=False)
    _key_of(entered, team)  # who cannot start a file does not get to ask
    pairs = told.pairs()
    known = ask_elsewhere(entered, pairs)
    beginnings = _begin(entered, team, [case_id])
    return Met(_save_all(entered, beginnings, [told], known)[0], asked=bool(pairs))


def meet_group(entered: Entered, *, team: Team, group_id: UUID, told: Sequence[Told]) -> list[Case]:
    """Open a file for each of several people who came together: all of them, or none.

    Their files know nothing of each other, but for the tie that they came together, if the worker wants it kept.
    """
    ids = ids_in(group_id, len(told))
    return _started(entered, ids) or _save_all(entered, _begin(entered, team, ids), told)


def ids_in(group_id: UUID, count: int) -> list[UUID]:
    """The numbers of the files of a group."""
    return [uuid5(group_id, f"person {number}") for number in range(1, count + 1)]


def _save_all(
    entered: Entered, beginnings: list[_Beginning], told: Sequence[Told], known: Sequence[UUID] = ()
) -> list[Case]:
    """All of it or nothing; supervisors whose files may be of one of them hear of it."""
    try:
        with transaction.atomic():
            _save_each(entered.visit, beginnings, told)
            tell_supervisors(entered, known)
    except IntegrityError:  # both clicks at once, and the other one came first
        if existing := _started(entered, [one.case.pk for one in beginnings]):
            return existing
        raise
    return [one.case for one in beginnings]


def _started(entered: Entered, ids: list[UUID]) -> list[Case]:
    found = Case.objects.open_to(entered.visit.actor, entered.action).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _begin(entered: Entered, team: Team, ids: list[UUID], primary: Person | None = None) -> list[_Beginning]:
    """Make the keys, write the line, and hold them; nothing is saved yet."""
    walks = primary.pk if primary else entered.visit.actor.id
    team_key, team_secret = _key_of(entered, team)
    made, held = [], []
    for case_id in ids:
        key, secret = CaseKey(), Key.fresh()
        parts = ((part, compartment_key(secret, case_id, part)) for part in Compartment)
        held += [HeldKey(Scope.case(case_id, part), key.epoch, inside) for part, inside in parts]
        wraps = list(team_wraps(case_id, key, secret, team_key, team_secret))
        case = Case(id=case_id, team=team, key=key, anchor=wraps[0], primary_id=walks)
        made.append(_Beginning(case, wraps))
    entered.begin(held, Case.kind, ids)
    return made


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


def _save_each(visit: Visit, beginnings: list[_Beginning], told: Sequence[Told]) -> None:
    for beginning, one in zip(beginnings, told, strict=True):
        _save(visit, beginning, one)


def _save(visit: Visit, beginning: _Beginning, told: Told) -> None:
    """The case, its key and its first words; the caller holds the transaction."""
    case, card = beginning.case, told.card
    case.last_number = 1 if told.note else 0
    case.key.save(force_insert=True)
    Wrap.objects.bulk_create(beginning.wraps)
    case.save(force_insert=True)
    Participant.objects.create(case=case, card=_complete(card))
    found = wordset.called(names_on(card)) | wordset.words(told.note)
    WordSet.objects.create(case=case, words=wordset.pack({*found, wordset.WHOLE}))
    if told.note:
        _first_note(visit, case, told)
    tell_band(case, card)
    _first_facts(case, told)
    if told.pairs():
        remember(visit, case, "nlb")


def _complete(card: Card) -> Card:
    told: Card = {"since": timezone.localdate().isoformat()}
    told.update({name: value for name, value in card.items() if value})  # type: ignore[typeddict-item]
    return told


def _first_note(visit: Visit, case: Case, told: Told) -> None:
    now = timezone.now()
    facts: EntryFacts = {
        "kind": told.kind, "happened_at": now.isoformat(), "written_at": now.isoformat(),
        "after_hours": after_hours(visit, now),
    }  # fmt: skip
    if told.group > 1:
        facts |= {"group": told.group, "counted_elsewhere": told.counted_elsewhere}
    entry = Entry(id=first_note_of(case.pk), case=case, number=1, author_id=visit.actor.id, text=told.note)
    entry.facts, entry.tally = facts, counting.tally_of(facts)
    entry.save(force_insert=True)
    counting.notice_contact(case, facts)


def first_note_of(case: UUID) -> UUID:
    """The number of the note that was written at the first meeting."""
    return uuid5(case, "first note")


def _first_facts(case: Case, told: Told) -> None:
    """How to reach them, their name in law, and that they came with others: only what was told."""
    if told.number:
        today = timezone.localdate().isoformat()
        about = {
            "kind": WayKind.PHONE.value,
            "value": told.number,
            "first": True,
            "checked_on": today,
            "version": 1,
        }
        Way.objects.create(case=case, about=about)
    law: IdentityWords = {}
    if told.legal_name:
        law["legal_name"] = told.legal_name
    if told.born_on:
        law["born_on"] = told.born_on.isoformat()
    if law:
        Identity.objects.create(case=case, words=law)
        tell_birth(case, law, {}, told.card)
    if told.tie:
        Bond.objects.create(case=case, about={"kind": TOGETHER, "name": together(told.group), "version": 1})
