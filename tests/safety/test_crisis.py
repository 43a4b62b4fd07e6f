"""A crisis: two taps from every page, their own wishes first, every answer kept, nothing that has to be answered."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import Case
from leeward.days.models import Due
from leeward.safety.models import Crisis
from leeward.staff.models import Absence
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.make import Worker
from tests.safety.conftest import a_crisis, hidden, path, reached, wish, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def begun(worker: Worker, case: Case) -> str:
    """Begin as a person does, and where it goes on."""
    browser = Browser(worker)
    page = browser.get(path(case, "crisis/new"))
    answer = browser.post(path(case, "crisis/new"), hidden(page, "begin"))
    assert answer.status_code == 302, words_of(answer)
    return str(answer["Location"])


class TestBeginning:
    def test_their_own_wishes_come_before_reach_and_before_the_button(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        reached(cast.dee, cast.ama)
        page = Browser(cast.ama).get(path(cast.dee, "crisis/new")).content.decode()
        assert page.index("Tea, then talk.") < page.index("555-0142") < page.index("Begin")

    def test_where_nothing_was_wished_the_page_says_what_to_ask(self, cast: Cast) -> None:
        assert "what would help most, right now?" in words_of(
            Browser(cast.ama).get(path(cast.dee, "crisis/new"))
        )

    def test_house_staff_see_wishes_and_no_number(self, cast: Cast, house: Worker) -> None:
        wish(cast.dee, cast.ama)
        reached(cast.dee, cast.ama)
        words = words_of(Browser(house).get(path(cast.dee, "crisis/new")))
        assert "Tea, then talk." in words
        assert "555-0142" not in words
        assert "pineapple" not in words

    def test_on_call_sees_wishes_code_word_and_number(self, cast: Cast, night: Worker) -> None:
        wish(cast.dee, cast.ama)
        reached(cast.dee, cast.ama)
        words = words_of(Browser(night).get(path(cast.dee, "crisis/new")))
        assert all(told in words for told in ("Tea, then talk.", "555-0142", "pineapple"))

    def test_one_tap_begins_it(self, cast: Cast, night: Worker) -> None:
        words = words_of(Browser(night).get(begun(night, cast.dee)))
        assert "opened by Amara" in words
        assert "It has calmed" in words

    def test_the_first_words_begin_it(self, cast: Cast) -> None:
        browser = Browser(cast.ama)
        answer = browser.post(path(cast.dee, "crisis/new"), {"crisis_id": uuid4(), "text": "A car outside"})
        assert "A car outside" in words_of(browser.get(answer["Location"]))

    def test_a_double_click_is_one_crisis(self, cast: Cast) -> None:
        browser, form = Browser(cast.ama), {"crisis_id": uuid4(), "text": "A car outside"}
        places = {browser.post(path(cast.dee, "crisis/new"), form)["Location"] for _ in range(2)}
        assert len(places) == 1
        assert Crisis.objects.count() == 1
        assert (
            words_of(browser.get(places.pop())).count("A car outside") == 2
        )  # the line, and the way to take it back

    def test_opening_it_again_leads_to_the_one_that_is_open(self, cast: Cast, night: Worker) -> None:
        place = begun(night, cast.dee)
        browser = Browser(cast.ama)
        assert browser.get(path(cast.dee, "crisis/new"))["Location"] == place
        answer = browser.post(path(cast.dee, "crisis/new"), {"crisis_id": uuid4(), "text": "I am here too"})
        assert answer["Location"] == place
        assert "I am here too" in words_of(browser.get(place))
        assert Crisis.objects.count() == 1

    def test_a_number_that_is_taken_in_another_file_is_no_fault(self, cast: Cast) -> None:
        other = a_crisis(make.a_case(by=cast.ama, name="Fay"), cast.ama)
        answer = Browser(cast.ama).post(path(cast.dee, "crisis/new"), {"crisis_id": other.pk})
        assert answer.status_code == 302
        assert Crisis.objects.filter(case=cast.dee).exclude(pk=other.pk).count() == 1

    def test_one_tap_on_the_list_begins_it_and_their_own_wishes_stand_first(self, cast: Cast) -> None:
        wish(cast.dee, cast.ama)
        reached(cast.dee, cast.ama)
        browser = Browser(cast.ama)
        page = browser.get(path())
        assert Crisis.objects.count() == 0
        assert f'formaction="{path(cast.dee, "crisis/new")}"' in page.content.decode()
        answer = browser.post(path(cast.dee, "crisis/new"), hidden(page, "begin"), follow=True)
        shown = answer.content.decode()
        places = [
            shown.index(told) for told in ("Tea, then talk.", 'id="undo"', "555-0142", 'id="check-safe"')
        ]
        assert places == sorted(places)
        assert Crisis.objects.open().filter(case=cast.dee).count() == 1

    def test_the_list_leads_on_where_one_is_open(self, cast: Cast, night: Worker) -> None:
        begun(night, cast.dee)
        shown = Browser(cast.ama).get(path()).content.decode()
        assert "formaction" not in shown
        assert path(cast.dee, "crisis/new") in shown

    def test_looking_at_the_wishes_begins_nothing(self, cast: Cast) -> None:
        Browser(cast.ama).get(path(cast.dee, "crisis/new"))
        assert Crisis.objects.count() == 0

    def test_it_is_shut_to_others(self, cast: Cast) -> None:
        for worker in (cast.cyd, cast.somebody(Role.VOLUNTEER), cast.somebody(Role.FRONT_DESK)):
            assert Browser(worker).get(path(cast.dee, "crisis/new")).status_code == 404


class TestLookingInAgain:
    def days(self) -> list[tuple[object, timedelta]]:
        today = timezone.localdate()
        return sorted(
            ((due.owner_id, due.day - today) for due in Due.objects.filter(kind="follow_up")),
            key=lambda one: one[1],
        )

    def test_the_primary_worker_does_after_one_day_and_after_three(self, cast: Cast, night: Worker) -> None:
        begun(night, cast.dee)
        ama = cast.ama.person.pk
        assert self.days() == [(ama, timedelta(days=1)), (ama, timedelta(days=3))]
        with make.opening(cast.dee, cast.ama, Action.DAYS):
            assert {due.slot["code"] for due in Due.objects.all() if due.slot} == {"look_in_24", "look_in_72"}

    def test_whoever_covers_does_while_she_is_away(self, cast: Cast, night: Worker) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        Absence.objects.create(person=cast.ama.person, since=tomorrow, until=tomorrow, cover=cast.ben.person)
        begun(night, cast.dee)
        assert [owner for owner, _day in self.days()] == [cast.ben.person.pk, cast.ama.person.pk]

    def test_two_clicks_and_a_colleague_make_no_more_of_them(self, cast: Cast, night: Worker) -> None:
        for worker in (night, night, cast.ama):
            Browser(worker).post(path(cast.dee, "crisis/new"), {"crisis_id": uuid4()})
        assert len(self.days()) == 2


class TestTheList:
    def test_a_tap_is_kept_with_its_time_and_who(self, cast: Cast, night: Worker) -> None:
        place, browser = begun(night, cast.dee), Browser(cast.ama)
        browser.post(f"{place}tick/", {"safe": "yes"})
        page = browser.get(place).content.decode()
        row = page[page.index('id="check-safe"') : page.index('id="check-line"')]
        assert 'aria-pressed="true"' in row
        assert "Ama" in row
        assert 'aria-pressed="true"' not in page.replace(row, "")

    def test_the_same_tap_twice_is_kept_once_and_another_answer_replaces_it(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        for answer in ("yes", "yes", "not_wanted"):
            assert browser.post(f"{place}tick/", {"police": answer})["Location"].endswith("#check-police")
        assert browser.get(place).content.decode().count('aria-pressed="true"') == 1
        browser.post(f"{place}tick/", {"police": ""})
        assert 'aria-pressed="true"' not in browser.get(place).content.decode()

    @pytest.mark.parametrize("form", [{}, {"safe": "maybe"}, {"nonsense": "yes"}, {"children": "not_wanted"}])
    def test_what_is_on_no_button_is_answered_with_a_sentence(self, cast: Cast, form: dict[str, str]) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        answer = browser.post(f"{place}tick/", form, follow=True)
        assert answer.status_code == 200
        assert 'aria-pressed="true"' not in answer.content.decode()

    def test_nothing_has_to_be_answered_before_it_closes(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        assert browser.post(f"{place}end/", {"version": 0}).status_code == 302
        assert not Crisis.objects.open().exists()

    def test_who_was_called_is_one_tap_and_twice_is_once(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        line = uuid4()
        for who in ("worker", "worker", "doctor"):
            browser.post(f"{place}called/", {"line_id": line, "who": who})
        browser.post(f"{place}called/", {"line_id": uuid4(), "text": "Aunt Ro"})
        words = words_of(browser.get(place))
        assert words.count("Take back") == 3
        assert "Aunt Ro" in words

    def test_calling_nobody_is_asked_about(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        words = words_of(browser.post(f"{place}called/", {"line_id": uuid4()}, follow=True))
        assert "Please tap whom you called" in words

    def test_one_takes_back_ones_own_slip_and_nobody_elses(self, cast: Cast, night: Worker) -> None:
        crisis = a_crisis(cast.dee, night, "A car outside")
        place = path(cast.dee, "crisis", crisis)
        with make.opening(cast.dee, night, Action.CRISIS):
            line = Crisis.objects.get().words["lines"][0]["id"]
        Browser(cast.ama).post(f"{place}back/{line}/")
        assert "A car outside" in words_of(Browser(cast.ama).get(place))
        Browser(night).post(f"{place}back/{line}/")
        assert "A car outside" not in words_of(Browser(cast.ama).get(place))

    def test_an_empty_line_is_asked_for_again(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        assert browser.post(f"{place}wrote/", {"line_id": uuid4(), "text": " "}).status_code == 422
        form = {"line_id": uuid4(), "text": "She is at the station"}
        for _ in range(2):
            browser.post(f"{place}wrote/", form)
        assert words_of(browser.get(place)).count("Take back") == 1

    def test_two_people_tap_at_once_and_nothing_is_lost(self, cast: Cast, night: Worker) -> None:
        """Each verb reads the row anew: what another window showed does not matter."""
        place = begun(night, cast.dee)
        Browser(night).post(f"{place}tick/", {"safe": "yes"})
        Browser(cast.ama).post(f"{place}tick/", {"doctor": "not_yet"})
        assert Browser(night).get(place).content.decode().count('aria-pressed="true"') == 2


class TestAfterwards:
    def test_their_account_in_their_words_stands_first_in_what_was_before(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        browser.post(f"{place}end/", {"version": 0, "account": "You were kind.", "wishes": "stay"})
        words = words_of(browser.get(path(cast.dee)))
        assert "You were kind." in words
        assert "Open now" not in words
        assert "looked at together" in words_of(browser.get(place))

    def test_the_same_form_twice_is_saved_once(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        form = {"version": 0, "account": "You were kind.", "how": "", "wishes": "", "next_time": ""}
        assert [browser.post(f"{place}end/", form).status_code for _ in range(2)] == [302, 302]

    def test_two_accounts_stand_side_by_side(self, cast: Cast, night: Worker) -> None:
        place = begun(night, cast.dee)
        Browser(night).post(f"{place}end/", {"version": 0, "account": "Amara heard this"})
        answer = Browser(cast.ama).post(f"{place}end/", {"version": 0, "account": "Ama heard that"})
        assert answer.status_code == 409
        assert all(told in words_of(answer) for told in ("Amara heard this", "Ama heard that"))
        again = {**hidden(answer, "end"), "account": "Both of it"}
        assert Browser(cast.ama).post(f"{place}end/", again).status_code == 302
        assert "Both of it" in words_of(Browser(night).get(place))

    def test_it_was_not_over(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        browser.post(f"{place}end/", {"version": 0})
        browser.post(f"{place}again/")
        assert Crisis.objects.open().count() == 1

    def test_it_is_not_opened_again_beside_another(self, cast: Cast) -> None:
        place, browser = begun(cast.ama, cast.dee), Browser(cast.ama)
        browser.post(f"{place}end/", {"version": 0})
        begun(cast.ama, cast.dee)
        words = words_of(browser.post(f"{place}again/", follow=True))
        assert "Another crisis is open already" in words
        assert Crisis.objects.open().count() == 1

    def test_a_crisis_of_another_file_is_not_there(self, cast: Cast) -> None:
        crisis = a_crisis(cast.dee, cast.ama)
        other = make.a_case(by=cast.ama, name="Fay")
        browser = Browser(cast.ama)
        for verb in ("", "tick/", "called/", "wrote/", "end/", "again/", f"back/{uuid4()}/"):
            answer = browser.post(path(other, "crisis", crisis) + verb, {"safe": "yes", "version": 0})
            assert answer.status_code in {404, 405}, verb
        assert Crisis.objects.open().count() == 1
