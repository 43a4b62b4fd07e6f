"""An agency for processes of their own: two teams, and for each verb files that no other verb touches."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models

from leeward.access.gate import Entered
from leeward.access.policy import Action, Role
from leeward.cases.door import OpenCase
from leeward.cases.models import Case
from leeward.staff.models import Team
from tests import make
from tests.make import Worker

#: The files of each verb, by what they are for.
FILES = (
    "anchor", "due", "court", "twin", "other twin", "wrong", "right", "kept", "joined", "walked", "ended",
    "died", "offered", "night", "given",
)  # fmt: skip


type Facts = dict[str, list[Any]]


def unless(fine: bool, problem: str) -> Iterator[str]:
    """What is wrong, unless it is fine."""
    if not fine:
        yield problem


@dataclass(frozen=True)
class Town:
    """Ben leads Harbor, where Lou and Mia carry files; Sue leads Garden."""

    ben: Worker
    lou: Worker
    mia: Worker
    sue: Worker
    harbor: Team
    garden: Team
    files: dict[str, UUID]
    _seen: set[Any] = field(default_factory=set)

    def file(self, name: str) -> Case:
        """A file as it stands now."""
        return Case.objects.select_related("primary", "backup").get(pk=self.files[name])

    def carrier(self, case: Case) -> Worker:
        """Who walks with somebody now."""
        return next(each for each in (self.ben, self.lou, self.mia, self.sue) if each.person == case.primary)

    def at_work(self, action: Action, *, lists: bool = False) -> AbstractContextManager[Entered]:
        """Ben on a page."""
        return make.entering(self.ben, action, lists=lists)

    def opened(self, action: Action, name: str = "anchor") -> AbstractContextManager[OpenCase]:
        """One of the files, opened by Ben."""
        return make.opening(self.file(name), self.ben, action)

    @contextmanager
    def both(self, worker: Worker, action: Action, *names: str) -> Iterator[list[OpenCase]]:
        """Several files, opened from a page."""
        with make.entering(worker, action, lists=True) as entered:
            found = (
                Case.objects.with_people().select_related("team").get(pk=self.files[name]) for name in names
            )
            yield [entered.open(case, action) for case in found]

    def new[R: models.Model](self, rows: Iterable[R]) -> list[R]:
        """Rows that were not looked at yet: who wrote them is dead, and they do not change any more."""
        found = [row for row in rows if row.pk not in self._seen]
        self._seen.update(row.pk for row in found)
        return found


def a_town() -> Town:
    """Found it."""
    founding = make.an_agency()
    ben, harbor = Worker(founding.person, founding.pair), Team.objects.get(number=1)
    lou, mia = (make.a_person(Role.CASE_MANAGER, harbor, by=ben, name=name) for name in ("Lou", "Mia"))
    garden = make.a_team("Garden", by=ben)
    sue = make.a_person(Role.SUPERVISOR, garden, by=ben, name="Sue")
    files = {name: make.a_case(by=ben, name=name, team=harbor).pk for name in FILES}
    return Town(ben, lou, mia, sue, harbor, garden, files)
