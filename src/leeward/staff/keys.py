"""How keys pass from person to person. Every seal here is bound to who, what and for how long.

Defends against a stolen database (pepper and passphrase are both needed), and against whoever can write to it: a public
key or a grant without the pepper's mark is not believed.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from leeward.staff.models import Agency, Credential, Grant, Person, PersonKey, Team, TeamKey
from leeward.vault import cipher
from leeward.vault.cipher import Key, KeyPair, Stretch
from leeward.vault.pepper import PepperProblem, pepper
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from uuid import UUID

WHOLE: Final = "whole"
#: Each Argon2id run takes 64 MiB; more than two at once would let a flood of sign-ins exhaust the machine.
_stretching = BoundedSemaphore(2)
_NOBODY: Final = b"leeward/nobody!!"


def tidy(passphrase: str) -> bytes:
    """One form for what keyboards write differently: full-width, composed accents, non-breaking and doubled spaces."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split()).encode("utf-8", "surrogatepass")


def _stretched(passphrase: str, salt: bytes, cost: Stretch) -> Key:
    with _stretching:
        return cipher.stretch(tidy(passphrase), salt, cost).derive("person/kek")


def agency() -> Agency:
    """The agency of this installation."""
    return Agency.objects.get()


def check_pepper(of: Agency) -> None:
    """Raise `PepperProblem` when the pepper on this machine is another one."""
    if not cipher.same(bytes(of.pepper_mark), pepper_mark(of.pk)):
        message = (
            "The pepper on this machine is not the one that this agency's records were made with. Nobody can sign in. "
            "Put the right pepper file back from where you keep it."
        )
        raise PepperProblem(message)


def pepper_mark(agency_id: UUID) -> bytes:
    """What a store keeps to recognise its pepper."""
    return pepper().derive("mark/agency").mac(agency_id.bytes)


def _key_mark(person: UUID, public: bytes) -> bytes:
    return pepper().derive("mark/person-key").mac(person.bytes + public)


def _grant_mark(grant: Grant) -> bytes:
    place = grant.team_key_id.bytes + grant.person_key_id.bytes + grant.scope.encode()
    return pepper().derive("mark/grant").mac(place + hashlib.sha256(grant.sealed).digest())


def _blob_context(key: PersonKey) -> bytes:
    return b"credential" + key.person_id.bytes + key.pk.bytes


def _credential(key: PersonKey, pair: KeyPair, passphrase: str, cost: Stretch | None) -> Credential:
    """What the passphrase opens: sealed by the stretched passphrase inside, by the pepper outside."""
    salt, context, cost = os.urandom(16), _blob_context(key), cost or Stretch()
    inner = _stretched(passphrase, salt, cost).seal(pair.reveal(), context)
    return Credential(
        key=key, salt=salt, blob=pepper().derive("credential").seal(inner, context), **cost._asdict()
    )


def new_keys(
    person: Person, passphrase: str, cost: Stretch | None = None
) -> tuple[PersonKey, Credential, KeyPair]:
    """A new key pair for a person and the credential that opens it; nothing is saved here."""
    pair = KeyPair.fresh()
    key = PersonKey(person=person, public=pair.public, mark=_key_mark(person.pk, pair.public))
    return key, _credential(key, pair, passphrase, cost), pair


def rewrapped(old: Credential, pair: KeyPair, passphrase: str, cost: Stretch | None = None) -> Credential:
    """The same keys under a new passphrase, in the same row, so that the old one opens nothing any more."""
    renewed = _credential(old.key, pair, passphrase, cost)
    renewed.pk = old.pk
    return renewed


def open_keys(person: Person | None, passphrase: str) -> KeyPair | None:
    """The key pair that this passphrase opens, or None. Takes as long for somebody who does not exist."""
    credential = _credential_of(person)
    if credential is None:
        _stretched(passphrase, _NOBODY, Stretch())
        return None
    cost = Stretch(credential.memory_kib, credential.passes, credential.lanes)
    kek = _stretched(passphrase, bytes(credential.salt), cost)
    context = _blob_context(credential.key)
    inner = _without_pepper(credential, context)
    try:
        pair = KeyPair(kek.unseal(inner, context))
    except Unreadable:
        return None
    return pair if believed(credential.key, pair.public) else None


def _credential_of(person: Person | None) -> Credential | None:
    if person is None or person.left_at:
        return None
    return Credential.objects.select_related("key").filter(key__person=person, key__retired_at=None).first()


def _without_pepper(credential: Credential, context: bytes) -> bytes:
    try:
        return pepper().derive("credential").unseal(bytes(credential.blob), context)
    except Unreadable:
        check_pepper(agency())
        raise


def believed(key: PersonKey, public: bytes | None = None) -> bool:
    """Whether this public key was put there by Leeward and not by somebody who can write to the database."""
    stored = bytes(key.public)
    return cipher.same(bytes(key.mark), _key_mark(key.person_id, stored)) and (public or stored) == stored


def team_context(team: UUID, epoch: int, what: str) -> bytes:
    """What a copy of a team's key is for."""
    return b"team" + team.bytes + epoch.to_bytes(4) + what.encode()


def scope_key(whole: Key, scope: str) -> Key:
    """The part of a team's key that opens one scope of the team's files, so that a role holds no more than it needs."""
    return whole if scope == WHOLE else whole.derive(f"team/scope/{scope}")


def words_key(whole: Key) -> Key:
    """The key of the team's own words (its name), which every member holds."""
    return whole.derive("team/words")


def new_team_key(team: Team, epoch: int, recovery_public: bytes) -> tuple[TeamKey, Key]:
    """A new epoch of a team's key with its recovery copy and drop box; nothing is saved here."""
    whole, box = Key.fresh(), KeyPair.fresh()
    sealed_box = whole.derive("team/dropbox").seal(box.reveal(), team_context(team.pk, epoch, "dropbox"))
    recovery = whole.hand_to(recovery_public, team_context(team.pk, epoch, "recovery"))
    row = TeamKey(
        team=team, epoch=epoch, recovery=recovery, dropbox_public=box.public, dropbox_private=sealed_box
    )
    return row, whole


def recovered(key: TeamKey, paper: KeyPair) -> Key:
    """A team's key by the paper kit alone."""
    return paper.receive(bytes(key.recovery), team_context(key.team_id, key.epoch, "recovery"))


def put_in_drop_box(team_key: TeamKey, secret: Key, what: bytes) -> bytes:
    """Seal a key for a team that we are not in, to be opened by somebody who holds that team's key whole.

    The pepper seals it once more, so that a public half that was slipped into the database opens nothing.
    """
    context = team_context(team_key.team_id, team_key.epoch, "parcel") + what
    return pepper().derive("parcel").seal(secret.hand_to(bytes(team_key.dropbox_public), context), context)


def from_drop_box(team_key: TeamKey, whole: Key, parcel: bytes, what: bytes) -> Key:
    """Open what another team put into the drop box, or raise `Unreadable`."""
    place = team_context(team_key.team_id, team_key.epoch, "dropbox")
    box = KeyPair(whole.derive("team/dropbox").unseal(bytes(team_key.dropbox_private), place))
    context = team_context(team_key.team_id, team_key.epoch, "parcel") + what
    return box.receive(pepper().derive("parcel").unseal(parcel, context), context)


def new_grant(team_key: TeamKey, whole: Key, to: PersonKey, scope: str, by: UUID | None) -> Grant:
    """Seal one scope of a team's key to a colleague; refuses a public key that the pepper does not vouch for."""
    if not believed(to):
        message = "this public key was not made by Leeward"
        raise Unreadable(message)
    context = team_context(team_key.team_id, team_key.epoch, f"grant/{scope}") + to.person_id.bytes
    payload = scope_key(whole, scope).reveal() + words_key(whole).reveal()
    sealed = cipher.seal_to(bytes(to.public), payload, context)
    grant = Grant(team_key=team_key, person_key=to, scope=scope, sealed=sealed, granted_by=by)
    grant.mark = _grant_mark(grant)
    return grant


def open_grant(grant: Grant, pair: KeyPair, person: UUID) -> tuple[Key, Key]:
    """The scope's key and the team's words key, or `Unreadable` for a grant that nobody gave."""
    if not cipher.same(bytes(grant.mark), _grant_mark(grant)):
        message = "this grant was not given by a colleague"
        raise Unreadable(message)
    context = (
        team_context(grant.team_key.team_id, grant.team_key.epoch, f"grant/{grant.scope}") + person.bytes
    )
    payload = pair.open(bytes(grant.sealed), context)
    return Key(payload[:32]), Key(payload[32:])
