"""Makes every form and field right and accessible without a word in the page."""

from pathlib import Path

import django.forms
from django.forms.renderers import DjangoTemplates
from django.template.backends.django import DjangoTemplates as Engine
from django.utils.functional import cached_property

OURS = Path(__file__).parent / "templates"
THEIRS = Path(django.forms.__file__).parent / "templates"


class Renderer(DjangoTemplates):
    """Label above, hint, error with icon and words, and a summary that leads to each field."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    @cached_property
    def engine(self) -> Engine:
        """Look among our own form templates before Django's; an engine of its own needs no setting."""
        return Engine({"NAME": "forms", "DIRS": [OURS, THEIRS], "APP_DIRS": True, "OPTIONS": {}})
