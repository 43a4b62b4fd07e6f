"""Cases as a Django app."""

from django.apps import AppConfig


class Cases(AppConfig):
    """The participant's file."""

    name = "leeward.cases"
    label = "cases"
