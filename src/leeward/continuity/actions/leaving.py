"""Somebody leaves today, or a role ends: everybody they walk with has somebody else before that moment is over (D2)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.policy import Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import CareTeamMember, Case
from leeward.cases.models.walking import CARRYING
from leeward.continuity.actions.passing import look_in, pass_on, pass_promises
from leeward.continuity.interim import StandIns, leaders, stand_ins
from leeward.continuity.models import HandOver
from leeward.continuity.words import INTERIM
from leeward.days.actions import end_feed
from leeward.days.models import Ask, Busy, Due
from leeward.staff import actions as staff
from leeward.staff.models import Absence, Membership, Person, Shift

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from leeward.access.gate import Entered

#: Somebody new is asked how it goes a week after the one before left without a hand-over.
CHECK_AFTER: Final = 7


@dataclass(frozen=True, slots=True)
class Interims:
    """Who walks with whom for now, by file; where nothing is said it is whoever comes first (see `interim`)."""

    chosen: Mapping[UUID, UUID] = field(default_factory=dict)
    #: The files whose card the page holds the key of.
    sealed: Collection[UUID] = ()


def goodbye(entered: Entered, *, person: Person, interims: Interims) -> int:
    """Somebody leaves the agency: first everybody they walk with has somebody else, then access ends. All or nothing.

    Counts the files that passed on.
    """
    with transaction.atomic():
        _lock(entered, person, interims)
        passed = _pass_all(entered, person, Case.objects.filter(primary=person), interims)
        _pass_the_rest(entered, person)
        end_feed(person.pk)
        staff.say_goodbye(entered, person=person)
    return passed


def role_ends(entered: Entered, *, membership: Membership, interims: Interims) -> int:
    """A role ends today. Whoever could not carry files in that team without it passes them on first."""
    person = membership.person
    with transaction.atomic():
        _lock(entered, person, interims)
        passed = _pass_all(entered, person, carried_by(membership), interims)
        if needed_to_carry(membership):
            Case.objects.filter(team=membership.team_id, backup=person).update(backup=None)
        staff.end_membership(entered, membership=membership)
    return passed


def needed_to_carry(membership: Membership) -> bool:
    """Whether this role alone lets somebody carry files in its team."""
    mine = Membership.objects.current().filter(person=membership.person_id, team=membership.team_id)
    others = mine.filter(role__in=CARRYING).exclude(pk=membership.pk)
    return membership.role in CARRYING and not others.exists()


def carried_by(membership: Membership) -> QuerySet[Case]:
    """The files that somebody carries by this role alone."""
    files = Case.objects.filter(primary=membership.person_id, team=membership.team_id)
    return files if needed_to_carry(membership) else files.none()


def _pass_all(entered: Entered, person: Person, files: QuerySet[Case], interims: Interims) -> int:
    """Pass every open file of somebody on; of closed ones, what is still due."""
    cases = list(files.select_for_update(of=("self",)).select_related("primary", "backup").order_by("pk"))
    able = stand_ins(cases, leaving=person.pk, asking=entered.visit.actor.id)
    for case in cases:
        if case.is_open:
            interim = _interim(case, able[case.pk], interims)
            pass_on(case, interim, for_now=True)
            look_in(case, interim, INTERIM, after=CHECK_AFTER, sealed=case.pk in interims.sealed)
        elif later := able[case.pk].first:
            pass_promises(case, person.pk, later)
    return sum(case.is_open for case in cases)


def _lock(entered: Entered, leaving: Person, interims: Interims) -> None:
    """People before files, always: whoever takes somebody over at this moment waits, and then sees who left.

    Everybody of these teams is locked, so that nobody who could step in leaves in the same moment, and nobody's two
    roles end in one.
    """
    named = [leaving.pk, entered.visit.actor.id, *interims.chosen.values()]
    mine = Membership.objects.current().filter(person=leaving, team__isnull=False).values("team")
    carried = Case.objects.current().carried_by(leaving.pk).values("team")
    beside = Membership.objects.current().filter(Q(team__in=mine) | Q(team__in=carried)).values("person")
    found = Person.objects.get_queryset().select_for_update(no_key=True)
    list(found.filter(Q(pk__in=named) | Q(pk__in=beside)).order_by("pk").values_list("pk"))


def _interim(case: Case, able: StandIns, interims: Interims) -> Person:
    chosen = interims.chosen.get(case.pk)
    if chosen is None and able.first is None:
        raise CannotDo(
            _(
                "Nobody else of their team can walk with the people they carry. Bring a colleague into the team and "
                "hand over its key first; then nobody is left alone."
            )
        )
    found = able.first if chosen is None else next((each for each in able.able if each.pk == chosen), None)
    if found is None:
        raise CannotDo(_("Somebody you chose cannot carry files in that team. Please choose again."))
    return found


def _pass_the_rest(entered: Entered, person: Person) -> None:
    """What else hung on somebody who leaves: places beside others, promises, requests, nights on call, cover."""
    _step_back(person)
    HandOver.objects.on_the_way().filter(Q(giver=person) | Q(taker=person)).update(
        state=HandOver.WITHDRAWN, parcel=None
    )
    walks_now = Case.objects.filter(pk=OuterRef("case_id")).values("primary")[:1]
    dues = Due.objects.filter(owner=person, is_open=True, case__isnull=False)
    Busy.objects.filter(due__in=dues).delete()
    dues.update(owner=Subquery(walks_now))
    Ask.objects.filter(owner=person, is_open=True).update(owner=None)
    Absence.objects.filter(cover=person, until__gte=timezone.localdate()).update(cover=None)
    Shift.objects.filter(offered_to=person).update(offered_to=None)
    if leading := _leading(entered, person):
        Shift.objects.filter(person=person, until__gt=timezone.now()).update(person=leading)


def _step_back(person: Person) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Case.objects.filter(backup=person).update(backup=None)
    beside = CareTeamMember.objects.filter(person=person, until=None)
    beside.filter(since__gt=yesterday).delete()
    beside.update(until=yesterday)


def _leading(entered: Entered, person: Person) -> UUID | None:
    """Who answers for what belongs to nobody's file: whoever sees to it now, or somebody who leads a team of theirs."""
    if Role.SUPERVISOR in entered.visit.actor.roles:
        return entered.visit.actor.id
    teams = Membership.objects.current().filter(person=person, team__isnull=False)
    return next(iter(sorted(leaders(list(teams.values_list("team", flat=True))) - {person.pk})), None)
