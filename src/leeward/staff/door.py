"""Where somebody who is signed in meets the gate: the keys a person holds, and the mark of staff pages."""

from __future__ import annotations

import logging
from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists
from django.shortcuts import redirect

from leeward.access import gate, marks
from leeward.access.gate import Entered, Visit
from leeward.access.policy import Action, Actor, Role
from leeward.staff import keys
from leeward.staff.models import Grant, Membership, Shift, Team
from leeward.vault.scopes import HeldKey, Scope, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from leeward.staff.models import Person
    from leeward.vault.cipher import Key, KeyPair


_log = logging.getLogger("leeward")


class KeyHolder:
    """A person's keys for one request: grants are read once, and opened only when a page needs them."""

    def __init__(self, person: UUID, pair: KeyPair) -> None:
        """Hold the private half for the length of the request."""
        self._person, self._pair = person, pair
        self._grants: dict[tuple[UUID, str], Grant] | None = None
        self._opened: dict[tuple[UUID, str], tuple[Key, Key] | None] = {}

    def grants(self) -> dict[tuple[UUID, str], Grant]:
        """Grants by team key and scope."""
        if self._grants is None:
            mine = Grant.objects.filter(person_key__person=self._person, person_key__retired_at=None)
            self._grants = {(g.team_key_id, g.scope): g for g in mine.select_related("team_key")}
        return self._grants

    def _open(self, team_key: UUID, scope: str) -> tuple[Key, Key] | None:
        place = (team_key, scope)
        if place not in self._opened and place in self.grants():
            try:
                self._opened[place] = keys.open_grant(self.grants()[place], self._pair, self._person)
            except Unreadable:
                # A grant that no colleague gave opens nothing, and takes nothing else away.
                _log.warning("a grant is not believed: somebody may have written to the database")
                self._opened[place] = None
        return self._opened.get(place)

    def team_key(self, team_key: UUID, scope: str) -> Key | None:
        """The key of one scope of a team's files, or None: then no bug in a policy opens anything."""
        if whole := self._open(team_key, keys.WHOLE):
            return keys.scope_key(whole[0], scope)
        held = self._open(team_key, scope)
        return held[0] if held else None

    def teams(self, scope: str = "") -> set[UUID]:
        """The teams of which this person holds a key (of a scope); a colleague may not have handed it over yet."""
        return {
            grant.team_key.team_id
            for (_, held), grant in self.grants().items()
            if not scope or held in {scope, keys.WHOLE}
        }

    def own_keys(self) -> Iterable[HeldKey]:
        """What every page may use: the person's own drafts, and the names of the person's teams."""
        yield HeldKey(Scope.person(self._person), 1, self._pair.own_key())
        for (team_key, scope), grant in self.grants().items():
            turn = partial(self._words_key, team_key, scope)
            yield HeldKey(Scope.team(grant.team_key.team_id), grant.team_key.epoch, turn)

    def _words_key(self, team_key: UUID, scope: str) -> Key | None:
        opened = self._open(team_key, scope)
        return opened[1] if opened else None


def actor_of(person: Person) -> Actor:
    """Who this is today: roles by team, from the memberships in force."""
    teams: dict[UUID, set[Role]] = {}
    roles: set[Role] = set()
    on_call = Exists(Shift.objects.on().filter(person=person))
    mine = Membership.objects.current().filter(person=person).annotate(on_call=on_call)
    for team, role, is_on_call in mine.values_list("team_id", "role", "on_call"):
        # The keys stay in the drawer until the shift begins (practice D4).
        if role == Role.ON_CALL and not is_on_call:
            continue
        roles.add(Role(role))
        if team is not None:
            teams.setdefault(team, set()).add(Role(role))
    return Actor(person.pk, frozenset(roles), {team: frozenset(held) for team, held in teams.items()})


def visit_of(agency: UUID, person: Person, pair: KeyPair, *, safe: bool) -> Visit:
    """A signed-in person at the door, with what the person holds."""
    return Visit(agency, actor_of(person), KeyHolder(person.pk, pair), safe)


def my_teams(visit: Visit) -> list[Team]:
    """The teams this person is in today, without the team of everyone."""
    return list(Team.objects.filter(pk__in=visit.actor.teams, everyone=False))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in: sign in first, then come back here."""
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': request.path})}")


def staff_page[**P](
    action: Action, *, lists: bool = False
) -> Callable[[Callable[Concatenate[HttpRequest, Entered, P], HttpResponseBase]], marks.View]:
    """The mark of a page for staff: signed in, allowed by the policy, on the trail, keys only for its length."""

    def marked(view: Callable[Concatenate[HttpRequest, Entered, P], HttpResponseBase]) -> marks.View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **parts: P.kwargs) -> HttpResponseBase:
            visit: Visit | None = getattr(request, "visit", None)
            if visit is None:
                return to_sign_in(request)
            return marks.guarded(
                request, lambda: gate.entering(visit, action, lists=lists), view, *args, **parts
            )

        return marks.mark(guarded, marks.Mark("staff_page", action))

    return marked
