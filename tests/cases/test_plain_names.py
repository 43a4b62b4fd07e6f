"""Every row has a name for logs and shells: a random number, never anybody's words."""

import pytest
from django.apps import apps
from django.db.models import Model

from leeward.staff.models import Person, Team
from leeward.vault.fields import SealedField
from tests.cast import Cast

pytestmark = pytest.mark.django_db

WORDS = "She sang."
SEALED = [
    model
    for model in apps.get_models()
    if any(isinstance(field, SealedField) for field in model._meta.local_fields)
]


@pytest.mark.parametrize("table", SEALED)
def test_no_row_tells_anybodys_words(table: type[Model]) -> None:
    row = table()
    for field in table._meta.local_fields:
        if isinstance(field, SealedField):
            row.__dict__[field.attname] = {"text": WORDS, "name": WORDS}
    assert WORDS not in f"{row} {row!r}"


def test_there_are_such_tables() -> None:
    assert len(SEALED) > 20


def test_colleagues_go_by_their_names_and_teams_by_their_numbers(cast: Cast) -> None:
    assert str(Person.objects.get(pk=cast.ama.person.pk)) == "Ama"
    assert str(Team.objects.get(pk=cast.garden.pk)) == "Team 2"


def test_a_person_keeps_no_password_hash(cast: Cast) -> None:
    person = cast.ama.person
    assert person.has_usable_password()
    assert person.password is None
    assert person.get_session_auth_hash() == person._get_session_auth_hash() == str(person.pk)
    assert person.is_active
