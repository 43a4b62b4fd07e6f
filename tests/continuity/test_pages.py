"""The pages, by a real client: what each role meets there, stale tabs, double clicks, and what is never lost."""

# ruff: noqa: ARG002 - a fixture may be asked for only for what it does

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case
from leeward.continuity import actions
from leeward.continuity.models import Component, Conference, Farewell, HandOver, Outside
from leeward.staff import actions as staff
from leeward.staff.models import Absence, Grant, Membership, Person
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import (
    ask,
    close,
    finish,
    hidden,
    leave,
    now,
    offer,
    our_ways,
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


class TestWhoWalksWithSomebody:
    def test_it_is_told_in_sentences(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        our_ways(cast.ben, front_phone="555-0100")
        with make.opening(cast.dee, cast.ben, Action.ASSIGN) as file:
            actions.name_backup(file, person=lou.person)
            actions.walk_along(file, person=cast.ben.person)
            actions.say_doing(file, person=cast.ben.person, does="Is there at weekends")
        told = words_of(ama.get(path(cast.dee)))
        for sentence in (
            "Ama , primary worker", "Lou , backup", "Ben , walks along since today", "Is there at weekends",
            "Ama is the central case manager across agencies", "Partners reach Ama on 555-0100",
        ):  # fmt: skip
            assert sentence in told, sentence

    def test_since_when_is_known_after_a_hand_over(self, cast: Cast, lou: Worker, agreed: HandOver) -> None:
        finish(cast.dee, cast.ama, agreed)
        told = words_of(sees(lou, path(cast.dee)))
        assert "Lou , primary worker since today" in told
        assert "from Ama to Lou" in told

    def test_who_covers_today_stands_there(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        today = timezone.localdate()
        Absence.objects.create(person=cast.ama.person, since=today, until=today, cover=lou.person)
        assert "Ama is away until today. Lou covers." in words_of(ama.get(path(cast.dee)))

    def test_only_a_supervisor_is_offered_to_change_it(self, cast: Cast, ama: Browser, ben: Browser) -> None:
        assert "Make primary" not in words_of(ama.get(path(cast.dee)))
        assert "Make primary" in words_of(ben.get(path(cast.dee)))
        assert ama.post(path(cast.dee, "colleague"), {"person": cast.ben.person.pk}).status_code == 404

    @pytest.mark.parametrize(
        ("place", "who"), [("", "care_team"), ("backup", "backup"), ("primary", "primary")]
    )
    def test_a_supervisor_puts_somebody_beside_them(
        self, cast: Cast, lou: Worker, ben: Browser, place: str, who: str
    ) -> None:
        answer = ben.post(path(cast.dee, "colleague"), {"person": lou.person.pk, "place": place})
        assert answer.status_code == 302
        case = now(cast.dee)
        found = case.care_team.get().person if who == "care_team" else getattr(case, who)
        assert found == lou.person

    def test_what_cannot_be_is_said_in_a_sentence(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        Grant.objects.filter(person_key__person=lou.person).delete()
        answer = ben.post(path(cast.dee, "colleague"), {"person": lou.person.pk, "place": "primary"})
        assert answer.status_code == 422
        assert "holds its key can be the primary worker" in words_of(answer)
        assert now(cast.dee).primary == cast.ama.person

    def test_somebody_steps_back(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        member = CareTeamMember.objects.create(case=cast.dee, person=lou.person)
        Case.objects.update(backup=lou.person)
        ben.post(path(cast.dee, "colleagues", member.pk, "step-back"))
        ben.post(path(cast.dee, "no-backup"))
        assert not cast.dee.care_team.exists()
        assert now(cast.dee).backup is None

    def test_what_somebody_does_is_written_by_those_who_write(self, cast: Cast, ama: Browser) -> None:
        where = path(cast.dee, "does", cast.ama.person.pk)
        assert ama.post(where, {"does": "Drives to court"}).status_code == 302
        assert "Drives to court" in words_of(ama.get(path(cast.dee)))
        assert "Drives to court" in ama.get(where).content.decode()

    def test_of_somebody_who_does_not_walk_along_nothing_is_said(
        self, cast: Cast, lou: Worker, ama: Browser
    ) -> None:
        assert ama.get(path(cast.dee, "does", lou.person.pk)).status_code == 404

    def test_whoever_stepped_in_for_now_can_stay(self, cast: Cast, lou: Worker) -> None:
        leave(cast.ben, cast.ama.person, {cast.dee.pk: lou.person.pk}, cast.dee)
        browser = Browser(lou)
        assert "Lou stepped in at once, for now" in words_of(browser.get(path(cast.dee)))
        browser.post(path(cast.dee, "stay"))
        assert "stepped in at once" not in words_of(browser.get(path(cast.dee)))

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, ama: Browser) -> None:
        ama.get(path(cast.dee))
        with CaptureQueriesContext(connection) as few:
            ama.get(path(cast.dee))
        for number in range(6):
            peer = cast.somebody(Role.PEER_SUPPORTER)
            CareTeamMember.objects.create(case=cast.dee, person=peer.person)
            with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
                facts = {"name": f"Jo {number}", "agency": "Legal Aid"}
                actions.keep_outside(file, row_id=uuid4(), facts=facts, version=0)
        with CaptureQueriesContext(connection) as many:
            ama.get(path(cast.dee))
        assert len(many) == len(few)


class TestFromOutside:
    def keep(self, browser: Browser, case: Case, where: str, **told: str) -> int:
        page = browser.get(where)
        return browser.post(where, {**hidden(page, "asked"), **told}).status_code

    def test_somebody_joins_with_what_they_may_know_and_why(self, cast: Cast, ama: Browser) -> None:
        told = {
            "name": "Jo Meyer", "agency": "Legal Aid", "may_know": "court dates", "basis": "release until June",
            "does": "Immigration", "does_not": "Family court", "central": "on", "contact": "on",
        }  # fmt: skip
        assert self.keep(ama, cast.dee, path(cast.dee, "outside", "new"), **told) == 302
        words = words_of(ama.get(path(cast.dee)))
        for part in (
            "court dates (release until June)",
            "Family court",
            "Jo Meyer , Legal Aid, is the central",
        ):
            assert part in words, part

    def test_a_name_is_enough(self, cast: Cast, ama: Browser) -> None:
        assert self.keep(ama, cast.dee, path(cast.dee, "outside", "new"), name="Jo") == 302
        assert "no basis is written down" in words_of(ama.get(path(cast.dee)))

    def test_one_is_central_at_most_and_it_can_be_ours_again(self, cast: Cast, ama: Browser) -> None:
        for name in ("Jo", "Kim"):
            self.keep(ama, cast.dee, path(cast.dee, "outside", "new"), name=name, central="on")
        with make.opening(cast.dee, cast.ama):
            assert [row.about["name"] for row in Outside.objects.all() if row.about.get("central")] == ["Kim"]
        ama.post(path(cast.dee, "ours-central"))
        assert "Ama is the central case manager" in words_of(ama.get(path(cast.dee)))

    def test_after_their_last_day_they_stand_under_before(self, cast: Cast, ama: Browser) -> None:
        yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
        self.keep(ama, cast.dee, path(cast.dee, "outside", "new"), name="Jo", until=yesterday)
        words = words_of(ama.get(path(cast.dee)))
        assert "From outside, before Jo" in words

    def test_a_double_click_is_one_and_two_tabs_keep_both(self, cast: Cast, ama: Browser) -> None:
        where = path(cast.dee, "outside", "new")
        form = hidden(ama.get(where), "asked")
        for _ in range(2):
            ama.post(where, {**form, "name": "Jo"})
        row = Outside.objects.get()
        change = path(cast.dee, "outside", row.pk)
        tab = hidden(ama.get(change), "asked")
        assert ama.post(change, {**tab, "name": "Jo Meyer"}).status_code == 302
        both = ama.post(change, {**tab, "name": "Joanna"})
        assert both.status_code == 409
        assert "Jo Meyer" in words_of(both)
        assert "Joanna" in both.content.decode()

    def test_another_files_row_is_not_found_here(self, cast: Cast, ama: Browser) -> None:
        self.keep(ama, cast.dee, path(cast.dee, "outside", "new"), name="Jo")
        other = make.a_case(by=cast.ama, name="Fay")
        assert ama.get(path(other, "outside", Outside.objects.get().pk)).status_code == 404


class TestTheParts:
    def send(self, browser: Browser, case: Case, kind: str, **told: str) -> int:
        form = {"row_id": str(uuid4()), "version": "0", "kind": kind, **told}
        return browser.post(path(case, "parts", "answer"), form).status_code

    def test_each_says_whose_it_is(self, cast: Cast, ama: Browser) -> None:
        assert self.send(ama, cast.dee, "immigration", state="handed", who="Legal Aid") == 302
        words = words_of(ama.get(path(cast.dee, "parts")))
        assert "Immigration Legal Aid handed to somebody" in words
        assert "Family court not spoken of" in words

    def test_what_was_handed_over_was_handed_to_somebody(self, cast: Cast, ama: Browser) -> None:
        form = {"row_id": str(uuid4()), "kind": "health", "state": "handed", "note": "the knee"}
        answer = ama.post(path(cast.dee, "parts", "answer"), form)
        assert answer.status_code == 422
        assert "To whom was it handed?" in words_of(answer)
        assert "the knee" in answer.content.decode()

    def test_two_tabs_keep_both(self, cast: Cast, ama: Browser) -> None:
        self.send(ama, cast.dee, "civil", state="ours")
        row = Component.objects.get()
        form = {"row_id": str(row.pk), "version": "1", "kind": "civil"}
        assert ama.post(path(cast.dee, "parts", "answer"), {**form, "state": "done"}).status_code == 302
        both = ama.post(path(cast.dee, "parts", "answer"), {**form, "state": "watched", "who": "Kim"})
        assert both.status_code == 409
        assert "Kim" in both.content.decode()

    @pytest.mark.parametrize("odd", [{"kind": "moon"}, {"state": "moon"}, {"row_id": "x"}])
    def test_garbage_is_asked_again(self, cast: Cast, ama: Browser, odd: dict[str, str]) -> None:
        assert self.send(ama, cast.dee, **{"kind": "civil", "state": "ours", **odd}) == 422
        assert not Component.objects.exists()


class TestConferences:
    def plan(self, browser: Browser, case: Case, **told: str) -> Conference:
        where = path(case, "conferences", "new")
        answer = browser.post(where, {**hidden(browser.get(where), "conference"), **told})
        assert answer.status_code == 302, words_of(answer)
        return Conference.objects.get()

    def test_their_agenda_stands_on_top_and_each_decision_says_whose(self, cast: Cast, ama: Browser) -> None:
        row = self.plan(
            ama,
            cast.dee,
            agenda="The school",
            invited="there",
            what_0="Side entrance",
            whose_0="Dee",
            at="14:30",
        )
        words = words_of(ama.get(path(cast.dee, "conferences", row.pk)))
        assert words.index("What Dee wants to talk about") < words.index("Side entrance")
        assert "decided by Dee" in words
        assert "14:30" in words

    def test_the_summary_on_paper_says_nothing_else(self, cast: Cast, ama: Browser) -> None:
        row = self.plan(ama, cast.dee, agenda="The school", summary="We talked about school.", place="Room 3")
        page = ama.get(path(cast.dee, "conferences", row.pk, "print")).content.decode()
        assert "We talked about school." in page
        assert "Dee" not in page
        assert "Room 3" not in page
        assert "<title>Good to know</title>" in page

    def test_two_tabs_keep_both(self, cast: Cast, ama: Browser) -> None:
        row = self.plan(ama, cast.dee, agenda="The school")
        where = path(cast.dee, "conferences", row.pk, "change")
        tab = hidden(ama.get(where), "conference")
        ama.post(where, {**tab, "agenda": "The school and the dog"})
        both = ama.post(where, {**tab, "agenda": "Only the dog"})
        assert both.status_code == 409
        assert "The school and the dog" in words_of(both)
        assert "Only the dog" in both.content.decode()


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


class TestGoodbye:
    def test_for_each_of_them_somebody_is_chosen(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        where = path(None, "goodbye", cast.ama.person.pk)
        page = words_of(ben.get(where))
        assert "Dee" in page
        assert "Fay" in page
        chosen = {f"with_{cast.dee.pk}": lou.person.pk, f"with_{fay.pk}": cast.ben.person.pk}
        assert ben.post(where, chosen)["Location"] == "/staff/"
        assert (now(cast.dee).primary, now(fay).primary) == (lou.person, cast.ben.person)
        assert Person.objects.get(pk=cast.ama.person.pk).left_at

    def test_or_one_for_all(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        chosen = {f"with_{case.pk}": str(cast.ben.person.pk) for case in (cast.dee, fay)}
        ben.post(path(None, "goodbye", cast.ama.person.pk), {**chosen, "everybody": lou.person.pk})
        assert {now(cast.dee).primary, now(fay).primary} == {lou.person}

    def test_somebody_new_came_meanwhile_and_is_asked_about(
        self, cast: Cast, lou: Worker, ben: Browser
    ) -> None:
        make.a_case(by=cast.ama, name="Fay")
        answer = ben.post(path(None, "goodbye", cast.ama.person.pk), {f"with_{cast.dee.pk}": lou.person.pk})
        assert answer.status_code == 422
        assert Person.objects.get(pk=cast.ama.person.pk).left_at is None

    def test_an_administrator_sees_how_many_and_no_name(self, cast: Cast, lou: Worker) -> None:
        keeper = Browser(cast.somebody(Role.ADMINISTRATOR))
        where = path(None, "goodbye", cast.ama.person.pk)
        told = words_of(keeper.get(where))
        assert "1 more person is not yours to see" in told
        assert "Dee" not in told
        keeper.post(where)
        assert now(cast.dee).primary == cast.ben.person

    def test_a_supervisor_of_another_team_hears_whom_to_ask(self, cast: Cast) -> None:
        where = path(None, "goodbye", cast.ama.person.pk)
        assert "Only a supervisor of that team" in words_of(sees(cast.sue, where))
        answer = Browser(cast.sue).post(where)
        assert answer.status_code == 422
        assert Person.objects.get(pk=cast.ama.person.pk).left_at is None

    def test_a_second_click_finds_nobody_to_say_goodbye_to(
        self, cast: Cast, lou: Worker, ben: Browser
    ) -> None:
        where, chosen = path(None, "goodbye", cast.ama.person.pk), {f"with_{cast.dee.pk}": lou.person.pk}
        assert [ben.post(where, chosen).status_code for _ in range(2)] == [302, 404]
        assert HandOver.objects.count() == 1

    def test_a_role_ends_from_the_colleagues_page(self, cast: Cast, lou: Worker, ben: Browser) -> None:
        mine = Membership.objects.get(person=lou.person)
        assert (
            f'action="{path(None, "roles", mine.pk, "end")}"'
            in sees(cast.ben, f"/staff/{lou.person.pk}/").content.decode()
        )
        assert ben.post(path(None, "roles", mine.pk, "end")).status_code == 302
        assert not Membership.objects.current().filter(person=lou.person).exists()

    def test_before_it_does_those_they_walk_with_are_asked_about(
        self, cast: Cast, lou: Worker, ben: Browser
    ) -> None:
        where = path(None, "roles", Membership.objects.get(person=cast.ama.person).pk, "end")
        answer = ben.post(where)
        assert answer.status_code == 422
        assert "Dee" in words_of(answer)
        ben.post(where, {f"with_{cast.dee.pk}": lou.person.pk})
        assert now(cast.dee).primary == lou.person


class TestTimeOff:
    def test_one_writes_ones_own(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        form = hidden(ama.get(path(None, "cover")), "away")
        today = timezone.localdate().isoformat()
        told = {**form, "person": cast.ama.person.pk, "since": today, "until": today, "cover": lou.person.pk}
        for _ in range(2):
            assert ama.post(path(None, "cover"), told).status_code == 302
        assert Absence.objects.count() == 1
        assert "You , today Lou covers." in words_of(ama.get(path(None, "cover")))
        assert "Ama , today You cover." in words_of(sees(lou, path(None, "cover")))

    @pytest.mark.parametrize(
        ("since", "until", "says"),
        [
            ("2030-01-02", "2030-01-01", "lies before the first"),
            ("", "2030-01-01", "required"),
            ("x", "y", "valid"),
        ],
    )
    def test_what_does_not_fit_is_said(
        self, cast: Cast, ama: Browser, since: str, until: str, says: str
    ) -> None:
        form = hidden(ama.get(path(None, "cover")), "away")
        answer = ama.post(path(None, "cover"), {**form, "since": since, "until": until})
        assert answer.status_code == 422
        assert says in words_of(answer)

    def test_nobody_writes_somebody_elses(self, cast: Cast, lou: Worker) -> None:
        browser = Browser(lou)
        form = hidden(browser.get(path(None, "cover")), "away")
        told = {**form, "person": cast.ama.person.pk, "since": "2030-01-01", "until": "2030-01-02"}
        assert browser.post(path(None, "cover"), told).status_code == 422
        row = Absence.objects.create(
            person=cast.ama.person, since=timezone.localdate(), until=timezone.localdate()
        )
        assert browser.get(path(None, "cover", row.pk)).status_code == 404
        assert browser.post(path(None, "cover", row.pk, "back")).status_code == 404

    def test_it_is_changed_and_ended(self, cast: Cast, lou: Worker, ama: Browser) -> None:
        row = Absence.objects.create(
            person=cast.ama.person, since=timezone.localdate(), until=timezone.localdate()
        )
        where = path(None, "cover", row.pk)
        form = hidden(ama.get(where), "away")
        told = {**form, "since": "2030-01-01", "until": "2030-01-02", "cover": lou.person.pk}
        assert ama.post(where, told).status_code == 302
        assert Absence.objects.get().cover == lou.person
        ama.post(path(None, "cover", row.pk, "back"))
        assert not Absence.objects.exists()

    @pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.REPORT_ONLY, Role.FRONT_DESK])
    def test_everybody_takes_days_off(self, cast: Cast, role: Role) -> None:
        assert sees(cast.somebody(role), path(None, "cover")).status_code == 200
        assert sees(cast.somebody(role), path(None, "offers")).status_code == 200


class TestEnds:
    def form(self, browser: Browser, cast: Cast, name: str, form: str = "") -> dict[str, str]:
        return hidden(browser.get(path(cast.dee, name)), form or name)

    def test_refused_kindly_with_the_way_through_and_then_done(self, cast: Cast, ama: Browser) -> None:
        told = {"reason": "goals", "follow_ups": "yes", "view": "I can sleep now."}
        refused = ama.post(path(cast.dee, "close"), {**self.form(ama, cast, "close"), **told})
        assert refused.status_code == 422
        assert "Some parts of the case have no answer yet" in words_of(refused)
        assert "I can sleep now." in refused.content.decode()
        ama.post(path(cast.dee, "parts", "never"), {"to": "close"})
        assert "Nothing. Each part has its answer" in words_of(ama.get(path(cast.dee, "close")))
        done = ama.post(path(cast.dee, "close"), {**self.form(ama, cast, "close"), **told})
        assert done.status_code == 302
        page = words_of(ama.get(path(cast.dee)))
        assert "This file is closed. It can be read as ever." in page
        assert "I can sleep now." in page

    def test_a_part_is_answered_from_there_in_one_tap(self, cast: Cast, ama: Browser) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            facts = {"kind": "health", "state": "ours", "note": "the knee"}
            row = actions.answer_component(file, row_id=uuid4(), facts=facts, version=0)
        page = ama.get(path(cast.dee, "close")).content.decode()
        assert f'name="row_id" value="{row.pk}"' in page
        told = {
            "row_id": str(row.pk), "version": "1", "kind": "health", "note": "the knee", "to": "close",
            "state": "unwanted",
        }  # fmt: skip
        answer = ama.post(path(cast.dee, "parts", "answer"), told)
        assert answer["Location"] == path(cast.dee, "close")
        with make.opening(cast.dee, cast.ama):
            about = Component.objects.get().about
        assert (about["state"], about["note"]) == ("unwanted", "the knee")

    def test_whoever_does_not_walk_with_them_does_not_close(self, cast: Cast, lou: Worker) -> None:
        assert sees(lou, path(cast.dee, "close")).status_code == 404
        assert sees(lou, path(cast.dee, "death")).status_code == 404

    def test_a_year_later_one_step_brings_all_of_it_back(self, cast: Cast, lou: Worker) -> None:
        close(cast.dee, cast.ama, view="See you.")
        browser = Browser(lou)
        page = browser.get(path(cast.dee, "reopen"))
        assert "Ama walked with them until now, and is here" in words_of(page)
        assert f'value="{cast.ama.person.pk}" selected' in page.content.decode()
        for _ in range(2):
            answer = browser.post(path(cast.dee, "reopen"), {"person": cast.ama.person.pk})
            assert answer["Location"] == f"/people/{cast.dee.pk}/"
        assert (now(cast.dee).is_open, now(cast.dee).primary) == (True, cast.ama.person)

    def test_where_the_same_worker_is_gone_the_backup_is_offered(self, cast: Cast, lou: Worker) -> None:
        Case.objects.update(backup=lou.person)
        close(cast.dee, cast.ama)
        with make.entering(cast.ben, Action.END_MEMBERSHIP) as entered:
            staff.say_goodbye(entered, person=cast.ama.person)
        page = sees(cast.ben, path(cast.dee, "reopen"))
        assert f'value="{lou.person.pk}" selected' in page.content.decode()
        assert "cannot be there" in words_of(page)

    def test_a_death_is_written_down_gently_and_colleagues_read_it_on_their_desk(
        self, cast: Cast, ama: Browser, ben: Browser
    ) -> None:
        Case.objects.update(backup=cast.ben.person)
        ama.post(path(cast.dee, "death"), {**self.form(ama, cast, "death"), "view": "He laughed a lot."})
        assert "This record is held" in words_of(ama.get(path(cast.dee)))
        assert "Dee has died" in words_of(ben.get("/"))
        ben.post(path(None, "told", Farewell.objects.get().pk))
        assert "Dee has died" not in words_of(ben.get("/"))

    def test_a_day_that_is_still_to_come_is_asked_about(self, cast: Cast, ama: Browser) -> None:
        answer = ama.post(path(cast.dee, "death"), {**self.form(ama, cast, "death"), "on": "2999-01-01"})
        assert answer.status_code == 422
        assert not now(cast.dee).rests

    def test_only_a_supervisor_takes_it_back(self, cast: Cast, ama: Browser, ben: Browser) -> None:
        ama.post(path(cast.dee, "death"), self.form(ama, cast, "death"))
        assert ama.post(path(cast.dee, "death", "undo")).status_code == 404
        assert now(cast.dee).rests
        ben.post(path(cast.dee, "death", "undo"))
        assert now(cast.dee).is_open

    def test_somebody_elses_gentle_word_is_not_mine_to_put_away(
        self, cast: Cast, lou: Worker, ama: Browser
    ) -> None:
        Case.objects.update(backup=cast.ben.person)
        ama.post(path(cast.dee, "death"), self.form(ama, cast, "death"))
        row = Farewell.objects.get()
        assert Browser(lou).post(path(None, "told", row.pk)).status_code == 404
        assert not Farewell.objects.get().read


class TestWritingInAClosedFile:
    def test_it_asks_whether_they_are_back_and_does_not_open_by_itself(
        self, cast: Cast, ama: Browser
    ) -> None:
        close(cast.dee, cast.ama)
        where = f"/people/{cast.dee.pk}/write/"
        page = ama.get(where)
        assert "Are they back? Then open it again first" in words_of(page)
        assert path(cast.dee, "reopen") in page.content.decode()
        form = hidden(page, "write")
        assert ama.post(where, {**form, "text": "A card came."}).status_code == 302
        assert not now(cast.dee).is_open

    def test_in_a_record_that_is_held_it_is_for_the_record(self, cast: Cast, ama: Browser) -> None:
        ama.post(path(cast.dee, "death"), hidden(ama.get(path(cast.dee, "death")), "death"))
        assert "for the record" in words_of(ama.get(f"/people/{cast.dee.pk}/write/"))
