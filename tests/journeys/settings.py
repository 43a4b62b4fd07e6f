"""Leeward's own settings, and one more language that is written from right to left, so that pages turn around."""

from leeward import settings as _ours

globals().update({name: value for name, value in vars(_ours).items() if name.isupper()})
LANGUAGES = [*_ours.LANGUAGES, ("ar", "Arabic")]
