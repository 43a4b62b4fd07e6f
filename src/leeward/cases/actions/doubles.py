"""Noticing that somebody may be known twice, across teams that do not see each other's files.

Only two exact facts together are compared (a number with a name, a name in law with a birth date), by marks. Whoever
asks always hears the same sentence, whether somebody was found or not; the supervisor of the file that was there
first hears who asked. Asking is written down, is limited, and costs a new file each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access import trail
from leeward.access.models import Line, Outcome
from leeward.cases import doubles
from leeward.cases.actions.file import CannotDo
from leeward.cases.models import Case, Doubt, Identity, Known, Participant, Way
from leeward.cases.words.people import UNSAID
from leeward.staff.marks import mark_of
from leeward.staff.models import Team
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from uuid import UUID

    from leeward.access.gate import Entered, Visit
    from leeward.cases.door import OpenCase
    from leeward.cases.words.people import IdentityWords

#: So often may one person ask on one day; more would be looking for somebody.
A_DAY: Final = 10
ASKED: Final = "double-asked"
#: Older lines than these are not of today, in any agency that one store serves.
_LINES_OF_A_DAY: Final = 50_000
_CARD, _CONTACT, _IDENTITY = Compartment.CARD, Compartment.CONTACT, Compartment.IDENTITY
#: Kinds of marks by what has to be open to make them anew.
_KINDS: Final = {
    "n": frozenset({_CARD, _CONTACT}),
    "l": frozenset({_CONTACT, _IDENTITY}),
    "b": frozenset({_IDENTITY}),
}


def remember_marks(file: OpenCase) -> None:
    """Make the marks of a file anew after its names, numbers or names in law changed.

    Marks of what stays shut to whoever changed it are kept as they were.
    """
    now = {kind for kind, parts in _KINDS.items() if parts <= file.compartments}
    if now:
        remember(file.visit, file.thing, now)


def remember(visit: Visit, case: Case, kinds: Collection[str]) -> None:
    """Make some kinds of marks of a file anew. What they are made of is open."""
    everyone = Team.objects.filter(everyone=True, pk__in=visit.holder.teams()).first()
    if (
        everyone is None
    ):  # keys of the whole agency are still to be handed over; the next change makes the marks
        return
    with transaction.atomic():
        Case.objects.select_for_update().only("pk").get(pk=case.pk)
        row = Known.objects.filter(case=case).first()
        before = row.marks if row else []
        kept = {mark for mark in before if mark[0] not in kinds}
        marks = sorted(kept | set(_made(visit.agency, _pairs_of(case, kinds))))
        if marks != before:
            Known.objects.update_or_create(case=case, defaults={"everyone": everyone, "marks": marks})


def _everyone(visit: Visit) -> Team | None:
    """The team of everyone, once a colleague has handed over its key; the next change makes the marks then."""
    return Team.objects.filter(everyone=True, pk__in=visit.holder.teams()).first()


def _pairs_of(case: Case, kinds: Collection[str]) -> Iterator[tuple[str, set[str]]]:
    """The exact pairs of each kind that a file holds."""
    law: IdentityWords = {}
    if {"l", "b"} & set(kinds):
        row = Identity.objects.filter(case=case).first()
        told = row.words if row else {}
        law = {name: value for name, value in told.items() if value != UNSAID}  # type: ignore[assignment]
    legal = doubles.names_in(law.get("legal_name", ""), law.get("other_legal_names", ""))
    numbers = _numbers_of(case) if {"n", "l"} & set(kinds) else []
    if "n" in kinds:
        card = Participant.objects.get(case=case).card
        names = doubles.names_in(card["name"], card.get("aliases", ""))
        yield "n", doubles.number_pairs(names, numbers)
    if "l" in kinds:
        yield "l", doubles.number_pairs(legal, numbers)
    if "b" in kinds:
        yield "b", doubles.birth_pairs(legal, law.get("born_on", ""))


def _numbers_of(case: Case) -> list[str]:
    return [doubles.digits(way.about.get("value", "")) for way in Way.objects.filter(case=case)]


def _made(agency: UUID, pairs: Iterable[tuple[str, set[str]]]) -> Iterator[str]:
    for kind, facts in pairs:
        yield from (f"{kind}:{mark_of(agency, fact)}" for fact in facts)


def ask_elsewhere(entered: Entered, pairs: Collection[str]) -> list[UUID]:
    """Files that hold one of these pairs, of whichever team, for their supervisors' eyes; the asking is written down.

    Call it before anything is written, and outside a transaction.
    """
    visit = entered.visit
    if not pairs or _everyone(visit) is None:
        return []
    trail.write(actor=visit.actor.id, action=entered.action, outcome=Outcome.DONE, note=ASKED)
    if _asked_today(visit.actor.id) > A_DAY:
        raise CannotDo(
            _(
                "You asked this many times today, so we do not check again until tomorrow. Save them without the "
                "number and the birth date, and ask your supervisor if somebody may be known already."
            )
        )
    sought = {mark_of(visit.agency, pair) for pair in pairs}
    rows = Known.objects.select_related("case")
    # Every row is opened, whatever the first ones hold: how long it takes says nothing.
    fitting = [row.case for row in rows if sought & {mark.partition(":")[2] for mark in row.marks}]
    return [case.joined_to_id or case.pk for case in fitting]


def _asked_today(person: UUID) -> int:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    newest = trail.head().seq
    lines = Line.objects.filter(seq__gt=newest - _LINES_OF_A_DAY, actor=person, note=ASKED)
    return lines.filter(at__gte=midnight).count()


def tell_supervisors(entered: Entered, cases: Iterable[UUID]) -> None:
    """Leave word for the supervisors of these files that somebody may be known twice; once for each who asks."""
    person = entered.visit.actor.id
    waiting = set(Doubt.objects.waiting().filter(asked_by=person).values_list("case", flat=True))
    new = [case for case in dict.fromkeys(cases) if case not in waiting]
    Doubt.objects.bulk_create(Doubt(case_id=case, asked_by_id=person) for case in new)


def looked_into(entered: Entered, *, doubt: UUID) -> None:
    """A supervisor has looked into it."""
    mine = Case.objects.open_to(entered.visit.actor, entered.action)
    Doubt.objects.filter(pk=doubt, case__in=mine).update(answered=True)
