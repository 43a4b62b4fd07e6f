"""The invented agency reads like lives, keeps to the house's words, and fits the policy and itself."""

import re
import time
import unicodedata
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from leeward.access.policy import Action, Actor, Role, Ties, allows
from leeward.demo.moments import moment
from leeward.demo.participants import AGE_BANDS, KINDS, Note, Story, participants
from leeward.demo.people import AGENCY, CARRIERS, persona, personas, teams
from leeward.demo.reading import ContentError, check_keys

A_WEEK = [date(2026, 3, 2) + timedelta(days=n) for n in range(7)]
SATURDAY = 5

# Beginnings of words that a note about a person does without, in the three languages of the demo.
BANNED = """
abscond addict adicto admits admitted aggressive alcoholic alien alleg attention-seeking awol bipolar
borderline brothel claimed claims client codependen compliance confess crazy damaged defian delinquen
delinquent denied denies discharged dishonest dramatic drogadict drug-seeking druggie elope enabling
esclav eskimo expelled failed failing failure felon homeless hooker horrific hostile hysteri ilegal
illegal inmate innocent insane junkie lazy liar lied lifestyle lying manipulat molested no-show
non-complian noncomplian offender opposition overdue overreact pimp placed placement porn promiscu
prostitut prostituée provoked proxénète psycho raped refus relaps rescue resistance resistant retarded
ruined runaway savior saviour sex slave slut squaw streetwise tainted terminated traffick tragic
transgendered transsexual trata uncooperative unimaginable unmotivated unreliable vagrant victim voiceless
víctim whore
"""
BANNED_PHRASES = (
    "ran away",
    "no show",
    "kicked out",
    "real name",
    "the life",
    "the game",
    "sold herself",
    "went back to him",
)
# Only 555-0100 to 555-0199 are kept free for invented people.
SOMEBODYS_NUMBER = re.compile(
    r"(?<![\d-])(?!555-01\d\d)(?:\+?1[ .-])?(?:\(?\d{3}\)?[ .-])?\d{3}[ .-]\d{4}(?!\d)",
)

STORIES = participants()
NOTES = [(story, note) for story in STORIES for note in story.notes]


def prose() -> list[tuple[str, str]]:
    """Every text that a visitor can read, with the place where it stands."""
    notes = [(f"{story.key} {note.when}", note.text) for story, note in NOTES]
    cards = [(story.key, " ".join((story.call_by, *story.aliases))) for story in STORIES]
    people = [(person.key, f"{person.who} {person.sees}") for person in personas()]
    return [*notes, *cards, *people, *((team.key, team.name) for team in teams())]


def ties_of(note: Note, story: Story) -> Ties:
    return Ties(roles=persona(note.by).roles_in(story.team), assigned=note.by in {story.primary, *story.also})


def test_fourteen_people_hold_all_twelve_roles() -> None:
    everybody = personas()
    assert len(everybody) == 14
    assert frozenset[Role]().union(*(person.roles for person in everybody)) == frozenset(Role)
    held = Counter(role for person in everybody for role in person.roles)
    assert held[Role.CASE_MANAGER] >= 3
    assert held[Role.SUPERVISOR] == 2


def test_the_staff_can_be_told_apart_and_written_to_by_nobody() -> None:
    for attribute in ("key", "name", "email", "who", "sees", "first_name"):
        assert len({getattr(person, attribute) for person in personas()}) == 14, attribute
    assert all(re.fullmatch(r"[a-z]+@harborlane\.example", person.email) for person in personas())
    assert Counter(person.language for person in personas()) == {"en": 12, "es": 1, "fr": 1}
    assert all(person.who.endswith(".") and person.sees.endswith(".") for person in personas())


def test_three_teams_of_one_agency() -> None:
    assert (AGENCY.name, AGENCY.time_zone) == ("Harbor Lane", "America/Chicago")
    assert len(teams()) == 3
    assert all(sum(story.team == team.key for story in STORIES) >= 10 for team in teams())


def test_seventy_participants_of_every_age() -> None:
    assert len(STORIES) == 70
    assert len({story.call_by for story in STORIES}) == 70
    assert {story.age_band for story in STORIES} == set(AGE_BANDS)
    said = [name for story in STORIES for name in (story.call_by, *story.aliases)]
    assert not {person.first_name for person in personas()} & set(said)


def test_many_languages_and_pronouns() -> None:
    languages = {story.language.split(",")[0] for story in STORIES}
    assert len(languages) >= 11
    assert {"ASL", "K'iche'", "Tagalog", "Tiếng Việt", "Arabic", "Mandarin", "Ukrainian"} <= languages
    assert any("Ojibwemowin" in story.language for story in STORIES)
    assert {"she/her", "he/him", "they/them", "they/she"} <= {story.pronouns for story in STORIES}


def test_every_primary_worker_may_carry_the_case_in_its_team() -> None:
    for story in STORIES:
        assert persona(story.primary).roles_in(story.team) & CARRIERS, story.key
        assert story.primary not in story.also
        assert all(story.team in persona(each).teams for each in story.also), story.key


def test_whoever_wrote_a_note_may_write_it() -> None:
    for story, note in NOTES:
        actor = Actor(UUID(int=1), persona(note.by).roles)
        assert allows(actor, Action.WRITE_ENTRY, ties_of(note, story)), (story.key, note.when, note.by)


def test_who_is_assigned_is_heard_of() -> None:
    for person in ("jo", "solange"):
        for story in (each for each in STORIES if person in each.also):
            assert any(note.by == person for note in story.notes), (person, story.key)


def test_there_is_enough_to_read_and_every_kind_of_note() -> None:
    assert 800 <= len(NOTES) <= 1000
    assert all(6 <= len(story.notes) <= 28 for story in STORIES)
    assert {note.kind for _, note in NOTES} == set(KINDS)
    assert max(story.notes[0].when.weeks_ago for story in STORIES) == 51


def test_no_text_is_told_twice() -> None:
    texts = Counter(note.text for _, note in NOTES if note.text != "Pas vue.")
    assert [text for text, times in texts.items() if times > 1] == []
    openings = Counter(" ".join(note.text.split()[:4]) for _, note in NOTES)
    assert [opening for opening, times in openings.items() if times > 3] == []


def test_notes_are_short_and_long() -> None:
    words = sorted(len(note.text.split()) for _, note in NOTES)
    assert words[0] <= 5
    assert words[len(words) // 2] >= 25
    assert words[-1] >= 130


@pytest.mark.parametrize("today", A_WEEK, ids=lambda day: f"{day:%A}")
def test_stories_are_in_order_and_in_the_past_on_every_day_of_the_week(today: date) -> None:
    for story in STORIES:
        days = [(note.day(today), note.minute) for note in story.notes]
        assert all(earlier < later for earlier, later in pairwise(days)), story.key
        assert all(1 <= note.days_ago(today) <= 370 for note in story.notes), story.key
        assert story.came(today) <= story.notes[0].day(today), story.key


@pytest.mark.parametrize("today", A_WEEK, ids=lambda day: f"{day:%A}")
def test_nobody_is_at_the_office_at_odd_hours(today: date) -> None:
    for story, note in NOTES:
        weekend = note.day(today).weekday() >= SATURDAY
        night = not 5.5 <= note.when.hour <= 22.5
        assert not weekend or note.by in {"amara", "jo", "solange"}, (story.key, note.when)
        assert not night or note.by in ("solange", "amara"), (story.key, note.when)
        assert not (weekend and night) or note.by == "amara", (story.key, note.when)


def test_nothing_ties_a_note_to_a_time_of_the_year() -> None:
    months = "January|February|April|July|August|September|October|November|December|Christmas"
    told = re.compile(rf"\b(?:spring|summer|autumn|winter|snow\w*|{months})\b")
    allowed = {"jaylen", "mei"}  # one winter long ago, and a winter's worth of rice
    assert {where.split()[0] for where, text in prose() if told.search(text)} <= allowed


def test_no_word_blames_or_labels_anybody() -> None:
    banned = re.compile(rf"\b(?:{'|'.join(BANNED.split())})", re.IGNORECASE)
    found = [(where, hit.group()) for where, text in prose() if (hit := banned.search(text))]
    assert found == []
    phrases = [
        (where, phrase) for where, text in prose() for phrase in BANNED_PHRASES if phrase in text.casefold()
    ]
    assert phrases == []


def test_no_address_and_no_telephone_number_that_could_be_somebodys() -> None:
    for where, text in prose():
        assert not re.search(r"https?:|www\.|\.(?:com|org|net|gov|edu)\b|@", text), where
        assert not SOMEBODYS_NUMBER.search(text), where
    assert SOMEBODYS_NUMBER.search("call 312-867-5309")
    assert not SOMEBODYS_NUMBER.search("call 555-0142")


def test_files_of_strangers_do_not_name_each_other() -> None:
    related = [{"birdie", "marlo"}, {"rafa", "beto"}]
    called = {story.key: story.call_by.split()[-1] for story in STORIES if story.call_by != "R."}
    names = {key: re.compile(rf"\b{re.escape(name)}\b") for key, name in called.items()}
    for story, note in NOTES:
        near = {story.key}.union(*(group for group in related if story.key in group))
        named = [key for key, name in names.items() if key not in near and name.search(note.text)]
        assert named == [], (story.key, note.when)


def test_the_words_that_the_docstrings_promise_are_found() -> None:
    homes = {"accordion": "chema", "acordeón": "chema", "moth": "robin", "Biscuit": "june", "Pickle": "tam"}
    for word, home in {**homes, "fern": "gloria"}.items():
        found = {story.key for story, note in NOTES if re.search(rf"\b{word}\b", note.text)}
        assert found == {home}, word
    assert "accordion" in persona("ines").sees
    assert {story.team for story in STORIES if story.key == "chema"} <= set(persona("ines").teams)


def test_robin_is_as_in_the_picture() -> None:
    robin = next(story for story in STORIES if story.call_by == "Robin")
    assert (robin.pronouns, robin.age_band, robin.primary) == ("they/them", "16 or 17", "ines")
    assert robin.language == "Español, some English"
    assert robin.notes[-1].when == moment("last 16:20")
    assert len(robin.notes) == max(len(story.notes) for story in STORIES)


def test_text_is_composed_and_tidy() -> None:
    for where, text in prose():
        assert text == unicodedata.normalize("NFC", text), where
        assert text == text.strip(), where
        assert not re.search(r"  |[^\S\n ]|\n{3}", text.replace("\u00a0", "")), where


def test_a_note_told_wrong_says_where() -> None:
    with pytest.raises(ValueError, match="is not like"):
        moment("yesterday")
    with pytest.raises(ContentError, match=r"robin\.toml: lacks call_by"):
        check_keys({}, "robin.toml", ["call_by"])
    with pytest.raises(ContentError, match=r"robin\.toml: has victim, which nobody reads"):
        check_keys({"victim": True}, "robin.toml", [])


def test_everything_is_read_in_a_moment_and_only_once() -> None:
    participants.cache_clear()
    start = time.process_time()
    first = participants()
    assert time.process_time() - start < 0.3
    assert participants() is first
