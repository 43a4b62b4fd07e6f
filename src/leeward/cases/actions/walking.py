"""Who walks with a participant: exactly one primary worker at every moment, a backup, and those who walk along (D1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.cases.actions.file import CannotDo
from leeward.cases.models import CareTeamMember, Case
from leeward.cases.models.walking import carriers, companions
from leeward.staff.models import Person

if TYPE_CHECKING:
    from uuid import UUID

    from leeward.cases.door import OpenCase


def locked(case: UUID, *people: UUID | None) -> Case:
    """The file as it stands now, for whoever changes who walks with whom: people are locked first, then the file.

    Somebody who leaves and somebody who takes over meanwhile meet here, one after the other.
    """
    found = Person.objects.get_queryset().select_for_update(no_key=True)
    list(found.filter(pk__in=[each for each in people if each]).order_by("pk").values_list("pk"))
    return Case.objects.select_for_update().get(pk=case)


def pass_to(case: Case, person: Person) -> None:
    """Make somebody the one primary worker of a file that is locked."""
    if person not in carriers(case):
        raise CannotDo(
            _(
                "Only somebody of this participant’s team who works with participants and holds its key can be "
                "the primary worker."
            )
        )
    case.primary = person
    if case.backup_id == person.pk:
        case.backup = None
    case.save(update_fields=["primary", "backup"])
    CareTeamMember.objects.filter(case=case, person=person, until=None).delete()


def hand_to(file: OpenCase, *, person: Person) -> None:
    """Make a colleague of the same team the primary worker. There is exactly one, before and after."""
    with transaction.atomic():
        pass_to(locked(file.thing.pk, person.pk), person)


def name_backup(file: OpenCase, *, person: Person | None) -> None:
    """Say who stands in when the primary worker is not there, or that nobody does for now."""
    with transaction.atomic():
        case = locked(file.thing.pk, person.pk if person else None)
        if person and person not in carriers(case):
            raise CannotDo(
                _("Only somebody of this participant’s team who could carry the file can be backup.")
            )
        if person and person.pk == case.primary_id:
            raise CannotDo(_("The primary worker cannot be the backup too. Please choose somebody else."))
        case.backup = person
        case.save(update_fields=["backup"])


def walk_along(file: OpenCase, *, person: Person) -> None:
    """Put a colleague of the same team on the care team."""
    with transaction.atomic():
        case = locked(file.thing.pk, person.pk)
        if person.pk not in companions(case):
            raise CannotDo(_("Only somebody of this participant’s team can join the care team."))
        if person.pk != case.primary_id:
            CareTeamMember.objects.get_or_create(case=case, person=person, until=None)


def step_back(file: OpenCase, *, member: CareTeamMember) -> None:
    """Take a colleague off the care team."""
    CareTeamMember.objects.filter(pk=member.pk, case=file.thing).delete()
