"""Who somebody is, how to reach them, who decides for them, and who belongs to them or is kept away."""

from typing import Final

from tests.attack.day import LONG_AGO, NUMBER, Day
from tests.attack.writer import Writer

#: A number by which somebody is known in two teams.
PHONE: Final = "555 0107 4433 91"


def who_they_are(day: Day, her: Writer) -> None:
    """In their own words, with whom they want to work, names and papers, and what was done to them."""
    her.fill(f"{day.case}words/change/")
    her.fill(f"{day.case}wishes/")
    her.fill(f"{day.case}identity/change/", born_on=LONG_AGO[:10])
    her.fill(f"{day.case}history/new/")
    her.fill(her.link(f"/history/{NUMBER}/"))
    her.fill(f"{day.case}first-meeting/", said=["who", "choice"])


def reaching_them(day: Day, her: Writer) -> None:
    """Ways and places, each told, changed, and a way that ended."""
    here = f"{day.case}reach/"
    her.fill(f"{here}change/")
    her.fill(f"{here}ways/new/", leave="only")
    her.fill(her.link(f"/ways/{NUMBER}/"), leave="only")
    her.fill(f"{here}ways/new/", value=PHONE, leave="only")
    her.get(her.link(f"/ways/{NUMBER}/"))
    her.fill(f"{here}places/new/")
    her.fill(her.link(f"/places/{NUMBER}/"))
    her.get(here)
    her.get(her.link(f"/ways/{NUMBER}/"))
    her.press("/end/")


def who_decides(day: Day, her: Writer) -> None:
    """Who has a say, who must never know, and what was decided."""
    her.fill(f"{day.case}says/new/")
    her.fill(her.link(f"/says/{NUMBER}/"))
    her.fill(f"{day.case}says/never/", never_tell="on")
    her.fill(f"{day.case}decisions/new/")
    her.fill(her.link(f"/decisions/{NUMBER}/"))


def who_belongs(day: Day, her: Writer) -> None:
    """Somebody who has no page here, changed and taken out; somebody who has one."""
    here = f"{day.case}links/"
    her.fill(f"{here}new/")
    her.fill(her.link(f"/links/{NUMBER}/"))
    her.fill(here, "/links/find/", q=day.group[1].name)
    her.press("/links/with/")
    her.press("/out/")
