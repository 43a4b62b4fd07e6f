"""A slow phone on a slow network, as Chromium plays them: how long until a page can be read and used."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Any, Final

from bench.measures import Row

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

#: A processor of a fourth of the speed; 400 kbit/s both ways, and 400 ms before each answer begins.
SLOWER, BYTES_A_SECOND, LATENCY = 4, 400_000 / 8, 400
MOST, VISITS = 2500, 5
_USABLE: Final = """() => {
  const [visit] = performance.getEntriesByType("navigation");
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return paint && visit.domContentLoadedEventEnd
    ? Math.max(paint.startTime, visit.domContentLoadedEventEnd) : null;
}"""


def slow_phone(page: Page, name: str, address: str) -> Row:
    """The median of some later visits: what does not change was fetched on the first one."""
    page.goto(address)
    speaks = page.context.new_cdp_session(page)
    _slow(speaks, rate=SLOWER, latency=LATENCY, speed=BYTES_A_SECOND)
    times = [_visit(page, address) for _ in range(VISITS)]
    _slow(speaks, rate=1, latency=0, speed=-1)
    speaks.detach()
    taken = median(times)
    return Row(f"{name} on a slow phone, usable", taken, None, f"≤ {MOST} ms", taken <= MOST)


def _slow(speaks: CDPSession, *, rate: int, latency: int, speed: float) -> None:
    network: dict[str, Any] = {
        "offline": False, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed,
    }  # fmt: skip
    speaks.send("Network.enable")
    speaks.send("Network.emulateNetworkConditions", network)
    speaks.send("Emulation.setCPUThrottlingRate", {"rate": rate})


def _visit(page: Page, address: str) -> float:
    """One visit from elsewhere: until the words stand there and the scripts that belong to them have run."""
    page.goto("about:blank")
    page.goto(address)
    return float(page.wait_for_function(_USABLE).json_value())
