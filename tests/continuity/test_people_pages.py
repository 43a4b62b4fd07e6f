"""The pages about who walks with somebody, by a real client: roles, stale tabs, double clicks, garbage."""

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
from leeward.continuity.models import Component, Conference, Doing, HandOver, Outside
from leeward.staff.models import Absence, Grant
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import (
    finish,
    hidden,
    leave,
    now,
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
            actions.say_doing(file, changed={cast.ben.person.pk: ("", "Is there at weekends")})
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
        assert "Walk along" not in words_of(ama.get(path(cast.dee)))

    @pytest.mark.parametrize(
        ("place", "who"), [("", "care_team"), ("backup", "backup"), ("primary", "primary")]
    )
    def test_a_supervisor_puts_somebody_beside_them(
        self, cast: Cast, lou: Worker, ben: Browser, place: str, who: str
    ) -> None:
        to = "backup" if place == "backup" else "colleague"
        answer = ben.post(path(cast.dee, to), {"person": lou.person.pk, "place": place})
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

    def test_what_each_of_them_does_is_written_by_those_who_write(
        self, cast: Cast, lou: Worker, ama: Browser
    ) -> None:
        Case.objects.update(backup=lou.person)
        where, mine, theirs = path(cast.dee, "does"), f"does_{cast.ama.person.pk}", f"does_{lou.person.pk}"
        for does in ("Drives to court", "Drives to court", "Speaks with the school"):
            form = hidden(ama.get(where), "doing")
            assert ama.post(where, {**form, mine: does, theirs: "Weekends"}).status_code == 302
        told = words_of(ama.get(path(cast.dee)))
        assert "Speaks with the school" in told
        assert "Weekends" in told
        assert "Drives to court" not in told
        ama.post(where, {**hidden(ama.get(where), "doing"), mine: "", theirs: "Weekends"})
        assert Doing.objects.get().person == lou.person

    def test_two_tabs_keep_both_and_never_touch_what_was_not_changed(
        self, cast: Cast, lou: Worker, ama: Browser
    ) -> None:
        Case.objects.update(backup=lou.person)
        where, mine, theirs = path(cast.dee, "does"), f"does_{cast.ama.person.pk}", f"does_{lou.person.pk}"
        tab = hidden(ama.get(where), "doing")
        assert ama.post(where, {**tab, mine: "Drives to court", theirs: ""}).status_code == 302
        assert ama.post(where, {**tab, mine: "", theirs: "Weekends"}).status_code == 302
        both = ama.post(where, {**tab, mine: "Cooks", theirs: ""})
        assert both.status_code == 409
        assert "Drives to court" in words_of(both)
        assert "Cooks" in both.content.decode()
        assert "Weekends" in words_of(ama.get(path(cast.dee)))

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
