"""The safety app."""

from django.apps import AppConfig


class Safety(AppConfig):
    """When something is not safe."""

    name = "leeward.safety"
    label = "safety"
