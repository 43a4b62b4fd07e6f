"""The throwaway server is what it says, and the second run of the tests really is on PostgreSQL."""

import os

import psycopg
import pytest
from django.db import connection

from tests import postgres


def setting(url: str, name: str) -> str:
    with psycopg.connect(url) as server:
        row = server.execute("SELECT current_setting(%s)", [name]).fetchone()
    assert row
    return str(row[0])


def test_the_server_is_new_enough(postgres_url: str) -> None:
    assert int(setting(postgres_url, "server_version_num")) >= 150000


@pytest.mark.slow
def test_a_durable_server_survives_a_power_cut(postgres_url: str) -> None:
    with postgres.cluster(durable=True) as url:
        assert setting(url, "fsync") == "on"
    assert setting(postgres_url, "fsync") == "off"


@pytest.mark.postgres
@pytest.mark.django_db
def test_this_run_is_on_the_database_that_was_named() -> None:
    named = os.environ.get(postgres.SETTING, "sqlite:")
    assert named.startswith(connection.vendor)


def test_without_a_server_it_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def programs() -> None:
        raise postgres.NoServer(postgres.MISSING)

    monkeypatch.setattr(postgres, "programs", programs)
    monkeypatch.delenv("LEEWARD_NO_SKIP", raising=False)
    assert postgres.main(["true"]) == 0
    assert "install the package" in capsys.readouterr().out
    monkeypatch.setenv("LEEWARD_NO_SKIP", "1")
    assert postgres.main(["true"]) == 1
