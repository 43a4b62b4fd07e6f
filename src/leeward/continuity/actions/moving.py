"""To another team: the file's key waits in that team's drop box until somebody there says yes (practice D2).

The other team learns who asks and since when, and nothing about the participant: the rest is told by voice. Until the
answer the primary worker stays who it is, so nobody is without one.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from leeward.cases.actions import CannotDo, locked
from leeward.cases.models import CareTeamMember, Case, Wall, Wrap
from leeward.cases.models.key import WHOLE, compartment_key, team_wraps, whole_key
from leeward.cases.models.walking import carriers
from leeward.continuity.actions.handing import begun, may_begin
from leeward.continuity.actions.passing import look_in, next_number
from leeward.continuity.looking_after import offers_to
from leeward.continuity.models import HandOver
from leeward.continuity.words import HAND_OVER_CHECK
from leeward.days import actions as days
from leeward.days.models import Busy, Due
from leeward.staff import keys
from leeward.staff.models import Membership, TeamKey
from leeward.vault.scopes import Compartment, HeldKey, Scope, Unreadable

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.staff.models import Person, Team
    from leeward.vault.cipher import Key


def offer(file: OpenCase, *, hand_over_id: UUID, team: Team, why: str = "") -> HandOver:
    """Ask another team to walk with somebody. The same `hand_over_id` twice is one question."""
    with transaction.atomic():
        case = locked(file.thing.pk)
        if existing := HandOver.objects.filter(pk=hand_over_id, case=case).first():
            return existing
        may_begin(case)
        if team.everyone or team.pk == case.team_id or Wall.objects.filter(case=case, team=team).exists():
            raise CannotDo(_("Please choose another team."))
        row = HandOver(id=hand_over_id, case=case, giver=case.primary, team_to=team, number=next_number(case))
        row.words = {"why": why} if why else {}
        row.parcel = _packed(file, case, row)
        return begun(row)


def _packed(file: OpenCase, case: Case, row: HandOver) -> bytes:
    """The file's key, sealed for the other team's drop box and bound to this offer."""
    secret = whole_key(case.pk, case.key, file.visit.holder)
    if secret is None:
        raise CannotDo(_("You do not hold the whole key of this file. Please ask a colleague who does."))
    return keys.put_in_drop_box(_newest(row.team_to_id), secret, _bound(case, row))


def _newest(team: UUID | None) -> TeamKey:
    return TeamKey.objects.filter(team=team).latest("epoch")


def _bound(case: Case, row: HandOver) -> bytes:
    return b"offer" + case.pk.bytes + case.key_id.bytes + row.pk.bytes


def _offered(entered: Entered, hand_over: HandOver) -> HandOver:
    """The offer as it stands now, for whoever may answer it."""
    found = next((row for row in offers_to(entered.visit) if row.pk == hand_over.pk), None)
    if found is None:
        raise CannotDo(_gone())
    return found


def take(entered: Entered, *, hand_over: HandOver, person: Person) -> Case:
    """Say yes for one's team: the file comes over, and somebody here walks with them from this moment."""
    offered = _offered(entered, hand_over)
    case = Case.objects.select_related("key").get(pk=offered.case_id)
    team_key, secret = _unpacked(entered, case, offered)
    card = HeldKey(
        Scope.case(case.pk, Compartment.CARD),
        case.key.epoch,
        compartment_key(secret, case.pk, Compartment.CARD),
    )
    entered.begin([card], Case.kind, [case.pk])
    with transaction.atomic():
        case = locked(case.pk, hand_over.giver_id, person.pk)
        row = HandOver.objects.select_for_update().get(pk=hand_over.pk)
        _still_offered(case, row)
        _change_keys(entered, case, team_key, secret)
        _change_people(case, row, person)
        days.bring_along(case, to=person)
        look_in(case, person, HAND_OVER_CHECK, after=14)
    return case


def _unpacked(entered: Entered, case: Case, row: HandOver) -> tuple[TeamKey, Key]:
    """The newest key of the team that takes them, and the key of the file out of its drop box."""
    parcel, bound = bytes(row.parcel or b""), _bound(case, row)
    of_team = TeamKey.objects.filter(team=row.team_to_id).order_by("-epoch")
    held = [(each, entered.visit.holder.team_key(each.pk, WHOLE)) for each in of_team]
    # It may have been sealed for an older key of the team.
    opened = [found for each, whole in held if whole and (found := _opened(each, whole, parcel, bound))]
    if not any(whole for _each, whole in held):
        raise CannotDo(_("You do not hold this team’s key. Ask a colleague of the team to hand it to you."))
    if not opened:
        raise CannotDo(_("What lies in the drop box does not open. Please ask them to make the offer anew."))
    return next(each for each, whole in held if whole), opened[0]


def _opened(team_key: TeamKey, whole: Key, parcel: bytes, bound: bytes) -> Key | None:
    try:
        return keys.from_drop_box(team_key, whole, parcel, bound)
    except Unreadable:
        return None


def _gone() -> str:
    return _("This offer was taken back or answered meanwhile. Nothing has changed for anybody.")


def _still_offered(case: Case, row: HandOver) -> None:
    if row.state != HandOver.ASKED or case.primary_id != row.giver_id or not case.is_open:
        raise CannotDo(_gone())


def _change_keys(entered: Entered, case: Case, team_key: TeamKey, secret: Key) -> None:
    """The file's key is wrapped for the team that takes them; what the other team held of it goes."""
    team_secret = entered.visit.holder.team_key(team_key.pk, WHOLE)
    if team_secret is None:
        raise CannotDo(_gone())
    wraps = list(team_wraps(case.pk, case.key, secret, team_key, team_secret))
    Wrap.objects.bulk_create(wraps)
    case.team_id, case.anchor = team_key.team_id, wraps[0]
    case.save(update_fields=["team", "anchor"])
    held = Wrap.objects.filter(key=case.key_id, team_key__isnull=False)
    held.exclude(pk__in=[wrap.pk for wrap in wraps]).delete()


def _change_people(case: Case, row: HandOver, person: Person) -> None:
    """Somebody of the new team walks with them; colleagues of the old one step back, and promises pass on."""
    if person not in carriers(case):
        raise CannotDo(
            _("Please choose somebody of your team who can carry a file and holds the team’s key.")
        )
    case.primary, case.backup = person, None
    case.save(update_fields=["primary", "backup"])
    here = Membership.objects.current().filter(team=case.team_id).values("person")
    _step_back(CareTeamMember.objects.filter(case=case).exclude(person__in=here))
    CareTeamMember.objects.filter(case=case, person=person, until=None).delete()
    dues = Due.objects.filter(case=case, is_open=True).exclude(owner__in=here)
    Busy.objects.filter(due__in=dues).delete()
    dues.update(owner=person)
    # A worker of both teams may go on walking with them: then nobody handed over to anybody.
    row.taker = person if person.pk != row.giver_id else None
    row.state, row.done_on, row.parcel = HandOver.DONE, timezone.localdate(), None
    row.save(update_fields=["state", "done_on", "taker", "parcel"])


def _step_back(members: QuerySet[CareTeamMember]) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    for member in members.filter(until=None):
        if member.since > yesterday:
            member.delete()
        else:
            member.until = yesterday
            member.save(update_fields=["until"])


def not_now(entered: Entered, *, hand_over: HandOver) -> None:
    """Say for one's team that it cannot be now. The key is taken out of the drop box; whoever asked sees the answer."""
    _offered(entered, hand_over)
    with transaction.atomic():
        locked(hand_over.case_id)
        rows = HandOver.objects.filter(pk=hand_over.pk, state=HandOver.ASKED)
        rows.update(state=HandOver.NOT_NOW, parcel=None)
