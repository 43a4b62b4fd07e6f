"""Who somebody is in their own words, how to reach them safely, and who has a say."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from leeward.cases.models.case import Case
from leeward.cases.models.timeline import OfCase
from leeward.cases.words.people import (
    BondFacts,
    DecisionFacts,
    GlanceWords,
    HarmWords,
    IdentityWords,
    IntroductionFacts,
    PlaceFacts,
    ProfileWords,
    ReachWords,
    SayFacts,
    WayFacts,
)
from leeward.staff.models import Person
from leeward.vault.fields import SealedJSON, SealedModel
from leeward.vault.scopes import Compartment, Scope


class PageOfCase(SealedModel):
    """One page of a file: there is one for each case, or none yet."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.case_id)

    def seal_scope(self, part: Compartment | None) -> Scope:
        """The case's own key."""
        return Scope.case(self.case_id, part or Compartment.NOTES)


class Glance(PageOfCase):
    """What a list shows of a file without opening its notes: the last contact, and what matters most now (B1)."""

    words: SealedJSON[GlanceWords] = SealedJSON(label="cases.glance.words", compartment=Compartment.NOTES)

    class Meta:
        default_related_name = "glance"


class Profile(PageOfCase):
    """Somebody in their own words: names, culture, access, strengths, what never to ask again (C6, F2, H3, H5)."""

    words: SealedJSON[ProfileWords] = SealedJSON(label="cases.profile.words", compartment=Compartment.NOTES)

    class Meta:
        default_related_name = "profile"


class Identity(PageOfCase):
    """Names, papers and birth date as the law knows them. A pseudonym is enough for everything else (promise 1)."""

    words: SealedJSON[IdentityWords] = SealedJSON(
        label="cases.identity.words", compartment=Compartment.IDENTITY
    )

    class Meta:
        default_related_name = "identity"


class Reach(PageOfCase):
    """How to begin any contact safely: the code word, who to be at the door, whom they want at night (D4, G5, M7)."""

    words: SealedJSON[ReachWords] = SealedJSON(label="cases.reach.words", compartment=Compartment.CONTACT)

    class Meta:
        default_related_name = "reach"


class Way(OfCase):
    """One way to reach somebody: a number, an address for letters, an account, a go-between (G5, M7)."""

    about: SealedJSON[WayFacts] = SealedJSON(label="cases.way.about", compartment=Compartment.CONTACT)

    class Meta:
        default_related_name = "ways"


class Whereabouts(OfCase):
    """Where somebody lives or sleeps. A part of the file of its own: whoever looks for them looks for this."""

    about: SealedJSON[PlaceFacts] = SealedJSON(
        label="cases.whereabouts.about", compartment=Compartment.LOCATION
    )

    class Meta:
        default_related_name = "whereabouts"


class Say(OfCase):
    """Who has legal say about something for a minor, or must never be told or asked (M1)."""

    about: SealedJSON[SayFacts] = SealedJSON(label="cases.say.about", compartment=Compartment.CONTACT)

    class Meta:
        default_related_name = "says"


class Decision(OfCase):
    """Something that somebody else decided for a participant, and the participant's own view of it (M1, C1)."""

    about: SealedJSON[DecisionFacts] = SealedJSON(label="cases.decision.about", compartment=Compartment.NOTES)

    class Meta:
        default_related_name = "decisions"


class Bond(OfCase):
    """What ties somebody to another person: a child, a sibling, a co-survivor, somebody to keep away from them."""

    about: SealedJSON[BondFacts] = SealedJSON(label="cases.bond.about", compartment=Compartment.NOTES)

    class Meta:
        default_related_name = "bonds"


class Harm(OfCase):
    """What was done to somebody, told once so that nobody asks again. For those who need to know."""

    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words: SealedJSON[HarmWords] = SealedJSON(label="cases.harm.words", compartment=Compartment.JUSTICE)

    class Meta:
        default_related_name = "harms"


class Introduction(OfCase):
    """What a worker said about themselves at a first meeting: role, limits, choices (C2). Once for each new person."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about: SealedJSON[IntroductionFacts] = SealedJSON(
        label="cases.introduction.about", compartment=Compartment.NOTES
    )

    class Meta:
        default_related_name = "introductions"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "person"], name="one_introduction_per_person")
        ]
