"""Pages can be drawn here without gathering static files first; and two people who take turns at night."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from leeward.access.policy import Role
from leeward.staff.models import Shift
from tests import make
from tests.cast import Cast
from tests.make import Worker
from tests.ui.conftest import PLAIN


@pytest.fixture(autouse=True)
def ungathered(tmp_path: Path) -> Iterator[None]:
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN}}
    with override_settings(STORAGES=storages, STATIC_ROOT=tmp_path):
        yield


def on_call(cast: Cast, name: str) -> Worker:
    """Somebody with the on-call role, and nothing on the rota yet."""
    worker = make.a_person(Role.ON_CALL, cast.harbor, by=cast.ben, name=name)
    Shift.objects.filter(person=worker.person).delete()
    return worker


@pytest.fixture
def ida(cast: Cast) -> Worker:
    return on_call(cast, "Ida")


@pytest.fixture
def moe(cast: Cast) -> Worker:
    return on_call(cast, "Moe")
