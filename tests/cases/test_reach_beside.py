"""How to reach somebody safely stands wherever contact starts: promises, answers, nights, and each way (G5, M7)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import minors
from leeward.cases.models import Case, Reach, Wall, Way
from leeward.days import actions as days
from leeward.days.actions import Asked
from leeward.days.models import Ask, Due
from leeward.days.words import AskWords
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import promise, queries, soon, text, todo
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

SAFELY, ASKED = "Reaching <bdi>Dee</bdi> safely", "/days/waiting/"


@pytest.fixture
def dee(cast: Cast) -> Case:
    """Dee, with a code word, a number that somebody else may hold, and an uncle who must never know."""
    told(cast.dee, cast.ama)
    return cast.dee


def told(case: Case, by: Worker, word: str = "pineapple") -> None:
    with make.opening(case, by, Action.CHANGE_REACH) as file:
        Reach.objects.create(case=case, words={"code_word": word, "never_know": "the landlord"})
        phone = {"kind": "phone", "value": "555-0142", "first": True, "message": "no", "how": "Text first",
                 "control": "other", "controlled_by": "her cousin"}  # fmt: skip
        Way.objects.create(case=case, about=phone)
        never = {"who": "the uncle", "never_tell": True, "never_ask": True}
        minors.keep_say(file, row_id=uuid4(), facts=never, version=0)


def asks(cast: Cast, case: Case, *, sort: str = "participant", name: str = "Dee") -> Ask:
    since = (timezone.now() - timedelta(hours=1)).isoformat()
    words: AskWords = {"who": name, "sort": sort, "text": "When is it?", "since": since}
    with make.opening(case, cast.ama, Action.DAYS) as file:
        return days.take_ask(file, Asked(ask_id=uuid4(), team=cast.harbor.pk, words=words, case=case))


class TestBesideWhatIsDue:
    def test_it_stands_beside_a_promise_to_call(self, cast: Cast, dee: Case) -> None:
        due = promise(dee, cast.ama, "I will call you on Friday")
        page = text(Browser(cast.ama).get(f"/days/{dee.pk}/{due.pk}/"))
        assert SAFELY in page
        assert "pineapple" in page

    def test_beside_a_task_and_a_day_to_look_in(self, cast: Cast, dee: Case) -> None:
        with make.opening(dee, cast.ama, Action.DAYS) as file:
            look_in = days.follow_up(file, owner=cast.ama.person.pk, day=soon(), code="look_in_24")
        for due in (todo(dee, cast.ama), look_in):
            assert SAFELY in text(Browser(cast.ama).get(f"/days/{dee.pk}/{due.pk}/"))

    def test_what_is_over_starts_no_contact(self, cast: Cast, dee: Case) -> None:
        due = promise(dee, cast.ama)
        Due.objects.update(is_open=False)
        assert SAFELY not in text(Browser(cast.ama).get(f"/days/{dee.pk}/{due.pk}/"))


class TestBesideAnAnswer:
    def test_it_stands_where_they_are_answered(self, cast: Cast, dee: Case) -> None:
        ask = asks(cast, dee)
        page = text(Browser(cast.ama).get(f"{ASKED}?ask={ask.pk}"))
        for needed in ("pineapple", "555-0142", "Text first", "Never leave a message.", "somebody else may",
                       "her cousin", "the uncle", "the landlord"):  # fmt: skip
            assert needed in page, needed
        assert page.index("pineapple") < page.index("What did you answer?")

    def test_it_is_opened_for_that_alone_and_the_trail_says_so(self, cast: Cast, dee: Case) -> None:
        fay = make.a_case(by=cast.ama, name="Fay")
        told(fay, cast.ama, "lantern")
        ask, _other = asks(cast, dee), asks(cast, fay, name="Fay")
        browser = Browser(cast.ama)
        assert "pineapple" not in text(browser.get(ASKED))
        assert not Line.objects.filter(action=Action.REACH.value).exists()
        page = text(browser.get(f"{ASKED}?ask={ask.pk}"))
        assert "lantern" not in page
        line = Line.objects.order_by("-seq")[0]
        assert (line.action, line.things) == (Action.REACH.value, [str(dee.pk)])

    def test_answer_leads_there_on_the_page_and_from_today(self, cast: Cast, dee: Case) -> None:
        ask = asks(cast, dee)
        browser = Browser(cast.ama)
        assert f'href="?ask={ask.pk}#ask-{ask.pk}"' in text(browser.get(ASKED))
        assert "pineapple" in text(browser.get(f"{ASKED}{ask.pk}/answer/", follow=True))

    def test_where_nobody_asked_yet_it_says_so(self, cast: Cast) -> None:
        ask = asks(cast, cast.dee)
        assert "Nobody has asked yet which way is safe." in text(
            Browser(cast.ama).get(f"{ASKED}?ask={ask.pk}")
        )

    def test_an_answer_that_was_too_empty_still_says_it(self, cast: Cast, dee: Case) -> None:
        ask = asks(cast, dee)
        answer = Browser(cast.ama).post(f"{ASKED}{ask.pk}/answer/", {"text": "\ufffd"})
        assert answer.status_code == 422
        assert "pineapple" in text(answer)

    @pytest.mark.parametrize("sort", ["partner", "new", "other"])
    def test_others_who_ask_about_them_are_told_nothing_of_it(self, cast: Cast, dee: Case, sort: str) -> None:
        ask = asks(cast, dee, sort=sort, name="Harbor Clinic")
        assert "pineapple" not in text(Browser(cast.ama).get(f"{ASKED}?ask={ask.pk}"))

    def test_whoever_is_on_call_sees_it_too(self, cast: Cast, dee: Case) -> None:
        ask, night = asks(cast, dee), cast.somebody(Role.ON_CALL)
        assert "pineapple" in text(Browser(night).get(f"{ASKED}?ask={ask.pk}"))

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.HOUSE_STAFF, Role.PEER_SUPPORTER])
    def test_it_stays_shut_to_whoever_may_not_reach_them(self, cast: Cast, dee: Case, role: Role) -> None:
        ask = asks(cast, dee)
        answer = Browser(cast.somebody(role)).get(f"{ASKED}?ask={ask.pk}")
        assert answer.status_code == 200
        assert "pineapple" not in text(answer)

    def test_nobody_is_called_whose_record_rests_or_who_is_behind_a_wall(self, cast: Cast, dee: Case) -> None:
        ask = asks(cast, dee)
        Wall.objects.create(case=dee, person=cast.ben.person)
        assert "pineapple" not in text(Browser(cast.ben).get(f"{ASKED}?ask={ask.pk}"))
        Case.objects.filter(pk=dee.pk).update(rests=True)
        assert "pineapple" not in text(Browser(cast.ama).get(f"{ASKED}?ask={ask.pk}"))

    def test_the_number_of_queries_does_not_grow(self, cast: Cast, dee: Case) -> None:
        def page() -> None:
            assert Browser(cast.ama).get(ASKED).status_code == 200

        asks(cast, dee)
        few = queries(page)
        for number in range(4):
            asks(cast, make.a_case(by=cast.ama, name=f"Somebody {number}"), name=f"Somebody {number}")
        assert queries(page) == few


@pytest.mark.usefixtures("dee")
class TestAtNight:
    def test_the_sheet_says_who_may_be_typing_what_may_be_left_and_who_must_never_know(
        self, cast: Cast
    ) -> None:
        page = text(Browser(cast.somebody(Role.ON_CALL)).get("/safety/night/"))
        for needed in (
            "somebody else may",
            "her cousin",
            "Never leave a message.",
            "the uncle",
            "the landlord",
        ):
            assert needed in page, needed

    def test_the_paper_says_what_may_be_left_and_names_nobody(self, cast: Cast) -> None:
        page = text(Browser(cast.somebody(Role.ON_CALL)).get("/safety/night/paper/"))
        assert "no message" in page
        assert "ask first who it is" in page
        assert not [name for name in ("cousin", "uncle", "landlord") if name in page]


class TestBesideEachWay:
    def test_every_way_has_its_own_note_to_write(self, cast: Cast, dee: Case) -> None:
        with make.opening(dee, cast.ama, Action.CHANGE_REACH):
            rows = {
                kind: Way.objects.create(case=dee, about={"kind": kind, "value": value})
                for kind, value in (("call", "555-0101"), ("text", "555-0102"), ("email", "d@example.org"),
                                    ("between", "Aunt Ro"))
            }  # fmt: skip
        page = text(Browser(cast.ama).get(f"/people/{dee.pk}/reach/"))
        write = f"/people/{dee.pk}/write/"
        assert f'id="log-call-{rows["call"].pk}" href="{write}?kind=call"' in page
        assert f'id="log-text-{rows["text"].pk}" href="{write}?kind=text"' in page
        assert f'data-then="log-call-{rows["call"].pk}"' in page
        assert f'data-then="log-text-{rows["text"].pk}"' in page
        assert re.search(rf'href="{write}\?kind=text">write it down<span class="sr"> d@example.org', page)
        assert re.search(rf'href="{write}">write it down<span class="sr"> Aunt Ro', page)

    def test_not_for_whoever_writes_no_notes(self, cast: Cast, dee: Case) -> None:
        page = text(Browser(cast.somebody(Role.ON_CALL)).get(f"/people/{dee.pk}/reach/"))
        assert "555-0142" in page
        assert "log this call" not in page
