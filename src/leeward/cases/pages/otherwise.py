"""What a file that was joined to this one said otherwise, until somebody takes it or leaves it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.forms import DateField
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leeward.cases.actions.joining.pages import ALSO
from leeward.cases.forms.file import CardForm
from leeward.cases.forms.people import IdentityForm, ProfileForm, WishesForm
from leeward.cases.forms.reach import ReachForm
from leeward.cases.models import Identity, Profile, Reach
from leeward.cases.pages.rows import said_of
from leeward.cases.words.people import UNSAID

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.forms import Field

    from leeward.cases.models import Case
    from leeward.cases.words import Card


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One answer of a joined file beside which another stands here."""

    name: str
    label: str
    text: str
    #: The number of the file that said so.
    other: str


def of_profile(case: Case) -> list[Otherwise]:
    """What was said otherwise in their own words, and of whom they want to work with."""
    row = Profile.objects.filter(case=case).first()
    fields = {**WishesForm.base_fields, **ProfileForm.base_fields}
    return list(_otherwise(row.words, fields)) if row else []


def of_reach(case: Case) -> list[Otherwise]:
    """What was said otherwise of how any contact begins."""
    row = Reach.objects.filter(case=case).first()
    return list(_otherwise(row.words, ReachForm.base_fields)) if row else []


def of_identity(case: Case) -> list[Otherwise]:
    """What was said otherwise of names and papers."""
    row = Identity.objects.filter(case=case).first()
    if row is None:
        return []
    return [*_otherwise(row.words, IdentityForm.base_fields), *_papers(row.words)]


def of_card(card: Card) -> list[Otherwise]:
    """What the card of a joined file said otherwise."""
    return list(_otherwise(card, CardForm.base_fields))


def _otherwise(words: Mapping[str, Any], fields: Mapping[str, Field]) -> Iterator[Otherwise]:
    for other, said in words.get(ALSO, {}).items():
        names = (name for name in fields if said.get(name))
        yield from (
            Otherwise(name, str(fields[name].label), _text(fields[name], said[name]), other) for name in names
        )


def _text(field: Field, value: Any) -> str:  # noqa: ANN401 - whatever was answered
    if isinstance(field, DateField) and value != UNSAID:
        return date_format(date.fromisoformat(value))
    return said_of(field, value)


def _papers(words: Mapping[str, Any]) -> Iterator[Otherwise]:
    for other, said in words.get(ALSO, {}).items():
        lines = [" ".join(paper.values()) for paper in said.get("papers", [])]
        if lines:
            yield Otherwise("papers", _("Papers"), "\n".join(lines), other)
