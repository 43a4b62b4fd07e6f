"""What is due: promises, to-dos, appointments, court, trips, who waits, and a calendar that says only "busy"."""

import base64
from datetime import timedelta

from django.utils import timezone

from tests.attack.day import NUMBER, Day, number_of
from tests.attack.writer import Writer


def promises(day: Day, her: Writer) -> None:
    """Kept, opened again, moved, and released; a to-do that is done, and one of her own."""
    here = day.of("days")
    her.fill(f"{here}promise/")
    promise = f"{here}{her.sent['due_id']}/"
    her.fill(f"{promise}change/")
    for to in ("/keep/", "/again/", "/move/", "/release/"):
        her.fill(promise, to)
    her.fill(f"{here}todo/")
    her.fill(f"{here}{her.sent['due_id']}/", "/done/")
    her.fill("/days/mine/new/")
    own = f"/days/mine/{her.sent['due_id']}/"
    for to in ("/move/", "/done/", "/again/", "/release/"):
        her.fill(own, to)
    her.get(own)


def dates(day: Day, her: Writer) -> None:
    """An appointment with everybody who helps, the way there and back; a date in court that is continued."""
    here = day.of("days")
    her.fill(f"{here}appointment/", day=timezone.localdate().isoformat(), at="", owner="")
    appointment = f"{here}{her.sent['due_id']}/"
    her.fill(f"{appointment}change/", at="", owner="")
    her.fill(appointment, "/leaving/")
    her.fill("/days/trip/", "/back/")
    her.fill(appointment, "/happened/")
    her.get(appointment)
    her.fill(f"{here}court/", owner="")
    her.fill(f"{here}{her.sent['due_id']}/", "/continued/")
    hearing = f"{here}{her.sent['due_id']}/"
    her.fill(hearing, "/happened/")
    her.get(hearing)


def trips(day: Day, her: Writer, him: Writer) -> None:
    """A van with two people: later than thought, safe, somebody on call looked, and back."""
    back_by = timezone.localtime() + timedelta(hours=20)
    people = [number_of(met.file) for met in day.group[:2]]
    her.fill("/days/trip/new/", people=people, back_by=f"{back_by:%Y-%m-%dT%H:%M}")
    her.press("/later/", back_by=f"{back_by:%Y-%m-%dT%H:%M}")
    trip = her.last.find(f"/days/trip/({NUMBER})/")
    her.press("/safe/")
    him.post(f"/days/trip/{trip}/looked/")
    her.fill("/days/trip/", "/back/")
    her.fill(her.link(f"/trip/{NUMBER}/note/"), look=None)
    her.get("/days/trip/new/")
    her.get(day.of("days", file=day.group[0].file))
    for path in her.links(f"/days/{NUMBER}/{NUMBER}/$"):
        her.get(path)


def who_waits(day: Day, her: Writer, him: Writer) -> None:
    """A partner asks, he sees to it and answers; they themselves ask, and the answer stands as a note too."""
    her.fill("/days/waiting/new/", case="")
    him.get("/days/waiting/")
    him.press("/take/")
    him.press("/answer/")
    her.fill(f"{day.of('days')}asked/")
    her.get("/days/waiting/")
    her.fill(her.link(r"\?ask="), "/answer/", as_note="on")
    her.get("/days/expected/")


def feed(day: Day, her: Writer) -> bytes:
    """The calendar for other programs: anybody with the address reads it, and it says nothing."""
    her.fill(f"{day.of('days')}appointment/", owner="")
    her.fill("/days/feed/")
    token = her.last.find(r"/days/busy/([\w-]+)\.ics")
    raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    day.keep(token, raw.hex(), raw[16:].hex())
    calendar = day.somebody().get(f"/days/busy/{token}.ics").body
    assert b"BEGIN:VEVENT" in calendar, calendar
    return calendar
