"""A worker's own notebook: phrases that save typing, and ways to look at a list. Nobody else can open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.staff.actions.authority import CannotDo, ChangedMeanwhile
from leeward.staff.models import Notebook, Person
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from leeward.access.gate import Visit
    from leeward.staff.models.rota import NotebookWords

    type Page = list[dict[str, str]]

#: More of them would take longer to choose from than to type.
MOST: Final = {"phrases": 60, "views": 20}


class SignedIn(Protocol):
    """Any page that the gate opened: proof of whose notebook it is."""

    @property
    def visit(self) -> Visit: ...


def keep_phrase(page: SignedIn, *, phrase_id: UUID, name: str, text: str, version: int = 0) -> None:
    """Keep a phrase under a short name. The same `phrase_id` twice (a double click) is one phrase."""
    told = {"id": str(phrase_id), "name": name, "text": text}
    _change(page, "phrases", lambda phrases: _put(phrases, told, version, MOST["phrases"]))


def drop_phrase(page: SignedIn, *, phrase_id: UUID) -> None:
    """Let a phrase go."""
    _change(page, "phrases", lambda phrases: [one for one in phrases if one["id"] != str(phrase_id)])


def keep_view(page: SignedIn, *, view_id: UUID, name: str, query: str) -> None:
    """Keep a way to look at a list: the part of its address behind the question mark, which holds no words."""
    told = {"id": str(view_id), "name": name, "query": query}

    def put(views: Page) -> Page:
        version = next((int(one["version"]) for one in views if one["id"] == told["id"]), 0)
        return _put(views, told, version, MOST["views"])

    _change(page, "views", put)


def drop_view(page: SignedIn, *, view_id: UUID) -> None:
    """Let a way to look go."""
    _change(page, "views", lambda views: [one for one in views if one["id"] != str(view_id)])


def _put(page: Page, told: dict[str, str], version: int, most: int) -> Page:
    """Add it, or put it in the place of the one with the same number."""
    before = next((one for one in page if one["id"] == told["id"]), None)
    if before is None:
        if len(page) >= most:
            raise CannotDo(_("Your notebook is full (%(most)d). Let one go first.") % {"most": most})
        return [*page, {**told, "version": "1"}]
    if {**before, **told} == before:
        return page
    if int(before["version"]) != version:
        raise ChangedMeanwhile(int(before["version"]))
    new = {**told, "version": str(version + 1)}
    return [new if one is before else one for one in page]


def _change(page: SignedIn, which: Literal["phrases", "views"], how: Callable[[Page], Page]) -> None:
    """One change to one's notebook; the person's row is held, so that two windows cannot lose each other's words."""
    me = page.visit.actor.id
    with transaction.atomic():
        Person.objects.get_queryset().select_for_update().only("pk").get(pk=me)
        row = Notebook.objects.filter(person=me).first() or Notebook(person_id=me, words={})
        words = _words(row)
        words[which] = how(words.get(which, []))
        row.words = words
        row.save()


def _words(row: Notebook) -> NotebookWords:
    """What it holds; one that was sealed to keys which are gone begins anew."""
    try:
        return {**row.words}
    except Unreadable:
        return {}
