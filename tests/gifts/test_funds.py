"""Funds: kept by supervisors of their team, with sums that are added up when somebody looks, and stored nowhere."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.gate import Refused
from leeward.access.models import Line
from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo, ChangedMeanwhile
from leeward.cases.models import Case, Entry, Wall
from leeward.gifts import actions, pages
from leeward.gifts.models import Fund, Gift
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.gifts.test_giving import a_fund, agree, give
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def shown(worker: Worker) -> dict[str, Any]:
    """What the page of funds shows, as plain words."""
    with make.entering(worker, Action.KEEP_FUNDS, lists=True) as entered:
        found = pages.funds(entered)
        return {
            "funds": [(line.words["name"], line.this_year, line.ever, line.count) for line in found["funds"]],
            "waiting": [(one["name"], one["line"].money) for one in found["waiting"]],
        }


class TestKeepingThem:
    def test_a_double_click_is_one_fund(self, cast: Cast) -> None:
        fund_id = uuid4()
        for _ in range(2):
            with make.entering(cast.ben, Action.KEEP_FUNDS) as entered:
                actions.start_fund(entered, fund_id=fund_id, team=cast.harbor, words={"name": "Coats"})
        assert Fund.objects.count() == 1

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR}))
    def test_only_supervisors_keep_them(self, cast: Cast, role: Role) -> None:
        worker = cast.somebody(role)
        with pytest.raises(Refused):
            a_fund(worker, cast.harbor)
        assert Browser(worker).get("/gifts/funds/").status_code == 404

    def test_a_supervisor_of_another_team_does_not(self, cast: Cast) -> None:
        with pytest.raises(CannotDo):
            a_fund(cast.sue, cast.harbor)
        fund = a_fund(cast.ben, cast.harbor)
        with make.entering(cast.sue, Action.KEEP_FUNDS) as entered, pytest.raises(CannotDo):
            actions.change_fund(entered, fund=fund, words={"name": "x"}, is_open=True, version=1)
        assert Browser(cast.sue).get(f"/gifts/funds/{fund.pk}/").status_code == 404

    def test_two_windows_lose_nothing(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        with make.entering(cast.ben, Action.KEEP_FUNDS) as entered:
            actions.change_fund(entered, fund=fund, words={"name": "Coats"}, is_open=True, version=1)
            actions.change_fund(entered, fund=fund, words={"name": "Coats"}, is_open=True, version=1)
            with pytest.raises(ChangedMeanwhile):
                actions.change_fund(entered, fund=fund, words={"name": "Hats"}, is_open=True, version=1)
            assert Fund.objects.get().words["name"] == "Coats"

    def test_who_waits_for_keys_is_told_so(self, cast: Cast) -> None:
        waiting = make.a_person(Role.SUPERVISOR, cast.harbor)
        answer = Browser(waiting).get("/gifts/funds/")
        assert "A colleague has to hand you your team’s key first." in answer.content.decode()


class TestSums:
    def test_they_are_those_of_what_was_given(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        give(cast, cast.ama, 2000, fund=fund)
        give(cast, cast.ama, 6000, fund=fund)
        assert shown(cast.ben) == {
            "funds": [("Emergency", "$20.00", "$20.00", 1)],
            "waiting": [("Dee", "$60.00")],
        }
        agree(cast, cast.ben, Gift.objects.get(state="asked"))
        assert shown(cast.ben)["waiting"] == []

    def test_only_ledgers_that_may_be_opened_are_counted(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        give(cast, cast.ama, 2000, fund=fund)
        Wall.objects.create(case=cast.dee, person=cast.ben.person)
        assert shown(cast.ben)["funds"] == [("Emergency", "$0.00", "$0.00", 0)]

    def test_another_teams_funds_are_not_shown(self, cast: Cast) -> None:
        a_fund(cast.ben, cast.harbor)
        assert shown(cast.sue) == {"funds": [], "waiting": []}

    def test_a_file_that_went_to_another_team_takes_its_gifts_along(self, cast: Cast) -> None:
        """The fund's name stays with the team whose it is, and the ledger opens all the same."""
        give(cast, cast.ama, 2000, fund=a_fund(cast.ben, cast.harbor))
        Fund.objects.update(team=cast.garden)
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            (line,) = pages.gift_lines(file)
            assert (line.fund, line.money) == ("", "$20.00")

    def test_the_line_holds_whose_names_were_shown(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        give(cast, cast.ama, 6000, fund=fund)
        before = Line.objects.count()
        shown(cast.ben)
        assert Line.objects.count() == before + 1
        assert Line.objects.order_by("-seq")[0].things == [str(cast.dee.pk)]

    def test_the_number_of_queries_does_not_grow(self, cast: Cast) -> None:
        fund = a_fund(cast.ben, cast.harbor)
        give(cast, cast.ama, 6000, fund=fund)
        with CaptureQueriesContext(connection) as few:
            shown(cast.ben)
        for number in range(6):
            case = make.a_case(by=cast.ama, name=f"Somebody {number}", team=cast.harbor)
            with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
                words = {"cents": 7000, "day": "2026-01-05"}
                actions.give(file, gift_id=uuid4(), fund=fund, words=words)  # type: ignore[arg-type]
        a_fund(cast.ben, cast.harbor, name="Coats")
        with CaptureQueriesContext(connection) as many:
            shown(cast.ben)
        assert len(few) == len(many)


class TestThePages:
    def test_four_actions_from_the_ledger_to_the_ledger(self, cast: Cast) -> None:
        """Open the ledger, Give, (type), Give: the only open fund is chosen already, the day is today."""
        a_fund(cast.ben, cast.harbor)
        browser, url = Browser(cast.ama), f"/gifts/{cast.dee.pk}/"
        assert f"{url}give/" in browser.get(url).content.decode()
        page = browser.get(f"{url}give/").content.decode()
        assert f'value="{Fund.objects.get().pk}" selected' in page
        form = {
            "gift_id": str(uuid4()),
            "what": "bus card",
            "amount": "20,50",
            "fund": str(Fund.objects.get().pk),
        }
        assert browser.post(f"{url}give/", form)["Location"] == url
        text = browser.get(url).content.decode()
        assert "bus card, $20.50" in text
        assert "What is given depends on nothing" in text
        assert Entry.objects.filter(case=cast.dee).count() == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"amount": "twenty"},
            {"amount": "-5"},
            {"amount": "", "what": ""},
            {"day": "2999-01-01"},
            {"day": "x"},
            {"fund": "x"},
        ],
    )
    def test_what_does_not_fit_is_asked_again_and_stays(self, cast: Cast, wrong: dict[str, str]) -> None:
        form = {"gift_id": str(uuid4()), "what": "bus card", "why": "kept words", "amount": "20", **wrong}
        answer = Browser(cast.ama).post(f"/gifts/{cast.dee.pk}/give/", form)
        assert answer.status_code == 422
        assert "kept words" in answer.content.decode()
        assert not Gift.objects.exists()

    def test_two_people_from_page_to_page(self, cast: Cast) -> None:
        fund, url = a_fund(cast.ben, cast.harbor), f"/gifts/{cast.dee.pk}/"
        ama, ben = Browser(cast.ama), Browser(cast.ben)
        form = {"gift_id": str(uuid4()), "amount": "80", "fund": str(fund.pk)}
        assert (
            "A supervisor is asked to agree." in ama.post(f"{url}give/", form, follow=True).content.decode()
        )
        gift = Gift.objects.get().pk
        assert f"{url}{gift}/agree/" not in ama.get(url).content.decode()
        assert ama.post(f"{url}{gift}/agree/", {"yes": "1"}).status_code == 404
        assert "Dee" in ben.get("/gifts/funds/").content.decode()
        assert f"{url}{gift}/agree/" in ben.get(url).content.decode()
        ben.post(f"{url}{gift}/agree/", {"yes": "1"})
        ama.post(f"{url}{gift}/hand-over/")
        stale = ben.post(f"{url}{gift}/agree/", {"no": "1"}, follow=True)
        assert "A colleague has decided about this already" in stale.content.decode()
        assert Gift.objects.get().state == "given"

    def test_another_team_finds_nothing(self, cast: Cast) -> None:
        give(cast, cast.ama)
        gift, browser = Gift.objects.get().pk, Browser(cast.cyd)
        for path in ("", "give/", f"{gift}/receipt/"):
            assert browser.get(f"/gifts/{cast.dee.pk}/{path}").status_code == 404
        for path in (
            "give/",
            f"{gift}/agree/",
            f"{gift}/hand-over/",
            f"{gift}/cross-out/",
            f"{gift}/receipt/",
        ):
            assert browser.post(f"/gifts/{cast.dee.pk}/{path}", {"what": "x"}).status_code == 404
        assert Case.objects.get(pk=cast.dee.pk).last_number == 1
