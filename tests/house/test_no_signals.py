"""No signals: what a verb does stands in the verb, where a reader finds it."""

from collections.abc import Iterator

import pytest

from tests.house.reading import Complaint, Source, code, complaints, example, imports


def is_signal(name: str) -> bool:
    return name.startswith("django.dispatch") or "signals" in name.split(".")


def look(source: Source) -> Iterator[Complaint]:
    if source.name.stem == "signals":
        yield 1, "a module of signals"
    yield from ((line, f"{name} is a signal") for line, name in imports(source) if is_signal(name))


def test_nothing_happens_behind_the_back() -> None:
    assert complaints(look, code()) == []


@pytest.mark.parametrize(
    "bad",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from allauth.account.signals import user_logged_in",
        "import django.core.signals",
    ],
)
def test_a_signal_is_found(bad: str) -> None:
    assert complaints(look, [example(bad)])


def test_a_module_of_signals_is_found() -> None:
    assert complaints(look, [example("", "src/leeward/cases/signals.py")])


@pytest.mark.parametrize("good", ["import signal", "from leeward.cases import actions"])
def test_other_imports_are_left_alone(good: str) -> None:
    assert complaints(look, [example(good)]) == []
