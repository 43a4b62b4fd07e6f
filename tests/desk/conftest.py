"""What the desk's tests share: pages drawn as in production."""

from tests.attack.conftest import pages, static_root

__all__ = ["pages", "static_root"]
