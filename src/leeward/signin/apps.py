"""Tells Django that this package is there."""

from django.apps import AppConfig


class SigninConfig(AppConfig):
    """Sessions, factors, lock."""

    name = "leeward.signin"
    label = "signin"

    def ready(self) -> None:
        """Make the boot secret in the parent, before any web process is forked from it."""
        from leeward.signin import boot  # noqa: PLC0415 - settings have to be read first

        boot.secret()
