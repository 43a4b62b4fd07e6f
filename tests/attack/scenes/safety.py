"""A crisis, a night, somebody who is missing, reports that the law asks for, and what was given."""

from tests.attack.day import NUMBER, Day
from tests.attack.writer import Writer


def crisis(day: Day, her: Writer) -> None:
    """Their wishes; a crisis for the wrong person, and one with every line of it, not over, and then over."""
    here = day.of("safety")
    her.fill(f"{here}wishes/")
    her.fill("/safety/", "/crisis/new/")
    her.press("/undo/")
    her.fill("/safety/")
    her.fill(f"{here}crisis/new/")
    going = her.path
    her.press("/tick/")
    her.press("/called/")
    her.fill(going, "/called/", nth=1)
    her.fill(going, "/wrote/")
    her.fill(going, "/wrote/")
    her.press(f"/back/{her.last.find(f'/back/({NUMBER})/')}/")
    her.fill(f"{going}end/")
    her.fill(going, "/again/")


def nights(day: Day, her: Writer, him: Writer) -> None:
    """What happened at night, told to the morning."""
    him.fill(f"{day.of('safety')}night/")
    her.get(day.of("safety"))
    her.press("/seen/")
    her.get("/safety/night/")


def missing(day: Day, her: Writer) -> None:
    """Missing, who was told, what was heard; back, missing again, and back."""
    here = day.of("safety")
    her.fill(f"{here}missing/new/")
    away = her.path
    her.press("/told/")
    her.fill(away, "/told/", nth=1)
    her.fill(away, "/heard/")
    her.fill(f"{away}back/")
    her.fill(away, "/again/")


def reports(day: Day, her: Writer) -> None:
    """In the file and outside of any, later answers, and one that is put into its file."""
    here = day.of("safety", "reports/")
    for kind in ("new/", "emergency/"):
        her.fill(f"{here}{kind}", reference="", answer="")
        her.press(her.path)
        her.fill(f"/safety/reports/{kind}", reference="", answer="")
        her.press(her.path)
        her.fill(f"{here}{kind}")
        her.fill(f"/safety/reports/{kind}")


def gifts(day: Day, her: Writer, him: Writer) -> None:
    """A fund with a limit, above which she agrees to what he gives; a receipt; a gift that is crossed out."""
    here = day.of("gifts")
    her.fill("/gifts/funds/new/", limit="20", currency="$")
    her.fill(her.link(f"/gifts/funds/{NUMBER}/"), limit="25", currency="$", is_open="on")
    him.fill(f"{here}give/", amount="30.50", day="")
    her.get(here)
    her.press("/agree/")
    him.get(here)
    him.press("/hand-over/")
    him.fill(him.link(f"/{NUMBER}/receipt/"))
    him.press("/cross-out/")
    her.fill(f"{here}give/", amount="7", fund="", day="")
