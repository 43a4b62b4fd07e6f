"""What stands on the pages about an end and a beginning again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leeward.cases.models.walking import carriers
from leeward.cases.pages.file import head
from leeward.cases.pages.wishes import comes_to_mind
from leeward.continuity.pages.walkers import front_phone
from leeward.continuity.pages.walking import partings
from leeward.continuity.still_open import still_open
from leeward.days.looks import DueLook

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase
    from leeward.staff.models import Person


def closing(file: OpenCase) -> dict[str, Any]:
    """What is still open, and the way through."""
    left = still_open(file)
    spoken = [part for part in left.unanswered if part.state]
    return {
        **head(file, "continuity:walking"),
        "left": left,
        "spoken": spoken,
        "unspoken": [part for part in left.unanswered if not part.state],
        "promises": [DueLook(due, file.compartments) for due in left.promises],
        "dates": [DueLook(due, file.compartments) for due in left.dates],
        "parted": partings(file),
    }


def way_back() -> str:
    """What the way back in says when nobody changes it."""
    phone = front_phone()
    line = _("You can come back at any time, for any reason, or for none.")
    call = _("Call %(phone)s and say the name we call you by.") % {"phone": phone} if phone else ""
    rest = _("You do not have to tell your story again. If we can, the same person will be there for you.")
    return " ".join(each for each in (line, call, rest) if each)


def coming_back(file: OpenCase) -> dict[str, Any]:
    """A closed file at the moment somebody is back."""
    return {
        **head(file, "continuity:walking"),
        "parted": partings(file),
        "same": again(file) == file.thing.primary,
        "mind": comes_to_mind(file, carriers(file.thing)),
    }


def again(file: OpenCase) -> Person | None:
    """Who walks with them now: the same worker if they are still here, else the backup, else whoever opens the file."""
    able = {person.pk: person for person in carriers(file.thing)}
    order = (file.thing.primary_id, file.thing.backup_id, file.visit.actor.id)
    return next((able[each] for each in order if each in able), next(iter(able.values()), None))
