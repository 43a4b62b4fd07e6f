"""Files from before a part had a key of its own are brought up to date: resumable, once, and unread."""

import pytest

from leeward.access.gate import Refused
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions.upkeep import complete_wraps, incomplete
from leeward.cases.models import Case, Participant, Wall, Wrap
from leeward.cases.models.key import APART
from leeward.vault.scopes import Compartment, Locked
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def from_before(*cases: Case, part: Compartment = Compartment.DUTY) -> None:
    """As if these files had been made before the part had a key of its own."""
    Wrap.objects.filter(key__in=[case.key_id for case in cases], scope=part.value).delete()


def left(worker: Worker) -> int:
    with make.entering(worker, Action.GRANT) as entered:
        return incomplete(entered.visit).count()


def bring_up(worker: Worker, at_most: int = 100) -> int:
    with make.entering(worker, Action.GRANT) as entered:
        return complete_wraps(entered, at_most=at_most)


def opens(case: Case, worker: Worker, action: Action = Action.DUTY) -> bool:
    try:
        with make.opening(case, worker, action):
            return True
    except Refused:
        return False


class TestBringingUpToDate:
    def test_a_new_file_lacks_nothing(self, cast: Cast) -> None:
        assert left(cast.ben) == 0

    def test_a_file_from_before_opens_again(self, cast: Cast) -> None:
        nia = cast.somebody(Role.HOUSE_STAFF)
        from_before(cast.dee)
        assert not opens(cast.dee, nia)
        assert not opens(cast.dee, cast.ama)
        assert (left(cast.ben), bring_up(cast.ben), left(cast.ben)) == (1, 1, 0)
        assert opens(cast.dee, nia)
        assert opens(cast.dee, cast.ama)

    @pytest.mark.parametrize("part", sorted(APART))
    def test_every_part_with_a_key_of_its_own(self, cast: Cast, part: Compartment) -> None:
        from_before(cast.dee, part=part)
        assert bring_up(cast.ben) == 1
        made = Wrap.objects.filter(key=cast.dee.key_id).values_list("scope", flat=True)
        assert sorted(made) == sorted(["whole", *(one.value for one in APART)])

    def test_it_can_be_stopped_and_gone_on_with(self, cast: Cast) -> None:
        cases = [cast.dee, *(make.a_case(by=cast.ama, name=f"N{n}", team=cast.harbor) for n in range(4))]
        from_before(*cases)
        assert [bring_up(cast.ben, at_most=2) for _ in range(4)] == [2, 2, 1, 0]

    def test_twice_is_once(self, cast: Cast) -> None:
        from_before(cast.dee)
        bring_up(cast.ben)
        count = Wrap.objects.count()
        assert bring_up(cast.ben) == 0
        assert Wrap.objects.count() == count

    def test_only_where_one_holds_the_whole_key(self, cast: Cast) -> None:
        from_before(cast.dee)
        assert (left(cast.sue), bring_up(cast.sue)) == (0, 0)
        waiting = make.a_person(Role.SUPERVISOR, cast.harbor)
        assert (left(waiting), bring_up(waiting)) == (0, 0)
        assert not opens(cast.dee, cast.ama)

    def test_also_behind_a_wall_because_nothing_is_read(self, cast: Cast) -> None:
        from_before(cast.dee)
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        with make.entering(cast.ben, Action.GRANT) as entered:
            assert complete_wraps(entered) == 1
            with pytest.raises(Locked):
                assert Participant.objects.get(case=cast.dee).card
            entered._ring.tripped = False
        assert Line.objects.order_by("-seq")[0].things == []

    def test_a_damaged_file_stops_no_other(self, cast: Cast) -> None:
        other = make.a_case(by=cast.ama, name="Abi", team=cast.harbor)
        from_before(cast.dee, other)
        Wrap.objects.filter(key=cast.dee.key_id, scope="whole").update(sealed=bytes(80))
        assert bring_up(cast.ben) == 1
        assert opens(other, cast.ama)


class TestThePage:
    pytestmark = pytest.mark.usefixtures("pages")

    def test_a_supervisor_finds_it_on_the_page_of_keys(self, cast: Cast) -> None:
        from_before(cast.dee)
        browser = Browser(cast.ben)
        assert 'href="/people/upkeep/"' in browser.get("/staff/keys/").content.decode()
        assert "1 file is from before." in browser.get("/people/upkeep/").content.decode()
        done = browser.post("/people/upkeep/", follow=True).content.decode()
        assert "1 file is up to date now." in done
        assert "Every file whose key you hold is up to date." in done

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_nobody_else_does(self, cast: Cast, role: Role) -> None:
        from_before(cast.dee)
        browser = Browser(cast.somebody(role))
        assert browser.get("/people/upkeep/").status_code == 404
        assert browser.post("/people/upkeep/").status_code == 404
        assert left(cast.ben) == 1
