"""The desk as a Django app: it owns no tables."""

from django.apps import AppConfig


class Desk(AppConfig):
    """The worker's desk."""

    name = "leeward.desk"
    label = "desk"
