import runpy
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from leeward.access import matrix
from leeward.access.gate import Refused, Visit, opening
from leeward.access.matrix import (
    ABOUT_PARTICIPANTS,
    ABOUT_STAFF,
    ABOUT_STAFF_TIES,
    FOR_EVERYBODY,
    TIES,
    verdict,
)
from leeward.access.policy import WHOLE, Action, Role
from tests.access.stubs import File, Keys, a_visit
from tests.access.switch import policy_off

REVIEWED = Path(__file__).with_name("matrix.txt")


def test_the_reviewed_table_is_what_the_policy_says() -> None:
    assert matrix.text() == REVIEWED.read_text(), (
        "python -m leeward.access.matrix > tests/access/matrix.txt, and review"
    )


def test_the_table_prints_itself(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(matrix.__file__, run_name="__main__")
    assert capsys.readouterr().out == matrix.text()


def test_every_action_stands_in_the_table() -> None:
    assert sorted((*ABOUT_PARTICIPANTS, *ABOUT_STAFF, *FOR_EVERYBODY)) == sorted(Action)


@pytest.mark.parametrize("role", Role)
def test_two_columns_say_all_about_the_staff(role: Role) -> None:
    for action in ABOUT_STAFF:
        row = {tie: verdict(role, action, tie) for tie in TIES}
        assert row["assigned"] == row["untrained"] == row["same team"]
        assert row["walled off"] == "policy"
        assert {row[tie] for tie in ABOUT_STAFF_TIES} <= {"yes", "policy"}


@pytest.mark.parametrize("role", Role)
def test_what_everybody_may_needs_no_column(role: Role) -> None:
    for action, tie in product(FOR_EVERYBODY, TIES):
        assert verdict(role, action, tie) == ("policy" if tie == "walled off" else "yes")


def refused_by(visit: Visit, action: Action, file: File) -> str:
    """What keeps it shut, or nothing."""
    try:
        with opening(visit, action, file):
            return ""
    except Refused as refusal:
        return refusal.held_by


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "tie"), list(product(Role, TIES)))
def test_what_is_held_by_key_stays_shut_with_the_policy_off(
    role: Role, tie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = File(matrix.ties(role, tie))
    visit = a_visit(role, team=None if tie == "other team" else file.team)
    refused = {action: verdict(role, action, tie) for action in ABOUT_PARTICIPANTS}
    policy_off(monkeypatch)
    for action, held_by in refused.items():
        assert held_by == "yes" or refused_by(visit, action, file) == held_by.replace("policy", "")


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "tie"), list(product(Role, TIES)))
def test_the_gate_answers_as_the_table_says_even_with_every_key(role: Role, tie: str) -> None:
    file = File(matrix.ties(role, tie))
    everything = Keys({file.team: frozenset({WHOLE})})
    visit = replace(a_visit(role), holder=everything)
    for action in ABOUT_PARTICIPANTS:
        expected = "" if verdict(role, action, tie) == "yes" else "policy"
        assert refused_by(visit, action, file) == expected
