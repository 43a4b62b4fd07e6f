"""From an invitation to the first keys: a link one way, a code another, and a colleague who vouches."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.staff import actions, keys
from leeward.staff.actions import CannotDo, Invitation
from leeward.staff.models import Grant, Invite, Membership, Person
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.postgres


def invited(cast: Cast, email: str = "fay@agency.example", role: Role = Role.CASE_MANAGER) -> Invitation:
    with make.entering(cast.ben, Action.INVITE) as entered:
        return actions.invite(entered, name="Fay", email=email, team=cast.harbor, role=role)


def joined(cast: Cast, passphrase: str = make.PASSPHRASE) -> make.Worker:
    invitation = invited(cast)
    person, pair = actions.join(
        Invite.objects.get(person=invitation.person), passphrase=passphrase, language="es", cost=make.CHEAP
    )
    return make.Worker(person, pair)


class TestInviting:
    def test_link_and_code_are_told_once_and_only_marks_are_kept(self, cast: Cast) -> None:
        invitation = invited(cast)
        kept = Invite.objects.get(link_mark=actions.link_mark(invitation.link))
        told = f"{vars(kept)}"
        assert invitation.link not in told
        assert invitation.code.replace("-", "") not in told

    def test_whoever_was_invited_is_in_the_team_and_opens_nothing(self, cast: Cast) -> None:
        invitation = invited(cast)
        assert Membership.objects.get(person=invitation.person).team == cast.harbor
        assert not Grant.objects.filter(person_key__person=invitation.person).exists()

    def test_capitals_in_an_address_make_no_second_person(self, cast: Cast) -> None:
        invited(cast)
        with pytest.raises(CannotDo, match="already here"):
            invited(cast, "FAY@Agency.example")

    def test_a_refused_invitation_leaves_nothing_behind(self, cast: Cast) -> None:
        before = Person.objects.count()
        with pytest.raises(CannotDo):
            invited(cast, cast.ama.person.email)
        assert Person.objects.count() == before

    def test_a_new_link_ends_the_old_one(self, cast: Cast) -> None:
        first = invited(cast)
        with make.entering(cast.ben, Action.INVITE) as entered:
            second = actions.invite_again(entered, person=first.person)
        assert not Invite.objects.filter(link_mark=actions.link_mark(first.link)).exists()
        assert Invite.objects.filter(link_mark=actions.link_mark(second.link)).exists()

    def test_nobody_who_joined_is_invited_again(self, cast: Cast) -> None:
        with (
            make.entering(cast.ben, Action.INVITE) as entered,
            pytest.raises(CannotDo, match="joined already"),
        ):
            actions.invite_again(entered, person=cast.ama.person)

    def test_a_supervisor_invites_into_her_own_team_only(self, cast: Cast) -> None:
        with make.entering(cast.sue, Action.INVITE) as entered, pytest.raises(CannotDo, match="of that team"):
            actions.invite(entered, name="Fay", email="fay@x.example", team=cast.harbor, role=Role.VOLUNTEER)


class TestTheCode:
    def test_it_may_be_typed_as_people_type(self, cast: Cast) -> None:
        invitation = invited(cast)
        row = Invite.objects.get(person=invitation.person)
        spoken = " ".join(invitation.code.lower())
        assert actions.check_code(row, spoken)
        assert actions.check_code(row, invitation.code)

    def test_after_five_misses_even_the_right_one_is_shut(self, cast: Cast) -> None:
        invitation = invited(cast)
        for _ in range(5):
            assert not actions.check_code(Invite.objects.get(person=invitation.person), "AAAA-AAAA")
        assert not actions.check_code(Invite.objects.get(person=invitation.person), invitation.code)

    def test_misses_are_counted_however_old_the_row_in_hand(self, cast: Cast) -> None:
        invitation = invited(cast)
        in_hand = [Invite.objects.get(person=invitation.person) for _ in range(6)]
        assert not any(actions.check_code(row, "AAAA-AAAA") for row in in_hand[:5])
        assert not actions.check_code(in_hand[5], invitation.code)

    def test_the_right_one_costs_no_try(self, cast: Cast) -> None:
        invitation = invited(cast)
        for _ in range(9):
            assert actions.check_code(Invite.objects.get(person=invitation.person), invitation.code)

    def test_after_three_days_it_is_shut(self, cast: Cast) -> None:
        invitation = invited(cast)
        row = Invite.objects.get(person=invitation.person)
        with time_machine.travel(timezone.now() + timedelta(hours=73)):
            assert not row.is_open()
            assert not actions.check_code(row, invitation.code)

    def test_a_code_of_somebody_else_does_not_fit(self, cast: Cast) -> None:
        mine, theirs = invited(cast), invited(cast, "gil@agency.example")
        assert not actions.check_code(Invite.objects.get(person=mine.person), theirs.code)


class TestJoining:
    def test_the_newcomer_has_keys_of_her_own_and_speaks_her_language(self, cast: Cast) -> None:
        fay = joined(cast)
        pair = keys.open_keys(fay.person, make.PASSPHRASE)
        assert pair is not None
        assert pair.public == fay.pair.public
        assert Person.objects.get(pk=fay.person.pk).language == "es"

    def test_an_invitation_is_used_once(self, cast: Cast) -> None:
        row = Invite.objects.get(person=invited(cast).person)
        actions.join(row, passphrase="one", language="en", cost=make.CHEAP)
        with pytest.raises(CannotDo, match="used already"):
            actions.join(row, passphrase="two", language="en", cost=make.CHEAP)
        assert keys.open_keys(row.person, "one") is not None

    def test_she_waits_for_keys_until_a_colleague_hands_them(self, cast: Cast) -> None:
        fay = joined(cast)
        assert list(Person.objects.waiting_for_keys()) == [fay.person]
        with make.entering(cast.ben, Action.GRANT) as entered:
            assert actions.hand_keys(entered, person=fay.person) == 2
        assert not Person.objects.waiting_for_keys().exists()

    def test_who_has_not_joined_cannot_be_handed_keys(self, cast: Cast) -> None:
        person = invited(cast).person
        with (
            make.entering(cast.ben, Action.GRANT) as entered,
            pytest.raises(CannotDo, match="not joined yet"),
        ):
            actions.hand_keys(entered, person=person)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_one_invitation_at_once_one_joins(cast: Cast) -> None:
    row = Invite.objects.get(person=invited(cast).person)
    together = threading.Barrier(2)

    def take_up(passphrase: str) -> bool:
        together.wait()
        try:
            actions.join(row, passphrase=passphrase, language="en", cost=make.CHEAP)
        except CannotDo:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take_up, ["first", "second"])) == [False, True]
    assert row.person.keys.current().count() == 1
