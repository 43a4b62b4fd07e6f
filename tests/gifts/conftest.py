"""Pages can be drawn here, without gathering static files first."""

from tests.staff.conftest import ungathered

__all__ = ["ungathered"]
