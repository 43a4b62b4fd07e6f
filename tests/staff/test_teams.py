"""Teams, roles that begin and end, and people who leave."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from leeward.access.gate import Entered, Refused
from leeward.access.policy import Action, Role
from leeward.staff import actions, door, keys, pages
from leeward.staff.actions import CannotDo
from leeward.staff.models import Grant, Membership, Person, PersonKey, Team, TeamKey
from leeward.vault.cipher import KeyPair
from leeward.vault.paper import read_shares
from tests import make
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def scopes_of(worker: Worker, team: Team) -> set[str]:
    held = Grant.objects.filter(person_key__person=worker.person, team_key__team=team)
    return set(held.values_list("scope", flat=True))


@contextmanager
def changing(worker: Worker) -> Iterator[Entered]:
    with make.entering(worker, Action.CHANGE_MEMBERSHIP) as entered:
        yield entered


def role_of(worker: Worker, role: Role) -> Membership:
    return Membership.objects.get(person=worker.person, role=role)


def began_yesterday(worker: Worker) -> None:
    Membership.objects.filter(person=worker.person).update(since=timezone.localdate() - timedelta(days=1))


class TestStartingATeam:
    def test_whoever_starts_it_supervises_it_and_holds_its_key(self, cast: Cast) -> None:
        team = make.a_team("Meadow", by=cast.ben)
        assert cast.ben.visit.actor.teams[team.pk] == {Role.SUPERVISOR}
        assert scopes_of(cast.ben, team) == {keys.WHOLE}

    def test_its_name_is_known_to_its_people_only(self, cast: Cast) -> None:
        with make.entering(cast.sue, Action.TODAY) as entered:
            assert [team.name for team in door.my_teams(entered.visit)] == ["Garden"]
            assert pages.team_name(cast.harbor, entered.visit) == "Team 1"

    def test_the_paper_kit_opens_it_too(self, cast: Cast) -> None:
        kit = paper_kit(cast)
        team_key = TeamKey.objects.get(team=cast.garden)
        whole = cast.sue.visit.holder.team_key(team_key.pk, keys.WHOLE)
        assert whole is not None
        assert keys.recovered(team_key, kit).reveal() == whole.reveal()

    def test_somebody_who_supervises_nobody_starts_none(self, cast: Cast) -> None:
        keeper = cast.somebody(Role.ADMINISTRATOR)
        with changing(keeper) as entered, pytest.raises(CannotDo, match="started by a supervisor"):
            actions.start_team(entered, name="Meadow")


def paper_kit(cast: Cast) -> KeyPair:
    return read_shares(cast.agency.shares[:2])


class TestOneMoreRole:
    def test_its_keys_come_with_it(self, cast: Cast) -> None:
        with changing(cast.sue) as entered:
            actions.add_membership(entered, person=cast.ama.person, team=cast.garden, role=Role.FRONT_DESK)
        assert scopes_of(cast.ama, cast.garden) == {"card"}

    def test_somebody_for_whom_nobody_vouched_still_waits(self, cast: Cast) -> None:
        waiting = make.a_person(Role.VOLUNTEER, cast.harbor)
        with changing(cast.ben) as entered:
            actions.add_membership(entered, person=waiting.person, team=cast.harbor, role=Role.CASE_MANAGER)
        assert list(Person.objects.waiting_for_keys()) == [waiting.person]

    def test_a_supervisor_gives_none_in_another_team(self, cast: Cast) -> None:
        with changing(cast.sue) as entered, pytest.raises(CannotDo, match="supervisor of that team"):
            actions.add_membership(entered, person=cast.cyd.person, team=cast.harbor, role=Role.CASE_MANAGER)

    def test_an_administrator_gives_the_role_but_not_the_key(self, cast: Cast) -> None:
        keeper = cast.somebody(Role.ADMINISTRATOR)
        with changing(keeper) as entered:
            actions.add_membership(entered, person=cast.cyd.person, team=cast.harbor, role=Role.CASE_MANAGER)
        assert scopes_of(cast.cyd, cast.harbor) == set()
        with pytest.raises(Refused) as refused, make.opening(cast.dee, cast.cyd):
            pass
        assert refused.value.held_by == "key"

    def test_a_role_that_has_ended_counts_no_more(self, cast: Cast) -> None:
        began_yesterday(cast.ama)
        Membership.objects.filter(person=cast.ama.person).update(
            until=timezone.localdate() - timedelta(days=1)
        )
        assert cast.ama.visit.actor.roles == frozenset()

    def test_a_role_counts_through_its_last_day(self, cast: Cast) -> None:
        Membership.objects.filter(person=cast.ama.person).update(until=timezone.localdate())
        assert cast.ama.visit.actor.roles == {Role.CASE_MANAGER}

    def test_a_role_that_begins_tomorrow_does_not_count_today(self, cast: Cast) -> None:
        Membership.objects.filter(person=cast.ama.person).update(
            since=timezone.localdate() + timedelta(days=1)
        )
        assert cast.ama.visit.actor.roles == frozenset()


class TestARoleEnds:
    def test_its_keys_are_taken_back_at_once(self, cast: Cast) -> None:
        with changing(cast.ben) as entered:
            actions.end_membership(entered, membership=role_of(cast.ama, Role.CASE_MANAGER))
        assert not Grant.objects.filter(person_key__person=cast.ama.person).exists()
        with pytest.raises(Refused), make.opening(cast.dee, cast.ama):
            pass

    def test_one_that_began_earlier_stays_in_the_books_until_yesterday(self, cast: Cast) -> None:
        began_yesterday(cast.ama)
        with changing(cast.ben) as entered:
            actions.end_membership(entered, membership=role_of(cast.ama, Role.CASE_MANAGER))
        assert role_of(cast.ama, Role.CASE_MANAGER).until == timezone.localdate() - timedelta(days=1)
        assert cast.ama.visit.actor.roles == frozenset()

    def test_what_another_role_needs_stays(self, cast: Cast) -> None:
        with changing(cast.ben) as entered:
            actions.add_membership(entered, person=cast.ama.person, team=cast.harbor, role=Role.ADVOCATE)
            actions.end_membership(entered, membership=role_of(cast.ama, Role.CASE_MANAGER))
        assert scopes_of(cast.ama, cast.harbor) == {keys.WHOLE}

    def test_the_part_that_another_role_needs_takes_the_place_of_the_whole(self, cast: Cast) -> None:
        with changing(cast.ben) as entered:
            actions.add_membership(entered, person=cast.ama.person, team=cast.harbor, role=Role.HOUSE_STAFF)
            actions.end_membership(entered, membership=role_of(cast.ama, Role.CASE_MANAGER))
        assert scopes_of(cast.ama, cast.harbor) == {"card", "duty", "safety"}

    def test_in_another_team_nothing_changes(self, cast: Cast) -> None:
        with changing(cast.sue) as entered:
            actions.add_membership(entered, person=cast.ama.person, team=cast.garden, role=Role.VOLUNTEER)
        with changing(cast.ben) as entered:
            actions.end_membership(entered, membership=role_of(cast.ama, Role.CASE_MANAGER))
        assert scopes_of(cast.ama, cast.garden) == {"card"}

    def test_a_supervisor_ends_none_in_another_team(self, cast: Cast) -> None:
        with changing(cast.sue) as entered, pytest.raises(CannotDo):
            actions.end_membership(entered, membership=role_of(cast.ama, Role.CASE_MANAGER))


class TestSomebodyLeaves:
    def goodbye(self, cast: Cast, worker: Worker) -> None:
        with make.entering(cast.ben, Action.END_MEMBERSHIP) as entered:
            actions.say_goodbye(entered, person=worker.person)

    def test_every_key_goes_at_once(self, cast: Cast) -> None:
        self.goodbye(cast, cast.ama)
        assert not Grant.objects.filter(person_key__person=cast.ama.person).exists()

    def test_her_passphrase_opens_nothing_any_more(self, cast: Cast) -> None:
        self.goodbye(cast, cast.ama)
        assert keys.open_keys(Person.objects.get(pk=cast.ama.person.pk), make.PASSPHRASE) is None

    def test_a_visit_that_had_begun_opens_nothing_more(self, cast: Cast) -> None:
        self.goodbye(cast, cast.ama)
        with pytest.raises(Refused), make.opening(cast.dee, cast.ama):
            pass

    def test_she_holds_no_role_any_more(self, cast: Cast) -> None:
        self.goodbye(cast, cast.ama)
        assert cast.ama.visit.actor.roles == frozenset()
        assert cast.ama.person not in Person.objects.here()

    def test_nobody_ends_their_own_access(self, cast: Cast) -> None:
        with pytest.raises(CannotDo, match="Ask a colleague"):
            self.goodbye(cast, cast.ben)

    def test_a_supervisor_of_another_team_cannot(self, cast: Cast) -> None:
        with pytest.raises(CannotDo):
            self.goodbye(cast, cast.cyd)

    def test_what_she_wrote_stays_with_her_name(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama)
        self.goodbye(cast, cast.ama)
        assert Person.objects.get(pk=cast.ama.person.pk).name == "Ama"


class TestWhoHoldsWhat:
    def state(self, worker: Worker) -> dict[str, int]:
        with make.entering(worker, Action.SEE_KEYS) as entered:
            return {str(each["name"]): each["holders"] for each in pages.key_state(entered.visit)}

    def test_each_team_counts_those_who_hold_its_whole_key(self, cast: Cast) -> None:
        cast.somebody(Role.FRONT_DESK)
        assert self.state(cast.sue) == {"Everyone": 5, "Team 1": 2, "Garden": 2}

    def test_a_team_with_one_holder_is_seen_to_be_thin(self, cast: Cast) -> None:
        make.a_team("Meadow", by=cast.ben)
        assert self.state(cast.ben)["Meadow"] == 1

    def test_keys_that_were_retired_do_not_count(self, cast: Cast) -> None:
        PersonKey.objects.filter(person=cast.cyd.person).update(retired_at=timezone.now())
        assert self.state(cast.sue)["Garden"] == 1

    def test_whoever_waits_for_keys_can_look_at_the_pages_all_the_same(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        with make.entering(waiting, Action.SEE_STAFF) as entered:
            assert pages.colleagues(entered.visit)


def test_one_speaks_ones_own_language(cast: Cast) -> None:
    with make.entering(cast.ama, Action.OWN_ACCOUNT) as entered:
        actions.speak(entered, language="fr")
    assert Person.objects.get(pk=cast.ama.person.pk).language == "fr"
    assert Person.objects.get(pk=cast.ben.person.pk).language == "en"
