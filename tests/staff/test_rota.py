"""The rota: hours, swaps that change nothing before a yes, and who is on call now (practice D4)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.gate import Entered, Refused
from leeward.access.policy import Action, Role
from leeward.staff import actions, rota
from leeward.staff.actions import CannotDo, Hours
from leeward.staff.models import Membership, Person, Shift
from tests import make
from tests.cast import Cast
from tests.make import Worker
from tests.signin.conftest import at_once
from tests.staff.conftest import on_call

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

HOUR = timedelta(hours=1)


def hours(begins: float, ends: float) -> Hours:
    """So many hours from now until so many hours from now."""
    now = timezone.now()
    return Hours(now + begins * HOUR, now + ends * HOUR)


@contextmanager
def at(worker: Worker, action: Action = Action.SEE_STAFF) -> Iterator[Entered]:
    with make.entering(worker, action) as entered:
        yield entered


def put(cast: Cast, worker: Worker, *wanted: Hours, form_id: UUID | None = None) -> list[Shift]:
    with at(cast.ben, Action.KEEP_ROTA) as entered:
        return actions.add_shifts(entered, person=worker.person, hours=wanted, form_id=form_id or uuid4())


def offered(cast: Cast, ida: Worker, moe: Worker, wanted: Hours) -> Shift:
    (shift,) = put(cast, ida, wanted)
    with at(ida) as entered:
        actions.offer_shift(entered, shift=shift.pk, to=moe.person)
    return Shift.objects.get(pk=shift.pk)


def answer(worker: Worker, shift: Shift, *, asked_by: Worker, yes: bool) -> None:
    with at(worker) as entered:
        actions.answer_shift(entered, shift=shift.pk, asked_by=asked_by.person.pk, yes=yes)


def owners() -> list[str]:
    return list(Shift.objects.order_by("since").values_list("person__name", flat=True))


def one_of_two(verb: Callable[[], object]) -> bool:
    """Do the same in two threads: it goes well once, and the other one is told why not."""

    def told() -> bool:
        try:
            verb()
        except CannotDo:
            return False
        return True

    return sorted(at_once(told)) == [False, True]


class TestKeepingTheRota:
    def test_a_supervisor_puts_somebody_on_it(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(1, 9))
        assert owners() == ["Ida"]

    def test_every_week_for_six_weeks(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, *(hours(1 + 168 * week, 9 + 168 * week) for week in range(6)))
        assert owners() == ["Ida"] * 6

    def test_a_double_click_is_one_rota(self, cast: Cast, ida: Worker) -> None:
        form, wanted = uuid4(), hours(1, 9)
        put(cast, ida, wanted, form_id=form)
        put(cast, ida, wanted, form_id=form)
        assert Shift.objects.count() == 1

    def test_other_hours_in_the_same_form_are_other_hours(self, cast: Cast, ida: Worker) -> None:
        form = uuid4()
        put(cast, ida, hours(1, 9), form_id=form)
        put(cast, ida, hours(20, 30), form_id=form)
        assert Shift.objects.count() == 2

    def test_nobody_is_on_call_twice_at_once(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(1, 9))
        with pytest.raises(CannotDo, match="on call then already"):
            put(cast, ida, hours(30, 32), hours(8, 12))
        assert Shift.objects.count() == 1, "all of the hours or none"

    def test_two_people_may_be_on_at_once(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        put(cast, ida, hours(1, 9))
        put(cast, moe, hours(1, 9))
        assert sorted(owners()) == ["Ida", "Moe"]

    def test_one_shift_may_begin_when_another_ends(self, cast: Cast, ida: Worker) -> None:
        until = hours(1, 9).until
        put(cast, ida, Hours(until - 8 * HOUR, until), Hours(until, until + HOUR))
        assert Shift.objects.count() == 2

    def test_hours_that_are_over_are_not_added(self, cast: Cast, ida: Worker) -> None:
        with pytest.raises(CannotDo, match="over"):
            put(cast, ida, hours(-9, -1))

    def test_only_who_has_the_role_is_put_on_it(self, cast: Cast) -> None:
        with pytest.raises(CannotDo, match="does not have the on-call role"):
            put(cast, cast.ama, hours(1, 9))

    def test_a_role_that_ends_before_the_day_is_no_role_then(self, cast: Cast, ida: Worker) -> None:
        Membership.objects.filter(person=ida.person).update(until=timezone.localdate() + timedelta(days=3))
        put(cast, ida, hours(1, 9))
        with pytest.raises(CannotDo, match="on-call role on that day"):
            put(cast, ida, hours(24 * 5, 24 * 5 + 8))

    def test_hours_to_come_are_taken_off(self, cast: Cast, ida: Worker) -> None:
        (shift,) = put(cast, ida, hours(1, 9))
        with at(cast.ben, Action.KEEP_ROTA) as entered:
            actions.take_away(entered, shift=shift.pk)
        assert not Shift.objects.exists()

    def test_hours_that_were_worked_stay(self, cast: Cast, ida: Worker) -> None:
        (shift,) = put(cast, ida, hours(-2, 9))
        with at(cast.ben, Action.KEEP_ROTA) as entered:
            actions.take_away(entered, shift=shift.pk)
        left = Shift.objects.get()
        assert left.until - left.since < 3 * HOUR
        assert rota.on_now() == []

    def test_taking_off_what_is_gone_says_so(self, cast: Cast, ida: Worker) -> None:
        (shift,) = put(cast, ida, hours(1, 9))
        with at(cast.ben, Action.KEEP_ROTA) as entered:
            actions.take_away(entered, shift=shift.pk)
            with pytest.raises(CannotDo, match="no longer on the rota"):
                actions.take_away(entered, shift=shift.pk)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_nobody_else_keeps_it(self, cast: Cast, ida: Worker, role: Role) -> None:
        other = cast.somebody(role)
        with pytest.raises(Refused), at(other, Action.KEEP_ROTA):
            pass
        with at(other) as entered, pytest.raises(CannotDo, match="supervisor"):
            actions.add_shifts(entered, person=ida.person, hours=[hours(1, 2)], form_id=uuid4())
        (shift,) = put(cast, ida, hours(1, 9))
        with at(other) as entered, pytest.raises(CannotDo, match="supervisor"):
            actions.take_away(entered, shift=shift.pk)
        assert Shift.objects.filter(pk=shift.pk).exists()


class TestSwaps:
    def test_nothing_changes_before_the_yes(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        offered(cast, ida, moe, hours(1, 9))
        assert owners() == ["Ida"]

    def test_a_yes_passes_the_hours_on(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        answer(moe, offered(cast, ida, moe, hours(1, 9)), asked_by=ida, yes=True)
        assert owners() == ["Moe"]
        assert Shift.objects.get().offered_to is None

    def test_not_this_time_changes_nothing(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        answer(moe, offered(cast, ida, moe, hours(1, 9)), asked_by=ida, yes=False)
        assert owners() == ["Ida"]
        assert Shift.objects.get().offered_to is None

    def test_in_the_middle_of_the_night_the_rest_goes_over(
        self, cast: Cast, ida: Worker, moe: Worker
    ) -> None:
        answer(moe, offered(cast, ida, moe, hours(-3, 5)), asked_by=ida, yes=True)
        first, rest = Shift.objects.order_by("since")
        assert (first.person, rest.person) == (ida.person, moe.person)
        assert first.until == rest.since
        assert [person.name for person in rota.on_now()] == ["Moe"]

    def test_a_second_yes_finds_that_it_is_done(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        shift = offered(cast, ida, moe, hours(1, 9))
        answer(moe, shift, asked_by=ida, yes=True)
        with pytest.raises(CannotDo, match="no longer open"):
            answer(moe, shift, asked_by=ida, yes=True)
        assert owners() == ["Moe"]

    def test_a_yes_to_an_offer_that_was_taken_back_changes_nothing(
        self, cast: Cast, ida: Worker, moe: Worker
    ) -> None:
        shift = offered(cast, ida, moe, hours(1, 9))
        with at(ida) as entered:
            actions.keep_shift(entered, shift=shift.pk)
        with pytest.raises(CannotDo, match="no longer open"):
            answer(moe, shift, asked_by=ida, yes=True)
        assert owners() == ["Ida"]

    def test_a_yes_on_an_old_page_to_hours_of_somebody_else_changes_nothing(
        self, cast: Cast, ida: Worker, moe: Worker
    ) -> None:
        """Ida's hours went to Uma, who asks Moe too; Moe's page still says that Ida asks."""
        uma, shift = on_call(cast, "Uma"), offered(cast, ida, moe, hours(1, 9))
        Shift.objects.filter(pk=shift.pk).update(person=uma.person)
        with pytest.raises(CannotDo, match="no longer open"):
            answer(moe, shift, asked_by=ida, yes=True)
        assert owners() == ["Uma"]

    def test_nobody_answers_for_somebody_else(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        shift = offered(cast, ida, moe, hours(1, 9))
        for other in (cast.ben, cast.ama, ida):
            with pytest.raises(CannotDo, match="no longer open"):
                answer(other, shift, asked_by=ida, yes=True)
        assert owners() == ["Ida"]

    def test_nobody_offers_the_hours_of_somebody_else(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        (shift,) = put(cast, ida, hours(1, 9))
        for other in (moe, cast.ben):
            with at(other) as entered, pytest.raises(CannotDo, match="belong to a colleague"):
                actions.offer_shift(entered, shift=shift.pk, to=moe.person)
        with at(moe) as entered, pytest.raises(CannotDo, match="belong to a colleague"):
            actions.keep_shift(entered, shift=shift.pk)

    def test_only_who_has_the_role_is_asked(self, cast: Cast, ida: Worker) -> None:
        (shift,) = put(cast, ida, hours(1, 9))
        with at(ida) as entered, pytest.raises(CannotDo, match="does not have the on-call role"):
            actions.offer_shift(entered, shift=shift.pk, to=cast.ama.person)
        with at(ida) as entered, pytest.raises(CannotDo, match="yours already"):
            actions.offer_shift(entered, shift=shift.pk, to=ida.person)

    def test_who_lost_the_role_meanwhile_cannot_take_them(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        shift = offered(cast, ida, moe, hours(1, 9))
        Membership.objects.filter(person=moe.person).delete()
        with pytest.raises(CannotDo, match="on-call role"):
            answer(moe, shift, asked_by=ida, yes=True)
        assert owners() == ["Ida"]

    def test_who_is_on_call_then_already_cannot_take_them(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        shift = offered(cast, ida, moe, hours(1, 9))
        put(cast, moe, hours(8, 12))
        with pytest.raises(CannotDo, match="on call then already"):
            answer(moe, shift, asked_by=ida, yes=True)
        assert owners() == ["Ida", "Moe"]

    def test_hours_that_are_over_pass_to_nobody(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        shift = offered(cast, ida, moe, hours(1, 2))
        with time_machine.travel(timezone.now() + 3 * HOUR), pytest.raises(CannotDo, match="no longer on"):
            answer(moe, shift, asked_by=ida, yes=True)


class TestAtTheSameMoment:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_two_yeses_in_the_middle_of_a_night_pass_it_on_once(
        self, cast: Cast, ida: Worker, moe: Worker
    ) -> None:
        shift = offered(cast, ida, moe, hours(-3, 5))
        assert one_of_two(lambda: answer(moe, shift, asked_by=ida, yes=True))
        assert owners() == ["Ida", "Moe"]

    def test_two_supervisors_put_nobody_on_twice(self, cast: Cast, ida: Worker) -> None:
        wanted = hours(1, 9)
        assert one_of_two(lambda: put(cast, ida, wanted))
        assert owners() == ["Ida"]


class TestWhoIsOn:
    def test_the_role_counts_only_during_the_hours(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(1, 9))
        assert Role.ON_CALL not in ida.visit.actor.roles
        with time_machine.travel(timezone.now() + 2 * HOUR):
            assert Role.ON_CALL in ida.visit.actor.roles
        with time_machine.travel(timezone.now() + 10 * HOUR):
            assert Role.ON_CALL not in ida.visit.actor.roles

    def test_a_swap_moves_what_may_be_opened(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        answer(moe, offered(cast, ida, moe, hours(-3, 5)), asked_by=ida, yes=True)
        assert Role.ON_CALL in moe.visit.actor.roles
        assert Role.ON_CALL not in ida.visit.actor.roles

    def test_two_shifts_of_one_person_are_one_name_until_the_later_end(self, ida: Worker) -> None:
        late = hours(0, 6).until
        Shift.objects.create(person=ida.person, since=late - 9 * HOUR, until=late)
        Shift.objects.create(person=ida.person, since=late - 8 * HOUR, until=late - 5 * HOUR)
        assert rota.names_on_now() == [("Ida", late)]

    def test_who_has_left_is_not_on_call(self, cast: Cast, ida: Worker) -> None:
        put(cast, ida, hours(-1, 9))
        Person.objects.filter(pk=ida.person.pk).update(left_at=timezone.now())
        assert rota.names_on_now() == []

    def test_it_is_one_question(self, cast: Cast, ida: Worker, moe: Worker) -> None:
        put(cast, ida, hours(-1, 9))
        put(cast, moe, hours(-1, 9))
        with CaptureQueriesContext(connection) as asked:
            assert [one.name for one in rota.names_on_now()] == ["Ida", "Moe"]
        assert len(asked) == 1
