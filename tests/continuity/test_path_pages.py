"""The pages on the way of a hand-over, by a real client: nothing typed is lost, nothing is told too early."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.policy import Role
from leeward.continuity.models import HandOver
from leeward.staff.models import Membership
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import (
    ask,
    hidden,
    now,
    offer,
    path,
    sees,
    words_of,
)
from tests.make import Worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def ama(cast: Cast) -> Browser:
    return Browser(cast.ama)


@pytest.fixture
def ben(cast: Cast) -> Browser:
    return Browser(cast.ben)


class TestHandingOver:
    def test_a_colleague_is_asked_and_says_yes_on_their_own_page(
        self, cast: Cast, lou: Worker, ama: Browser
    ) -> None:
        form = hidden(ama.get(path(cast.dee, "hand-over")), "ask")
        for _ in range(2):
            ama.post(
                path(cast.dee, "hand-over", "ask"), {**form, "person": lou.person.pk, "why": "night team"}
            )
        row = HandOver.objects.get()
        assert "Lou was asked" in words_of(ama.get(path(cast.dee, "hand-over")))
        theirs = Browser(lou)
        assert "Ama asked you, today, to walk with them" in words_of(theirs.get(path(None, "offers")))
        answer = theirs.post(path(None, "offers", row.pk, "answer"), {"yes": "1"})
        assert answer["Location"] == path(cast.dee)
        assert "Lou said yes" in words_of(ama.get(path(cast.dee, "hand-over")))

    def test_a_colleague_who_may_not_see_the_name_yet_is_asked_all_the_same(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        ask(cast.dee, cast.ama, peer)
        told = words_of(sees(peer, path(None, "offers")))
        assert "Somebody Ama asked you" in told
        assert "Dee" not in told

    def test_not_just_now_is_read_by_whoever_asked(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        row = ask(cast.dee, cast.ama, lou)
        Browser(lou).post(path(None, "offers", row.pk, "answer"), {"no": "1"})
        assert "Lou cannot just now" in words_of(ama.get(path(cast.dee, "hand-over")))
        assert "Lou cannot just now" in words_of(ama.get(path(None, "offers")))
        ama.post(path(cast.dee, "hand-over", row.pk, "withdraw"))
        assert "cannot just now" not in words_of(ama.get(path(None, "offers")))

    def test_somebody_elses_question_is_not_there_to_be_answered(self, cast: Cast, asked: HandOver) -> None:
        answer = Browser(cast.cyd).post(path(None, "offers", asked.pk, "answer"), {"yes": "1"})
        assert answer.status_code == 404

    def send(self, browser: Browser, cast: Cast, row: HandOver, **told: str) -> "object":
        form = hidden(browser.get(path(cast.dee, "hand-over")), "path")
        return browser.post(path(cast.dee, "hand-over", row.pk), {**form, **told})

    def test_what_is_prepared_is_there_again_and_then_it_is_done(
        self, cast: Cast, lou: Worker, ama: Browser, agreed: HandOver
    ) -> None:
        self.send(ama, cast, agreed, wish="Please be on time.", letter="Dear Dee", met="on")
        page = ama.get(path(cast.dee, "hand-over"))
        assert "Please be on time." in page.content.decode()
        self.send(ama, cast, agreed, wish="Please be on time.", letter="Dear Dee", done="1")
        assert now(cast.dee).primary == lou.person
        seen = sees(lou, path(cast.dee)).content.decode()
        assert "Please be on time." in seen, "whoever walks with them now reads it"
        assert path(cast.dee, "hand-over", agreed.pk, "letter") in seen

    def test_done_in_two_windows_it_is_done_once(
        self, cast: Cast, lou: Worker, ama: Browser, agreed: HandOver
    ) -> None:
        form = hidden(ama.get(path(cast.dee, "hand-over")), "path")
        for _ in range(2):
            answer = ama.post(path(cast.dee, "hand-over", agreed.pk), {**form, "done": "1"})
            assert answer.status_code == 302
        assert HandOver.objects.get().state == HandOver.DONE

    def test_a_letter_begins_in_their_language_and_can_begin_anew(
        self, cast: Cast, ama: Browser, agreed: HandOver
    ) -> None:
        assert "Dear Dee," in ama.get(path(cast.dee, "hand-over")).content.decode()
        answer = self.send(ama, cast, agreed, language="es", letter="Hello", wish="kept")
        assert answer.status_code == 302  # type: ignore[attr-defined]
        anew = self.send(ama, cast, agreed, language="en", letter="Hello", wish="typed", anew="1")
        page = anew.content.decode()  # type: ignore[attr-defined]
        assert "Dear Dee," in page
        assert "typed" in page

    def test_on_paper_it_tells_nobody_where_it_comes_from(
        self, cast: Cast, ama: Browser, agreed: HandOver
    ) -> None:
        page = ama.get(path(cast.dee, "hand-over", agreed.pk, "letter")).content.decode()
        assert "Dear Dee," in page
        assert "<title>Good to know</title>" in page
        assert "case manager" not in printed(page).casefold()

    def test_the_letter_says_its_own_language_and_the_page_the_readers(
        self, cast: Cast, ama: Browser, agreed: HandOver
    ) -> None:
        self.send(ama, cast, agreed, language="es", letter="Hola")
        page = ama.get(path(cast.dee, "hand-over", agreed.pk, "letter")).content.decode()
        assert '<html lang="en"' in page
        assert '<div class="card told pocket" lang="es">Hola</div>' in page

    def test_two_windows_keep_both(self, cast: Cast, ama: Browser, agreed: HandOver) -> None:
        form = hidden(ama.get(path(cast.dee, "hand-over")), "path")
        ama.post(path(cast.dee, "hand-over", agreed.pk), {**form, "wish": "first"})
        both = ama.post(path(cast.dee, "hand-over", agreed.pk), {**form, "wish": "second"})
        assert both.status_code == 409
        assert "first" in words_of(both)
        assert "second" in both.content.decode()

    def test_words_that_come_after_it_was_let_go_are_shown_and_not_lost(
        self, cast: Cast, ama: Browser, agreed: HandOver
    ) -> None:
        form = hidden(ama.get(path(cast.dee, "hand-over")), "path")
        ama.post(path(cast.dee, "hand-over", agreed.pk, "withdraw"))
        late = ama.post(path(cast.dee, "hand-over", agreed.pk), {**form, "wish": "Please be on time."})
        assert late.status_code == 422
        assert "Please be on time." in words_of(late)

    def test_nobody_new_to_ask_in_the_wrong_team(self, cast: Cast, ama: Browser) -> None:
        form = hidden(ama.get(path(cast.dee, "hand-over")), "ask")
        answer = ama.post(path(cast.dee, "hand-over", "ask"), {**form, "person": cast.cyd.person.pk})
        assert answer.status_code == 422


def printed(page: str) -> str:
    """What comes out of the printer: what stands in the sheet itself."""
    return page.partition('class="card told pocket"')[2].partition("</div>")[0]


class TestToAnotherTeam:
    def test_from_the_question_to_the_yes(self, cast: Cast, ama: Browser) -> None:
        page = ama.get(path(cast.dee, "hand-over"))
        assert "Team 2 · Sue" in words_of(page)
        form = hidden(page, "offer")
        ama.post(path(cast.dee, "hand-over", "offer"), {**form, "team": cast.garden.pk, "why": "school"})
        row = HandOver.objects.get()
        sue = Browser(cast.sue)
        told = words_of(sue.get(path(None, "offers")))
        assert "Ama asked Garden, today" in told
        assert "Dee" not in told
        assert "school" not in told
        answer = sue.post(path(None, "offers", row.pk, "take"), {"person": cast.cyd.person.pk})
        assert answer["Location"] == f"/people/{cast.dee.pk}/"
        assert now(cast.dee).primary == cast.cyd.person
        assert ama.get(path(cast.dee)).status_code == 404

    def test_nobody_chosen_is_asked_again_and_nothing_happens(self, cast: Cast, offered: HandOver) -> None:
        answer = Browser(cast.sue).post(path(None, "offers", offered.pk, "take"), {})
        assert answer.status_code == 422
        assert now(cast.dee).primary == cast.ama.person

    def test_taken_back_meanwhile_it_says_so(self, cast: Cast, ama: Browser, offered: HandOver) -> None:
        sue = Browser(cast.sue)
        ama.post(path(cast.dee, "hand-over", offered.pk, "withdraw"))
        answer = sue.post(
            path(None, "offers", offered.pk, "take"), {"person": cast.cyd.person.pk}, follow=True
        )
        assert "taken back or answered meanwhile" in words_of(answer)

    def test_not_just_now(self, cast: Cast, ama: Browser, offered: HandOver) -> None:
        Browser(cast.sue).post(path(None, "offers", offered.pk, "not-now"))
        assert "The other team cannot just now" in words_of(ama.get(path(cast.dee, "hand-over")))

    def test_after_two_days_both_supervisors_see_it(
        self, cast: Cast, ben: Browser, offered: HandOver
    ) -> None:
        assert "two days" not in words_of(ben.get(path(None, "offers")))
        HandOver.objects.update(offered_on=timezone.localdate() - timedelta(days=2))
        assert "Dee Ama asked Team 2" in words_of(ben.get(path(None, "offers")))
        assert "Ama asked Garden" in words_of(sees(cast.sue, path(None, "offers")))

    @pytest.mark.parametrize("who", ["cyd", "lou", "ben"])
    def test_it_is_answered_by_who_leads_the_team_alone(
        self, cast: Cast, lou: Worker, offered: HandOver, who: str
    ) -> None:
        worker = lou if who == "lou" else getattr(cast, who)
        Browser(worker).post(path(None, "offers", offered.pk, "take"), {"person": worker.person.pk})
        Browser(worker).post(path(None, "offers", offered.pk, "not-now"))
        assert HandOver.objects.get().state == HandOver.ASKED

    def test_the_page_asks_no_more_of_the_database_for_more_of_it(self, cast: Cast, ben: Browser) -> None:
        offer(cast.dee, cast.ama, cast.garden)
        HandOver.objects.update(offered_on=timezone.localdate() - timedelta(days=3))
        ben.get(path(None, "offers"))
        with CaptureQueriesContext(connection) as few:
            ben.get(path(None, "offers"))
        for number in range(5):
            offer(make.a_case(by=cast.ama, name=f"Somebody {number}"), cast.ama, cast.garden)
        HandOver.objects.update(offered_on=timezone.localdate() - timedelta(days=3))
        with CaptureQueriesContext(connection) as many:
            ben.get(path(None, "offers"))
        assert len(many) == len(few)

    def test_who_has_lost_their_role_is_seen_to_need_somebody_else_for_theirs(
        self, cast: Cast, ben: Browser
    ) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(person=cast.ama.person).update(since=yesterday, until=yesterday)
        assert "They need somebody now Dee" in words_of(ben.get(path(None, "offers"))).replace(
            " D Dee", " Dee"
        )
