"""Staff as a Django app."""

from django.apps import AppConfig


class Staff(AppConfig):
    """The agency and its people."""

    name = "leeward.staff"
    label = "staff"
