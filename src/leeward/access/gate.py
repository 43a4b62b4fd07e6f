"""The only door: decide, write it down, and only then turn the key, for the length of the view.

Everything sealed in a file stays sealed until `opening` or `entering` put its keys on the request's ring, and
is sealed again when the block ends. Defends against a page that forgets to ask, one that asks and writes
nothing down, and one that goes on reading after it was answered. Open the door before beginning a transaction
(see `trail.write`).
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import InitVar, dataclass
from typing import Final, Never, final
from uuid import UUID

from django.http import StreamingHttpResponse

from leeward.access import policy, trail
from leeward.access.policy import Action, Actor, Ties
from leeward.access.trail import HeldBy, Outcome
from leeward.access.visit import Holder, Sifted, Thing, Things, Visit
from leeward.vault.keyring import KeyRing, carrying
from leeward.vault.scopes import Compartment, HeldKey

__all__ = [
    "Entered",
    "Holder",
    "Opened",
    "Refused",
    "Sifted",
    "Thing",
    "Things",
    "Tripped",
    "Visit",
    "entering",
    "founding",
    "opening",
    "stream",
]

_BY_THE_GATE: Final = object()
_CARD: Final = frozenset({Compartment.CARD})
_FOUND: Final = "agency:found"


class Refused(Exception):  # noqa: N818 - it is an answer, not an error
    """It stays shut, by the rules or for want of the key. The line in the trail is written already."""

    def __init__(self, held_by: HeldBy) -> None:
        """Say by what, so that tests can tell the two apart. A page never does."""
        super().__init__(f"held by {held_by}")
        self.held_by = held_by


class Tripped(Exception):  # noqa: N818 - it is named for what happened
    """Something was read without its key. A template may have swallowed that, so nothing is answered."""


class OverreachError(Exception):
    """A thing handed out keys that were not asked for: a mistake in its `keys_for`."""


@final
@dataclass(frozen=True, slots=True)
class Opened[T: Thing]:
    """Proof that a thing was opened. Only the gate makes one, so nobody reaches an action around it."""

    thing: T
    visit: Visit
    action: Action
    compartments: frozenset[Compartment]
    token: InitVar[object] = None

    def __post_init__(self, token: object) -> None:
        """Defends against an opened thing that was never opened."""
        _by_the_gate(token)

    def __reduce__(self) -> Never:
        """Defends against one that is kept for later, in a session or a job."""
        raise TypeError("what is open now is not open later")


@final
class Entered:
    """Proof that somebody may be on this page, and the way to open what it shows."""

    __slots__ = ("_lists", "_ring", "_sifted", "_written", "action", "visit")

    def __init__(
        self, visit: Visit, action: Action, ring: KeyRing, *, lists: bool, token: object = None
    ) -> None:
        """Made by `entering` only."""
        _by_the_gate(token)
        self.visit = visit
        self.action = action
        self._ring = ring
        self._lists = lists
        self._sifted = False
        self._written = False

    def list(
        self,
        things: Things,
        action: Action | None = None,
        compartments: frozenset[Compartment] = _CARD,
    ) -> None:
        """Write the line with the ids that are shown, then hold the keys of these compartments only."""
        self._may_list(action or self.action, compartments)
        self._write(action or self.action, things.kind, things.ids())
        self._ring.hold(_only(compartments, things.keys_for(self.visit.holder, compartments)))

    def look_through(
        self,
        things: Things,
        action: Action | None = None,
        compartments: frozenset[Compartment] = _CARD,
    ) -> None:
        """Hold the keys to search a stack; what is found goes to `list` before it is shown.

        The one exception to "first the line": a search's line says what was shown, which is known afterwards.
        It is written by `list`, or on leaving where nothing was found; no answer leaves before that.
        """
        self._may_list(action or self.action, compartments)
        self._sifted = True
        self._ring.hold(_only(compartments, things.keys_for(self.visit.holder, compartments)))

    def sift(self, things: Sifted, action: Action, part: Compartment) -> Iterator[tuple[UUID, UUID | None]]:
        """What of a stack fits. Its keys are turned one after another and none is put on the ring.

        Like `look_through` an exception to "first the line": what is shown of it goes to `list`.
        """
        self._may_list(action, frozenset({part}))
        self._sifted = True
        return things.fitting(self.visit.agency, self.visit.holder)

    def open[T: Thing](self, thing: T, action: Action | None = None) -> Opened[T]:
        """Open one thing on this page, by its own ties, with its own line."""
        self._must_list()
        self._written = True  # by `_open`, whichever way it ends
        return _open(self._ring, self.visit, action or self.action, thing)

    def begin(self, keys: Iterable[HeldKey], kind: str = "", things: Iterable[UUID] = ()) -> None:
        """Hold the keys of what this request is making, so new that nobody else has them; name it in the line."""
        if self._lists and kind:
            self._write(self.action, kind, things)
        self._ring.hold(keys)

    def write_line(self) -> None:
        """Write the page's own line, unless what it showed is written down already."""
        if not self._written:
            self._write(self.action)

    def _write(self, action: Action, kind: str = "", things: Iterable[UUID] = ()) -> None:
        self._written = True
        _write(self.visit, action, kind, things, note="looked-through" if self._sifted else "")

    def _may_list(self, action: Action, compartments: frozenset[Compartment]) -> None:
        # Which rows is for the set rule to say. This is for the stack that forgot to ask it.
        self._must_list()
        actor, ties = self.visit.actor, _somewhere(self.visit.actor)
        if not policy.allows(actor, action, ties) or compartments - policy.compartments(action, ties):
            self._written = True
            _refuse(self.visit, action, HeldBy.POLICY)

    def _must_list(self) -> None:
        if not self._lists:
            raise RuntimeError("this page's line is written already: say lists=True at its mark")


@contextmanager
def opening[T: Thing](visit: Visit, action: Action, thing: T) -> Iterator[Opened[T]]:
    """Open one thing for the length of the block."""
    with _carrying(visit) as ring:
        opened = _open(ring, visit, action, thing)
        ring.hold(visit.holder.own_keys())
        yield opened


@contextmanager
def entering(visit: Visit, action: Action, *, lists: bool = False) -> Iterator[Entered]:
    """Let somebody onto a page that is not about one thing.

    With `lists`, the page says itself what it shows, and its line waits for that, or for leaving.
    """
    with _carrying(visit) as ring:
        if not policy.allows(visit.actor, action, _somewhere(visit.actor)):
            _refuse(visit, action, HeldBy.POLICY)
        entered = Entered(visit, action, ring, lists=lists, token=_BY_THE_GATE)
        if not lists:
            entered.write_line()
        ring.hold(visit.holder.own_keys())
        try:
            yield entered
        finally:
            entered.write_line()


@contextmanager
def founding(agency: UUID, founder: UUID) -> Iterator[Callable[[Iterable[HeldKey]], None]]:
    """The first act of a store, before there is anybody to decide about. One that was cut short begins again."""
    if not trail.holds_only(_FOUND):
        raise Refused(HeldBy.POLICY)
    with carrying(agency) as ring:
        trail.write(actor=founder, action=_FOUND, outcome=Outcome.DONE)
        yield ring.hold


class Streamed(StreamingHttpResponse):
    """An answer in pieces, made by `stream`. Pages in `marks` let no other pass."""


def stream(chunks: Iterable[bytes], *, content_type: str, headers: dict[str, str] | None = None) -> Streamed:
    """Answer in pieces that need no key-ring: the door is shut by the time the first is asked for."""
    return Streamed(chunks, content_type=content_type, headers=headers)


@contextmanager
def _carrying(visit: Visit) -> Iterator[KeyRing]:
    with carrying(visit.agency) as ring:
        yield ring
        if ring.tripped:
            raise Tripped("something was read without its key")


def _open[T: Thing](ring: KeyRing, visit: Visit, action: Action, thing: T) -> Opened[T]:
    """Decide, write the line, turn the key: in this order."""
    ties = thing.ties_to(visit.actor)
    if not policy.allows(visit.actor, action, ties):
        _refuse(visit, action, HeldBy.POLICY, thing)
    parts = policy.compartments(action, ties)
    keys = list(_only(parts, thing.keys_for(visit.holder, parts)))
    if parts - {scope.part for scope, _, _ in keys if scope.id == thing.pk}:
        _refuse(visit, action, HeldBy.KEY, thing)
    _write(visit, action, thing.kind, [thing.pk])
    ring.hold(keys)
    return Opened(thing, visit, action, parts, token=_BY_THE_GATE)


def _only(parts: frozenset[Compartment], keys: Iterable[HeldKey]) -> Iterator[HeldKey]:
    """Pass on keys of these compartments (or of a thing that has none) and stop at any other."""
    expected = parts or {""}
    for held in keys:
        if held.scope.part not in expected:
            raise OverreachError(f"the key of {held.scope.part or 'the whole'} was not asked for")
        yield held


def _somewhere(actor: Actor) -> Ties:
    """At a page's door the question is whether this may be done to anything. Each thing is decided again."""
    return Ties(roles=actor.roles, assigned=True, carries=True)


def _refuse(visit: Visit, action: Action, held_by: HeldBy, thing: Thing | None = None) -> Never:
    trail.write(
        actor=visit.actor.id,
        action=action,
        kind=thing.kind if thing else "",
        things=[thing.pk] if thing else (),
        outcome=Outcome.REFUSED,
        held_by=held_by,
    )
    raise Refused(held_by)


def _write(visit: Visit, action: Action, kind: str, things: Iterable[UUID], *, note: str = "") -> None:
    trail.write(
        actor=visit.actor.id, action=action, kind=kind, things=things, outcome=Outcome.OPENED, note=note
    )


def _by_the_gate(token: object) -> None:
    if token is not _BY_THE_GATE:
        raise TypeError("only the gate opens")
