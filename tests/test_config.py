"""Every setting is read once, and a wrong one says in a sentence what it takes."""

from pathlib import Path

import pytest

from leeward import settings as django_settings
from leeward.config import Config, ConfigProblem, config

HERE = {"LEEWARD_DATA": "/srv/leeward"}


def test_with_nothing_said_it_runs_on_this_machine_alone() -> None:
    read = Config.read(HERE)
    assert read.database == "sqlite:////srv/leeward/leeward.sqlite3"
    assert read.pepper_file == Path("/srv/leeward/pepper")
    assert read.hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (read.time_zone, read.behind_proxy, read.threads, read.workers) == ("UTC", False, 8, 1)


def test_everything_can_be_said() -> None:
    said = {
        "DATA": "/srv/leeward",
        "DATABASE": "postgresql://me@host/db",
        "PEPPER_FILE": "/run/pepper",
        "HOSTS": "a.example, b.example,",
        "TIME_ZONE": "America/Chicago",
        "BEHIND_PROXY": "YES",
        "BOOT_FILE": "/run/boot",
        "THREADS": "1",
        "WORKERS": "64",
    }
    read = Config.read({f"LEEWARD_{name}": value for name, value in said.items()})
    assert read.database == "postgresql://me@host/db"
    assert read.pepper_file == Path("/run/pepper")
    assert read.hosts == ("a.example", "b.example")
    assert (read.time_zone, read.behind_proxy, read.threads, read.workers) == ("America/Chicago", True, 1, 64)


def test_paths_do_not_depend_on_where_the_program_was_started() -> None:
    read = Config.read({"LEEWARD_DATA": "somewhere", "LEEWARD_PEPPER_FILE": "~/pepper"})
    assert read.data == Path.cwd() / "somewhere"
    assert read.pepper_file == Path.home() / "pepper"


def test_an_empty_setting_is_as_good_as_none() -> None:
    assert Config.read({**HERE, "LEEWARD_THREADS": "", "LEEWARD_HOSTS": ""}) == Config.read(HERE)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE", "mysql://host/db"), ("DATABASE", "sqlite:///"), ("DATABASE", "leeward.sqlite3"),
        ("HOSTS", "*"), ("HOSTS", "a.example,*"), ("HOSTS", " , "),
        ("TIME_ZONE", "Nowhere/Town"), ("TIME_ZONE", "../etc/passwd"), ("TIME_ZONE", "\0"),
        ("BEHIND_PROXY", "maybe"), ("BEHIND_PROXY", "1"),
        ("THREADS", "0"), ("THREADS", "65"), ("THREADS", "-1"), ("THREADS", "many"), ("THREADS", "٣"),
        ("WORKERS", "0"), ("WORKERS", "1.5"),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_the_setting_takes(name: str, value: str) -> None:
    with pytest.raises(ConfigProblem, match=f"^LEEWARD_{name} takes .*\\.$"):
        Config.read({**HERE, f"LEEWARD_{name}": value})


def test_a_wrong_database_does_not_print_its_password() -> None:
    with pytest.raises(ConfigProblem) as problem:
        Config.read({**HERE, "LEEWARD_DATABASE": "mysql://me:hunter2@host/db"})
    assert "hunter2" not in str(problem.value)


def test_it_cannot_be_changed_and_is_read_once() -> None:
    with pytest.raises(AttributeError):
        config().threads = 2  # type: ignore[misc]
    assert config() is config()


def test_an_address_of_postgresql_is_taken_apart() -> None:
    told = django_settings.database("postgresql://me:p%40ss@db.example:5433/lee%20ward")
    parts = [told[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert parts == ["lee ward", "me", "p@ss", "db.example", 5433]


def test_sqlite_keeps_what_was_acknowledged_and_forgets_what_was_erased() -> None:
    told = django_settings.database("sqlite:////srv/leeward.sqlite3")
    assert told["NAME"] == "/srv/leeward.sqlite3"
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        assert pragma in told["OPTIONS"]["init_command"]
