"""Leeward's own settings, with the twin's app before all others, so that it is there before any model is read."""

from leeward.settings import *  # noqa: F403 - the same settings
from leeward.settings import INSTALLED_APPS as _OURS

INSTALLED_APPS = ["bench.twin", *_OURS]
