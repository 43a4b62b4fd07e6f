"""Who walks with somebody, here and at other agencies, and how it goes on: handed over, ended, begun again, a death."""

import re

from tests.attack.day import NUMBER, Day, number_of
from tests.attack.scenes import coming
from tests.attack.writer import Writer


def beside_them(day: Day, her: Writer) -> None:
    """Colleagues who walk along and stand behind, and step back; what each does; people of other agencies."""
    here = day.of("walking")
    her.get(here)
    ben = her.choice("Ben")
    her.press("/colleague/", person=ben)
    her.press("/step-back/")
    her.press("/backup/", person=ben)
    her.press("/no-backup/")
    her.press("/colleague/", person=ben)
    her.fill(f"{here}does/")
    her.fill(f"{here}outside/new/", central="on")
    her.fill(her.link(f"/outside/{NUMBER}/"), central="on")
    her.fill(here, "/ours-central/")


def kept_away(day: Day, her: Writer, him: Writer) -> None:
    """A wall, a file of somebody who works here now, and a colleague who steps aside."""
    here = day.of("walking", "walls/", day.group[2].file)
    her.get(here)
    cyd = her.choice("Cyd")
    her.press(here, person=cyd, team="")
    her.press("/away/")
    her.press("/works-here/", colleague=cyd)
    her.press("/walls/open/")
    her.press("/away/")
    him.fill(day.of("walking", "step-aside/", day.group[2].file))


def parts(day: Day, her: Writer) -> None:
    """The parts of a case, one that has no name here, and a conference with their agenda."""
    here = day.of("walking")
    her.fill(f"{here}parts/", "/parts/answer/")
    her.press("/parts/answer/", nth=8)
    her.fill(f"{here}conferences/new/")
    her.fill(her.link(f"/conferences/{NUMBER}/change/"))
    her.get(her.link(f"/conferences/{NUMBER}/print/"))


def time_off(him: Writer) -> None:
    """He is away for a day, changes which one, and is back after all."""
    him.fill("/walking/cover/")
    him.fill(him.link(f"/cover/{NUMBER}/"))
    him.press("/back/")


def handed_over(day: Day, her: Writer, him: Writer) -> None:
    """She asks him, lets it go, and asks again; he says yes; a letter is written; from then on he walks with them."""
    here = day.of("walking", "hand-over/")
    her.fill(here, "/ask/")
    her.press("/withdraw/")
    her.fill(here, "/ask/")
    him.fill("/walking/offers/", "/answer/")
    her.get(here)
    path = f"/hand-over/{her.last.find(f'/hand-over/({NUMBER})/')}/"
    her.press(path, anew=None, met="on")
    her.get(her.link("/letter/"))
    her.fill(here, path, anew=None, done="1")
    him.get(day.of("walking"))
    him.get(him.link("/letter/"))


def offered(day: Day, her: Writer, them: Writer) -> None:
    """Another team is asked, cannot just now, is asked again, and takes them in."""
    third = day.group[2].file
    here = day.of("walking", "hand-over/", third)
    her.fill(here, "/offer/")
    them.fill("/walking/offers/", "/not-now/")
    her.fill(here, "/withdraw/")
    her.press("/offer/")
    them.get("/walking/offers/")
    them.press("/take/")
    assert them.path == third, them.last.text


def ended(day: Day, her: Writer) -> None:
    """Closed together, with their view, and back again."""
    here = day.of("walking", file=day.group[0].file)
    her.fill(f"{here}close/", "/parts/never/")
    her.fill(f"{here}close/")
    her.get(here)
    her.fill(f"{here}reopen/")


def died(day: Day, her: Writer, him: Writer) -> None:
    """Somebody died, he who walked along reads it, and then it was a mistake."""
    here = day.of("walking", file=day.group[1].file)
    her.get(here)
    her.press("/colleague/", person=her.choice("Ben"))
    her.fill(f"{here}death/", on="")
    him.fill("/", f"/told/{NUMBER}/")
    her.fill(here, "/death/undo/")


def goodbye(day: Day, her: Writer) -> None:
    """One role of his ends, and then he leaves today: she steps in for now, and stays."""
    page = coming.colleague(her, "Ben")
    roles = re.findall(f"/walking/roles/{NUMBER}/end/", her.get(page).text)
    her.fill(roles[-1])
    her.fill(f"/walking/goodbye/{number_of(page)}/")
    her.fill(day.of("walking"), "/stay/")
