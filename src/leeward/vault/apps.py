"""The vault as a Django app: it owns no tables."""

from django.apps import AppConfig


class Vault(AppConfig):
    """Sealing words."""

    name = "leeward.vault"
    label = "vault"
