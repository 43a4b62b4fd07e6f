"""What stands on the page of the parts of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from leeward.cases.pages.file import head
from leeward.continuity.forms.people import ComponentForm
from leeward.continuity.still_open import Part, parts
from leeward.continuity.words import ComponentKind
from leeward.vault.scopes import Unreadable

if TYPE_CHECKING:
    from leeward.cases.door import OpenCase


class Question(NamedTuple):
    """One part with its form; `both` where two people answered at once."""

    part: Part
    form: ComponentForm
    both: dict[str, str]


def components(
    file: OpenCase, asked: ComponentForm | None = None, both: dict[str, str] | None = None
) -> dict[str, Any]:
    """Every part with a form of its own; the one that was just sent keeps what was typed."""
    found = parts(file)
    kind = asked["kind"].value() if asked else ""
    questions = []
    for part in found:
        fits = asked and kind == part.kind and (kind != ComponentKind.OTHER or _same(asked, part))
        questions.append(
            Question(part, asked if asked and fits else _form(part), (both or {}) if fits else {})
        )
    other = ComponentForm(initial={"kind": ComponentKind.OTHER.value}, auto_id="other_%s")
    if asked and not any(question.form is asked for question in questions):
        other = asked
    return {
        **head(file, "continuity:walking"),
        "questions": questions,
        "other": other,
        **left_of(found),
    }


def left_of(found: list[Part]) -> dict[str, Any]:
    """The parts that go on with us, and how many nobody spoke of: while there are any, the file does not close."""
    return {
        "left": [part for part in found if part.state and not part.is_answered],
        "unspoken": sum(not part.state for part in found),
    }


def parts_left(file: OpenCase) -> dict[str, Any]:
    """The same for a page that is about more; a damaged part keeps nothing else from being shown."""
    try:
        return left_of(parts(file))
    except Unreadable:
        return {}


def _same(asked: ComponentForm, part: Part) -> bool:
    return str(asked["row_id"].value()) == str(part.pk)


def _form(part: Part) -> ComponentForm:
    """The form as the part stands; each has ids of its own, because all are on one page."""
    auto_id = f"{part.kind}_{part.pk or ''}_%s"
    if part.pk:
        return ComponentForm.of(part.pk, part.words, auto_id=auto_id)
    return ComponentForm(initial={"kind": part.kind.value}, auto_id=auto_id)


def lines_of(about: Mapping[str, Any]) -> str:
    """A conference as lines, to stand beside another version."""
    decided = [f"{line.get('what', '')} ({line.get('whose', '')})" for line in about.get("decisions", [])]
    told = (
        about.get("day"),
        about.get("agenda"),
        about.get("there"),
        *decided,
        about.get("next"),
        about.get("summary"),
    )
    return "\n".join(str(line) for line in told if line)
