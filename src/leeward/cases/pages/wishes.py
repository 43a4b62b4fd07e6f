"""Who could work with somebody, by what they wish and what colleagues chose to say about themselves (C1, H2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from leeward.access.policy import Role
from leeward.cases.models import Profile, Wall
from leeward.cases.pages.people import profile_words
from leeward.cases.words.people import UNSAID, WorkerWish
from leeward.staff.models import About, Membership, Person
from leeward.vault import wordset
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from uuid import UUID

    from leeward.cases.door import OpenCase
    from leeward.cases.models import Case

_WOMAN = wordset.words("woman women female girl she her mujer femme feminine femenino")
_MAN = wordset.words("man men male boy he him hombre homme masculine masculino")
_BEYOND = wordset.words("trans transgender nonbinary non binary enby two spirit twospirit queer they them")
#: Words that say nothing about which language or community is meant.
_LITTLE = wordset.words(
    "and or a an the some little bit from of in for with but not no only also good fluent native speaks spoken "
    "y o e et ou un una poco algo peu de del la el le les des english"
)
#: What nobody writes down about a colleague: it is asked in person, each time (practice M8).
ASK_IN_PERSON = frozenset({WorkerWish.AGE, WorkerWish.LIVED})
_WALKS = (
    Role.CASE_MANAGER,
    Role.SUPERVISOR,
    Role.PEER_SUPPORTER,
    Role.OUTREACH_WORKER,
    Role.ADVOCATE,
    Role.SECONDED,
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A colleague, why they come to mind, and what to think of first. Never a score."""

    person: Person
    reasons: list[str]
    cautions: list[str]

    def __str__(self) -> str:
        return f"{self.person.name}: {', '.join([*self.reasons, *self.cautions])}"


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish, and what is known about it in this team."""

    label: str
    note: str
    met: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wishes, in words that can be compared."""

    wishes: frozenset[str]
    languages: set[str]
    culture: set[str]
    faith: set[str]


def matching(file: OpenCase) -> dict[str, Any]:
    """What somebody wishes of those who work with them, and who comes to mind; the part for notes must be open."""
    words, version = profile_words(file.thing)
    wanted = _wanted(file.thing, words)
    found = [_suggestion(person, about, wanted) for person, about in colleagues(file.thing)]
    met = {code for _suggested, codes in found for code in codes}
    return {
        "wishes": [
            Wish(str(wish.label), _note(wish, met), wish in met)
            for wish in WorkerWish
            if wish in wanted.wishes
        ],
        "in_words": words.get("worker_wishes_more", ""),
        "suggestions": _in_order(each for each, _codes in found),
        "words": words,
        "version": version,
    }


def comes_to_mind(file: OpenCase, among: Iterable[Person]) -> list[Suggestion]:
    """Who of those that can be chosen comes to mind, with reasons: stands beside the choice and never makes it."""
    people = list(among)
    if not people or Compartment.NOTES not in file.compartments:
        return []
    return come_to_mind({file.thing: people}).get(file.thing.pk, [])


def come_to_mind(among: Mapping[Case, Collection[Person]]) -> dict[UUID, list[Suggestion]]:
    """The same for several files, in two queries; their cards and the parts for notes must be open."""
    told = {row.case_id: dict(row.words) for row in Profile.objects.filter(case__in=list(among))}
    wanted = {
        case: _wanted(case, told[case.pk]) for case in among if told.get(case.pk, {}).get("worker_wishes")
    }
    about = _about({person.pk for case in wanted for person in among[case]})
    found = {
        case.pk: [_suggestion(person, about.get(person.pk, {}), wishes)[0] for person in among[case]]
        for case, wishes in wanted.items()
    }
    return {pk: _in_order(suggested) for pk, suggested in found.items()}


def _in_order(found: Iterable[Suggestion]) -> list[Suggestion]:
    shown = [each for each in found if each.reasons or each.cautions]
    return sorted(shown, key=lambda each: (-len(each.reasons), each.person.name))


def _note(wish: WorkerWish, met: set[str]) -> str:
    if wish in ASK_IN_PERSON:
        return _("Nobody writes this down here. Ask colleagues in person, each time anew.")
    if wish == WorkerWish.OUTSIDE:
        return _("Where somebody may be from the same community, it stands beside their name.")
    if wish in met:
        return _("Somebody in the team said so about themselves.")
    return _("Nobody in this team has said so about themselves. Ask, or look further.")


def _wanted(case: Case, words: dict[str, Any]) -> Wanted:
    told = {name: text for name, text in words.items() if isinstance(text, str) and text != UNSAID}
    spoken = " ".join(
        (case.participant.card.get("language", ""), told.get("languages", ""), told.get("dialects", ""))
    )
    return Wanted(
        wishes=frozenset(words.get("worker_wishes", [])),
        languages=wordset.words(spoken) - _LITTLE,
        culture=wordset.words(f"{told.get('culture', '')} {told.get('nation', '')}") - _LITTLE,
        faith=wordset.words(told.get("faith", "")) - _LITTLE,
    )


def colleagues(case: Case) -> list[tuple[Person, dict[str, Any]]]:
    """Who could walk with somebody in their team, with what each chose to say; nobody who stands before a wall."""
    members = Membership.objects.current().filter(team=case.team_id, role__in=[role.value for role in _WALKS])
    walled = Wall.objects.filter(case=case, person__isnull=False).values("person")
    people = list(Person.objects.here().filter(pk__in=members.values("person")).exclude(pk__in=walled))
    told = _about({person.pk for person in people})
    return [(person, told.get(person.pk, {})) for person in sorted(people, key=lambda each: each.name)]


def _about(people: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    """What each of them chose to say about themselves."""
    return (
        {row.person_id: dict(row.words) for row in About.objects.filter(person__in=people)} if people else {}
    )


def _suggestion(person: Person, about: dict[str, Any], wanted: Wanted) -> tuple[Suggestion, set[str]]:
    found = {wish: said for wish in wanted.wishes if (said := _FITS[WorkerWish(wish)](about, wanted))}
    cautions = [said for wish, said in found.items() if wish == WorkerWish.OUTSIDE]
    reasons = [found[wish] for wish in WorkerWish if wish in found and wish != WorkerWish.OUTSIDE]
    return Suggestion(person, reasons, cautions), {wish for wish in found if wish != WorkerWish.OUTSIDE}


def _speaks(about: dict[str, Any], wanted: Wanted) -> str:
    languages: Iterable[str] = about.get("languages", [])
    shared = [language for language in languages if wordset.words(language) & wanted.languages]
    return _("speaks %(language)s, as wished") % {"language": ", ".join(shared)} if shared else ""


def _is(words: set[str]) -> Callable[[dict[str, Any], Wanted], str]:
    def says(about: dict[str, Any], wanted: Wanted) -> str:  # noqa: ARG001 - one question among others
        said = str(about.get("gender", ""))
        return _("says “%(words)s”, as wished") % {"words": said} if wordset.words(said) & words else ""

    return says


def _knows(about: dict[str, Any], wanted: Wanted) -> str:
    said = str(about.get("culture", ""))
    if not wordset.words(said) & wanted.culture:
        return ""
    return _("knows this culture from within: “%(words)s”, as wished") % {"words": said}


def _same_community(about: dict[str, Any], wanted: Wanted) -> str:
    said = str(about.get("culture", ""))
    if not wordset.words(said) & wanted.culture:
        return ""
    return _("may be from the same community: “%(words)s”. They wish for somebody from outside it") % {
        "words": said
    }


def _believes(about: dict[str, Any], wanted: Wanted) -> str:
    said = str(about.get("faith", ""))
    return (
        _("says “%(words)s” about faith, as wished") % {"words": said}
        if wordset.words(said) & wanted.faith
        else ""
    )


def _nothing(about: dict[str, Any], wanted: Wanted) -> str:  # noqa: ARG001 - one question among others
    return ""


_FITS: dict[WorkerWish, Callable[[dict[str, Any], Wanted], str]] = {
    WorkerWish.LANGUAGE: _speaks,
    WorkerWish.WOMAN: _is(_WOMAN),
    WorkerWish.MAN: _is(_MAN),
    WorkerWish.BEYOND: _is(_BEYOND),
    WorkerWish.CULTURE: _knows,
    WorkerWish.OUTSIDE: _same_community,
    WorkerWish.FAITH: _believes,
    WorkerWish.AGE: _nothing,
    WorkerWish.LIVED: _nothing,
}
