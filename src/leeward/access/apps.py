"""Tells Django that this package is there, and hangs up its start-up checks."""

from django.apps import AppConfig
from django.core import checks


class AccessConfig(AppConfig):
    """Policy, gate and trail."""

    name = "leeward.access"
    label = "access"

    def ready(self) -> None:
        """Have every start look for doors that nobody guards."""
        from leeward.access import marks, trail  # noqa: PLC0415 - they need the models, which load before this

        checks.register(marks.every_view_is_marked, checks.Tags.urls)
        checks.register(marks.every_front_door_is_known, checks.Tags.urls)
        checks.register(trail.store_can_keep_a_trail, checks.Tags.security)
