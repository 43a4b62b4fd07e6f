"""How the invented agency works: its ways, its rota, what the house and the street write down."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.actions import passing
from leeward.demo.reading import Table, check_keys, read
from leeward.demo.today import evening
from leeward.staff import actions as staff
from leeward.staff.actions.rota import Hours

if TYPE_CHECKING:
    from leeward.cases.words.people import PassingWords
    from leeward.demo.maker import Making
    from leeward.staff.models.rota import AboutWords, CommunityWords, HouseWords, WaysWords

_FILE = "house.toml"
_WEEKS, _EVENING = 5, 18


def set_up(making: Making, supervisor: str) -> None:
    """Everything that belongs to the agency and to no participant."""
    told = read(_FILE)
    check_keys(told, _FILE, ("ways", "about", "community", "rota", "house", "passing"))
    checked = (timezone.localdate() - timedelta(days=20)).isoformat()
    with making.at_work(supervisor, Action.KEEP_WAYS) as entered:
        staff.change_ways(
            entered, words=cast("WaysWords", {**told["ways"], "checked_on": checked}), version=0
        )
    for number, line in enumerate(told["community"]):
        _community(making, supervisor, number, line)
    for about in told["about"]:
        words = {name: value for name, value in about.items() if name != "key"}
        with making.at_work(about["key"], Action.OWN_ACCOUNT) as entered:
            staff.say_about_me(entered, words=cast("AboutWords", words), version=0)
    _rota(making, supervisor, told["rota"]["nights"])
    for number, line in enumerate(told["house"]):
        _house(making, number, line)
    for number, line in enumerate(told["passing"]):
        _passing(making, number, line)


def _community(making: Making, supervisor: str, number: int, line: Table) -> None:
    note = uuid5(making.agency.agency.pk, f"community {number}")
    words: CommunityWords = {name: line[name] for name in ("about", "text", "source")}  # type: ignore[assignment]
    words["learnt_on"] = (timezone.localdate() - timedelta(days=line["learnt"])).isoformat()
    if "checked" in line:
        words["checked_on"] = (timezone.localdate() - timedelta(days=line["checked"])).isoformat()
    with making.at_work(supervisor, Action.KEEP_WAYS) as entered:
        staff.keep_community(entered, note_id=note, words=words, version=0)


def _rota(making: Making, supervisor: str, nights: list[str]) -> None:
    """From last night on, so that somebody is on call whenever the demo is opened."""
    first = timezone.localdate() - timedelta(days=1)
    hours: dict[str, list[Hours]] = {}
    for ahead in range(7 * _WEEKS):
        day = first + timedelta(days=ahead)
        shift = Hours(evening(day, _EVENING), evening(day + timedelta(days=1), _EVENING))
        if shift.until > timezone.now():
            hours.setdefault(nights[day.weekday()], []).append(shift)
    with making.at_work(supervisor, Action.KEEP_ROTA) as entered:
        for key, wanted in hours.items():
            form = uuid5(NAMESPACE_OID, f"{making.agency.agency.pk}/rota/{key}")
            staff.add_shifts(entered, person=making.people[key][0], hours=wanted, form_id=form)


def _house(making: Making, number: int, line: Table) -> None:
    at = evening(timezone.localdate() - timedelta(days=line["days_ago"]), line["hour"])
    words = {"at": at.isoformat(), **{name: line[name] for name in ("adults", "children", "text")}}
    note = uuid5(making.agency.agency.pk, f"house {number}")
    with making.at_work(line["by"], Action.HOUSE_LOG) as entered:
        staff.write_house_note(
            entered, team=making.teams[line["team"]], note_id=note, words=cast("HouseWords", words)
        )


def _passing(making: Making, number: int, line: Table) -> None:
    at = evening(timezone.localdate() - timedelta(days=line["days_ago"]), 20)
    words = {"at": at.isoformat(), **{name: line[name] for name in ("people", "where", "gave", "text")}}
    seen = uuid5(making.agency.agency.pk, f"passing {number}")
    with making.at_work(line["by"], Action.MEET_IN_PASSING) as entered:
        passing.meet_in_passing(
            entered, team=making.teams[line["team"]], passing_id=seen, words=cast("PassingWords", words)
        )
