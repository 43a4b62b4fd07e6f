"""Shorter ways to say what these tests say often; pages can be drawn without gathering static files."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.continuity import actions
from leeward.continuity.models import HandOver
from leeward.continuity.words import EndingWords
from leeward.staff.models import OurWays, Person, Team
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker

if TYPE_CHECKING:
    from uuid import UUID

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer


@pytest.fixture(autouse=True)
def _plain_static(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def lou(cast: Cast) -> Worker:
    """A second case manager in Ama's team."""
    return make.a_person(Role.CASE_MANAGER, cast.harbor, by=cast.ben, name="Lou")


@pytest.fixture
def asked(cast: Cast, lou: Worker) -> HandOver:
    """Ama asked Lou to walk with Dee."""
    return ask(cast.dee, cast.ama, lou)


@pytest.fixture
def agreed(lou: Worker, asked: HandOver) -> HandOver:
    """Lou said yes."""
    return say(lou, asked, yes=True)


@pytest.fixture
def offered(cast: Cast) -> HandOver:
    """Ama asked the team of Sue and Cyd."""
    return offer(cast.dee, cast.ama, cast.garden)


def ask(case: Case, by: Worker, to: Worker) -> HandOver:
    with make.opening(case, by, Action.HAND_OVER) as file:
        return actions.ask(file, hand_over_id=uuid4(), person=to.person)


def offer(case: Case, by: Worker, team: Team) -> HandOver:
    with make.opening(case, by, Action.HAND_OVER) as file:
        return actions.offer(file, hand_over_id=uuid4(), team=team, why="closer to school")


def say(worker: Worker, hand_over: HandOver, *, yes: bool) -> HandOver:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        return actions.answer(entered, hand_over=hand_over, yes=yes)


def take(worker: Worker, row: HandOver, person: Worker | None = None) -> Case:
    with make.entering(worker, Action.TODAY, lists=True) as entered:
        return actions.take(entered, hand_over=row, person=(person or worker).person)


def finish(case: Case, by: Worker, hand_over: HandOver) -> HandOver:
    with make.opening(case, by, Action.HAND_OVER) as file:
        return actions.finish(file, hand_over=hand_over)


def leave(by: Worker, person: Person, interims: "dict[UUID, UUID] | None" = None, *sealed: Case) -> int:
    """Somebody leaves today; `sealed` are the files whose names the page shows."""
    with make.entering(by, Action.END_MEMBERSHIP, lists=True) as entered:
        if sealed:
            from leeward.cases.models import CaseList  # noqa: PLC0415

            entered.list(CaseList(sealed), Action.SEE_CARD)
        known = actions.Interims(interims or {}, {case.pk for case in sealed})
        return actions.goodbye(entered, person=person, interims=known)


def close(case: Case, by: Worker, **words: Any) -> None:  # noqa: ANN401 - the answers of the form
    """Close a file in which every part has its answer."""
    told: EndingWords = {"reason": "goals", "follow_ups": True, **words}  # type: ignore[typeddict-item]
    with make.opening(case, by, Action.CLOSE) as file:
        actions.rest_never_came_up(file)
        actions.close(file, ending_id=uuid4(), words=told)


def now(case: Case) -> Case:
    """The file as it stands now."""
    return Case.objects.select_related("primary", "backup").get(pk=case.pk)


def our_ways(by: Worker, **words: Any) -> None:  # noqa: ANN401
    """How the agency works, written by somebody with the key of everyone."""
    everyone = Team.objects.get(everyone=True)
    with make.entering(by, Action.KEEP_WAYS):
        OurWays.objects.create(everyone=everyone, words=words)


def path(case: Case | None, *parts: object) -> str:
    """An address, without asking the URLconf: a changed address is a broken bookmark."""
    first = [str(case.pk)] if case else []
    return "/walking/" + "".join(f"{part}/" for part in (*first, *parts))


def words_of(answer: "Answer") -> str:
    """What a person reads on a page."""
    body = re.sub(
        r"(?s)<head>.*?</head>|<template.*?</template>|<script.*?</script>", " ", answer.content.decode()
    )
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def hidden(answer: "Answer", form: str) -> dict[str, str]:
    """The hidden fields of a form on a page."""
    body = answer.content.decode()
    found = re.search(rf'(?s)<form[^>]*id="{form}".*?</form>', body)
    assert found, f"there is no form {form}: {words_of(answer)}"
    inputs = re.findall(r'<input[^>]*type="hidden"[^>]*>', found[0])
    fields = (dict(re.findall(r'([\w-]+)="([^"]*)"', one)) for one in inputs)
    return {one["name"]: one.get("value", "") for one in fields if one["name"] != "csrfmiddlewaretoken"}


def sees(worker: Worker, where: str) -> "Answer":
    """A page, opened by somebody."""
    return Browser(worker).get(where)


@contextmanager
def undone() -> Iterator[None]:
    """Everything inside is undone afterwards; the trail may write inside, as it does in every test."""
    block = transaction.atomic()
    block._from_testcase = True  # type: ignore[attr-defined]
    with block:
        yield
        transaction.set_rollback(True)
