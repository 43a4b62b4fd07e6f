"""A day at an agency, told over HTTP to a real server. Everything that is typed is a canary."""

from pathlib import Path
from typing import NamedTuple

from leeward.access.marks import walk
from tests.attack.day import Day, number_of
from tests.attack.scenes import coming, days, meeting, notes, person, safety, team, walking
from tests.attack.stores import Place
from tests.attack.writer import Writer


class Seen(NamedTuple):
    """What lies outside the store: files that were there for a moment, a calendar, the cookies that were used."""

    temporary: list[bytes]
    calendar: bytes
    cookies: list[str]


def live(port: int, temporary: Path) -> tuple[Day, Seen]:
    """The whole day."""
    day, her, seen = _begin(port, temporary)
    him = coming.invite(day, her, "Ben")
    assert "vzqkanary7name" in him.get("/people/?who=all").text
    them = team.more_colleagues(day, her)
    _with_participants(day, her, him, them)
    _among_colleagues(day, her, him)
    _how_it_goes_on(day, her, him, them)
    look_around(day, her)
    coming.mistype(day, her)
    cookies = [each.cookies["__Host-leeward"] for each in (her, him, them)]
    notes.come_too_late(day, her)
    them.fill("/you/", "/sign-out/")
    return day, seen._replace(cookies=cookies)


def live_a_morning(port: int, temporary: Path) -> tuple[Day, Seen]:
    """Only how the day begins."""
    day, _, seen = _begin(port, temporary)
    return day, seen


def _begin(port: int, temporary: Path) -> tuple[Day, Writer, Seen]:
    day = Day(port)
    her = coming.set_up(day)
    notes.meet(day, her)
    notes.write(day, her)
    seen = notes.upload(day, her, temporary)
    notes.look_for(day, her)
    days.promises(day, her)
    days.dates(day, her)
    calendar = days.feed(day, her)
    notes.crash(day, her)
    return day, her, Seen(seen, calendar, [])


def _with_participants(day: Day, her: Writer, him: Writer, them: Writer) -> None:
    meeting.several(day, her)
    for scene in (person.who_they_are, person.reaching_them, person.who_decides, person.who_belongs):
        scene(day, her)
    meeting.known_twice(day, her, them)
    notes.many_sides(day, her)
    notes.one_for_several(day, her)
    notes.wrong_file(day, her, him)
    team.on_call(her, him, them)
    days.trips(day, her, him)
    days.who_waits(day, her, him)
    safety.crisis(day, her)
    safety.nights(day, her, him)
    safety.missing(day, her)
    safety.reports(day, her)
    safety.gifts(day, her, him)


def _among_colleagues(day: Day, her: Writer, him: Writer) -> None:
    team.how_we_work(her, him)
    team.ones_own(her)
    coming.turned(day, her)
    walking.time_off(him)


def _how_it_goes_on(day: Day, her: Writer, him: Writer, them: Writer) -> None:
    meeting.joined(day, her)
    walking.kept_away(day, her, him)
    walking.beside_them(day, her)
    walking.parts(day, her)
    walking.handed_over(day, her, him)
    walking.ended(day, her)
    walking.died(day, her, him)
    walking.offered(day, her, them)
    coming.elsewhere(day, him)
    walking.goodbye(day, her)


def look_around(day: Day, her: Writer) -> None:
    """Every page about them or the agency that nobody has looked at yet: what it asks has to be answered too."""
    for place in walk("leeward.site"):
        path = place.path.replace("<uuid:case>", number_of(day.case))
        if place.path not in day.told.doors and "<" not in path:
            her.get(path)


def commands(place: Place) -> str:
    """What somebody does at the server meanwhile. Everything printed is looked through too."""
    backup, exported = place.folder / "backup.leeward", place.folder / "trail.jsonl"
    done = [
        place.leeward(*words)
        for words in (("backup", str(backup)), ("keys", "status"), ("trail", "export", "--to", str(exported)),
                      ("trail", "verify"), ("trail", "head"), ("check",))
    ]  # fmt: skip
    assert [each.returncode for each in done] == [0] * len(done), [each.stderr for each in done]
    return "".join(each.stdout + each.stderr for each in done)
