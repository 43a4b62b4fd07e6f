"""Who waits for an answer about somebody waits for the team that walks with them now (decision 16)."""

from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.actions import CannotDo
from leeward.cases.actions.joining import join
from leeward.cases.models import Case
from leeward.continuity.models import HandOver
from leeward.days import actions as days
from leeward.days.actions import Asked
from leeward.days.models import Ask
from leeward.days.pages import waiting_for
from leeward.days.words import AskWords
from leeward.staff.models import Person
from tests import make
from tests.cast import Cast
from tests.continuity.conftest import offer, take
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def asked(cast: Cast, text: str, by: Worker | None = None) -> Ask:
    words: AskWords = {"who": "Harbor Clinic", "text": text, "since": timezone.now().isoformat()}
    with make.opening(cast.dee, by or cast.ama, Action.DAYS) as file:
        told = Asked(ask_id=uuid4(), team=file.thing.team_id, words=words, case=file.thing)
        return days.take_ask(file, told)


def waiting(worker: Worker) -> list[tuple[str, Person | None]]:
    with make.entering(worker, Action.TAKE_REQUESTS) as entered:
        return [(look.words["text"], look.ask.owner) for look in waiting_for(entered.visit)]


def test_a_request_goes_along_and_is_for_whoever_walks_with_them(cast: Cast, offered: HandOver) -> None:
    asked(cast, "Does Friday work?")
    take(cast.sue, offered, cast.cyd)
    assert waiting(cast.cyd) == [("Does Friday work?", cast.cyd.person)]
    assert waiting(cast.ama) == []


def test_what_was_asked_after_the_offer_too_in_the_order_in_which_it_came(
    cast: Cast, offered: HandOver
) -> None:
    Ask.objects.filter(pk=asked(cast, "first").pk).update(owner=cast.ben.person)
    asked(cast, "second")
    take(cast.sue, offered, cast.cyd)
    rows = Ask.objects.order_by("number").values_list("team", "number", "owner")
    assert list(rows) == [
        (cast.garden.pk, 1, cast.cyd.person.pk),
        (cast.garden.pk, 2, cast.cyd.person.pk),
    ]
    assert [text for text, _ in waiting(cast.sue)] == ["first", "second"]


def test_its_numbers_go_on_from_those_of_the_team(cast: Cast, offered: HandOver) -> None:
    words: AskWords = {"text": "A bed", "since": timezone.now().isoformat()}
    with make.entering(cast.cyd, Action.TAKE_REQUESTS) as entered:
        days.take_ask(entered, Asked(ask_id=uuid4(), team=cast.garden.pk, words=words))
    asked(cast, "Does Friday work?")
    take(cast.sue, offered, cast.cyd)
    assert {text for text, _ in waiting(cast.cyd)} == {"A bed", "Does Friday work?"}


def test_what_was_answered_stays_with_the_team_that_answered(cast: Cast, offered: HandOver) -> None:
    ask = asked(cast, "Does Friday work?")
    with make.entering(cast.ama, Action.TAKE_REQUESTS) as entered:
        days.answer(entered, ask, text="Yes.")
    take(cast.sue, offered, cast.cyd)
    kept = Ask.objects.get(pk=ask.pk)
    assert (kept.team_id, kept.along) == (cast.harbor.pk, None)
    assert waiting(cast.cyd) == []


def test_what_cannot_come_along_is_nobodys_and_stands_before_the_whole_team(
    cast: Cast, offered: HandOver
) -> None:
    asked(cast, "Does Friday work?")
    Ask.objects.update(along=None)
    take(cast.sue, offered, cast.cyd)
    assert waiting(cast.ben) == [("Does Friday work?", None)]


def test_with_an_old_page_nothing_is_taken_down_where_they_are_no_more(cast: Cast) -> None:
    words: AskWords = {"text": "Does Friday work?", "since": timezone.now().isoformat()}
    with make.opening(cast.dee, cast.ama, Action.DAYS) as file:
        Case.objects.update(team=cast.garden)
        with pytest.raises(CannotDo, match="with another team now"):
            days.take_ask(file, Asked(ask_id=uuid4(), team=cast.harbor.pk, words=words, case=file.thing))
    assert not Ask.objects.exists()


def test_joined_with_another_file_it_can_still_go_along(cast: Cast) -> None:
    other = make.a_case(by=cast.ama, name="Dee again")
    asked(cast, "Does Friday work?")
    with make.entering(cast.ben, Action.JOIN, lists=True) as entered:
        kept, theirs = (
            entered.open(Case.objects.with_people().select_related("team").get(pk=each.pk), Action.JOIN)
            for each in (other, cast.dee)
        )
        join(kept, theirs, joining_id=uuid4())
    take(cast.sue, offer(other, cast.ama, cast.garden), cast.cyd)
    assert waiting(cast.cyd) == [("Does Friday work?", cast.cyd.person)]
