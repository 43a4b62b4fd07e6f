"""Questions about colleagues, in plain language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leeward.access.policy import Role
from leeward.access.words import ROLE_NAMES
from leeward.staff.models import Team

if TYPE_CHECKING:
    from leeward.access.policy import Actor


class RoleForm(forms.Form):
    """A team and a role in it."""

    team = forms.ChoiceField(label=_("Team"), required=False)
    role = forms.ChoiceField(label=_("Role"), help_text=_("What each role opens is on the page “Roles”."))
    employer = forms.CharField(
        label=_("Employer, if somebody else employs them"),
        max_length=80,
        required=False,
    )
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, actor: Actor, teams: list[tuple[str, str]], **options: Any) -> None:  # noqa: ANN401
        """Offer one's own teams; an administrator, who opens no file, may also make administrators."""
        super().__init__(*args, **options)
        roles = [role for role in Role if role is not Role.ADMINISTRATOR or Role.ADMINISTRATOR in actor.roles]
        self.fields["team"].required = Role.ADMINISTRATOR not in actor.roles
        self.fields["team"].choices = [("", "—"), *teams]  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, ROLE_NAMES[role]) for role in roles]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Every role but the administrator's belongs to a team."""
        answers = self.cleaned_data
        role = answers.get("role")
        team = Team.objects.filter(pk=answers["team"]).first() if answers.get("team") else None
        if role and role != Role.ADMINISTRATOR and team is None:
            self.add_error("team", _("Please choose the team in which they will have this role."))
        answers["team"] = None if role == Role.ADMINISTRATOR else team
        if role:
            answers["role"] = Role(role)
        return answers


class InviteForm(RoleForm):
    """Inviting a colleague."""

    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("They sign in with it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    field_order = ["name", "email", "team", "role", "employer", "until"]


class TeamForm(forms.Form):
    """A new team."""

    name = forms.CharField(
        label=_("Name of the team"), max_length=80, help_text=_("Sealed: only the team itself can read it.")
    )
