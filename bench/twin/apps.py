"""The moment at which the seals come off: after Django knows its apps, before it reads their models."""

from django.apps import AppConfig


class Twin(AppConfig):
    """The plaintext twin."""

    name = "bench.twin"
    label = "twin"

    def import_models(self) -> None:
        """Put plain columns in the place of sealed ones."""
        from bench.twin import house  # noqa: PLC0415 - apps are known only now

        house.take_seals_off()
        super().import_models()

    def ready(self) -> None:
        """From now on nothing in this process asks for a key."""
        from bench.twin import doors  # noqa: PLC0415 - models are read by now

        doors.hold_no_keys()
