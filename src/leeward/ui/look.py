"""What the style guide shows: invented, in English only, and every part in every state."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

TONES = ("harbour", "sun", "moss", "dusk")
ICONS = ("phone", "message-square", "footprints", "hand-heart", "shield", "life-buoy", "scale", "leaf")
WAYS = [("call", "A call"), ("text", "A text"), ("visit", "A visit")]


class Sample(forms.Form):
    """One question of every kind that a page may ask."""

    name = forms.CharField(label="What should we call them?", help_text="Any name, also an invented one.")
    told = forms.CharField(label="What happened?", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    way = forms.ChoiceField(label="How did you meet?", choices=WAYS, widget=forms.RadioSelect)
    needs = forms.MultipleChoiceField(
        label="What was it about?",
        choices=WAYS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick as many as fit.",
    )
    language = forms.ChoiceField(label="Language", choices=[("", "Not asked"), ("es", "Español")])
    day = forms.DateField(label="When?", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    paper = forms.FileField(label="A paper", required=False)
    shared = forms.BooleanField(label="They have read this with me", help_text="Not needed to save.")


def everything(request: HttpRequest) -> Mapping[str, Any]:
    """Gather what the style guide shows."""
    now = timezone.now()
    wrong = Sample({"told": "The words that were typed stay."})
    wrong.add_error(None, "One more thing: two answers do not fit together.")
    return {
        "entries": entries(now),
        "tones": TONES,
        "icons": ICONS,
        "now": now,
        "ago": [now - timedelta(days=days, hours=2) for days in (0, 1, 4, 40, 500)],
        "soon": now + timedelta(days=1),
        "form": Sample(auto_id="empty_%s"),
        "wrong": wrong,
        "columns": ["Name", "Since", "Last spoke"],
        "rows": [["June", "March", "yesterday"], ["Tam", "May", "Monday 9:10"], ["Robin", "a week", "today"]],
        "tabs": [
            {"label": label, "url": f"#{label}", "current": label == "Now"}
            for label in ("Now", "Plan", "Safety", "Services", "Rights", "Sharing", "People", "Papers")
        ],
        "path": request.path,
    }


def entries(now: datetime) -> list[dict[str, Any]]:
    """Tell what happened, long ago and lately, each in another way."""
    return [
        {
            "what": "Text",
            "at": now - timedelta(hours=2),
            "text": "Robin asked whether the new school knows.\n\nNobody there does.",
            "more": "5 min · Ines",
            "url": "#entry",
            "promise": "Promise: check the school form, today",
        },
        {
            "what": "Together at Legal Aid",
            "at": now - timedelta(days=4),
            "icon": "footprints",
            "tone": "moss",
            "text": "Robin asked the questions this time.",
            "hard": "What was said is hard to read.",
        },
        {
            "what": "Call at night",
            "at": now - timedelta(days=12),
            "icon": "life-buoy",
            "tone": "dusk",
            "text": "Safe.",
        },
        {"what": "First met", "at": now - timedelta(days=500), "icon": "hand-heart", "tone": "sun"},
    ]
