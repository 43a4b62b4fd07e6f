"""Django's session, sealed: it opens only with the browser's cookie, the row here, and the memory of this start.

The cookie is 32 bytes that find the row (which knows only their hash) and 32 bytes that open it. So a stolen database
or backup opens no session, a stolen disk neither, and a cookie alone is worth nothing once the row is locked or gone.
Nobody's sessions get no row until there is something to remember.
"""

import base64
import binascii
import hashlib
import json
import os
from enum import StrEnum
from typing import Any, Final, NamedTuple, Self, cast

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from leeward.signin import boot
from leeward.signin.models import NOBODYS, TOUCH, SignIn
from leeward.vault.cipher import KEY_BYTES, Key, KeyPair, same
from leeward.vault.scopes import Unreadable

_COOKIE_BYTES: Final = 2 * KEY_BYTES
_PRIVATE: Final = "private"


class State(StrEnum):
    """What a request's cookie is worth."""

    NOBODY = "nobody"
    OPEN = "open"
    LOCKED = "locked"
    ENDED = "ended"
    RESTARTED = "restarted"


#: Somebody was signed in with this browser, and a passphrase is needed again.
SHUT: Final = frozenset({State.LOCKED, State.ENDED, State.RESTARTED})


class Cookie(NamedTuple):
    """What the browser holds: an id and a secret."""

    id: bytes
    secret: bytes

    @classmethod
    def fresh(cls) -> Self:
        """A new cookie."""
        return cls(os.urandom(KEY_BYTES), os.urandom(KEY_BYTES))

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The cookie in a header, or None for anything that we did not make."""
        try:
            raw = base64.b64decode(text or "", altchars=b"-_", validate=True)
        except (ValueError, binascii.Error):
            return None
        return cls(raw[:KEY_BYTES], raw[KEY_BYTES:]) if len(raw) == _COOKIE_BYTES else None

    def __str__(self) -> str:
        return base64.urlsafe_b64encode(self.id + self.secret).decode()

    def __repr__(self) -> str:
        """Never the cookie."""
        return "<cookie>"

    @property
    def id_hash(self) -> bytes:
        """What the row is found by."""
        return hashlib.sha256(b"leeward/sign-in" + self.id).digest()

    @property
    def proof(self) -> bytes:
        """What shows that the secret belongs to the id, without opening anything."""
        return Key(self.secret).derive("session/proof").mac(self.id)

    @property
    def form_secret(self) -> str:
        """What the hidden token of every form is made from: nothing is stored, so it holds after a lock too."""
        return Key(self.secret).derive("session/forms").reveal().hex()[:KEY_BYTES]

    def key(self) -> Key:
        """The key of the sealed session: HKDF over this secret and the secret of this start."""
        return Key(Key(self.secret).mac(boot.secret())).derive("session/capsule")


class SessionStore(SessionBase):
    """One request's session: who the cookie is, whether it may be opened, and what is inside."""

    def __init__(self, session_key: str | None = None) -> None:
        """Take the cookie's text; garbled or foreign text is no cookie at all."""
        came = Cookie.read(session_key)
        super().__init__(str(came) if came else None)
        self.came = came
        self.cookie = came or Cookie.fresh()
        self.row: SignIn | None = None
        self.state = State.NOBODY
        #: Set by `Csrf` when a form on the page needs the cookie, by `actions` when kept words can be taken in now.
        self.form_shown = self.ended = self.takes_in = False

    # -- reading

    def meet(self) -> None:
        """Find the row of the cookie and see what it is worth, once per request."""
        self.row = self._found()
        self.state = _state(self.row)
        self._session_cache = self._unsealed() if self.may_open else {}

    @property
    def may_open(self) -> bool:
        """Whether the sealed session may be opened now: never while it is locked."""
        if self.row is None or self.row.sealed is None:
            return False
        if self.row.person_id is None:
            return bytes(self.row.boot) == boot.mark() and timezone.now() - self.row.last_seen < NOBODYS
        return self.state is State.OPEN

    def _found(self) -> SignIn | None:
        if self.came is None:
            return None
        row = SignIn.objects.select_related("person").filter(id_hash=self.came.id_hash).first()
        return row if row and same(bytes(row.proof), self.came.proof) else None

    def _unsealed(self) -> dict[str, Any]:
        row = cast("SignIn", self.row)
        try:
            return cast(
                "dict[str, Any]",
                json.loads(self.cookie.key().unseal(bytes(row.sealed or b""), _context(row))),
            )
        except Unreadable:
            self.state = State.NOBODY
            return {}

    def load(self) -> dict[str, Any]:
        """Django's way to ask for the content."""
        self.meet()
        return self._session_cache

    def pair(self) -> KeyPair:
        """The keys of whoever is signed in."""
        return KeyPair(base64.b64decode(self[_PRIVATE]))

    @property
    def turned(self) -> str | None:
        """The address of the one page that the screen is turned to, or None. One that cannot be read is no page."""
        row = self.row
        if row is None or row.turned is None or self.state is not State.OPEN:
            return None
        try:
            return self.cookie.key().unseal(bytes(row.turned), _turned_context(row)).decode()
        except Unreadable:
            return ""

    # -- writing

    def turn(self, path: str | None) -> None:
        """Turn the screen to one page, or back. A column of its own: no slower request writes over it."""
        row = cast("SignIn", self.row)
        row.turned = None if path is None else self.cookie.key().seal(path.encode(), _turned_context(row))
        SignIn.objects.filter(pk=row.pk).update(turned=row.turned)

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - Django's signature
        """Seal the content. A row that was ended meanwhile does not come back, and a locked one is left as it is."""
        if self.state in SHUT:
            return
        if self.row is None:
            self.start(fresh=self.exists(str(self.cookie)))
        row = cast("SignIn", self.row)
        row.sealed = self.cookie.key().seal(json.dumps(dict(self.items())).encode(), _context(row))
        if row._state.adding:  # noqa: SLF001 - Django's documented way to ask
            row.save(force_insert=True)
        else:
            saved = SignIn.objects.filter(pk=row.pk).update(sealed=row.sealed, boot=boot.mark())
            self.ended = not saved
        self.modified = False

    def start(self, *, fresh: bool = True, **columns: Any) -> None:  # noqa: ANN401 - columns of the row
        """Begin a row, under a new cookie whatever the browser sent: nobody can plant a session on somebody.

        It is in the table once it is saved.
        """
        self.cookie = Cookie.fresh() if fresh else self.cookie
        self._session_key = str(self.cookie)
        self.row = SignIn(id_hash=self.cookie.id_hash, proof=self.cookie.proof, boot=boot.mark(), **columns)

    def put(self, pair: KeyPair | None, **content: Any) -> None:  # noqa: ANN401 - JSON values
        """Put somebody's keys, and what else is needed, into the session in place of what was there."""
        held = {_PRIVATE: base64.b64encode(pair.reveal()).decode()} if pair else {}
        self._session_cache = {**content, **held}
        self.modified = True

    def unlock(self, pair: KeyPair, agency: str) -> None:
        """The passphrase was right: open what is sealed, or begin anew where it was deleted, under the same cookie."""
        row = cast("SignIn", self.row)
        row.locked_at, row.last_seen, self.state = None, timezone.now(), State.OPEN
        SignIn.objects.filter(pk=row.pk).update(locked_at=None, last_seen=row.last_seen)
        content = self._unsealed() if row.sealed is not None else {}
        self.state = State.OPEN
        self.put(pair, **{**content, "agency": agency})
        self.save()

    def touch(self) -> None:
        """Note that somebody is here, at most every few seconds."""
        now, row = timezone.now(), self.row
        if row and now - row.last_seen >= TOUCH:
            SignIn.objects.filter(pk=row.pk, locked_at=None).update(last_seen=now)
            row.last_seen = now

    def cycle_key(self) -> None:
        """A new cookie and row for the same content; the old row goes."""
        old, content = self.row, dict(self.items())
        self.start()
        self._session_cache, self.modified = content, True
        if old:
            old.delete()

    def flush(self) -> None:
        """End the session: row and content go."""
        if self.row:
            SignIn.objects.filter(pk=self.row.pk).delete()
        self.row, self.state, self._session_cache = None, State.NOBODY, {}
        self.modified, self.ended = False, True

    def create(self) -> None:
        """Django's way to begin."""
        self.save()

    def delete(self, session_key: str | None = None) -> None:  # noqa: ARG002 - Django's signature
        """Django's way to end."""
        self.flush()

    def exists(self, session_key: str) -> bool:
        """Whether a row belongs to this cookie."""
        cookie = Cookie.read(session_key)
        return cookie is not None and SignIn.objects.filter(id_hash=cookie.id_hash).exists()

    @classmethod
    def clear_expired(cls) -> None:
        """Delete what nobody can use any more, and the sealed sessions of those who have been away too long."""
        SignIn.objects.worn_out().delete()
        SignIn.objects.forgotten().update(sealed=None)


def session_of(request: HttpRequest) -> SessionStore:
    """The request's session, by its own type."""
    return cast("SessionStore", request.session)


def _context(row: SignIn) -> bytes:
    return b"session" + row.pk.bytes + bytes(row.id_hash)


def _turned_context(row: SignIn) -> bytes:
    return b"turned" + row.pk.bytes + bytes(row.id_hash)


def _state(row: SignIn | None) -> State:
    if row is None or row.person is None or row.person.left_at:
        return State.NOBODY
    if row.is_over():
        return State.ENDED
    if bytes(row.boot) != boot.mark():
        return State.RESTARTED
    return State.LOCKED if row.is_locked() or row.sealed is None else State.OPEN
