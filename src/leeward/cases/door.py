"""Where a participant's file is opened: the mark of every page about one participant."""

from __future__ import annotations

from functools import wraps
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

    from leeward.access.gate import Opened, Visit
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
            seen = Case.objects.with_people().as_seen_by(visit.actor).select_related("team")
            found = seen.filter(pk=case).first()
            if found is None:
                raise Http404
            return marks.guarded(request, lambda: gate.opening(visit, action, found), view, *args, **parts)

        return marks.mark(guarded, marks.Mark("case_page", action))

    return marked
