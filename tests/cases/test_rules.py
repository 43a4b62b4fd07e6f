"""The rule for a row and the rule for a set say the same, for every role, action and tie."""

from itertools import product
from uuid import UUID

import pytest

from leeward.access import policy
from leeward.access.policy import CASE_ACTIONS, Action, Actor, Role
from leeward.cases.models import CareTeamMember, Case
from leeward.vault.scopes import Compartment
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


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


def by_row(cases: list[Case], actor: Actor, action: Action) -> set[UUID]:
    return {case.pk for case in cases if policy.allows(actor, action, case.ties_to(actor))}


def by_set(cases: list[Case], actor: Actor, action: Action, *needing: Compartment) -> set[UUID]:
    opened = Case.objects.open_to(actor, action, frozenset(needing)).values_list("pk", flat=True)
    return set(opened) & {case.pk for case in cases}


@pytest.mark.parametrize("role", Role)
def test_for_every_pair_of_roles_and_every_action(cast: Cast, cases: list[Case], role: Role) -> None:
    for other, action in product(Role, sorted(CASE_ACTIONS)):
        teams = {cast.harbor.pk: frozenset({role}), cast.garden.pk: frozenset({other})}
        actor = Actor(cast.ama.person.pk, frozenset({role, other}), teams)
        assert by_set(cases, actor, action) == by_row(cases, actor, action), (role, other, action)


@pytest.mark.parametrize("role", Role)
def test_for_two_roles_in_one_team(cast: Cast, cases: list[Case], role: Role) -> None:
    for other, action in product(Role, sorted(CASE_ACTIONS)):
        both = frozenset({role, other})
        actor = Actor(cast.ama.person.pk, both, {cast.harbor.pk: both})
        assert by_set(cases, actor, action) == by_row(cases, actor, action), (role, other, action)


@pytest.mark.parametrize("role", Role)
def test_for_every_part_that_a_list_needs(cast: Cast, cases: list[Case], role: Role) -> None:
    actor = Actor(cast.ama.person.pk, frozenset({role}), {cast.harbor.pk: frozenset({role})})
    for action, part in product(sorted(CASE_ACTIONS), Compartment):
        allowed = by_row(cases, actor, action)
        parts = {case.pk for case in cases if part in policy.compartments(action, case.ties_to(actor))}
        assert by_set(cases, actor, action, part) == allowed & parts, (role, action, part)


def test_somebody_of_no_team_sees_nothing_even_of_her_own(cast: Cast, cases: list[Case]) -> None:
    actor = Actor(cast.ama.person.pk, frozenset(Role), {})
    assert not any(by_set(cases, actor, action) for action in CASE_ACTIONS)
    assert not any(by_row(cases, actor, action) for action in CASE_ACTIONS)


def test_who_stepped_back_or_comes_tomorrow_does_not_walk_along(cast: Cast) -> None:
    member = CareTeamMember.objects.create(case=cast.dee, person=cast.ben.person)
    assert cast.dee.is_walked_by(cast.ben.person.pk)
    for change in ({"since": "2999-01-01"}, {"since": "2000-01-01", "until": "2000-01-02"}):
        CareTeamMember.objects.filter(pk=member.pk).update(**change)
        assert not cast.dee.is_walked_by(cast.ben.person.pk)


def test_cases_can_be_asked_for_in_words(cast: Cast) -> None:
    assert list(Case.objects.current().carried_by(cast.ama.person.pk)) == [cast.dee]
    Case.objects.update(is_open=False)
    assert not Case.objects.current().exists()
