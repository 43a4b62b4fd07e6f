from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial, wraps
from uuid import uuid4

import pytest
from django.core.checks import Error, run_checks
from django.db import connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory
from pytest_django import Settings

from leeward.access import gate, marks, trail
from leeward.access.gate import Opened, Tripped, Visit, opening
from leeward.access.marks import Mark, UnfinishedError, guarded, mark, mark_of, public, walk
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.access.readonly import WriteDuringRead
from leeward.access.trail import Outcome
from leeward.vault.keyring import Locked
from tests.access.doors import forgotten, marked
from tests.access.stubs import File, a_file, a_visit

Door = Callable[[], AbstractContextManager[Opened[File]]]


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def write_something() -> None:
    """Never gets as far as the database."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET open = 1")


class TestMark:
    def test_a_view_bears_its_mark(self) -> None:
        def page(request: HttpRequest) -> HttpResponse:
            return HttpResponse()

        by = Mark("staff", Action.TODAY)
        assert mark(page, by) is page
        assert mark_of(page) == by == ("staff", Action.TODAY, "")

    def test_a_mark_is_set_once(self) -> None:
        with pytest.raises(TypeError, match="marked already"):
            public(reason="to let everybody in after all")(marked.today)

    def test_a_mark_shines_through_what_wraps_the_view(self) -> None:
        @wraps(marked.today)
        def outer(request: HttpRequest) -> HttpResponse:
            return marked.today(request)

        assert mark_of(outer) == mark_of(marked.today)

    def test_it_does_not_shine_through_what_does_not_say_what_it_wraps(self) -> None:
        assert mark_of(partial(marked.today)) is None

    def test_views_do_not_wait(self) -> None:
        async def page(request: HttpRequest) -> HttpResponse:
            return HttpResponse()

        with pytest.raises(TypeError, match="not async"):
            mark(page, Mark("staff", Action.TODAY))


class TestPublic:
    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_reason_is_needed(self, reason: str) -> None:
        with pytest.raises(TypeError, match="say why"):
            public(reason=reason)

    def test_the_reason_is_on_the_mark(self) -> None:
        page = public(reason="shown before sign-in")(view)
        assert mark_of(page) == Mark("public", None, "shown before sign-in")
        assert mark_of(view) is None

    @pytest.mark.django_db
    def test_looking_changes_nothing(self, rf: RequestFactory) -> None:
        @public(reason="test")
        def page(request: HttpRequest, number: int) -> HttpResponse:
            write_something()
            return HttpResponse(number)

        with pytest.raises(WriteDuringRead):
            page(rf.get("/"), 1)
        with pytest.raises(WriteDuringRead):
            page(rf.head("/"), 1)

    @pytest.mark.django_db
    def test_sending_may(self, rf: RequestFactory) -> None:
        @public(reason="test")
        def page(request: HttpRequest, number: int) -> HttpResponse:
            return HttpResponse(number)

        assert page(rf.post("/"), number=1).content == b"1"  # type: ignore[attr-defined]


@pytest.mark.django_db
class TestGuarded:
    @pytest.fixture
    def door(self, visit: Visit, file: File) -> Door:
        return partial(opening, visit, Action.SEE_CASE, file)

    def test_a_view_runs_inside_the_open_door(self, rf: RequestFactory, door: Door, file: File) -> None:
        def page(request: HttpRequest, opened: Opened[File], number: int) -> HttpResponse:
            return HttpResponse(f"{opened.thing.words} {number}")

        assert guarded(rf.get("/"), door, page, number=3).content == b"sealed words 3"  # type: ignore[attr-defined]
        assert Line.objects.get().things == [str(file.pk)]

    def test_what_stays_shut_looks_like_what_is_not_there(self, rf: RequestFactory) -> None:
        shut: Door = partial(opening, a_visit(Role.CASE_MANAGER), Action.SEE_CASE, a_file())
        with pytest.raises(Http404) as answer:
            guarded(rf.get("/"), shut, lambda _, __: HttpResponse())
        assert str(answer.value) == ""
        assert answer.value.__suppress_context__
        assert Line.objects.get().outcome == Outcome.REFUSED

    def test_looking_changes_nothing(self, rf: RequestFactory, door: Door) -> None:
        def page(request: HttpRequest, opened: Opened[File]) -> HttpResponse:
            write_something()
            return HttpResponse()

        with pytest.raises(WriteDuringRead):
            guarded(rf.get("/"), door, page)
        assert Line.objects.count() == 1

    def test_sending_may_write(self, rf: RequestFactory, door: Door) -> None:
        def page(request: HttpRequest, opened: Opened[File]) -> HttpResponse:
            trail.write(actor=uuid4(), action="test:write", outcome=Outcome.DONE)
            return HttpResponse()

        assert guarded(rf.post("/"), door, page).status_code == 200
        assert Line.objects.count() == 2

    def test_a_tripped_ring_throws_the_page_away(self, rf: RequestFactory, door: Door) -> None:
        def page(request: HttpRequest, opened: Opened[File]) -> HttpResponse:
            with pytest.raises(Locked):
                _ = a_file().words
            return HttpResponse("rendered all the same")

        with pytest.raises(Tripped):
            guarded(rf.get("/"), door, page)

    def test_locked_passes_on(self, rf: RequestFactory, door: Door) -> None:
        with pytest.raises(Locked):
            guarded(rf.get("/"), door, lambda _, __: HttpResponse(a_file().words))

    @pytest.mark.parametrize(
        "late",
        [
            lambda: SimpleTemplateResponse("late.html"),
            lambda: StreamingHttpResponse([b"late"]),
            lambda: FileResponse([b"late"]),
        ],
        ids=["lazy template", "pieces", "file"],
    )
    def test_an_answer_that_is_made_after_the_door_is_shut_is_not_given(
        self, rf: RequestFactory, door: Door, late: Callable[[], HttpResponseBase]
    ) -> None:
        with pytest.raises(UnfinishedError):
            guarded(rf.get("/"), door, lambda _, __: late())

    def test_pieces_go_through_the_function_made_for_them(self, rf: RequestFactory, door: Door) -> None:
        answer = guarded(rf.get("/"), door, lambda _, __: gate.stream([b"a"], content_type="text/plain"))
        assert b"".join(answer) == b"a"


def found(settings: Settings, *urlconfs: str) -> list[Error]:
    settings.LEEWARD_URLCONFS = list(urlconfs)
    return [error for error in marks.every_view_is_marked() if isinstance(error, Error)]


class TestCheck:
    def test_every_view_is_found(self) -> None:
        assert [(door.path, door.mark.kind) for door in walk("tests.access.doors.marked") if door.mark] == [
            ("/", "staff"),
            ("/about/standing/", "public"),
        ]

    def test_a_house_in_order_starts(self, settings: Settings) -> None:
        assert found(settings, "tests.access.doors.marked") == []

    def test_a_forgotten_view_is_found_however_deep(self, settings: Settings) -> None:
        [error] = found(settings, "tests.access.doors.marked", "tests.access.doors.forgotten")
        assert error.id == "access.E001"
        assert (
            error.msg == "/deep/down/<int:n>/ in tests.access.doors.forgotten leads to a view without a mark."
        )
        assert error.obj is forgotten.forgotten

    def test_a_urlconf_of_somebody_else_is_found(self, settings: Settings) -> None:
        [error] = found(settings, "tests.access.doors.third_party")
        assert "/i18n/setlang/" in error.msg

    @pytest.mark.urls("tests.access.doors.third_party")
    def test_a_front_door_that_nobody_told_of_is_found(self, settings: Settings) -> None:
        settings.LEEWARD_URLCONFS = ["tests.access.doors.marked"]
        assert [error.id for error in marks.every_front_door_is_known()] == ["access.E002"]

    def test_both_are_asked_at_every_start(self, settings: Settings) -> None:
        settings.ROOT_URLCONF = "tests.access.doors.marked"
        settings.LEEWARD_URLCONFS = ["tests.access.doors.forgotten"]
        assert {"access.E001", "access.E002"} <= {error.id for error in run_checks(tags=["urls"])}

    @pytest.mark.urls("tests.access.doors.marked")
    def test_a_known_front_door_is_in_order(self, settings: Settings) -> None:
        settings.LEEWARD_URLCONFS = ["tests.access.doors.marked"]
        assert marks.every_front_door_is_known() == []


def test_the_demo_pages_of_this_test_answer(rf: RequestFactory) -> None:
    answers = [
        marked.today(rf.get("/")),
        marked.standing(rf.post("/")),
        forgotten.forgotten(rf.get("/")),
        view(rf.get("/")),
    ]
    assert {answer.status_code for answer in answers} == {200}
