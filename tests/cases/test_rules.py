"""The rule for a row and the rule for a set say the same, for every role, action and tie."""

from itertools import product
from uuid import UUID

import pytest
from django.utils import timezone

from leeward.access import policy
from leeward.access.policy import CASE_ACTIONS, Action, Actor, Role, Ties
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.staff.models import Absence, Person
from leeward.vault.scopes import Compartment
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db
#: Every role once on PostgreSQL too; what two roles come to is worked out before any database is asked.
on_both = pytest.mark.postgres


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    """With Ama: her own, one she walks along in, one of her team; and all three again in a team of others."""
    found = []
    for by in (cast.ben, cast.sue):
        own, along, merely = (make.a_case(by=by, name=name) for name in ("own", "along", "merely"))
        Case.objects.filter(pk=own.pk).update(primary=cast.ama.person)
        CareTeamMember.objects.create(case=along, person=cast.ama.person)
        found += [own, along, merely]
    return list(Case.objects.filter(pk__in=[case.pk for case in found]))


def ties_of(cases: list[Case], actor: Actor) -> dict[UUID, Ties]:
    """What binds somebody to each: asked once, as no action changes it."""
    return {case.pk: case.ties_to(actor) for case in cases}


def by_row(ties: dict[UUID, Ties], actor: Actor, action: Action) -> set[UUID]:
    return {case for case, tie in ties.items() if policy.allows(actor, action, tie)}


def by_set(cases: list[Case], actor: Actor, action: Action, *needing: Compartment) -> set[UUID]:
    opened = Case.objects.open_to(actor, action, frozenset(needing)).values_list("pk", flat=True)
    return set(opened) & {case.pk for case in cases}


def differing(cases: list[Case], actor: Actor) -> list[Action]:
    """Actions for which the two rules do not say the same."""
    ties = ties_of(cases, actor)
    return [action for action in CASE_ACTIONS if by_set(cases, actor, action) != by_row(ties, actor, action)]


def and_others(role: Role) -> list[Role]:
    """Those with whom a role is not paired yet. Which comes first makes no difference."""
    return list(Role)[list(Role).index(role) :]


@pytest.mark.parametrize("role", Role)
def test_for_every_pair_of_roles_and_every_action(cast: Cast, cases: list[Case], role: Role) -> None:
    for other in and_others(role):
        teams = {cast.harbor.pk: frozenset({role}), cast.garden.pk: frozenset({other})}
        actor = Actor(cast.ama.person.pk, frozenset({role, other}), teams)
        assert differing(cases, actor) == [], other


@pytest.mark.parametrize("role", Role)
def test_for_two_roles_in_one_team(cast: Cast, cases: list[Case], role: Role) -> None:
    for other in and_others(role):
        both = frozenset({role, other})
        actor = Actor(cast.ama.person.pk, both, {cast.harbor.pk: both})
        assert differing(cases, actor) == [], other


@on_both
@pytest.mark.parametrize("role", Role)
def test_for_every_part_that_a_list_needs(cast: Cast, cases: list[Case], role: Role) -> None:
    actor = Actor(cast.ama.person.pk, frozenset({role}), {cast.harbor.pk: frozenset({role})})
    ties = ties_of(cases, actor)
    for action, part in product(sorted(CASE_ACTIONS), Compartment):
        allowed = by_row(ties, actor, action)
        parts = {case for case, tie in ties.items() if part in policy.compartments(action, tie)}
        assert by_set(cases, actor, action, part) == allowed & parts, (role, action, part)


@pytest.fixture
def walled(cast: Cast, cases: list[Case]) -> list[Case]:
    """The same six, and six more of each kind that a wall, a restriction or a stand-in makes."""
    more = [
        case for by in (cast.ben, cast.sue) for name in "abcdef" for case in [make.a_case(by=by, name=name)]
    ]
    for person, team, restricted, standing, covered, both in (more[:6], more[6:]):
        Wall.objects.create(case=person, person=cast.ama.person)
        Wall.objects.create(case=team, team=cast.garden)
        Case.objects.filter(pk=restricted.pk).update(restricted=True)
        Case.objects.filter(pk=standing.pk).update(backup=cast.ama.person, restricted=True)
        _covered_by_ama(cast, covered)
        Wall.objects.create(case=both, person=cast.ama.person, own=True)
        Case.objects.filter(pk=both.pk).update(primary=cast.ama.person, restricted=True)
    return list(Case.objects.filter(pk__in=[case.pk for case in [*cases, *more]]))


def _covered_by_ama(cast: Cast, case: Case) -> None:
    """Its primary worker is away, and Ama covers."""
    today = timezone.localdate()
    away = Person.objects.create(name="Away", email=f"{case.pk}@agency.example")
    Case.objects.filter(pk=case.pk).update(primary=away, restricted=True)
    Absence.objects.create(person=away, since=today, until=today, cover=cast.ama.person)


@pytest.mark.parametrize("role", Role)
def test_with_walls_restrictions_backup_and_cover(cast: Cast, walled: list[Case], role: Role) -> None:
    in_both = Actor(
        cast.ama.person.pk, frozenset(), dict.fromkeys((cast.harbor.pk, cast.garden.pk), frozenset())
    )
    # What binds her to each is asked once: it hangs on her teams, and not on what she is in them.
    seen = list(Case.objects.as_seen_by(in_both).filter(pk__in=[case.pk for case in walled]))
    for other in and_others(role):
        teams = {cast.harbor.pk: frozenset({role}), cast.garden.pk: frozenset({other})}
        actor = Actor(cast.ama.person.pk, frozenset({role, other}), teams)
        assert differing(seen, actor) == [], other


@on_both
@pytest.mark.parametrize("role", Role)
def test_a_door_that_asks_once_for_all_ties_says_the_same(cast: Cast, walled: list[Case], role: Role) -> None:
    actor = Actor(cast.ama.person.pk, frozenset({role}), {cast.harbor.pk: frozenset({role})})
    seen = {case.pk: case for case in Case.objects.as_seen_by(actor)}
    for case in walled:
        assert seen[case.pk].ties_to(actor) == case.ties_to(actor)


@on_both
def test_no_role_and_no_tie_reaches_past_a_wall(cast: Cast, walled: list[Case]) -> None:
    teams = {cast.harbor.pk: frozenset(Role), cast.garden.pk: frozenset(Role)}
    actor = Actor(cast.ama.person.pk, frozenset(Role), teams)
    shut = {wall.case_id for wall in Wall.objects.all()}
    assert len(shut) == 6
    ties = ties_of(walled, actor)
    for action in CASE_ACTIONS:
        assert not by_set(walled, actor, action) & shut
        assert not by_row(ties, actor, action) & shut


@on_both
def test_a_restricted_file_opens_to_who_walks_along_and_to_supervisors(cast: Cast) -> None:
    Case.objects.filter(pk=cast.dee.pk).update(restricted=True)
    dee = Case.objects.get(pk=cast.dee.pk)
    for role in Role:
        actor = Actor(cast.cyd.person.pk, frozenset({role}), {cast.harbor.pk: frozenset({role})})
        assert bool(by_set([dee], actor, Action.SEE_CASE)) == (role is Role.SUPERVISOR)


@on_both
def test_somebody_of_no_team_sees_nothing_even_of_her_own(cast: Cast, cases: list[Case]) -> None:
    actor = Actor(cast.ama.person.pk, frozenset(Role), {})
    assert not any(by_set(cases, actor, action) for action in CASE_ACTIONS)
    ties = ties_of(cases, actor)
    assert not any(by_row(ties, actor, action) for action in CASE_ACTIONS)


@on_both
def test_who_stepped_back_or_comes_tomorrow_does_not_walk_along(cast: Cast) -> None:
    member = CareTeamMember.objects.create(case=cast.dee, person=cast.ben.person)
    assert cast.dee.is_walked_by(cast.ben.person.pk)
    for change in ({"since": "2999-01-01"}, {"since": "2000-01-01", "until": "2000-01-02"}):
        CareTeamMember.objects.filter(pk=member.pk).update(**change)
        assert not cast.dee.is_walked_by(cast.ben.person.pk)


@on_both
def test_cases_can_be_asked_for_in_words(cast: Cast) -> None:
    assert list(Case.objects.current().carried_by(cast.ama.person.pk)) == [cast.dee]
    Case.objects.update(is_open=False)
    assert not Case.objects.current().exists()
