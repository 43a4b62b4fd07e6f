"""Writing down a report that was made, or an emergency. By telephone first: this comes after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leeward.safety.forms.fields import Moment, OneOf, Short, Words, fresh_id, told
from leeward.safety.words import ReportKind, ToldFirst

if TYPE_CHECKING:
    from leeward.safety.words import ReportWords

FIELDS = (
    "learned_at", "made_at", "agency", "taken_by", "reference", "said", "why", "told_first", "own_words",
    "safety_after", "answer",
)  # fmt: skip


class ReportForm(forms.Form):
    """What was reported, to whom, and what the participant said about it."""

    report_id = fresh_id()
    learned_at = Moment(
        _("When you learned of it"), help_text=_("Empty means just now. The clock begins here.")
    )
    made_at = Moment(_("When you made the report"), help_text=_("Empty if you have not called yet."))
    agency = Short(_("To which agency"))
    taken_by = Short(_("Who took it"), help_text=_("Name or number of the person on the line."))
    reference = Short(_("Reference number"), help_text=_("It may come later."))
    said = Words(_("What exactly you said"), rows=4, help_text=_("Only what the law asks for."))
    told_first = OneOf(_("Did they know before?"), ToldFirst.choices)
    own_words = Words(_("What they say about it"), help_text=_("In their words."))
    safety_after = Words(_("What changes for their safety now"))

    kind = ReportKind.MANDATED
    #: Where an empty answer means just now.
    begins = "learned_at"

    def words(self) -> ReportWords:
        """What was told; just now unless something else is said."""
        begins = self.cleaned_data[self.begins] or timezone.now()
        answers: dict[str, Any] = {**self.cleaned_data, self.begins: begins}
        return cast("ReportWords", {**told(answers, *FIELDS), "kind": self.kind.value})


class EmergencyForm(ReportForm):
    """What was shared, with whom and why, when a life was at stake."""

    learned_at = None  # type: ignore[assignment]  # Django's way to leave a field out
    made_at = Moment(_("When"), help_text=_("Empty means just now."))
    agency = Short(_("Who was told"), help_text=_("An ambulance, a hospital, the police."))
    said = Words(_("What exactly was shared"), rows=4, help_text=_("No more than the emergency needs."))
    why = Words(_("Why it could not wait"))
    answer = Words(_("How it ended"), help_text=_("It may come later."))
    field_order = ["made_at", "agency", "taken_by", "said", "why", "told_first", "own_words", "safety_after",
                   "reference", "answer", "report_id"]  # fmt: skip

    kind = ReportKind.EMERGENCY
    begins = "made_at"


class LaterForm(forms.Form):
    """What came later: only what is still empty is asked."""

    made_at = Moment(_("When you made the report"))
    agency = Short(_("To which agency"))
    taken_by = Short(_("Who took it"))
    reference = Short(_("Reference number"))
    said = Words(
        _("What exactly you said"), help_text=_("Only what the law asks for, or the emergency needs.")
    )
    answer = Words(_("What they answered, or how it ended"))
    told_first = OneOf(_("Did they know before?"), ToldFirst.choices)
    own_words = Words(_("What they say about it"))
    safety_after = Words(_("What changes for their safety now"))
    text = Words(_("Anything else"))
    line_id = fresh_id()

    def __init__(self, *args: Any, held: ReportWords | None = None, **options: Any) -> None:  # noqa: ANN401
        """Ask for what is not known yet; whatever is sent all the same is kept as a line of its own."""
        super().__init__(*args, **options)
        known = {name for name, value in (held or {}).items() if value}
        for name in known & set(self.fields) - set(self.data):
            del self.fields[name]

    def words(self) -> ReportWords:
        """What was told."""
        return cast("ReportWords", told(self.cleaned_data, *FIELDS))
