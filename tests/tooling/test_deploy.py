"""The container files cannot be started by a test; what can be read off them is."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from psycopg import errors

from tests.house.reading import ROOT


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.mark.parametrize("name", ["database", "upgrade", "web", "caddy"])
def test_every_container_is_hardened(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["ulimits"]["core"] == 0


def test_the_application_never_has_the_owners_password(compose: dict[str, Any]) -> None:
    assert compose["services"]["web"]["secrets"] == ["pepper", "app-password"]
    assert compose["services"]["caddy"].get("secrets") is None


def test_the_database_never_has_the_pepper(compose: dict[str, Any]) -> None:
    assert "pepper" not in compose["services"]["database"]["secrets"]
    assert compose["secrets"]["pepper"]["file"] == "./deploy/secrets/pepper"
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_only_the_proxy_meets_the_world(compose: dict[str, Any]) -> None:
    assert compose["networks"]["inside"] == {"internal": True}
    outside = [name for name, service in compose["services"].items() if "outside" in service["networks"]]
    published = [name for name, service in compose["services"].items() if "ports" in service]
    assert outside == published == ["caddy"]


def test_the_image_runs_as_a_person_without_power() -> None:
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER leeward"]


def test_what_is_copied_exists_and_is_not_ignored() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE)
    kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    names = [name for line in copied for name in line.split()]
    assert [name for name in names if not (ROOT / name).exists() or f"!{name}" not in kept] == []


@pytest.mark.skipif(os.name == "nt", reason="shell scripts for Linux containers")
def test_secrets_are_made_once(tmp_path: Path) -> None:
    script = shutil.copy(ROOT / "deploy" / "make-secrets.sh", tmp_path)
    first = subprocess.run(["sh", script], capture_output=True, text=True, check=True)
    pepper = (tmp_path / "secrets" / "pepper").read_text(encoding="ascii")
    again = subprocess.run(["sh", script], capture_output=True, text=True, check=False)
    assert "Keep a copy" in first.stdout
    assert re.fullmatch(r"leeward pepper 1\n[\w+/]{43}=\n", pepper)
    assert again.returncode == 1
    assert (tmp_path / "secrets" / "pepper").read_text(encoding="ascii") == pepper


def make_roles(url: str, tmp_path: Path) -> None:
    """Run the database's set-up script as its container would."""
    (tmp_path / "password").write_text("sea wind\n", encoding="ascii")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("CREATE DATABASE leeward")
    given = {
        "POSTGRES_USER": "leeward",
        "POSTGRES_DB": "leeward",
        "APP_PASSWORD_FILE": str(tmp_path / "password"),
    }
    where = psycopg.conninfo.conninfo_to_dict(url)
    environment = os.environ | given | {"PGHOST": str(where["host"]), "PGPORT": str(where["port"])}
    subprocess.run(["sh", ROOT / "deploy" / "roles.sh"], env=environment, check=True, capture_output=True)


@pytest.mark.skipif(os.name == "nt", reason="shell scripts for Linux containers")
def test_the_application_works_in_tables_and_makes_none(postgres_url: str, tmp_path: Path) -> None:
    make_roles(postgres_url, tmp_path)
    owner = psycopg.conninfo.make_conninfo(postgres_url, dbname="leeward")
    application = psycopg.conninfo.make_conninfo(owner, user="leeward_app", password="sea wind")
    with psycopg.connect(owner) as connection:
        connection.execute("CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY, text bytea)")
    with psycopg.connect(application) as connection:
        connection.execute("INSERT INTO entry (text) VALUES ('sealed')")
        with pytest.raises(errors.InsufficientPrivilege), connection.transaction():
            connection.execute("CREATE TABLE another (id bigint)")
        with pytest.raises(errors.InsufficientPrivilege):
            connection.execute("TRUNCATE entry")
