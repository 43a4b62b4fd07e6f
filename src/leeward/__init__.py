"""Leeward: case management for people who walk beside survivors. `TOUR.md` is the way in."""

__version__ = "0.1.0"
