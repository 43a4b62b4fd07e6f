"""Making an agency: a real one, or the synthetic one of the demo."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from leeward.cli import EXIT_OK, Problem
from leeward.cli.serve import check_store, gather_static, say_address, serve
from leeward.cli.store import make_store
from leeward.staff import actions
from leeward.staff import keys as staff_keys
from leeward.staff.actions import Newcomer
from leeward.staff.models import Agency, Grant, Person, Team
from leeward.vault import paper

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

NOT_YET = (
    "NOT FOR REAL PEOPLE YET: leaving, forgetting, losing and rotating keys are still being built. "
    "Try everything with invented people."
)


def init(asked: argparse.Namespace) -> int:
    """Make the agency and print the paper kit, once."""
    print(NOT_YET, file=sys.stderr)
    make_store()
    if Agency.objects.exists():
        message = "There is an agency in this store already. Use another --data folder for another one."
        raise Problem(message)
    first = _ask_first(asked)
    made = actions.found_agency(first)
    print(
        f"\n{made.person.name} can sign in as {made.person.email}; the second factor is set up at the first sign-in."
    )
    print(
        "\nTHE PAPER KIT. Write or print each sheet and keep them in three places. Any two bring everything back."
    )
    for number, share in enumerate(made.shares, 1):
        print(f"\n--- sheet {number} of {len(made.shares)} ---\n{share}")
    print(f"\n{NOT_YET}")
    return EXIT_OK


def _ask_first(asked: argparse.Namespace) -> Newcomer:
    name = asked.name or _answer("Your name: ", _anything)
    email = asked.email or _answer("Your e-mail: ", validate_email)
    team = asked.team or _answer("Name of your first team: ", _anything)
    print(
        f"\nA passphrase of six words is strong and can be remembered, for example:\n\n  {paper.six_words()}\n"
    )
    return Newcomer(
        name=name, email=email, passphrase=_passphrase(Person(name=name, email=email)), team_name=team
    )


def _anything(_: str) -> None:
    """Every answer will do."""


def _answer(question: str, check: Callable[[str], None]) -> str:
    print(question, end="", file=sys.stderr, flush=True)
    text = sys.stdin.readline().strip()
    try:
        check(text)
    except ValidationError as why:
        raise Problem(" ".join(why.messages)) from None
    if not text:
        message = "An answer is needed here."
        raise Problem(message)
    return text


def _passphrase(person: Person) -> str:
    """Asked twice without echo at a keyboard; read as one line from standard input otherwise."""
    if not sys.stdin.isatty():
        typed = sys.stdin.readline().rstrip("\n")
    else:
        typed = getpass.getpass("Passphrase: ")
        if typed != getpass.getpass("Once more: "):
            message = "The two were not the same. Please start again; nothing was made."
            raise Problem(message)
    try:
        validate_password(typed, person)
    except ValidationError as why:
        raise Problem(" ".join(why.messages)) from None
    return typed


def demo(asked: argparse.Namespace) -> int:
    """Make the synthetic agency if the folder is empty, print its sign-ins, and start it."""
    from leeward.demo import maker  # noqa: PLC0415 - its texts are needed here only

    make_store()
    agency = Agency.objects.first()
    if agency and not agency.born_as_demo:
        message = "This store holds a real agency. The demo never touches one: choose another --data folder."
        raise Problem(message)
    if agency is None:
        print("Making a synthetic agency …", flush=True)
        maker.make_agency()
    gather_static()
    settings.ROOT_URLCONF = "leeward.demo_site"
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "leeward.demo_site.Banner"]
    print(maker.sign_ins())
    if asked.no_serve:
        return EXIT_OK
    print(f"\nOpen {say_address(asked)}  (Ctrl-C stops it)\n", flush=True)
    return serve(asked)


def keys(asked: argparse.Namespace) -> int:  # noqa: ARG001
    """What is thin or waiting, in plain words."""
    check_store()
    if not Agency.objects.exists():
        message = "There is no agency here yet. Make one with `leeward init`."
        raise Problem(message)
    staff_keys.check_pepper(staff_keys.agency())
    for team in Team.objects.all():
        holders = _holders(team)
        name = "Everyone" if team.everyone else f"Team {team.number}"
        hint = "  <- thin: hand the key to a second person" if holders < 2 else ""  # noqa: PLR2004 - DESIGN 4
        print(f"{name}: {holders} {'person holds' if holders == 1 else 'people hold'} the whole key{hint}")
    for person in Person.objects.waiting_for_keys().order_by("name"):
        print(f"{person.name} has joined and waits for a colleague to hand over keys.")
    return EXIT_OK


def _holders(team: Team) -> int:
    held = Grant.objects.filter(team_key__team=team, scope=staff_keys.WHOLE, person_key__retired_at=None)
    return held.values("person_key__person").distinct().count()
