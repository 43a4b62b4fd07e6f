"""The vocabulary of keys, hours and houses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrPromise

#: What a part of a team's key opens, as one says it to a colleague.
KEY_PARTS: Final[Mapping[str, StrPromise]] = {
    "whole": _("the whole file"),
    "card": _("names"),
    "contact": _("how to reach people"),
    "safety": _("safety"),
    "duty": _("reports and emergencies"),
    "facts": _("what is counted"),
}
