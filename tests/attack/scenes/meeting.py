"""Meeting several at once and in passing; somebody who is known twice; two files that become one, and two again."""

import re

from tests.attack.canaries import canary
from tests.attack.day import LONG_AGO, Day, Met, number_of
from tests.attack.scenes.person import PHONE
from tests.attack.writer import Writer


def several(day: Day, her: Writer) -> None:
    """Three at once, each by a name of their own, and somebody in passing."""
    names = [canary(each) for each in ("first", "second", "third")]
    her.fill("/people/new/group/", count="3", called="\n".join(names))
    people = her.get("/people/?who=mine").text
    for name in names:
        found = re.search(rf'href="(/people/[0-9a-f-]{{36}}/)"[^>]*>\s*(?:<[^>]+>\s*)*{name}', people)
        assert found, people
        day.group.append(Met(name, found[1]))
    her.fill("/people/passing/")


def known_twice(day: Day, her: Writer, them: Writer) -> None:
    """The other team meets somebody by the same name and number, and hers hears that somebody asked."""
    them.fill("/people/new/", name=day.name, number=PHONE, legal_name="", born_on="")
    them.get(f"{them.path}card/")
    her.fill("/people/doubts/")


def joined(day: Day, her: Writer) -> None:
    """Two files become one, are looked at, say things differently, and become two again."""
    kept, other = day.group[0].file, day.group[1]
    for file in (kept, other.file):
        her.fill(f"{file}words/change/")
        her.fill(f"{file}reach/change/")
        her.fill(f"{file}identity/change/", born_on=LONG_AGO[:10])
    her.fill(f"{kept}join/", name=other.name)
    her.press("/join/", other=number_of(other.file))
    her.press("/join/")
    assert her.path == kept, her.last.text
    her.get(f"{other.file}joined/")
    for told in ("words/", "reach/", "identity/"):
        her.fill(f"{kept}{told}", f"/{told}joined/")
    her.fill(f"{kept}join/", "/join/undo/")
    her.get(other.file)
    assert her.path == other.file
