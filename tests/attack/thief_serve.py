"""`leeward serve` with two doors more that crash while they hold content, everything logged, and faults to plant.

`python -m tests.attack.thief_serve serve --port N`; THIEF_PLANT names faults: "temp", "log", "column",
"promise", "calendar".
"""

import logging
import os
import sys
from typing import Any

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

PLANTED = os.environ.get("THIEF_PLANT", "").split(",")


def _everything_is_logged() -> None:
    told: dict[str, Any] = settings.LOGGING
    for logger in (told["root"], *told["loggers"].values()):
        logger["level"] = "DEBUG"
        logger["handlers"] = ["screen"]
    if "log" in PLANTED:
        told["handlers"]["screen"]["filters"] = []
        told["formatters"]["plain"] = {"format": "%(message)s"}


def _plant() -> None:
    from leeward.cases import actions  # noqa: PLC0415 - Django is set up by now
    from leeward.cases.models import Entry  # noqa: PLC0415

    if "temp" in PLANTED:
        settings.FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
    if "column" in PLANTED:
        write = actions.write_entry

        def write_in_the_clear(file: Any, **answers: Any) -> Entry:  # noqa: ANN401 - any form's answers
            entry = write(file, **answers)
            # Where a developer in a hurry would put it.
            type(entry.author).objects.filter(pk=entry.author_id).update(name=answers["text"][:80])
            return entry

        actions.write_entry = write_in_the_clear
    if "promise" in PLANTED:
        _promise_in_the_clear()
    if "calendar" in PLANTED:
        _calendar_with_names()


def _promise_in_the_clear() -> None:
    from leeward.days.views import file as view  # noqa: PLC0415 - Django is set up by now
    from leeward.staff.models import Membership  # noqa: PLC0415

    promise = view._VERBS["promise"]

    def written_twice(file: Any, **said: Any) -> Any:  # noqa: ANN401 - any form's answers
        Membership.objects.filter(person=file.visit.actor.id).update(employer=said["text"][:80])
        return promise(file, **said)

    view._VERBS["promise"] = written_twice


def _calendar_with_names() -> None:
    from leeward.days import actions  # noqa: PLC0415 - Django is set up by now
    from leeward.days.pages import feed  # noqa: PLC0415

    start, calendar = actions.start_feed, feed.calendar
    names: list[str] = []

    def remember(entered: Any, *, dues: Any) -> str:  # noqa: ANN401 - whatever is due
        names.extend(due.case.participant.card["name"] for due in dues if due.case)
        return start(entered, dues=dues)

    def with_names(token: str) -> bytes | None:
        told = calendar(token)
        return told and told.replace(b"SUMMARY:Busy", f"SUMMARY:{names[0]}".encode())

    actions.start_feed, feed.calendar = remember, with_names


def crash(request: HttpRequest) -> HttpResponse:
    """Anybody's mistake: content in a local variable, in the message, and in what is logged on the way."""
    typed = request.POST.get("text", "")
    logging.getLogger("leeward").debug("nobody should write this: %r", {"typed": typed})
    logging.getLogger("somebody.else").warning("typed %s", typed)
    raise ValueError(f"could not read {typed}")


def crash_inside(request: HttpRequest, file: Any) -> HttpResponse:  # noqa: ANN401 - the open file
    """The same with a participant's file open."""
    card = file.thing.participant.card
    from leeward.cases.models import Entry  # noqa: PLC0415

    entries = [entry.text for entry in Entry.objects.filter(case=file.thing)]
    logging.getLogger("django.request").error("about %s: %s", card, entries)
    raise RuntimeError(f"about {card}: {entries}")


def main() -> int:
    """Serve with the two doors."""
    _everything_is_logged()
    django.setup()
    from leeward import cli, site  # noqa: PLC0415 - Django is set up by now
    from leeward.access.marks import public  # noqa: PLC0415
    from leeward.access.policy import Action  # noqa: PLC0415
    from leeward.cases.door import case_page  # noqa: PLC0415

    _plant()
    site.urlpatterns += [
        path("crash/", public(reason="a mistake")(crash)),
        path("crash/<uuid:case>/", case_page(Action.SEE_CASE)(crash_inside)),
    ]
    from django.db.backends.signals import connection_created  # noqa: PLC0415

    connection_created.connect(_query_log, weak=False)
    return cli.main(sys.argv[1:])


def _query_log(connection: Any, **_: Any) -> None:  # noqa: ANN401 - Django calls it
    connection.force_debug_cursor = True


if __name__ == "__main__":
    raise SystemExit(main())
