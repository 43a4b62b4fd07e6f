"""One chain, frozen: from passphrase and pepper, or from paper alone, down to the words of a note."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from leeward.cases.models import CaseKey, Entry, Participant
from leeward.cases.models.key import compartment_key, wrap_context
from leeward.staff import keys
from leeward.staff.models import Credential, Grant, Person, PersonKey, Team, TeamKey
from leeward.vault.cipher import Key, KeyPair, Stretch, stretch
from leeward.vault.fields import Sealed
from leeward.vault.keyring import carrying
from leeward.vault.scopes import Compartment, HeldKey, Scope

FROZEN: dict[str, Any] = json.loads(Path(__file__).with_name("frozen.json").read_text(encoding="utf-8"))
raw = bytes.fromhex

PERSON = Person(id=UUID(FROZEN["person"]))
MINE = PersonKey(
    id=UUID(FROZEN["person_key"]), person=PERSON, public=raw(FROZEN["public"]), mark=raw(FROZEN["key_mark"])
)
TEAM_KEY = TeamKey(
    id=UUID(FROZEN["team_key"]), team=Team(id=UUID(FROZEN["team"])), recovery=raw(FROZEN["recovery_copy"])
)
CASE, CASE_KEY = UUID(FROZEN["case"]), CaseKey(id=UUID(FROZEN["case_key"]))


@pytest.fixture(autouse=True)
def _pepper(tmp_path: Path, settings: Settings) -> None:
    settings.LEEWARD_PEPPER_FILE = tmp_path / "pepper"
    settings.LEEWARD_PEPPER_FILE.write_text(FROZEN["pepper"], encoding="ascii")


def my_pair() -> KeyPair:
    """What the passphrase opens, as `keys.open_keys` does it with a row."""
    told = dict(FROZEN["credential"])
    row = Credential(key=MINE, salt=raw(told.pop("salt")), blob=raw(told.pop("blob")))
    kek = stretch(keys.tidy(FROZEN["passphrase"]), bytes(row.salt), Stretch(**told)).derive("person/kek")
    return KeyPair(kek.unseal(keys._without_pepper(row, keys._blob_context(MINE)), keys._blob_context(MINE)))


def grant(scope: str) -> Grant:
    sealed, mark = (raw(FROZEN["grants"][scope][part]) for part in ("sealed", "mark"))
    return Grant(team_key=TEAM_KEY, person_key=MINE, scope=scope, sealed=sealed, mark=mark)


def read(team_secret: Key, scope: str) -> list[str]:
    """Everything that a team's key, or its part for one scope, opens of the frozen file."""
    inside = team_secret.unwrap(
        raw(FROZEN["wraps"][scope]), wrap_context(CASE.bytes, CASE_KEY.pk.bytes, 1, scope)
    )
    whole = scope == keys.WHOLE
    parts = list(Compartment) if whole else [Compartment(scope)]
    secrets = [compartment_key(inside, CASE, part) if whole else inside for part in parts]
    card = Participant(case_id=CASE)
    card.card = Sealed(raw(FROZEN["card"]["envelope"]))  # type: ignore[assignment]
    note = Entry(id=UUID(FROZEN["entry"]["id"]), case_id=CASE)
    note.text = Sealed(raw(FROZEN["entry"]["envelope"]))  # type: ignore[assignment]
    with carrying(UUID(FROZEN["agency"])) as ring:
        ring.hold(HeldKey(Scope.case(CASE, part), 1, key) for part, key in zip(parts, secrets, strict=True))
        return [card.card["name"], *([note.text] if whole else [])]


def test_the_passphrase_opens_the_words() -> None:
    whole, _ = keys.open_grant(grant(keys.WHOLE), my_pair(), PERSON.pk)
    assert read(whole, keys.WHOLE) == [FROZEN["card"]["name"], FROZEN["entry"]["text"]]


def test_a_part_opens_its_part() -> None:
    card, _ = keys.open_grant(grant("card"), my_pair(), PERSON.pk)
    assert read(card, "card") == [FROZEN["card"]["name"]]


def test_paper_opens_the_words_without_the_pepper(settings: Settings, tmp_path: Path) -> None:
    settings.LEEWARD_PEPPER_FILE = tmp_path / "lost"
    whole = keys.recovered(TEAM_KEY, KeyPair(raw(FROZEN["recovery_private"])))
    assert read(whole, keys.WHOLE) == [FROZEN["card"]["name"], FROZEN["entry"]["text"]]


def test_the_team_s_drop_box_opens() -> None:
    whole = keys.recovered(TEAM_KEY, KeyPair(raw(FROZEN["recovery_private"])))
    context = keys.team_context(TEAM_KEY.team_id, 1, "dropbox")
    box = KeyPair(whole.derive("team/dropbox").unseal(raw(FROZEN["dropbox_private"]), context))
    assert box.public == raw(FROZEN["dropbox_public"])


def test_marks_are_still_believed() -> None:
    assert keys.believed(MINE)
    assert keys.pepper_mark(UUID(FROZEN["agency"])) == raw(FROZEN["agency_mark"])
