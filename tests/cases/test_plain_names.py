"""Every row has a name for logs and shells: a random number, never anybody's words."""

import pytest
from django.apps import apps
from django.db.models import Model

from leeward.access.policy import Action, Role
from leeward.cases import actions
from leeward.cases.models import CareTeamMember
from leeward.staff.actions import invite
from leeward.staff.models import Person, Team
from tests import make
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast: Cast) -> list[Model]:
    """One row of every table about an agency and its participants."""
    make.an_entry(cast.dee, by=cast.ama, text="She sang.")
    make.a_paper(cast.dee, by=cast.ama, content=[b"x"])
    CareTeamMember.objects.create(case=cast.dee, person=cast.ben.person)
    with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
        actions.keep_draft(file, case=cast.dee, words={"text": "She"}, version=0)
    with make.entering(cast.ben, Action.INVITE) as entered:
        invite(entered, name="Fay", email="f@x.example", team=cast.harbor, role=Role.VOLUNTEER)
    tables = (*apps.get_app_config("cases").get_models(), *apps.get_app_config("staff").get_models())
    found = [table._default_manager.first() for table in tables]
    assert None not in found
    return [row for row in found if row is not None]


def test_no_row_tells_anybodys_words(rows: list[Model]) -> None:
    for row in rows:
        told = f"{row} {row!r}"
        assert not any(word in told for word in ("Dee", "sang", "She", "Harbor", "Garden", "letter"))


def test_colleagues_go_by_their_names_and_teams_by_their_numbers(cast: Cast) -> None:
    assert str(Person.objects.get(pk=cast.ama.person.pk)) == "Ama"
    assert str(Team.objects.get(pk=cast.garden.pk)) == "Team 2"


def test_a_person_keeps_no_password_hash(cast: Cast) -> None:
    person = cast.ama.person
    assert person.has_usable_password()
    assert person.password is None
    assert person.get_session_auth_hash() == person._get_session_auth_hash() == str(person.pk)
    assert person.is_active
