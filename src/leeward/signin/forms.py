"""What is asked at the door, in plain words."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from leeward.signin import passphrase
from leeward.signin.models import OWN
from leeward.staff import keys
from leeward.staff.models import DEVICE_KINDS, Person

_WORD_COUNT: Final = 6
_LONGEST: Final = 1024


def secret_field(label: Any, *, new: bool = False, **options: Any) -> forms.CharField:  # noqa: ANN401 - lazy words
    """A passphrase, which browsers may fill in and keep."""
    keep = "new-password" if new else "current-password"
    widget = forms.PasswordInput(
        attrs={"autocomplete": keep, "spellcheck": "false", "autocapitalize": "none"}
    )
    return forms.CharField(label=label, widget=widget, strip=False, max_length=_LONGEST, **options)


def code_field(label: Any, **options: Any) -> forms.CharField:  # noqa: ANN401 - lazy words
    """A short code."""
    signs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=signs), **options)


def device_field() -> forms.ChoiceField:
    """Whose device this is decides how soon it locks."""
    return forms.ChoiceField(
        label=_("Which device is this?"),
        choices=DEVICE_KINDS,
        initial=OWN,
        widget=forms.RadioSelect,
        help_text=_("Yours locks after 15 minutes without you, a shared one after 2."),
    )


def language_field() -> forms.ChoiceField:
    """The language of every page, each under its own name: nobody has to know English to find theirs."""
    return forms.ChoiceField(label=_("Which language do you read best?"), choices=_languages)


def _languages() -> list[tuple[str, str]]:
    names = {code: get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}
    return [(code, name[:1].upper() + name[1:]) for code, name in names.items()]


class SignInForm(forms.Form):
    """The first step."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        widget=forms.EmailInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    passphrase = secret_field(_("Your passphrase"))
    device = device_field()


class PassphraseForm(forms.Form):
    """The passphrase once more."""

    passphrase = secret_field(_("Your passphrase"))


class CodeForm(forms.Form):
    """The code from the app."""

    code = code_field(_("The six digits in your app"))


class PaperCodeForm(forms.Form):
    """One of the codes on paper."""

    code = code_field(
        _("One of your codes on paper"), help_text=_("Each works once. Cross it out afterwards.")
    )


class InvitationForm(forms.Form):
    """The code that goes with the link."""

    code = forms.CharField(
        label=_("The code you were given"),
        max_length=20,
        help_text=_("Eight letters and digits. It came another way than the link: by phone, or in person."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class ChosenPassphrase(forms.Form):
    """A passphrase of one's own, typed twice so that the fingers learn it."""

    offered = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    passphrase = secret_field(
        _("Your new passphrase"),
        new=True,
        help_text=_("The six words above, or words of your own: at least 12 signs."),
    )
    once_more = secret_field(_("The same once more"), new=True)

    def __init__(self, *args: Any, person: Person | None = None, **options: Any) -> None:  # noqa: ANN401 - Django's
        """Know who chooses, because one's own name is easy to guess."""
        super().__init__(*args, **options)
        self.person = person

    def whose(self) -> Person:
        """Who chooses; where somebody is only now telling her name, that."""
        told = self.cleaned_data
        return self.person or Person(name=told.get("name", ""), email=told.get("email", ""))

    def clean(self) -> dict[str, Any]:
        """Look at both together."""
        told = super().clean() or {}
        chosen, again = told.get("passphrase"), told.get("once_more")
        if chosen and again and keys.tidy(chosen) != keys.tidy(again):
            self.add_error("once_more", gettext("These two differ. Please type the passphrase again."))
        if chosen:
            self._easy_to_guess(chosen)
        return told

    def _easy_to_guess(self, chosen: str) -> None:
        try:
            passphrase.check(chosen, self.whose())
        except ValidationError as why:
            self.add_error("passphrase", why)


class JoinForm(ChosenPassphrase):
    """Taking up an invitation."""

    language = language_field()
    device = device_field()


class SetUpForm(ChosenPassphrase):
    """The first person and the first team."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    team_name = forms.CharField(
        label=_("What is your team called?"),
        max_length=80,
        help_text=_("Stored sealed. You can add more teams later."),
    )
    language = language_field()
    device = device_field()

    field_order = ["name", "email", "team_name", "language", "device", "passphrase", "once_more", "offered"]


class NewPassphraseForm(ChosenPassphrase):
    """Another passphrase."""

    now = secret_field(_("The passphrase you have now"))

    field_order = ["now", "passphrase", "once_more", "offered"]


class OwnForm(forms.Form):
    """How one is called here, and in which language."""

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = language_field()


class SheetForm(forms.Form):
    """Two words of one sheet of the paper kit."""

    first = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    second = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )

    def __init__(self, *args: Any, asked: list[int], **options: Any) -> None:  # noqa: ANN401 - Django's
        """Say which words."""
        super().__init__(*args, **options)
        sheet, first, second = (number + 1 for number in asked)
        for name, word in (("first", first), ("second", second)):
            self.fields[name].label = gettext("Sheet %(sheet)s, word %(word)s") % {
                "sheet": sheet,
                "word": word,
            }
