"""Pages can be drawn here too, with the static files of production."""

from tests.attack.conftest import pages, static_root

__all__ = ["pages", "static_root"]
