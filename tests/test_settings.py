"""The settings that an agency runs with: Django's own advice for production is followed."""

from django.core.checks import Tags, run_checks
from pytest_django import Settings

#: What Django asks for under another name than ours; each is tested where it is done.
DONE_OTHERWISE = {
    "security.W002",  # framing is forbidden by ui.headers and the content policy: tests/attack/test_headers.py
    "security.W003",  # signin.middleware.Csrf is Django's own check with a derived secret: tests/attack/test_refrain.py
    "security.W008",  # the proxy in front asks for HTTPS; LEEWARD_BEHIND_PROXY turns the redirect on
}


def advice() -> set[str]:
    found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    return {str(problem.id) for problem in found}


def test_djangos_advice_for_production_is_followed() -> None:
    assert advice() - DONE_OTHERWISE == set()


def test_behind_a_proxy_the_redirect_is_on(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert "security.W008" not in advice()


def test_the_advice_would_be_heard(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 0
    assert "security.W004" in advice()
