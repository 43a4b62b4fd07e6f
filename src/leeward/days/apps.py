"""The days app, which keeps the day on which to begin talking about what changes at 18."""

from django.apps import AppConfig


class Days(AppConfig):
    """What is agreed for a day."""

    name = "leeward.days"
    label = "days"

    def ready(self) -> None:
        """Say that days are kept here; `cases` tells what they follow from."""
        from leeward.cases.actions import ages  # noqa: PLC0415 - it needs the models, which load before this
        from leeward.days.actions import turning  # noqa: PLC0415

        ages.keeps_days(turning)
