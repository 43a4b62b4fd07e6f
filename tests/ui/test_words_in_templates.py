"""What templates may say: icons, initials, and the parts that wrap others."""

import pytest
from django.template import Context, Template

from leeward.ui.icons import UnknownIconError, drawing
from leeward.ui.templatetags.leeward import initials


def draw(text: str, **words: object) -> str:
    return Template("{% load leeward %}" + text).render(Context(words))


def test_an_icon_is_never_read_aloud() -> None:
    drawn = draw('{% icon "pencil" %}')
    assert 'aria-hidden="true"' in drawn
    assert "<style" not in drawn
    assert drawn == draw("{% icon name %}", name="pencil")


def test_an_unknown_icon_is_an_error() -> None:
    with pytest.raises(UnknownIconError, match="no-such-thing"):
        draw('{% icon "no-such-thing" %}')
    with pytest.raises(UnknownIconError):
        drawing("../secret")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Ines Vega", "IV"),
        ("Robin", "R"),
        ("Amara de la N.", "AN"),
        ("“Élise”", "É"),
        ("", ""),
        ("李 明", "李明"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_card_escapes_its_title_and_keeps_its_words() -> None:
    drawn = draw(
        '{% card title=title tone="dusk" %}<p>{{ words }}</p>{% endcard %}', title="<b>", words="a<b"
    )
    assert "&lt;b&gt;" in drawn
    assert "<p>a&lt;b</p>" in drawn
    assert 'class="card dusk"' in drawn


def test_a_dialog_is_named() -> None:
    assert 'aria-labelledby="leave-title"' in draw('{% dialog id="leave" title="Leave?" %}x{% enddialog %}')


def test_words_of_an_entry_are_escaped() -> None:
    entry = {"what": "Call", "text": "<script>", "at": None}
    drawn = draw('{% include "ui/parts/timeline.html" with entries=all only %}', all=[entry])
    assert "<script>" not in drawn
