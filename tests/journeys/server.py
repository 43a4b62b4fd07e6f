"""Starts the real Leeward for the journeys: `python -m tests.journeys.server demo|serve --data DIR --port N`.

Two things are added: a store that is not there yet is made first, empty, so that setting up can be seen in the browser;
and pages that are shown only when something goes wrong can be looked at under /fault/. JOURNEY_AHEAD moves the clock
on by so many seconds, for what takes a year, or waits for the night.
"""

import os
import sys
import time
from typing import Final

import time_machine

#: Pages for which something has to go wrong that a journey cannot easily make go wrong.
FAULTS: Final = {
    "400": "400.html",
    "403": "403.html",
    "403-csrf": "403_csrf.html",
    "413": "413.html",
    "423": "423.html",
    "500": "500.html",
    "too-large": "signin/too_large.html",
    "no-cookie": "signin/no_cookie.html",
    "set-up-ended": "signin/set_up_ended.html",
    "join-ended": "signin/join_ended.html",
    "kept": "signin/kept.html",
}


#: Where the demo lives.
TIME_ZONE: Final = "America/Chicago"


def main() -> int:
    """Serve."""
    ahead = float(os.environ.get("JOURNEY_AHEAD", "0"))
    if ahead:
        time_machine.travel(time.time() + ahead).start()
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.journeys.settings"
    words = sys.argv[1:]
    from leeward import cli  # noqa: PLC0415 - the settings are named first

    os.environ["LEEWARD_DATA"] = words[words.index("--data") + 1]
    os.environ["LEEWARD_TIME_ZONE"] = TIME_ZONE
    import django  # noqa: PLC0415 - it reads the environment that was just set

    django.setup()
    _show_faults()
    if words[0] == "serve":
        from leeward.cli import store  # noqa: PLC0415

        store.make_store()
    return cli.main(words)


def _show_faults() -> None:
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415 - Django is set up by now
    from django.urls import path  # noqa: PLC0415

    from leeward import demo_site  # noqa: PLC0415
    from leeward.access.marks import public  # noqa: PLC0415
    from leeward.ui import page  # noqa: PLC0415

    @public(reason="Looks at what is shown when something goes wrong.")
    def fault(request: HttpRequest, name: str) -> HttpResponse:
        if name == "500":
            raise ZeroDivisionError
        return page(request, FAULTS[name])

    demo_site.urlpatterns.append(path("fault/<slug:name>/", fault, name="fault"))


if __name__ == "__main__":
    raise SystemExit(main())
