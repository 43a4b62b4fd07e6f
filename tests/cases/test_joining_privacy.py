"""Two files become one: the stricter privacy wins, everybody walks on, and what cannot be is one sentence."""

from datetime import date

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo
from leeward.cases.models import (
    Case,
    Identity,
    Joining,
    Profile,
    Wall,
)  # fmt: skip
from leeward.staff.models import Person
from leeward.vault.scopes import Compartment
from tests import make
from tests.attack.house import Browser
from tests.cases.joined import (
    everything,
    join,
    two,
    write_page,
)
from tests.cast import Cast
from tests.continuity.conftest import ask, say

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("pages")]


class TestTheStricterPrivacyWins:
    def test_walls_stand_before_both(self, cast: Cast) -> None:
        dee, fay = two(cast)
        cal, dot = (cast.somebody(Role.CASE_MANAGER).person for _ in range(2))
        Wall.objects.create(case=dee, person=cal)
        Wall.objects.create(case=fay, person=dot)
        join(cast, dee, fay)
        for case in (dee, fay):
            assert set(case.walls.values_list("person", flat=True)) == {cal.pk, dot.pk}

    def test_a_restriction_of_either_is_one_of_both(self, cast: Cast) -> None:
        dee, fay = two(cast)
        Case.objects.filter(pk=fay.pk).update(restricted=True)
        join(cast, dee, fay)
        assert set(Case.objects.filter(pk__in=[dee.pk, fay.pk]).values_list("restricted", flat=True)) == {
            True
        }

    def test_who_was_kept_out_of_the_kept_file_does_not_see_what_is_left_of_the_other(
        self, cast: Cast
    ) -> None:
        dee, fay = two(cast)
        cal = cast.somebody(Role.CASE_MANAGER)
        join(cast, dee, fay)
        assert Browser(cal).get(f"/people/{fay.pk}/joined/").status_code == 200
        Wall.objects.create(case=dee, person=cal.person)
        assert Browser(cal).get(f"/people/{fay.pk}/joined/").status_code == 404

    @pytest.mark.parametrize(("mine", "theirs"), [(True, False), (False, True), (False, False)])
    def test_it_is_open_if_one_of_them_was(self, cast: Cast, *, mine: bool, theirs: bool) -> None:
        dee, fay = two(cast)
        Case.objects.filter(pk=dee.pk).update(is_open=mine)
        Case.objects.filter(pk=fay.pk).update(is_open=theirs)
        join(cast, dee, fay)
        dee.refresh_from_db()
        fay.refresh_from_db()
        assert (dee.is_open, fay.is_open, fay.joined_to) == (mine or theirs, False, dee)

    def test_no_part_of_a_file_comes_into_a_part_that_more_people_open(self, cast: Cast) -> None:
        """A peer opens notes and contact of the kept file, and still not the name in law."""
        dee, fay = two(cast)
        write_page(fay, cast.ama, Identity, legal_name="Maria Solis")
        write_page(fay, cast.ama, Profile, culture="Maya")
        row = join(cast, dee, fay)
        peer = cast.somebody(Role.PEER_SUPPORTER)
        Case.objects.filter(pk=dee.pk).update(backup=peer.person)
        with make.opening(dee, peer) as file:
            assert Compartment.IDENTITY not in file.compartments
            said = str(Joining.objects.get(pk=row.pk).before)
        assert "Solis" not in said


class TestWhoWalks:
    def test_the_kept_primary_stays_and_the_other_walks_along(self, cast: Cast) -> None:
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast, by=cal)
        Case.objects.filter(pk=fay.pk).update(backup=cast.ben.person)
        join(cast, dee, fay)
        dee.refresh_from_db()
        assert dee.primary == cast.ama.person
        assert set(dee.care_team.values_list("person", flat=True)) == {cal.person.pk, cast.ben.person.pk}

    def test_nobody_is_on_it_twice(self, cast: Cast) -> None:
        dee, fay = two(cast)
        for case in (dee, fay):
            case.care_team.create(person=cast.ben.person)
        join(cast, dee, fay)
        assert dee.care_team.count() == 1

    def test_whoever_is_kept_out_of_one_of_them_does_not_walk_along(self, cast: Cast) -> None:
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast)
        fay.care_team.create(person=cal.person)
        Wall.objects.create(case=dee, person=cal.person)
        join(cast, dee, fay)
        assert not dee.care_team.exists()

    def test_nor_does_whoever_left(self, cast: Cast) -> None:
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast, by=cal)
        Case.objects.filter(pk=fay.pk).update(is_open=False)
        Person.objects.filter(pk=cal.person.pk).update(left_at=timezone.now())
        join(cast, dee, fay)
        assert not dee.care_team.exists()

    def test_a_record_that_is_held_stays_held(self, cast: Cast) -> None:
        dee, fay = two(cast)
        Case.objects.filter(pk=fay.pk).update(is_open=False, rests=True)
        join(cast, dee, fay)
        dee.refresh_from_db()
        assert (dee.is_open, dee.rests) == (False, True)


class TestWhatCannotBe:
    def refused(self, cast: Cast, kept: Case, other: Case) -> str:
        before = everything()
        with pytest.raises(CannotDo) as why:
            join(cast, kept, other)
        assert everything() == before
        return str(why.value)

    def test_the_same_file(self, cast: Cast) -> None:
        assert "the same file" in self.refused(cast, cast.dee, cast.dee)

    def test_one_that_became_part_of_another(self, cast: Cast) -> None:
        dee, fay = two(cast)
        gia = make.a_case(by=cast.ama, name="Gia")
        join(cast, dee, fay)
        assert "became part" in self.refused(cast, gia, fay)
        assert "became part" in self.refused(cast, fay, gia)

    @pytest.mark.parametrize("carries", ["primary", "backup"])
    def test_whoever_carries_one_is_kept_out_of_the_other(self, cast: Cast, carries: str) -> None:
        """Walls stand before both: nobody is the primary worker of a file that does not open to them."""
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast)
        Case.objects.filter(pk=dee.pk).update(**{carries: cal.person})
        Wall.objects.create(case=fay, person=cal.person)
        assert f"{cal.person.name} could not carry" in self.refused(cast, dee, fay)
        assert f"{cal.person.name} could not carry" in self.refused(cast, fay, dee)

    def test_a_closed_file_is_not_opened_for_a_worker_who_left(self, cast: Cast) -> None:
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast, by=cal)
        Case.objects.filter(pk=fay.pk).update(is_open=False)
        Person.objects.filter(pk=cal.person.pk).update(left_at=timezone.now())
        assert "keep the other file" in self.refused(cast, fay, dee)
        join(cast, dee, fay)

    def test_a_hand_over_on_its_way(self, cast: Cast) -> None:
        """It would be about a file whose primary worker is another one, and nobody could finish it."""
        cal = cast.somebody(Role.CASE_MANAGER)
        dee, fay = two(cast)
        row = ask(dee, cast.ama, cal)
        assert "being handed over" in self.refused(cast, dee, fay)
        assert "being handed over" in self.refused(cast, fay, dee)
        say(cal, row, yes=False)
        join(cast, fay, dee)

    def test_two_teams(self, cast: Cast) -> None:
        """Ben supervises both teams, and still hands over first."""
        from leeward.staff.models import Membership  # noqa: PLC0415

        other = make.a_case(by=cast.cyd, name="Gia")
        Membership.objects.create(person=cast.ben.person, team=cast.garden, role=Role.SUPERVISOR)
        with make.entering(cast.sue, Action.GRANT) as entered:
            from leeward.staff import actions as staff  # noqa: PLC0415

            staff.hand_keys(entered, person=cast.ben.person)
        assert "in two teams" in self.refused(cast, cast.dee, other)


def test_two_supervisors_at_once_join_once(cast: Cast) -> None:
    """Both looked at the two files, each the other way round."""
    dee, fay = two(cast)
    join(cast, dee, fay)
    with pytest.raises(CannotDo, match="became part"):
        join(cast, fay, dee)
    assert Case.objects.get(pk=dee.pk).joined_to is None


def test_what_a_joining_keeps_names_nobody_in_the_clear(cast: Cast) -> None:
    dee, fay = two(cast)
    join(cast, dee, fay)
    assert "Fay" not in str(Joining.objects.values().get())
    assert Joining.objects.get().on == date.today()  # noqa: DTZ011 - the column holds a day
