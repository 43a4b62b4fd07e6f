"""Every word on screen is in Spanish and in French, and a script says so without GNU gettext."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from django.conf import settings

from scripts import translations
from scripts.translations import Said, everything_said, faults, forms_of, read, renewed, text_of, words_in
from tests.house.reading import code

LANGUAGES = ["es", "fr"]


# ---------------------------------------------------------------- what the sources say

PYTHON = """
    from django.utils.translation import gettext_lazy as _, ngettext, pgettext
    KINDS = [_("Call"), _("Many words, "
                          "in two lines")]
    # Translators: on a button
    SAVE = pgettext("verb", "Save")
    f"{_('inside')} {ngettext('one key', '%(n)d keys', 2)}"
    print("never on screen", gettext(unknown))
"""
TEMPLATE = """
    {% load i18n %}
        <p class="it's" title="{% translate 'A title' %}">{% translate "Saved %" as done %}</p>
  {# Translators: the day of the week #}
    {% translate "l j F" context "date" as shape %}
    {{ label|default:_("More of this") }} {{ name|upper }} gettext("not me")
    {% blocktranslate count n=notes|length %}{{ n }} note{% plural %}{{ n }} notes{% endblocktranslate %}
    {% blocktranslate trimmed with who=name context "greeting" %}
        Welcome, <b>{{ who }}</b>
    {% endblocktranslate %}{% include "x.html" with text=_("It’s “kept”.") only %}\N{NO-BREAK SPACE}☂
    {% comment %}{% translate "set aside" %}{% endcomment %}
"""


def found(place: str, text: str) -> dict[tuple[str, str], Said]:
    return {said.key: said for said in words_in(place, dedent(text))}


def test_words_in_python() -> None:
    said = found("a.py", PYTHON)
    assert [words for words, _ in said] == ["Call", "Many words, in two lines", "Save", "inside", "one key"]
    assert said["one key", ""].plural == "%(n)d keys"
    assert said["Save", "verb"].notes == {"on a button"}
    assert said["Call", ""].places == {"a.py"}


def test_words_in_a_template() -> None:
    said = found("a.html", TEMPLATE)
    first, notes, welcome = ["A title", "Saved %%"], "%(n)s note", "Welcome, <b>%(who)s</b>"
    assert [words for words, _ in said] == [*first, "l j F", "More of this", notes, welcome, "It’s “kept”."]
    assert said[notes, ""].plural == "%(n)s notes"
    assert said["l j F", "date"].notes == {"the day of the week"}
    assert said[welcome, "greeting"].places == {"a.html"}


def test_words_in_two_places_are_one_entry() -> None:
    said = {each.key: each for each in everything_said()}
    assert len(said["Save", ""].places) > 1
    assert all(place.startswith("src/leeward/") for each in said.values() for place in each.places)


def test_every_name_for_gettext_is_known() -> None:
    nodes = [node for source in code() for node in ast.walk(source.tree) if isinstance(node, ast.ImportFrom)]
    names = {each.asname or each.name for node in nodes for each in node.names if "gettext" in each.name}
    assert names <= translations.KEYWORDS.keys()


# ---------------------------------------------------------------- update


def said(singular: str, plural: str = "", place: str = "a.py") -> Said:
    return Said(singular, plural, "", frozenset({place}), frozenset())


KEPT = """\
# Our own words.
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;\\n"

# said often
#: elsewhere.py:12
msgid "Save"
msgstr "Guardar"

msgid "Gone"
msgstr "Fuera"

#~ msgid "Long gone"
#~ msgstr "Hace tiempo"
"""


def test_update_keeps_drops_and_asks() -> None:
    text = renewed("es", [said("%(n)s key", "%(n)s keys"), said("Save")], KEPT)
    there = read("es", text)
    forms = {words: forms_of(message) for (words, _), message in there.items()}
    assert forms == {"%(n)s key": ("", "", ""), "Save": ("Guardar",)}
    assert text.startswith("# Our own words.\nmsgid")
    assert there["Save", ""].user_comments == ["said often"]


def test_update_is_quiet() -> None:
    wanted = [said("Save", place="b.py"), said("Call")]
    text = renewed("es", wanted, KEPT)
    assert renewed("es", wanted, text) == text
    assert "#: b.py\n" in text
    assert not re.search(r"\d{4}-\d\d|\.py:\d|Generated-By|gone", text)


def test_a_new_language_counts_as_it_should() -> None:
    assert "nplurals=6" in renewed("ar", [], "")
    assert "nplurals=2; plural=(n != 1)" in renewed("ti", [], "")  # Django does not speak Tigrinya


# ---------------------------------------------------------------- check


def complaints(words: str, told: str, flag: str = "") -> list[str]:
    empty = f'msgid "{words}"\nmsgstr ""'
    text = renewed("es", [said(words)], "").replace(empty, f'{flag}msgid "{words}"\nmsgstr "{told}"')
    return list(faults("es", [said(words)], text))


@pytest.mark.parametrize(
    ("words", "told", "complaint"),
    [
        ("Save", "", "“Save” has no translation yet."),
        ("Save", "  ", "“Save” has no translation yet."),
        ("Hi %(name)s", "Hola", "“Hi %(name)s” loses %(name)s in “Hola”."),
        ("Hi %(name)s", "Hola %(nombre)s", "loses %(name)s and adds %(nombre)s"),
        ("Hi %s", "Hola", "loses %s"),
        ("At {time}", "A las {hora}", "loses {time} and adds {hora}"),
        ("<b>Hi</b> you", "<b>Hola tú", "loses </b>"),
        ("100 %% sure", "100 %% seguro%%", "adds %%"),
        ("Name: ", "Nombre:", "other spaces in “Nombre:”"),
        ("Name", " Nombre", "other spaces in “ Nombre”"),
    ],
)
def test_a_fault_is_told(words: str, told: str, complaint: str) -> None:
    wrong = complaints(words, told)
    assert len(wrong) == 1
    assert complaint in wrong[0]


def test_good_words_are_left_alone() -> None:
    assert complaints("Hi %(name)s, %(day)s", "%(day)s: hola %(name)s") == []
    assert complaints("{day} {month}", "{day} de {month}") == []
    assert complaints("50 %", "50 %") == []


def test_each_form_is_looked_at() -> None:
    wanted = [said("one key", "%(n)s keys")]
    text = renewed("es", wanted, "")
    for number, told in enumerate(["una llave", "%(n)s de llaves", "llaves"]):
        text = text.replace(f'msgstr[{number}] ""', f'msgstr[{number}] "{told}"')
    assert list(faults("es", wanted, text)) == ["es: “one key” loses %(n)s in “llaves”."]


def test_a_guess_is_not_enough() -> None:
    [wrong] = complaints("Save", "Guardar", "#, fuzzy\n")
    assert "fuzzy" in wrong


def test_words_of_the_sources_and_of_the_catalogue_are_the_same() -> None:
    text = renewed("es", [said("Save")], KEPT)
    gone, new = faults("es", [said("Call")], text)
    assert gone.startswith("es: “Call” is new in the sources. Run `python -m")
    assert new.startswith("es: “Save” is not said any more. Run `python -m")
    [moved] = faults("es", [said("Save", place="b.py")], text)
    assert "not written as this script would" in moved


def test_a_broken_catalogue_is_one_sentence() -> None:
    [wrong] = faults("es", [], 'msgid "Save"\nGuardar\n')
    assert wrong.startswith("es: the catalogue cannot be read: ")


def test_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    assert translations.main(["update", "nl"]) == 0
    assert re.match(r"nl: (\d+) messages, \1 to translate\n", capsys.readouterr().out)
    assert translations.main(["check"]) == 1
    assert "nl: “Save” has no translation yet." in capsys.readouterr().out
    assert translations.main(["nonsense"]) == 2


# ---------------------------------------------------------------- our catalogues


def test_there_is_a_catalogue_for_every_language() -> None:
    assert {settings.LANGUAGE_CODE, *translations.languages()} == {code for code, _ in settings.LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_complete(language: str) -> None:
    assert list(faults(language, everything_said(), text_of(language))) == []


def told(language: str) -> Iterator[str]:
    for message in read(language, text_of(language)).values():
        yield from forms_of(message)


# Words that name somebody by what was done to them or by what we do, and words of blame.
NEVER = {
    "es": r"v[ií]ctima|client[ea]|usuari[oa]|prostitu|rechaz|incumpl|fracas",
    "fr": r"victime|client|usager|prostitu|refus|échou|échec|non.conform",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_blamed_in_any_language(language: str) -> None:
    assert [form for form in told(language) if re.search(NEVER[language], form, re.IGNORECASE)] == []


def test_marks_in_french_never_begin_a_line() -> None:
    loose = re.compile(r"(?<!\xa0)[;!?»]|(?<![\xa0\d]):|«(?!\xa0)|'")
    assert [form for form in told("fr") if loose.search(form)] == []


def test_questions_in_spanish_are_opened() -> None:
    assert [form for form in told("es") if form.count("¿") != form.count("?")] == []
