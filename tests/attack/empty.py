"""An empty store with its pepper: `python -m tests.attack.empty`."""

import django

django.setup()

from leeward.cli.store import make_store  # noqa: E402

if __name__ == "__main__":
    make_store()
