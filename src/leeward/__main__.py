"""`python -m leeward` is the `leeward` command."""

from leeward.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
