"""The first act of a store: an agency, its first team, its first person and its paper kit."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from leeward.access import gate
from leeward.access.gate import Refused
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.staff import keys
from leeward.staff.models import Agency, Grant, Membership, Person, Team, TeamKey
from leeward.vault import paper
from tests import make

pytestmark = pytest.mark.postgres


@pytest.mark.django_db
class TestFounding:
    def test_the_first_person_supervises_and_keeps_the_accounts(self) -> None:
        founding = make.an_agency()
        roles = Membership.objects.filter(person=founding.person).values_list("role", flat=True)
        assert set(roles) == {Role.SUPERVISOR, Role.ADMINISTRATOR}
        assert Person.objects.get() == founding.person

    def test_there_is_the_first_team_and_the_team_of_everyone(self) -> None:
        make.an_agency()
        assert list(Team.objects.values_list("number", "everyone")) == [(0, True), (1, False)]

    def test_the_first_person_holds_both_keys(self) -> None:
        founding = make.an_agency()
        assert Grant.objects.filter(person_key__person=founding.person, scope=keys.WHOLE).count() == 2

    def test_the_team_is_called_by_its_name(self) -> None:
        founding = make.an_agency()
        first = make.Worker(founding.person, founding.pair)
        with gate.entering(first.visit, Action.TODAY):
            assert Team.objects.get(number=1).name == "Harbor"

    def test_it_is_one_line_in_the_trail(self) -> None:
        founding = make.an_agency()
        line = Line.objects.get()
        assert (line.action, line.outcome, line.actor) == ("agency:found", "done", founding.person.pk)

    @pytest.mark.parametrize("two", [(0, 1), (1, 2), (0, 2)])
    def test_any_two_sheets_of_the_kit_open_every_team(self, two: tuple[int, int]) -> None:
        founding = make.an_agency()
        kit = paper.read_shares([founding.shares[which] for which in two])
        assert kit.public == bytes(founding.agency.recovery_public)
        assert all(keys.recovered(key, kit) for key in TeamKey.objects.all())

    def test_the_passphrase_opens_the_first_persons_keys(self) -> None:
        founding = make.an_agency()
        pair = keys.open_keys(founding.person, make.PASSPHRASE)
        assert pair is not None
        assert pair.public == founding.pair.public

    def test_it_happens_once(self) -> None:
        make.an_agency()
        with pytest.raises((Refused, IntegrityError)):
            make.an_agency()
        assert Agency.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_becomes_the_agency() -> None:
    together = threading.Barrier(2)

    def found(_: int) -> bool:
        together.wait()
        try:
            make.an_agency()
        except (Refused, IntegrityError):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(found, range(2))) == [False, True]
    assert Agency.objects.count() == 1
    assert Person.objects.count() == 1
