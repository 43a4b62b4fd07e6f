"""The gifts app."""

from django.apps import AppConfig


class Gifts(AppConfig):
    """Money and gifts."""

    name = "leeward.gifts"
    label = "gifts"
