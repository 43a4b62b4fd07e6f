"""What is due is found by its words, as notes are: who writes them tells the file's set, with the file open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from leeward.cases.actions import remembering
from leeward.cases.actions.rows import lock
from leeward.days.models import Due

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case


def tell(case: Case | None, due: Due) -> None:
    """Search finds it by these words from now on. The caller holds the file's row; what is one's own has no file."""
    if case and (said := Due.searched.said(due)):
        remembering.remember_text(case, said)


def take_out(file: OpenCase, due: Due) -> None:
    """Something that was agreed by mistake a moment ago: nothing of it stays."""
    with transaction.atomic():
        lock(file.thing)
        said = Due.searched.said(due)
        due.delete()
        remembering.forget_text(file.thing, said)
