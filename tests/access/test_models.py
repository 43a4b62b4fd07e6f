from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, models

from leeward.access import trail
from leeward.access.models import AppendOnlyError, Line
from leeward.access.trail import Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def a_line() -> Line:
    return trail.write(actor=uuid4(), action="case:see", outcome=Outcome.OPENED)


def test_a_line_is_not_changed() -> None:
    line = a_line()
    line.actor = uuid4()
    with pytest.raises(AppendOnlyError):
        line.save()
    with pytest.raises(AppendOnlyError):
        Line.objects.get().save()
    with pytest.raises(AppendOnlyError):
        Line.objects.update(actor=None)
    with pytest.raises(AppendOnlyError):
        Line.objects.bulk_update([line], ["actor"])


def test_a_line_is_not_removed() -> None:
    line = a_line()
    with pytest.raises(AppendOnlyError):
        line.delete()
    with pytest.raises(AppendOnlyError):
        Line.objects.all().delete()


def test_a_line_is_not_replaced_by_another_of_its_number() -> None:
    line = a_line()
    forged = Line(seq=line.seq, at=line.at, action="x", outcome="done", previous=bytes(32), hash=bytes(32))
    with pytest.raises(IntegrityError):
        forged.save()


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": 0},
        {"outcome": "maybe"},
        {"outcome": "refused", "held_by": "luck"},
        {"held_by": "key"},
        {"previous": b"short"},
        {"hash": bytes(33)},
    ],
)
def test_the_database_itself_turns_away_what_is_no_line(wrong: dict[str, Any]) -> None:
    right = a_line()
    whole = {
        "seq": 2,
        "at": right.at,
        "action": "x",
        "outcome": "opened",
        "previous": bytes(32),
        "hash": bytes(32),
    }
    with pytest.raises(IntegrityError):
        Line.objects.create(**(whole | wrong))


def test_a_line_knows_no_other_table() -> None:
    assert not [field for field in Line._meta.get_fields() if isinstance(field, models.ForeignKey)]
