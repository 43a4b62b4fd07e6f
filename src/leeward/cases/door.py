"""Where a participant's file is opened: the mark of every page about one participant."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.http import Http404

from leeward.access import gate, marks
from leeward.cases.models import Case
from leeward.staff.door import to_sign_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from leeward.access.gate import Opened, Visit
    from leeward.access.policy import Action

type OpenCase = Opened[Case]


class CaseView(Protocol):
    """A view that has the file open before it."""

    def __call__(self, request: HttpRequest, file: OpenCase, /, **parts: Any) -> HttpResponse: ...  # noqa: ANN401


def case_page(action: Action) -> Callable[[CaseView], marks.View]:
    """The mark of a page about one participant. A file that does not exist and one that stays shut look the same."""

    def marked(view: CaseView) -> marks.View:
        @wraps(view)
        def guarded(request: HttpRequest, case: UUID, **parts: Any) -> HttpResponse:  # noqa: ANN401
            visit = cast("Visit | None", getattr(request, "visit", None))
            if visit is None:
                return to_sign_in(request)
            found = Case.objects.with_people().select_related("team").filter(pk=case).first()
            if found is None:
                raise Http404
            return marks.guarded(request, lambda: gate.opening(visit, action, found), view, **parts)

        return marks.mark(guarded, marks.Mark("case_page", action))

    return marked
