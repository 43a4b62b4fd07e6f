"""What is known of a day while it goes on: where the files are, and what nobody may find again."""

from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tests.attack.canaries import canary
from tests.attack.writer import Told, Writer

LONG_AGO: Final = "1987-03-14T04:05"
#: One of the numbers that addresses hold.
NUMBER: Final = "[0-9a-f]{8}-[0-9a-f-]{27}"


class Met(NamedTuple):
    """Somebody who was met: the name that was typed, and where the file is."""

    name: str
    file: str


@dataclass
class Day:
    """What happened, and what a thief may not learn of it."""

    port: int
    secrets: list[str] = field(default_factory=lambda: [LONG_AGO, LONG_AGO[:10]])
    told: Told = field(default_factory=Told)
    #: The file that most of the day is about and the name in it; and three who came together.
    case: str = ""
    name: str = ""
    group: list[Met] = field(default_factory=list)

    def somebody(self) -> Writer:
        """A browser of somebody's."""
        return Writer(self.port, told=self.told)

    def of(self, package: str, rest: str = "", file: str = "") -> str:
        """A page of a package about them, or about whoever has another file."""
        return f"/{package}/{number_of(file or self.case)}/{rest}"

    def keep(self, *learnt: str) -> None:
        """Something shown once, which nobody may find again."""
        self.secrets += learnt


def words(what: str) -> str:
    """Something typed."""
    return f"{canary(what)} kettle {canary(what)}"


def number_of(path: str) -> str:
    """The number in an address of a file."""
    return path.split("/")[2]
