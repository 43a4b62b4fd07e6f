"""Where a participant's file is opened: the mark of every page about one participant."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Concatenate

from django.http import Http404

from leeward.access import gate, marks
from leeward.cases.models import Case
from leeward.staff.door import to_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from leeward.access.gate import Entered, Opened, Visit
    from leeward.access.policy import Action

type OpenCase = Opened[Case]


def case_page[**P](
    action: Action,
) -> Callable[[Callable[Concatenate[HttpRequest, OpenCase, P], HttpResponseBase]], marks.View]:
    """The mark of a page about one participant. A file that is not there and one that stays shut look the same."""

    def marked(view: Callable[Concatenate[HttpRequest, OpenCase, P], HttpResponseBase]) -> marks.View:
        @wraps(view)
        def guarded(request: HttpRequest, case: UUID, *args: P.args, **parts: P.kwargs) -> HttpResponseBase:
            visit: Visit | None = getattr(request, "visit", None)
            if visit is None:
                return to_sign_in(request)
            found = _found(visit, case)
            return marks.guarded(request, lambda: gate.opening(visit, action, found), view, *args, **parts)

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
                return view(request, entered.open(found), entered, *args, **parts)

            door = partial(gate.entering, visit, action, lists=True)
            return marks.guarded(request, door, opened, *args, **parts)

        return marks.mark(guarded, marks.Mark("case_page", action))

    return marked


def _found(visit: Visit, case: UUID) -> Case:
    """The bare row: random numbers only, and what binds this person to it."""
    seen = Case.objects.with_people().as_seen_by(visit.actor).select_related("team")
    found = seen.filter(pk=case).first()
    if found is None:
        raise Http404
    return found
