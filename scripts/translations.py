"""Keeps the catalogues of every language in step with the words in the sources, without GNU gettext.

python -m scripts.translations update [LANGUAGE …]  writes the catalogues; a language that is named gets a new one
python -m scripts.translations check                says in sentences what is missing or does not fit

Translations that are there stay, words that nobody says any more are dropped, new ones wait with empty lines. The
comment on top of a catalogue belongs to its translators. Places are named without line numbers, and everything is
sorted, so that a change in a catalogue is a change of words.
"""

from __future__ import annotations

import gettext
import io
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "leeward"
LOCALE = SOURCES / "locale"
DJANGOS = Path(django.__file__).parent / "conf" / "locale"

# By which names words are handed to gettext, and which of the arguments are words.
_ARGUMENTS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}
KEYWORDS = {
    **dict.fromkeys(("_", "_lazy")),
    **{name + ending: which for name, which in _ARGUMENTS.items() for ending in ("", "_lazy", "_noop")},
}
_COMMENT = "Translators:"
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_CALL = re.compile(rf"\b(?:n?p?gettext|_)\((?:(?:{_LITERAL}|count)(?:,\s*)?)+\)|#\s*{_COMMENT}.*")
_PIECE = re.compile(r"%%|%\(\w+\)[-#0+]*[\d.]*[a-zA-Z]|%[-#0+]*[\d.]*[sdifgrxX]|\{\w*\}|</?\w[^>]*>")

_HEAD = "# {language}: the words of Leeward. What the terms are, and why, belongs here.\n"
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Leeward\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {forms}\\n"

"""
_DO = "Run `python -m scripts.translations update`."


# ---------------------------------------------------------------- what the sources say


@dataclass(frozen=True, slots=True)
class Said:
    """Words that the sources say, with every place and with what helps to translate them."""

    singular: str
    plural: str
    context: str
    places: frozenset[str]
    notes: frozenset[str]

    @property
    def key(self) -> tuple[str, str]:
        return self.singular, self.context

    def also(self, other: Said) -> Said:
        """The same words, said in two places."""
        plural, places = max(self.plural, other.plural), self.places | other.places
        return Said(self.singular, plural, self.context, places, self.notes | other.notes)


def calls(template: str) -> str:
    """A template as Python that only hands words to gettext: Django reads its tags, we keep the calls."""
    lines = templatize(template).split("\n")
    return "\n".join(" ".join(_CALL.findall(line)) for line in lines)


def words_in(place: str, text: str) -> Iterator[Said]:
    """What one source says, Python or template."""
    code = io.BytesIO((text if place.endswith(".py") else calls(text)).encode())
    found = extract("python", code, KEYWORDS, [_COMMENT], {"encoding": "utf-8"}, strip_comment_tags=True)
    for _line, words, notes, context in found:
        singular, plural = (words, "") if isinstance(words, str) else words
        yield Said(singular, plural, context or "", frozenset({place}), frozenset({" ".join(notes)} - {""}))


def sources() -> Iterator[Path]:
    """Every file that may hold words: Python, except what makemigrations wrote, and templates."""
    python = (path for path in SOURCES.rglob("*.py") if "migrations" not in path.parts)
    pages = (path for path in SOURCES.glob("**/templates/**/*") if path.suffix in {".html", ".txt", ".svg"})
    yield from (*python, *pages)


def everything_said() -> list[Said]:
    """Everything that the sources say, each once, in the order of a catalogue: by place, then by the words."""
    found: dict[tuple[str, str], Said] = {}
    for path in sources():
        for said in words_in(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")):
            found[said.key] = found[said.key].also(said) if said.key in found else said
    return sorted(found.values(), key=lambda said: (min(said.places), said.key))


# ---------------------------------------------------------------- a catalogue


def read(language: str, text: str) -> dict[tuple[str, str], Message]:
    """What a catalogue says, by the words in English and their context."""
    catalogue = read_po(io.BytesIO(text.encode()), language, ignore_obsolete=True, abort_invalid=True)
    named = ((message, message.id) for message in catalogue if message.id)
    return {(words if isinstance(words, str) else words[0], m.context or ""): m for m, words in named}


def forms_of(message: Message) -> tuple[str, ...]:
    """The translation in each of its forms; there is one unless something is counted."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def plural_forms(language: str) -> str:
    """How a language counts, as Django's own catalogue has it, so that the two become one when they are loaded."""
    try:
        known = gettext.translation("django", str(DJANGOS), [language]).info()["plural-forms"]
    except FileNotFoundError:
        known = Catalog(language).plural_forms
    return known.rstrip("; ") + ";"


def renewed(language: str, wanted: Iterable[Said], old: str) -> str:
    """The text of a catalogue with exactly the wanted words; translations that are there stay."""
    kept = read(language, old)
    header = _HEADER.format(language=language, forms=plural_forms(language))
    catalogue = read_po(io.BytesIO(header.encode()), language)
    for said in wanted:
        before = kept.get(said.key)
        told, count = forms_of(before) if before else (), catalogue.num_plurals if said.plural else 1
        string = told if len(told) == count else ("",) * count
        catalogue.add(
            (said.singular, said.plural) if said.plural else said.singular,
            string if said.plural else string[0],
            locations=[(place, 0) for place in sorted(said.places)],
            flags={"fuzzy"} if before and before.fuzzy else (),
            auto_comments=sorted(said.notes),
            user_comments=before.user_comments if before else (),
            context=said.context or None,
        )
    written = io.BytesIO()
    write_po(written, catalogue, omit_header=True, include_lineno=False, width=110)
    return _head(language, old) + header + written.getvalue().decode().strip("\n") + "\n"


def _head(language: str, text: str) -> str:
    """The comment of the translators above everything else."""
    there = re.match(r"(?:#(?!,).*\n)*", text)
    return (there.group() if there else "") or _HEAD.format(language=language)


# ---------------------------------------------------------------- what a translator should look at


def faults(language: str, wanted: list[Said], text: str) -> Iterator[str]:
    """Everything about a catalogue that would show on screen as a mistake, one sentence each."""
    try:
        there = read(language, text)
    except PoFileError as error:
        yield f"{language}: the catalogue cannot be read: {error}."
        return
    needed = {said.key for said in wanted}
    for name in sorted(needed ^ there.keys()):
        what = "is new in the sources" if name in needed else "is not said any more"
        yield f"{language}: {_quoted(name)} {what}. {_DO}"
    for name, message in there.items():
        yield from (f"{language}: {_quoted(name)} {what}" for what in _wrong_with(message))
    if needed == there.keys() and renewed(language, wanted, text) != text:
        yield f"{language}: the catalogue is not written as this script would write it. {_DO}"


def _quoted(name: tuple[str, str]) -> str:
    words, context = name
    return f"“{words}”" + (f" ({context})" if context else "")


def _wrong_with(message: Message) -> Iterator[str]:
    if message.fuzzy:
        yield "is marked as a guess (fuzzy): look at it, then take the mark away."
    if not all(form.strip() for form in forms_of(message)):
        yield "has no translation yet."
        return
    english = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    for number, form in enumerate(forms_of(message)):
        # The first form may leave the number out where English does ("one note"); the others say it.
        originals = english if number == 0 else english[-1:]
        if pieces(form) not in map(pieces, originals):
            yield _differing(originals[-1], form)
        if _edges(form) not in map(_edges, originals):
            yield f"begins or ends with other spaces in “{form}”."


def pieces(words: str) -> Counter[str]:
    """What has to come through unchanged: placeholders and HTML tags, each as often."""
    return Counter(_PIECE.findall(words))


def _differing(english: str, form: str) -> str:
    lost, more = pieces(english) - pieces(form), pieces(form) - pieces(english)
    told = [f"{verb} {' '.join(sorted(what))}" for verb, what in (("loses", lost), ("adds", more)) if what]
    return f"{' and '.join(told)} in “{form}”."


def _edges(words: str) -> tuple[str, str]:
    return words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]


# ---------------------------------------------------------------- the command


def languages() -> list[str]:
    """The languages that have a catalogue."""
    return sorted(path.parents[1].name for path in LOCALE.glob("*/LC_MESSAGES/django.po"))


def place_of(language: str) -> Path:
    """Where a language has its catalogue."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def text_of(language: str) -> str:
    """The catalogue of a language; nothing when it is new."""
    return place_of(language).read_text(encoding="utf-8") if place_of(language).exists() else ""


def update(named: Iterable[str]) -> int:
    """Write every catalogue anew, and say how much there is to translate."""
    wanted = everything_said()
    for language in sorted({*languages(), *named}):
        text = renewed(language, wanted, text_of(language))
        place_of(language).parent.mkdir(parents=True, exist_ok=True)
        place_of(language).write_text(text, encoding="utf-8", newline="\n")
        empty = sum(not all(forms_of(message)) for message in read(language, text).values())
        print(f"{language}: {len(wanted)} messages, {empty} to translate")
    return 0


def check() -> int:
    """Say what is wrong, or how much is right."""
    wanted = everything_said()
    wrong = [fault for language in languages() for fault in faults(language, wanted, text_of(language))]
    print("\n".join(wrong) or f"{len(wanted)} messages, complete in {', '.join(languages())}")
    return 1 if wrong else 0


def main(words: list[str]) -> int:
    """Do what the first word says; without one, say which words there are."""
    match words:
        case ["update", *named]:
            return update(named)
        case ["check"]:
            return check()
    print(__doc__)
    return 0 if words and words[0] in {"-h", "--help", "help"} else 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
