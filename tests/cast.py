"""The cast of five, and those who come on for one scene.

Ama walks with Dee. Ben supervises Ama's team. Cyd carries cases in another team. Dee is the participant.
Eve is nobody here: she has no account, no key and no business with Dee.
"""

from dataclasses import dataclass

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.staff import actions as staff
from leeward.staff.models import Membership, Person, Team
from leeward.vault.cipher import KeyPair
from tests import make
from tests.make import Worker


@dataclass(frozen=True)
class Cast:
    """Everybody, and the two teams they are in."""

    agency: staff.Founding
    harbor: Team
    garden: Team
    ama: Worker
    ben: Worker
    cyd: Worker
    sue: Worker  # supervises Cyd's team, and stays in the wings
    dee: Case
    eve: Worker

    def somebody(self, role: Role, *, elsewhere: bool = False) -> Worker:
        """A person of any role, in Ama's team or in Cyd's; an administrator is in none."""
        team, by = (self.garden, self.sue) if elsewhere else (self.harbor, self.ben)
        return make.a_person(role, None if role is Role.ADMINISTRATOR else team, by=by)


def gather() -> Cast:
    """The agency with its two teams, and Dee in Ama's."""
    founding = make.an_agency()
    ben = Worker(founding.person, founding.pair)
    # From here on others keep the accounts: Ben is a supervisor and nothing else.
    Membership.objects.filter(person=ben.person, role=Role.ADMINISTRATOR).delete()
    harbor, garden = Team.objects.get(number=1), make.a_team("Garden", by=ben)
    sue = make.a_person(Role.SUPERVISOR, garden, by=ben, name="Sue")
    with make.entering(sue, Action.CHANGE_MEMBERSHIP) as entered:
        staff.end_membership(entered, membership=Membership.objects.get(person=ben.person, team=garden))
    ama = make.a_person(Role.CASE_MANAGER, harbor, by=ben, name="Ama")
    cyd = make.a_person(Role.CASE_MANAGER, garden, by=sue, name="Cyd")
    eve = Worker(Person(name="Eve", email="eve@elsewhere.example"), KeyPair.fresh())
    return Cast(founding, harbor, garden, ama, ben, cyd, sue, make.a_case(by=ama, name="Dee"), eve)
