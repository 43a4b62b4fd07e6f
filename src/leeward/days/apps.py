"""The days app."""

from django.apps import AppConfig


class Days(AppConfig):
    """What is agreed for a day."""

    name = "leeward.days"
    label = "days"
