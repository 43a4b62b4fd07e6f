"""Bringing a colleague in: a link goes one way, a code another."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.access.gate import Entered
from leeward.access.policy import Role
from leeward.staff import keys
from leeward.staff.actions.authority import CannotDo, look_after, teams_of
from leeward.staff.models import (
    Invite,
    Membership,
    Person,
    PersonKey,
    Team,
)
from leeward.vault.cipher import KeyPair, Stretch, same
from leeward.vault.pepper import pepper

INVITE_HOURS: Final = 72
#: Letters and digits that nobody mistakes for one another when a code is read out.
_CODE_SIGNS: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link for one way and a code for another. Neither can be shown again."""

    person: Person
    link: str
    code: str


def invite(  # noqa: PLR0913 - the questions of the form, by name
    entered: Entered,
    *,
    name: str,
    email: str,
    team: Team | None,
    role: Role,
    employer: str = "",
    until: date | None = None,
) -> Invitation:
    """Invite a colleague into a team and role. The colleague opens nothing until somebody hands over keys."""
    look_after(entered, team.pk if team else None)
    person = Person(name=name, email=email.lower())
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            Membership.objects.create(person=person, team=team, role=role, employer=employer, until=until)
            return _open_invitation(person, entered.visit.actor.id)
    except IntegrityError:
        raise CannotDo(_("Somebody with this e-mail address is already here.")) from None


def invite_again(entered: Entered, *, person: Person) -> Invitation:
    """A new link and code for somebody who has not joined yet; the old ones stop working."""
    look_after(entered, *teams_of(person))
    with transaction.atomic():
        if PersonKey.objects.current().filter(person=person).exists():
            raise CannotDo(_("This person has joined already."))
        Invite.objects.filter(person=person).delete()
        return _open_invitation(person, entered.visit.actor.id)


def _open_invitation(person: Person, by: UUID) -> Invitation:
    link, code = secrets.token_urlsafe(24), "".join(secrets.choice(_CODE_SIGNS) for _ in range(8))
    Invite.objects.create(
        person=person,
        link_mark=link_mark(link),
        code_mark=_code_mark(person, code),
        expires_at=timezone.now() + timedelta(hours=INVITE_HOURS),
        invited_by=by,
    )
    return Invitation(person, link, f"{code[:4]}-{code[4:]}")


def link_mark(link: str) -> bytes:
    """What is kept of an invitation's link: the link itself is 24 random bytes."""
    return hashlib.sha256(b"leeward/invite" + link.encode()).digest()


def _code_mark(person: Person, code: str) -> bytes:
    return pepper().derive("mark/invite").mac(person.pk.bytes + code.encode())


def check_code(invitation: Invite, typed: str) -> bool:
    """Whether the code fits; each miss is counted, and after five the invitation ends."""
    mine = Invite.objects.filter(pk=invitation.pk)
    # Counted before it is looked at, so that many tries at once do not slip through.
    if not mine.filter(tries_left__gt=0, expires_at__gt=timezone.now()).update(
        tries_left=F("tries_left") - 1
    ):
        return False
    code = "".join(sign for sign in typed.upper() if sign in _CODE_SIGNS)
    fits = same(bytes(invitation.code_mark), _code_mark(invitation.person, code))
    if fits:
        mine.update(tries_left=F("tries_left") + 1)
    return fits


def join(
    invitation: Invite, *, passphrase: str, language: str, cost: Stretch | None = None
) -> tuple[Person, KeyPair]:
    """Take up an invitation: the newcomer's own keys are made, and nothing is opened with them yet."""
    person = invitation.person
    key, credential, pair = keys.new_keys(person, passphrase, cost)
    with transaction.atomic():
        if not Invite.objects.select_for_update().filter(pk=invitation.pk).delete()[0]:
            raise CannotDo(_("This invitation was used already."))
        key.save(force_insert=True)
        credential.save(force_insert=True)
        person.language = language
        person.save(update_fields=["language"])
    return person, pair
