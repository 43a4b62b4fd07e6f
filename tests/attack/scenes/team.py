"""Colleagues and what is theirs: teams, the rota, how we work, the house log, phrases, views, about me."""

from tests.attack.day import NUMBER, Day
from tests.attack.scenes.coming import colleague, hand_keys, invite
from tests.attack.writer import Writer


def more_colleagues(day: Day, her: Writer) -> Writer:
    """A second team with somebody who leads it. Both colleagues are on call too, and he is in the house at night."""
    her.fill("/staff/teams/new/")
    them = invite(day, her, "Cyd", team=1, role="supervisor")
    for name, role in (("Ben", "on_call"), ("Ben", "house_staff"), ("Cyd", "on_call")):
        her.fill(f"{colleague(her, name)}roles/new/", role=role, employer="", until="")
        hand_keys(her, name)
    return them


def on_call(her: Writer, him: Writer, them: Writer) -> None:
    """Hours on the rota: offered and kept after all, offered again and taken over, and then taken away."""
    her.get("/staff/rota/new/")
    ben = her.last.find(r'<option value="([0-9a-f-]{36})"[^>]*>\s*Ben')
    her.press("/rota/new/", person=ben)
    for to, whose in (("/keep/", him), ("/answer/", them)):
        him.get("/staff/rota/")
        him.fill(him.link("/offer/"))
        whose.fill("/staff/rota/", to)
    her.fill("/staff/rota/", "/take-away/")
    her.fill("/staff/rota/new/", person=ben, begins="00:00", ends="23:59")


def how_we_work(her: Writer, him: Writer) -> None:
    """Numbers and rules of the agency, and a page of the house log."""
    her.fill("/staff/ways/change/")
    her.fill("/staff/ways/communities/new/")
    her.fill(her.link(rf"/communities/{NUMBER}/"))
    him.fill("/staff/house/", "/write/", adults="3", children="2")


def ones_own(her: Writer) -> None:
    """What she says about herself, phrases, a view; some of it changed, and let go of."""
    her.fill("/staff/about-me/")
    her.fill("/staff/phrases/", "/keep/")
    her.fill(her.link(rf"/phrases/{NUMBER}/"))
    her.fill("/people/?who=mine", "/views/keep/")
    her.press("/drop/")
    her.fill("/staff/phrases/", "/keep/")
    her.press("/drop/")
