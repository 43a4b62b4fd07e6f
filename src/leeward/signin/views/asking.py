"""How every page at the door says that something typed did not fit."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from leeward.signin.actions.problems import NotMatched
from leeward.signin.limits import Slower
from leeward.ui import page


def go(url: str) -> HttpResponse:
    """On to the next page, which is asked for with GET."""
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def ask(
    request: HttpRequest, name: str, form: forms.Form, facts: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Show a page with a form; 422 where something has to be looked at again."""
    wrong = form.is_bound and bool(form.errors)
    return page(request, f"signin/{name}.html", {"form": form, **(facts or {})}, status=422 if wrong else 200)


def tried(form: forms.Form, act: Callable[[dict[str, Any]], str], mismatch: str) -> str:
    """Do what the form asks for. Answers where to go, or nothing when the form has something to say."""
    if not form.is_valid():
        return ""
    try:
        return act(form.cleaned_data)
    except NotMatched:
        form.add_error(None, mismatch)
    except Slower as slower:
        form.add_error(None, slower.sentence())
    return ""
