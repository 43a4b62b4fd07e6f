"""The continuity app."""

from django.apps import AppConfig


class Continuity(AppConfig):
    """One consistent worker."""

    name = "leeward.continuity"
    label = "continuity"
