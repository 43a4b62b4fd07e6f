"""What the tests of pages about a person share: open a page, answer it, read what it says."""

# ruff: noqa: ANN401 - answers are whatever Django makes

import re
from html import unescape
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from leeward.cases.models import Case
from tests.attack.house import Browser
from tests.make import Worker


def where(name: str, case: Case, *parts: UUID) -> str:
    """The address of a page about somebody."""
    return reverse(name if ":" in name else f"cases:{name}", args=[case.pk, *parts])


def sees(worker: Worker, name: str, case: Case, /, *parts: UUID) -> Any:
    """What somebody gets who opens a page."""
    return Browser(worker).get(where(name, case, *parts))


def answers(worker: Worker, name: str, case: Case, /, *parts: UUID, **told: object) -> Any:
    """What somebody gets who fills in a page and sends it."""
    form = {"row_id": uuid4(), "version": 0, **told}
    return Browser(worker).post(where(name, case, *parts), form)


def said(answer: Any) -> str:
    """What stands in the middle of a page, as words."""
    main = re.search(r"<main.*?>(.*)</main>", answer.content.decode(), re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main[1] if main else "")).split())
