"""Time off with cover: it begins and ends by its dates alone, so that nobody is dropped (practice S1)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo
from leeward.cases.models import Case
from leeward.cases.models.walking import carriers_of
from leeward.continuity.looking_after import looks_after
from leeward.staff.models import Absence, Membership, Person, Team
from leeward.staff.pages import team_name

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Entered
    from leeward.access.visit import Visit


class Away(NamedTuple):
    """Days on which somebody is away, and who covers."""

    person: Person
    since: date
    until: date
    cover: Person | None


def go_away(entered: Entered, *, absence_id: UUID, away: Away) -> Absence:
    """Write down days off and who covers. The same `absence_id` twice is one absence."""
    _may_say_for(entered.visit, away.person)
    with transaction.atomic():
        _lock(away)
        if existing := Absence.objects.filter(pk=absence_id).first():
            return existing
        _fits(entered.visit, away)
        return Absence.objects.create(id=absence_id, **away._asdict())


def change_days(entered: Entered, *, absence: Absence, away: Away) -> Absence:
    """Other days, or somebody else who covers."""
    _may_say_for(entered.visit, absence.person)
    with transaction.atomic():
        _lock(away)
        _fits(entered.visit, away, but=absence.pk)
        absence.since, absence.until, absence.cover = away.since, away.until, away.cover
        absence.save(update_fields=["since", "until", "cover"])
    return absence


def come_back(entered: Entered, *, absence: Absence) -> None:
    """Back from today on, or not away after all."""
    _may_say_for(entered.visit, absence.person)
    yesterday = timezone.localdate() - timedelta(days=1)
    if absence.since > yesterday:
        Absence.objects.filter(pk=absence.pk).delete()
    else:
        Absence.objects.filter(pk=absence.pk, until__gt=yesterday).update(until=yesterday)


def _may_say_for(visit: Visit, person: Person) -> None:
    """Everybody says for themselves; a supervisor also for those of a team they look after."""
    if person.pk == visit.actor.id:
        return
    if not Membership.objects.current().filter(person=person, team__in=looks_after(visit)).exists():
        raise CannotDo(_("Only they themselves, or a supervisor of their team, can write this down."))


def _lock(away: Away) -> None:
    people = [away.person.pk, *([away.cover.pk] if away.cover else [])]
    found = Person.objects.get_queryset().select_for_update(no_key=True)
    list(found.filter(pk__in=people).order_by("pk").values_list("pk"))


def _fits(visit: Visit, away: Away, *, but: UUID | None = None) -> None:
    """No two absences on one day, and somebody who covers is there and can open what they cover."""
    same_days = Absence.objects.filter(since__lte=away.until, until__gte=away.since)
    same_days = same_days.exclude(pk=but) if but else same_days
    if same_days.filter(person=away.person).exists():
        raise CannotDo(_("Some of these days are written down already. Change those instead."))
    if away.cover:
        _can_cover(visit, away, away.cover, same_days)


def _can_cover(visit: Visit, away: Away, cover: Person, same_days: QuerySet[Absence]) -> None:
    if cover == away.person:
        raise CannotDo(_("Somebody else has to cover. Please choose a colleague."))
    if not Person.objects.here().filter(pk=cover.pk).exists():
        raise CannotDo(_("%(name)s has left. Please choose somebody else.") % {"name": cover.name})
    if same_days.filter(person=cover).exists():
        raise CannotDo(
            _("%(name)s is away on some of these days. Please choose somebody else.") % {"name": cover.name}
        )
    if lacking := _teams_without(away.person, cover):
        names = ", ".join(team_name(team, visit) for team in lacking)
        raise CannotDo(
            _(
                "%(name)s cannot open everybody’s file yet: they do not carry files in %(teams)s, or hold no key "
                "there. Choose somebody who does, or let the supervisor add them to that team first."
            )
            % {"name": cover.name, "teams": names}
        )


def _teams_without(person: Person, cover: Person) -> list[Team]:
    """The teams in which somebody carries files that this colleague could not open."""
    cases = list(Case.objects.current().carried_by(person.pk))
    able = carriers_of(cases)
    lacking = {case.team_id for case in cases if cover not in able[case.pk]}
    return list(Team.objects.filter(pk__in=lacking))
