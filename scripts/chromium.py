"""The machine's own Chromium, and how it is started."""

import shutil
from typing import Final

#: Chromium asks nobody outside for anything.
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
#: The first is the same engine without a window around it, which does the same with half the work.
_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_here() -> str | None:
    """Where it is installed, if it is."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)
