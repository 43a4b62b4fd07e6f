"""The demo as a Django app: it owns no tables."""

from django.apps import AppConfig


class Demo(AppConfig):
    """The invented agency."""

    name = "leeward.demo"
    label = "demo"
