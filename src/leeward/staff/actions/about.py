"""What somebody says about themselves, and how the agency says that it works. Nothing here has to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from leeward.access import policy
from leeward.access.policy import Action, Ties
from leeward.staff.actions.authority import CannotDo, ChangedMeanwhile
from leeward.staff.models import About, OurWays, Person, Team

if TYPE_CHECKING:
    from leeward.access.gate import Entered
    from leeward.staff.models.rota import AboutWords, WaysWords


def say_about_me(entered: Entered, *, words: AboutWords, version: int) -> None:
    """Say something about oneself, or take it back: with nothing left to say the row goes (practices H2, H6)."""
    me = entered.visit.actor.id
    everyone = everyone_of(entered)
    with transaction.atomic():
        Person.objects.get_queryset().select_for_update().only("pk").get(pk=me)
        row = About.objects.filter(person=me).first()
        before: AboutWords = row.words if row else {}
        if _said(before) == _said(words):
            return
        if before.get("version", 0) != version:
            raise ChangedMeanwhile(before.get("version", 0))
        if not _said(words):
            About.objects.filter(person=me).delete()
            return
        row = row or About(person_id=me, everyone=everyone)
        row.words = {**words, "version": version + 1}
        row.save()


def _said(words: AboutWords) -> dict[str, object]:
    return {name: value for name, value in words.items() if value and name != "version"}


def change_ways(entered: Entered, *, words: WaysWords, version: int) -> None:
    """Write down how the agency works, unless somebody changed it meanwhile."""
    must_keep_ways(entered)
    everyone = everyone_of(entered)
    with transaction.atomic():
        Team.objects.select_for_update().only("pk").get(pk=everyone.pk)
        row = OurWays.objects.filter(everyone=everyone).first()
        if row is None:
            OurWays.objects.create(everyone=everyone, words=words)
            return
        if row.words == words:
            return
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        row.words, row.version = words, row.version + 1
        row.save(update_fields=["words", "version"])


def must_keep_ways(entered: Entered) -> None:
    """Only those who write down how the agency works go on from here."""
    actor = entered.visit.actor
    if not policy.allows(actor, Action.KEEP_WAYS, Ties(roles=actor.roles)):
        raise CannotDo(_("A supervisor writes down how the agency works. Please ask one."))


def everyone_of(entered: Entered) -> Team:
    """The team of everyone, whose key seals these words; somebody who waits for keys cannot write them yet."""
    everyone = Team.objects.get(everyone=True)
    if everyone.pk not in entered.visit.holder.teams():
        raise CannotDo(_("You hold no keys yet. A colleague has to hand them to you first."))
    return everyone
