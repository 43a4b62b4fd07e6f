"""What can be chosen where a date is booked or a request is taken. Nothing needs to be chosen."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from leeward.cases.words import AgeBand

#: Age bands for which somebody else has a say about transport (practices M1, M7).
MINORS: Final = frozenset({AgeBand.UNDER_12, AgeBand.A12, AgeBand.A14, AgeBand.A16})


class Along(models.TextChoices):
    """Who goes along (practice F5)."""

    # Translators: the worker who writes this accompanies the participant
    ME = "me", _("I go along")
    COLLEAGUE = "colleague", _("A colleague")
    CHOSEN = "chosen", _("Somebody they chose")
    ALONE = "alone", _("They prefer to go alone")
    OPEN = "open", _("Not arranged yet")


class Transport(models.TextChoices):
    """How they get there and back."""

    # Translators: going on foot to an appointment
    WALK = "walk", _("On foot")
    BUS = "bus", _("Bus or train, with a pass from us")
    RIDE = "ride", _("A ride by us")
    TAXI = "taxi", _("A taxi that we pay")
    OWN = "own", _("Their own way")
    NONE = "none", _("None: by phone or screen")
    OPEN = "open", _("Not arranged yet")


class Childcare(models.TextChoices):
    """Who looks after the children meanwhile."""

    NONE = "none", _("Not needed")
    ARRANGED = "arranged", _("Arranged")
    ALONG = "along", _("The children come along")
    OPEN = "open", _("Not arranged yet")


class Interpreter(models.TextChoices):
    """Who interprets. Those who are close to somebody can change what is safe to say (practice H4)."""

    NONE = "none", _("Not needed")
    REMOTE = "remote", _("Professional, by phone or screen")
    HERE = "here", _("Professional, in the room")
    NAMELESS = "nameless", _("Professional, by phone, no names said")
    COLLEAGUE = "colleague", _("A colleague")
    OPEN = "open", _("Not arranged yet")
    PARTNER = "partner", _("Their partner")
    FAMILY = "family", _("Somebody of their family")
    CHILD = "child", _("A child")
    CO_RESIDENT = "co_resident", _("Somebody they live with")
    CAME_ALONG = "came_along", _("Whoever came along")


#: Stopped by default, with a reason to go on (practice H4).
STOPPED: Final = frozenset(
    {
        Interpreter.PARTNER,
        Interpreter.FAMILY,
        Interpreter.CHILD,
        Interpreter.CO_RESIDENT,
        Interpreter.CAME_ALONG,
    }
)


class Hearing(models.TextChoices):
    """What kind of date it is."""

    FIRST = "first", _("First appearance")
    BAIL = "bail", _("Bail or release")
    MOTION = "motion", _("Pretrial or motion")
    PLEA = "plea", _("Plea")
    TRIAL = "trial", _("Trial")
    TESTIMONY = "testimony", _("Testimony or deposition")
    SENTENCE = "sentence", _("Sentencing")
    PROTECTION = "protection", _("Protection order")
    CUSTODY = "custody", _("Family or custody")
    CARE = "care", _("Child welfare")
    YOUTH = "youth", _("Youth court")
    MASTER = "master", _("Immigration: master calendar")
    MERITS = "merits", _("Immigration: individual hearing")
    INTERVIEW = "interview", _("Interview with an authority")
    REVIEW = "review", _("Review hearing")
    CLAIM = "claim", _("Wages, compensation or another claim")
    OTHER = "other", _("Something else")


class Part(models.TextChoices):
    """The part that the participant has there, in plain words."""

    HARMED = "harmed", _("The person it was done to")
    WITNESS = "witness", _("Witness")
    ASKS = "asks", _("The person who asks for something")
    ANSWERS = "answers", _("The person who has to answer a charge or claim")
    YOUTH = "youth", _("The young person it is about")
    PARENT = "parent", _("Parent")
    OTHER = "other", _("Something else")


class MustAttend(models.TextChoices):
    """Whether they have to be there."""

    YES = "yes", _("They have to be there")
    CHOICE = "choice", _("They may choose")
    NO = "no", _("They need not come")
    UNKNOWN = "unknown", _("Not known yet")


class OtherSide(models.TextChoices):
    """Whether the other side will be there."""

    YES = "yes", _("Yes")
    MAYBE = "maybe", _("Perhaps")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known yet")


class Entrance(models.TextChoices):
    """Whether there is a way in and a place to wait apart from the other side."""

    YES = "yes", _("Yes")
    NO = "no", _("No")
    ASKED = "asked", _("We have asked")
    OPEN = "open", _("Not arranged yet")


class Who(models.TextChoices):
    """Who waits for our answer (practices G7, D3)."""

    PARTICIPANT = "participant", _("A participant")
    PARTNER = "partner", _("A partner")
    NEW = "new", _("Somebody new")
    OTHER = "other", _("Somebody else")


class How(models.TextChoices):
    """How a request reached us."""

    # Translators: a telephone call that reached us
    CALL = "call", _("Call")
    # Translators: a text message to a telephone
    TEXT = "text", _("Text")
    DOOR = "door", _("At the door")
    MAIL = "mail", _("Mail")
    # Translators: a colleague passed a request on
    COLLEAGUE = "colleague", _("Through a colleague")
