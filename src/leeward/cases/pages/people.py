"""Somebody in their own words, as the law knows them, and who belongs to them; gathered while the file is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from leeward.access.policy import Action
from leeward.cases.forms.people import SECTIONS, IdentityForm, ProfileForm, Section
from leeward.cases.models import Bond, Case, CaseList, Glance, Harm, Identity, Profile
from leeward.cases.pages.rows import day_of
from leeward.cases.words.people import UNSAID, BondKind
from leeward.staff.pages import communities
from leeward.vault.scopes import Compartment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from leeward.access.gate import Entered
    from leeward.cases.door import OpenCase
    from leeward.staff.models import Person
    from leeward.staff.pages.communities import Learnt

#: The icon of each tie.
BOND_ICONS = {
    BondKind.CHILD: "baby",
    BondKind.APART: "shield-alert",
    BondKind.TOGETHER: "bus",
    BondKind.SURVIVOR: "hand-heart",
}


#: Their own words in which a community may be named.
_OF_A_COMMUNITY: Final = ("languages", "dialects", "culture", "nation", "faith", "calendar")


@dataclass(frozen=True, slots=True)
class Told:
    """One answer: its question, and what was said; `unsaid` where they preferred to say nothing."""

    name: str
    label: str
    text: str
    unsaid: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page about a person, with what was told in it."""

    section: Section
    told: list[Told]


def profile(file: OpenCase) -> dict[str, Any]:
    """Somebody in their own words: what was told, and what could be added."""
    words, _version = profile_words(file.thing)
    labels = {name: str(field.label) for name, field in ProfileForm.base_fields.items()}
    parts = [
        Part(part, [_told(name, labels[name], words[name]) for name in part.names if words.get(name)])
        for part in SECTIONS
    ]
    return {
        "parts": [part for part in parts if part.told],
        "to_add": [part.section for part in parts if not part.told],
        "matters": _told("matters", "", words["matters"]) if words.get("matters") else None,
        "matters_on": day_of(words, "matters_on"),
        "wishes": bool(words.get("worker_wishes") or words.get("worker_wishes_more")),
        "learnt": _learnt(file, words),
    }


def learnt_about(file: OpenCase) -> list[Learnt]:
    """What the agency learnt about the communities that they name, to be read before a first meeting (C6)."""
    row = Profile.objects.filter(case=file.thing).first()
    return _learnt(file, row.words if row else {})


def _learnt(file: OpenCase, words: Mapping[str, Any]) -> list[Learnt]:
    told = [str(words.get(name, "")) for name in _OF_A_COMMUNITY if words.get(name) != UNSAID]
    return communities.fitting(file.visit, [file.thing.participant.card.get("language", ""), *told])


def _told(name: str, label: str, text: str) -> Told:
    return Told(name, label, "" if text == UNSAID else text, text == UNSAID)


def profile_words(case: Case) -> tuple[dict[str, Any], int]:
    """What was told, with what matters most now, and its version; the part for notes must be open."""
    row, glance = Profile.objects.filter(case=case).first(), Glance.objects.filter(case=case).first()
    words: dict[str, Any] = dict(row.words) if row else {}
    if words.get("matters") != UNSAID:  # words about it stand on the glance, where everybody reads them
        matters = glance.words if glance else {}
        words |= {name: matters.get(name, "") for name in ("matters", "matters_on")}
    return words, row.version if row else 0


def matters_most(case: Case) -> tuple[str, date | None]:
    """What matters most to somebody now, and since when; nothing where nobody asked or they preferred not to say."""
    row = Glance.objects.filter(case=case).first()
    words = row.words if row else {}
    return words.get("matters", ""), day_of(words, "matters_on")


def identity(case: Case) -> dict[str, Any]:
    """Somebody as the law knows them."""
    row = Identity.objects.filter(case=case).first()
    words: dict[str, Any] = dict(row.words) if row else {}
    fields = IdentityForm.base_fields
    told = [_told(name, str(fields[name].label), str(words[name])) for name in fields if words.get(name)]
    return {
        "told": [_as_day(each) for each in told],
        "papers": words.get("papers", []),
        "words": words,
        "version": row.version if row else 0,
    }


def _as_day(told: Told) -> tuple[Told, date | None]:
    day = date.fromisoformat(told.text) if told.name == "born_on" and told.text else None
    return told, day


@dataclass(frozen=True, slots=True)
class HarmLook:
    """What was done to somebody, told once."""

    pk: UUID
    author: Person
    about: dict[str, Any]
    mine: bool

    @property
    def told_on(self) -> date | None:
        """When it was told."""
        return day_of(self.about, "told_on")


def history(file: OpenCase) -> list[HarmLook]:
    """What was done to somebody, in the order of telling."""
    rows = Harm.objects.filter(case=file.thing).select_related("author")
    me = file.visit.actor.id
    found = [HarmLook(row.pk, row.author, dict(row.words), row.author_id == me) for row in rows]
    return sorted(found, key=lambda each: (each.about.get("told_on", ""), str(each.pk)))


@dataclass(frozen=True, slots=True)
class BondLook:
    """A tie to somebody. A name from another file shows only to who may open that file."""

    pk: UUID
    about: dict[str, Any]
    name: str
    other: Case | None = None
    hidden: bool = False

    @property
    def kind(self) -> str:
        """What they are to the participant."""
        code = self.about.get("kind", "")
        return str(BondKind(code).label) if code else ""

    @property
    def icon(self) -> str:
        """Its picture."""
        code = self.about.get("kind", "")
        return BOND_ICONS.get(BondKind(code), "link") if code else "link"

    @property
    def apart(self) -> bool:
        """Whether this person is to be kept away."""
        return self.about.get("kind") == BondKind.APART


def bonds(file: OpenCase, entered: Entered) -> list[BondLook]:
    """Who belongs to somebody, those to keep away first. Of another file nothing shows to who may not open it."""
    rows = [(row.pk, dict(row.about)) for row in Bond.objects.filter(case=file.thing)]
    known = _openable(entered, [str(about["other"]) for _, about in rows if about.get("other")])
    looks = [look for pk, about in rows if (look := _bond(pk, about, known))]
    return sorted(looks, key=lambda look: (not look.apart, look.kind, look.name.casefold()))


def _openable(entered: Entered, others: list[str]) -> dict[str, Case]:
    """Those of the other files that this person may open, with their cards."""
    if not others:
        return {}
    visit = entered.visit
    may = Case.objects.open_to(visit.actor, Action.SEE_CASE).held_by(visit.holder, Compartment.CARD)
    found = list(may.with_people().filter(pk__in=others))
    if found:
        entered.list(CaseList(found), Action.SEE_CARD)
    return {str(case.pk): case for case in found}


def _bond(pk: UUID, about: dict[str, Any], known: dict[str, Case]) -> BondLook | None:
    other = about.get("other")
    if not other:
        return BondLook(pk, about, str(about.get("name", "")))
    if case := known.get(other):
        return BondLook(pk, about, case.participant.card.get("name", ""), case)
    # Somebody to be kept away is safety: that there is somebody is said, and nothing of who.
    return BondLook(pk, about, "", hidden=True) if about.get("kind") == BondKind.APART else None


def keep_away(case: Case) -> list[str]:
    """Whom to keep apart from somebody, for every page that books something; the part for notes must be open."""
    abouts = [row.about for row in Bond.objects.filter(case=case)]
    apart = [about for about in abouts if about.get("kind") == BondKind.APART]
    return sorted(about.get("name") or _("somebody who comes here too: see “Links”") for about in apart)
