"""Looking changes nothing: while a page is only looked at, the database takes no writes but the few listed.

Defends against a link, a prefetching browser or a forged image that would change something, and against a
view that was marked for looking and writes. It is a belt that reads the statement's text, meant to catch
slips; it is not a wall against hostile SQL, which nothing in Leeward lets in.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import connections

from leeward.access import trail

# What a statement may begin with. All else (CREATE, PRAGMA, VACUUM, CALL, COPY, SET …) is turned away unread.
_BEGINNINGS = frozenset({"select", "values", "with", "explain", "("})
_BEGINNINGS |= {"insert", "update", "delete", "replace", "merge"}  # it depends on the table
_BEGINNINGS |= {"begin", "savepoint", "release", "commit", "rollback"}
_TOKEN = re.compile(
    r"""
    '(?:[^']|'')*'              # words in quotes: skipped
    | --[^\n]* | /\*.*?\*/      # comments: skipped
    | "(?P<name>(?:[^"]|"")*)"  # a quoted name is never a verb
    | (?P<word>\w+)
    | (?P<mark>[.;(])
    """,
    re.VERBOSE | re.DOTALL,
)
# SELECT … FOR [NO KEY] UPDATE only locks; ON CONFLICT DO UPDATE stays in the table that INSERT INTO named.
_NOT_A_WRITE_BEFORE_UPDATE = frozenset({"for", "key", "do"})
# UPDATE OR IGNORE t, UPDATE ONLY t, DELETE FROM ONLY t
_FILLERS = frozenset({"or", "only", "ignore", "replace", "abort", "fail", "rollback"})

type _Token = tuple[str, str]  # "name", "word" or "mark", and its text
_END: _Token = ("mark", ";")


class WriteDuringRead(Exception):  # noqa: N818 - it is named for what happened
    """A page that is only looked at tried to write."""


@contextmanager
def reading() -> Iterator[None]:
    """Let the block read everything, and write only the trail and the tables in LEEWARD_READS_MAY_WRITE."""
    may_write = frozenset({trail.TABLE, *settings.LEEWARD_READS_MAY_WRITE})

    def guard(execute: Callable[..., Any], sql: Any, params: Any, many: Any, context: Any) -> Any:  # noqa: ANN401 - Django calls it
        _refuse_writes(str(sql), may_write)
        return execute(sql, params, many, context)

    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(guard))
        yield


# A page asks the same few questions over and over; values never stand in the text of a statement.
@lru_cache(maxsize=512)
def _refuse_writes(sql: str, may_write: frozenset[str]) -> None:
    tokens = [_END]
    tokens += [(kind, match[kind].lower()) for match in _TOKEN.finditer(sql) if (kind := match.lastgroup)]
    for before, here in pairwise(tokens):
        if before == _END and here[1] not in _BEGINNINGS:
            raise WriteDuringRead(f"{here[1].upper()} while only looking")
    for table in _written(tokens):
        if table not in may_write:
            raise WriteDuringRead(f"a write to {table} while only looking")


def _written(tokens: list[_Token]) -> Iterator[str]:
    """Every table that the statement writes to, wherever in it: INTO t, DELETE FROM t, UPDATE t."""
    for at, (before, here) in enumerate(pairwise(tokens)):
        if _begins_a_write(before, here):
            yield _target(tokens[at + 2 :])


def _begins_a_write(before: _Token, here: _Token) -> bool:
    if here == ("word", "from"):
        return before == ("word", "delete")
    if here == ("word", "update"):
        return before[1] not in _NOT_A_WRITE_BEFORE_UPDATE
    return here == ("word", "into")


def _target(rest: list[_Token]) -> str:
    """The table's name; with a schema before it, both, which no list of ours holds."""
    named = [token for token in rest if token[0] == "name" or token[1] not in _FILLERS]
    first = named[0][1] if named else ""
    qualified = len(named) > 1 and named[1] == ("mark", ".")
    return f"{first}.…" if qualified else first
