"""Every form is right without a word in the page."""

from html.parser import HTMLParser

import pytest
from django import forms

from leeward.ui.forms import Renderer

ONE = [("a", "One")]


class Asks(forms.Form):
    name = forms.CharField(label="Name <to call>", help_text="Any name.")
    way = forms.ChoiceField(choices=ONE, widget=forms.RadioSelect, help_text="One of them.")
    many = forms.MultipleChoiceField(choices=ONE, widget=forms.CheckboxSelectMultiple, required=False)
    read = forms.BooleanField(help_text="Please read it.")
    day = forms.DateField(required=False, widget=forms.SelectDateWidget)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)


class Elements(HTMLParser):
    """Notes every element with what it carries."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [str(value) for _, all_ in self.found if (value := all_.get(attribute))]


def drawn(data: dict[str, str] | None = None) -> Elements:
    return Elements(str(Asks(data, renderer=Renderer())))


@pytest.mark.parametrize("data", [None, {}, {"name": "x", "way": "z"}])
def test_whatever_points_points_somewhere(data: dict[str, str] | None) -> None:
    page = drawn(data)
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    pointed_at = {name for value in page.values("aria-describedby") for name in value.split()}
    pointed_at |= {name.removeprefix("#") for name in page.values("href")} | set(page.values("for"))
    assert pointed_at <= set(ids)


def test_choices_are_a_group_with_a_legend() -> None:
    tags = [tag for tag, _ in drawn().found]
    assert tags.count("fieldset") == tags.count("legend") == 3


def test_questions_asked_again_are_listed_first_and_marked() -> None:
    html = str(Asks({}, renderer=Renderer()))
    page = Elements(html)
    assert html.index('role="alert"') < html.index("<label")
    assert page.values("href") == ["#id_name", "#id_way_group", "#id_read"]
    marked = {attrs.get("name") for _, attrs in page.found if attrs.get("aria-invalid") == "true"}
    assert marked == {"name", "way", "read"}


def test_nothing_is_asked_again_before_anything_was_sent() -> None:
    assert 'role="alert"' not in str(Asks(renderer=Renderer()))


def test_words_in_labels_are_words() -> None:
    assert "Name &lt;to call&gt;" in str(Asks(renderer=Renderer()))


def test_one_field_alone() -> None:
    html = Asks({}, renderer=Renderer())["name"].as_field_group()
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
