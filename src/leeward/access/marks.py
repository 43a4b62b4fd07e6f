"""Every view says who it is for, or the site does not start.

A mark is set by `staff_page`, `case_page`, `own_page` (defined where those pages are at home) or by `public`
here. Defends against the page that somebody adds one evening and forgets to guard, and against third-party
URLconfs that bring doors of their own.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from inspect import iscoroutinefunction
from typing import Concatenate, NamedTuple

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from leeward.access.gate import Refused, Streamed
from leeward.access.policy import Action
from leeward.access.readonly import reading

type View = Callable[..., HttpResponseBase]

_MARK = "leeward_mark"
_ONLY_TO_LOOK = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class Mark(NamedTuple):
    """Who a view is for: its kind of page, what it lets somebody do, and why where that is nothing."""

    kind: str
    action: Action | None
    reason: str = ""


class Door(NamedTuple):
    """One view that can be reached from outside."""

    path: str
    view: View
    mark: Mark | None


class UnfinishedError(Exception):
    """A view answered with something that would be rendered after the door is shut."""


def mark[**P, R](view: Callable[P, R], by: Mark) -> Callable[P, R]:
    """Set the mark of a view, once."""
    if iscoroutinefunction(view):
        raise TypeError("a key-ring does not wait: views are not async")
    if mark_of(view):
        raise TypeError(f"this view is marked already: {mark_of(view)}")
    setattr(view, _MARK, by)
    return view


def mark_of(view: Callable[..., object]) -> Mark | None:
    """The mark of a view, if it bears one. `functools.wraps` carries it out to whatever wraps the view."""
    return getattr(view, _MARK, None)


def public[**P](*, reason: str) -> Callable[[Callable[Concatenate[HttpRequest, P], HttpResponseBase]], View]:
    """Mark a view that anybody may reach, and say why. It opens nothing; looking at it changes nothing."""
    if not reason.strip():
        raise TypeError("say why anybody may reach this page")

    def decorate(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> View:
        @wraps(view)
        def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            with _only_looking(request):
                return view(request, *args, **kwargs)

        return mark(page, Mark("public", None, reason))

    return decorate


def guarded[E, **P](
    request: HttpRequest,
    door: Callable[[], AbstractContextManager[E]],
    view: Callable[Concatenate[HttpRequest, E, P], HttpResponseBase],
    *args: P.args,
    **kwargs: P.kwargs,
) -> HttpResponseBase:
    """Run a view inside an open door: the body of `staff_page`, `case_page` and `own_page`.

    What stays shut looks like what is not there, so that nobody learns who is known here. `Locked` and
    `Tripped` pass on, and become a plain 500.
    """
    try:
        with door() as opened, _only_looking(request):
            return _finished(view(request, opened, *args, **kwargs))
    except Refused:
        raise Http404 from None


def walk(urlconf: str) -> Iterator[Door]:
    """Every view that a URLconf leads to, at any depth."""
    return _below(get_resolver(urlconf), "/")


def every_view_is_marked(**_: object) -> list[CheckMessage]:
    """Refuse to start while a view bears no mark."""
    return [
        Error(
            f"{door.path} in {urlconf} leads to a view without a mark.",
            hint="Mark it with staff_page, case_page, own_page or public(reason=…). Don't include URLconfs "
            "of other packages: list the views that are used, each with its mark.",
            obj=door.view,
            id="access.E001",
        )
        for urlconf in settings.LEEWARD_URLCONFS
        for door in walk(urlconf)
        if door.mark is None
    ]


def every_front_door_is_known(**_: object) -> list[CheckMessage]:
    """Refuse to start with a front door that the other check does not look at."""
    if settings.ROOT_URLCONF in settings.LEEWARD_URLCONFS:
        return []
    return [Error("ROOT_URLCONF is not among LEEWARD_URLCONFS, so its views go unchecked.", id="access.E002")]


def _below(resolver: URLResolver, prefix: str) -> Iterator[Door]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield Door(path, entry.callback, mark_of(entry.callback))
        else:
            yield from _below(entry, path)


def _only_looking(request: HttpRequest) -> AbstractContextManager[None]:
    return reading() if request.method in _ONLY_TO_LOOK else nullcontext()


def _finished(response: HttpResponseBase) -> HttpResponseBase:
    """Defends against an answer that reads sealed words after the door is shut, or holds it open."""
    if not getattr(response, "is_rendered", True):
        raise UnfinishedError("render the page before the door shuts")
    if response.streaming and not isinstance(response, Streamed):
        raise UnfinishedError("answer in pieces through gate.stream only")
    return response
