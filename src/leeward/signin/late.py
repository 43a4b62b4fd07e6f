"""Words that came too late: a form sent while its sign-in was locked or over is kept, sealed, and sent on later.

Only the person's own keys open it, and it is sent on once. The hidden token was checked when it came. What our scripts
send is not kept here: there the page itself keeps the words and sends them again.
"""

import json
from io import BytesIO
from typing import Final, NamedTuple

from django.core.handlers.wsgi import WSGIRequest
from django.db import transaction
from django.http import HttpRequest

from leeward.signin.models import LatePost, SignIn
from leeward.signin.store import session_of
from leeward.staff import keys
from leeward.staff.models import Person, PersonKey
from leeward.vault.cipher import KeyPair, seal_to
from leeward.vault.scopes import Unreadable

#: More than this is not kept.
LARGEST: Final = 10 * 1024 * 1024
_MOST: Final = 20
_TRIES: Final = 3
_HEADERS: Final = ("CONTENT_TYPE", "PATH_INFO", "QUERY_STRING")
#: What belongs to the request that unlocks, not to the one that was kept.
_NOT_ITS_OWN: Final = ("HTTP_X_PART", "HTTP_HX_REQUEST", "HTTP_CONTENT_ENCODING", "HTTP_TRANSFER_ENCODING")


class TooLarge(Exception):  # noqa: N818 - it is an answer, not an error
    """More was sent than can be kept."""


class Kept(NamedTuple):
    """A form as it arrived."""

    row: LatePost
    headers: dict[str, str]
    body: bytes


def hold_body(request: HttpRequest) -> None:
    """Read the body as it came, before anything takes it apart."""
    size = request.META.get("CONTENT_LENGTH") or "0"
    if str(size).isdigit() and int(size) <= LARGEST:
        # Django's own limit is for parsed fields; these bytes are only kept.
        request._body = request.read(int(size))  # noqa: SLF001 - Django has no public way to hand over a body


def keep(request: HttpRequest, sign_in: SignIn) -> bool:
    """Seal a form to the person whose sign-in it is. False: the pepper vouches for no key of hers, so it is not."""
    body: bytes | None = getattr(request, "_body", None)
    if body is None or sign_in.late_posts.count() >= _MOST:
        raise TooLarge
    person = sign_in.person_id
    key = PersonKey.objects.current().filter(person=person).first()
    if key is None or not keys.believed(key):
        return False
    row = LatePost(sign_in=sign_in, person=sign_in.person)
    head = json.dumps({name: request.META.get(name, "") for name in _HEADERS}).encode()
    row.sealed = seal_to(bytes(key.public), len(head).to_bytes(4) + head + body, _context(row))
    row.save(force_insert=True)
    return True


def waiting(sign_in: SignIn, person: Person) -> bool:
    """Whether this person has something kept in this browser."""
    return LatePost.objects.filter(sign_in=sign_in, person=person, tries__lt=_TRIES).exists()


def move(old: SignIn, new: SignIn) -> None:
    """The same person signed in again in the same browser: what was kept goes along."""
    LatePost.objects.filter(sign_in=old, person=new.person).update(sign_in=new)


def take(sign_in: SignIn, pair: KeyPair) -> Kept | None:
    """Take out the oldest form that was kept; one sealed to keys that she has no more is gone with them."""
    while row := _pop(sign_in):
        try:
            plain = pair.open(bytes(row.sealed), _context(row))
        except Unreadable:
            continue
        end = 4 + int.from_bytes(plain[:4])
        return Kept(row, json.loads(plain[4:end]), plain[end:])
    return None


def _pop(sign_in: SignIn) -> LatePost | None:
    """The oldest one, and it is gone from the table: whoever asks at the same moment does not get it too."""
    with transaction.atomic():
        rows = LatePost.objects.select_for_update().filter(
            sign_in=sign_in, person=sign_in.person, tries__lt=_TRIES
        )
        row = rows.first()
        return row if row and LatePost.objects.filter(pk=row.pk).delete()[0] else None


def put_back(kept: Kept) -> None:
    """It could not be taken in because of a fault of ours: the words stay for the next unlocking."""
    row = kept.row
    row.tries += 1
    row.save(force_insert=True)


def again(outer: HttpRequest, kept: Kept) -> WSGIRequest:
    """The form's own request, made once more with the sign-in of now."""
    meta = {name: value for name, value in outer.META.items() if name not in _NOT_ITS_OWN}
    meta |= kept.headers
    meta |= {
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(kept.body)),
        "wsgi.input": BytesIO(kept.body),
    }
    meta["CSRF_COOKIE"] = session_of(outer).cookie.form_secret
    request = WSGIRequest(meta)
    request.session = outer.session
    # The token was checked when the form arrived; since then the sign-in, and with it the token, may be a new one.
    request.__dict__.update(
        _body=kept.body, csrf_processing_done=True, LANGUAGE_CODE=getattr(outer, "LANGUAGE_CODE", "en")
    )
    return request


def _context(row: LatePost) -> bytes:
    return b"late-post" + row.pk.bytes + row.person_id.bytes
