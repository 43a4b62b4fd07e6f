"""The table."""

from __future__ import annotations

from itertools import zip_longest

from bench.measures import Row

#: Which columns of a table hold numbers, by how many columns it has.
_NUMBERS = {8: {1, 2, 4, 5}, 4: {1}}
_HEAD = ("", "Leeward", "against", "", "ratio", "by work", "target", "")


def show(kind: str, size: tuple[int, int], rows: list[Row], *, quick: bool) -> None:
    """Print the table of one database."""
    print(f"\n{kind}: {size[0]:,} files, {size[1]:,} notes. Medians, in milliseconds or kilobytes.")
    _table([_HEAD, *(_cells(row, quick=quick) for row in rows)])


def show_hands(rows: list[Row]) -> None:
    """Print what a browser counted."""
    print("\nTime given back: actions beside typing, from Today; milliseconds on a slow phone.")
    lines = [(row.name, f"{row.ours:g}", row.target, "met" if row.met else "missed") for row in rows]
    _table([("", "counted", "target", ""), *lines] if lines else [("there is no Chromium here", "", "", "")])


def tell(machine: dict[str, str]) -> None:
    """Print what the numbers come from."""
    print("\n" + ", ".join(f"{name} {value}" for name, value in machine.items()))
    print(
        "by work: the same ratio by the processes' own time, which other programs on the machine disturb less."
    )


def _cells(row: Row, *, quick: bool) -> tuple[str, ...]:
    verdict = "small data" if quick else "met" if row.met else "missed"
    return (
        row.name,
        _number(row.ours),
        _number(row.other),
        row.against if row.other else "",
        _number(row.ratio),
        _number(row.work_ratio),
        row.target,
        verdict,
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _table(lines: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip_longest(*lines, fillvalue="")]
    for line in lines:
        cells = [
            cell.rjust(width) if at in _NUMBERS[len(line)] else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
