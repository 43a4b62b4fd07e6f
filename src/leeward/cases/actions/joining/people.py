"""Who walks with somebody whose two files become one, and with each of two when they come apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from leeward.cases.actions.file import CannotDo
from leeward.cases.actions.walking import locked
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.cases.models.walking import carriers, companions

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.cases.words.people import BeforeJoining
    from leeward.staff.models import Person


def both_locked(kept: OpenCase, other: OpenCase) -> tuple[Case, Case]:
    """Both files, in one order for everybody; whoever could carry them does not leave meanwhile."""
    files = {file.thing.pk: file.thing for file in (kept, other)}
    people = [person.pk for case in files.values() for person in carriers(case)]
    found = {pk: locked(pk, *people) for pk in sorted(files)}
    return found[kept.thing.pk], found[other.thing.pk]


def stand_together(mine: Case, theirs: Case, before: BeforeJoining) -> None:
    """Walls stand before both; everybody who walked with the one walks along in the other."""
    walls = [
        Wall(case=to, person_id=wall.person_id, team_id=wall.team_id, own=wall.own)
        for to, of in ((mine, theirs), (theirs, mine))
        for wall in Wall.objects.filter(case=of)
        if not Wall.objects.filter(case=to, person=wall.person_id, team=wall.team_id).exists()
    ]
    Wall.objects.bulk_create(walls)
    there = {mine.primary_id, *mine.care_team.current().values_list("person", flat=True)}
    along = theirs.care_team.current().values_list("person", flat=True)
    able = companions(mine) - there
    come = [one for one in dict.fromkeys([theirs.primary_id, theirs.backup_id, *along]) if one in able]
    members = [CareTeamMember(case=mine, person_id=one) for one in come]
    CareTeamMember.objects.bulk_create(members)
    if mine.backup is None and theirs.backup_id != mine.primary_id:
        mine.backup = theirs.backup
    before["walls"] = [str(wall.pk) for wall in walls]
    before["members"] = [str(member.pk) for member in members]


def must_be_carried(mine: Case, theirs: Case) -> None:
    """Walls of either file stand before both now: whoever carried one that was open can carry what they became."""
    able = carriers(mine)
    carry = [person for case in (mine, theirs) if case.is_open for person in (case.primary, case.backup)]
    for person in carry:
        if person and person not in able:
            raise CannotDo(
                _(
                    "%(name)s could not carry the file that both would become. First hand over what they carry to "
                    "somebody else, or keep the other file."
                )
                % {"name": person.name}
            )


def come_apart(before: BeforeJoining) -> None:
    """Walls and places beside somebody that the joining brought go with it."""
    Wall.objects.filter(pk__in=before.get("walls", [])).delete()
    CareTeamMember.objects.filter(pk__in=before.get("members", [])).delete()


def be_carried(case: Case, *before: Person) -> None:
    """Somebody carries what is open again: whoever did, or one of those named, or else a colleague who can."""
    if not case.is_open:
        return
    able = carriers(case)
    order = [case.primary, *([case.backup] if case.backup else []), *before, *able]
    case.primary = next((person for person in order if person in able), case.primary)
    if case.backup == case.primary or case.backup not in able:
        case.backup = None
