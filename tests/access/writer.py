"""A process of its own that writes lines into a trail: `python -m tests.access.writer DATABASE LINES`.

DATABASE is Django's description of it in JSON. With `migrate` for LINES it makes the table. Of Leeward it has
this one package installed, which shows that the package stands alone.
"""

import json
import sys
from uuid import UUID

import django
from django.conf import settings
from django.core.management import call_command

ACTOR, THING = UUID(int=0xA), UUID(int=0xB)


def main(database: str, lines: str) -> None:
    settings.configure(
        INSTALLED_APPS=["leeward.access"],
        DATABASES={"default": json.loads(database)},
        USE_TZ=True,
        LEEWARD_URLCONFS=[],
    )
    django.setup()
    if lines == "migrate":
        call_command("migrate", verbosity=0, skip_checks=True)
        return
    from leeward.access import trail  # noqa: PLC0415 - Django has to be set up first

    for _ in range(int(lines)):
        trail.write(actor=ACTOR, action="case:see", kind="case", things=[THING], outcome=trail.Outcome.OPENED)


if __name__ == "__main__":
    main(*sys.argv[1:])
