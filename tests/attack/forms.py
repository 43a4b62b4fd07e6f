"""The forms of a page, read as a browser reads them, and filled in by somebody who leaves no field empty."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from html.parser import HTMLParser
from typing import Final

from django.utils import timezone

#: Kinds of fields into which anything can be typed.
TYPED: Final = frozenset({"text", "search", "textarea"})
#: What stands in fields that take no words.
_PLAIN: Final[dict[str, Callable[[], str]]] = {
    "date": lambda: str(timezone.localdate() + timedelta(days=1)),
    "time": lambda: "10:30",
    "datetime-local": lambda: timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    "number": lambda: "1",
}

_FORM: Final = re.compile(r"(?s)<form\b.*?</form>")
_TEMPLATE: Final = re.compile(r"(?s)<template\b.*?</template>")

type Said = str | list[str]


@dataclass
class Control:
    """One question of a form, with what stands there and what can be chosen."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    def answer(self, say: Callable[[str], str]) -> Said:
        """What somebody answers who leaves no field empty: words, or the first of what can be chosen. Ticks stay."""
        if self.kind in TYPED:
            return say(self.name)
        if self.kind == "checkbox":
            return self.choices
        if self.kind in {"select", "radio"}:
            return next((choice for choice in self.choices if choice), "")
        return self.value or _PLAIN.get(self.kind, str)()


@dataclass
class Form:
    """One form of a page."""

    action: str
    method: str
    controls: dict[str, Control] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)

    @property
    def places(self) -> set[str]:
        """Every address that it can be sent to; none stands for the page's own."""
        return {button.get("formaction", self.action) for button in self.buttons} | {self.action}

    @property
    def typed(self) -> set[str]:
        """The fields into which anything can be typed."""
        return {each.name for each in self.controls.values() if each.kind in TYPED}

    def filled(self, say: Callable[[str], str]) -> dict[str, Said]:
        """All of it answered, and the first of its buttons pressed."""
        said = {name: each.answer(say) for name, each in self.controls.items()}
        return said | {each["name"]: each.get("value", "") for each in self.buttons[:1] if "name" in each}

    @property
    def overwritten(self) -> set[str]:
        """Fields whose answer is lost when a button of the same name is pressed."""
        return {each.get("name", "") for each in self.buttons} & set(self.controls)


class _Reader(HTMLParser):
    """Notes a form with its fields."""

    def __init__(self, page: str) -> None:
        """Read what stands between the tags of a form."""
        super().__init__()
        self.forms: list[Form] = []
        self.asked: Control | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The form begins, or something inside it."""
        told = {name: value or "" for name, value in attrs}
        kind, value = told.get("type", "text" if tag == "input" else tag), told.get("value", "")
        if tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get").lower()))
        elif tag == "button":
            self.forms[-1].buttons += [told] if told.get("type", "submit") == "submit" else []
        elif tag == "option" and self.asked:
            self.asked.choices.append(value)
        elif tag in {"input", "select", "textarea"} and "name" in told and "readonly" not in told:
            self._asks(Control(told["name"], kind, value), told)

    def _asks(self, new: Control, told: dict[str, str]) -> None:
        self.asked = self.forms[-1].controls.setdefault(new.name, new)
        if new.kind == "radio" or (new.kind == "checkbox" and "checked" in told):
            self.asked.choices.append(told.get("value", "on"))


def forms_on(page: str) -> list[Form]:
    """Every form of a page, in its order. All else on it is passed over: a page is long, and its forms are few."""
    bare = _TEMPLATE.sub("", page)
    return [form for found in _FORM.findall(bare) for form in _Reader(found).forms]
