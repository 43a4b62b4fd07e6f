"""Questions about colleagues, in plain language."""

from leeward.staff.forms.people import InviteForm, RoleForm, TeamForm

__all__ = ["InviteForm", "RoleForm", "TeamForm"]
