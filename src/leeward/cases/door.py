"""Where a participant's file is opened: the mark of every page about one participant."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect

from leeward.access import gate, marks
from leeward.cases.models import Case
from leeward.staff.door import to_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from leeward.access.gate import Entered, Opened, Visit
    from leeward.access.policy import Action

type OpenCase = Opened[Case]


def case_page[**P](
    action: Action, *, joined: bool = False
) -> Callable[[Callable[Concatenate[HttpRequest, OpenCase, P], HttpResponseBase]], marks.View]:
    """The mark of a page about one participant. A file that is not there and one that stays shut look the same.

    Of a file that became part of another, only pages that say `joined` are shown; all others lead on to that one.
    """

    def marked(view: Callable[Concatenate[HttpRequest, OpenCase, P], HttpResponseBase]) -> marks.View:
        @wraps(view)
        def guarded(request: HttpRequest, case: UUID, *args: P.args, **parts: P.kwargs) -> HttpResponseBase:
            visit: Visit | None = getattr(request, "visit", None)
            if visit is None:
                return to_sign_in(request)
            found = _found(visit, case)
            shown = view if joined or found.joined_to_id is None else _where_it_went
            return marks.guarded(request, lambda: gate.opening(visit, action, found), shown, *args, **parts)

        return marks.mark(guarded, marks.Mark("case_page", action))

    return marked


def page_among[**P](
    action: Action,
) -> Callable[
    [Callable[Concatenate[HttpRequest, OpenCase, Entered, P], HttpResponseBase]],
    marks.View,
]:
    """The mark of a page about one participant that names others beside them: each by their own rule and line."""

    def marked(
        view: Callable[Concatenate[HttpRequest, OpenCase, Entered, P], HttpResponseBase],
    ) -> marks.View:
        @wraps(view)
        def guarded(request: HttpRequest, case: UUID, *args: P.args, **parts: P.kwargs) -> HttpResponseBase:
            visit: Visit | None = getattr(request, "visit", None)
            if visit is None:
                return to_sign_in(request)
            found = _found(visit, case)

            def opened(
                request: HttpRequest, entered: Entered, /, *args: P.args, **parts: P.kwargs
            ) -> HttpResponseBase:
                shown = view if found.joined_to_id is None else _where_it_went
                return shown(request, entered.open(found), entered, *args, **parts)

            door = partial(gate.entering, visit, action, lists=True)
            return marks.guarded(request, door, opened, *args, **parts)

        return marks.mark(guarded, marks.Mark("case_page", action))

    return marked


def _where_it_went(request: HttpRequest, file: OpenCase, *_: object, **__: object) -> HttpResponse:
    """Two files became one: who looks is told, and what somebody was typing meanwhile is saved in the kept file."""
    if request.method in {"GET", "HEAD"}:
        return redirect("cases:joined", case=file.thing.pk)
    kept = request.get_full_path().replace(str(file.thing.pk), str(file.thing.joined_to_id), 1)
    return HttpResponseRedirect(kept, preserve_request=True)


def _found(visit: Visit, case: UUID) -> Case:
    """The bare row: random numbers only, and what binds this person to it."""
    seen = Case.objects.with_people().as_seen_by(visit.actor).select_related("team")
    found = seen.filter(pk=case).first()
    if found is None:
        raise Http404
    return found
