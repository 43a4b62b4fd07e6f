"""Tells Django that this package is there."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The looks and the voice of every page."""

    name = "leeward.ui"
    label = "ui"
