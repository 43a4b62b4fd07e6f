"""What the log may hold: the shape of what went wrong, never anybody's words.

Messages of exceptions and arguments of log calls can carry what was typed (a database names the value that it did not
like), so only types, places in the code, and texts that were written by programmers go out.
"""

from __future__ import annotations

import logging
import re
import traceback
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from types import TracebackType

    from django.http import HttpRequest

#: Addresses that are keys themselves: of an invitation, of a calendar feed.
_SECRET: Final = re.compile(r"(/(?:join|busy)/)[^/\s]+")
_HARMLESS: Final = (str, int, float)
_LONGEST: Final = 200


class ShapeOnly(logging.Filter):
    """Keep known loggers' short arguments; drop everything that could be content."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line pass, without what it must not say."""
        record.__dict__.pop("request", None)
        if record.name.startswith("django.db"):
            return False
        record.msg, record.args = _shape(record), ()
        return True


def _shape(record: logging.LogRecord) -> str:
    if record.exc_info and record.exc_info[0]:
        kind, _, where = record.exc_info
        return f"{_first_line(record)} {kind.__name__} at {_places(where)}"
    return _first_line(record)


def _first_line(record: logging.LogRecord) -> str:
    """The programmer's text; arguments only for the two loggers whose arguments are paths and reasons."""
    message = str(record.msg)
    if record.name in {"django.request", "leeward"} and isinstance(record.args, tuple):
        safe = tuple(value if isinstance(value, _HARMLESS) else type(value).__name__ for value in record.args)
        message = message % safe if safe else message
    return _SECRET.sub(r"\1…", message.split("\n")[0][:_LONGEST])


def _places(where: TracebackType | None) -> str:
    frames = traceback.extract_tb(where)[-6:]
    return " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))


class Plain(logging.Formatter):
    """Time, level, logger and message; never a traceback with values."""

    def __init__(self) -> None:
        """One line for each event."""
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: ARG002, N802 - logging's own name
        """The filter has said what may be said."""
        return ""

    def format(self, record: logging.LogRecord) -> str:
        """One line, whatever hangs on the record."""
        record.exc_info = record.exc_text = record.stack_info = None
        return super().format(record)


class NoReport:
    """Django's error reports hold the request and every local variable. There are none."""

    html_template_path = text_template_path = None

    def __init__(self, request: HttpRequest | None, *_: object, **__: object) -> None:
        """Take nothing in."""

    def get_traceback_text(self) -> str:
        """Nothing."""
        return ""

    get_traceback_html = get_traceback_text
