"""Pages speak the language of whoever reads them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.http import HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.test import RequestFactory, override_settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from leeward.signin import forms
from leeward.ui import catalogues, moments, views
from scripts.translations import text_of

LANGUAGES = ["es", "fr"]


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The catalogues compiled as at a start, in a folder of this test's own."""
    for language in LANGUAGES:
        place = tmp_path / language / "LC_MESSAGES" / "django.po"
        place.parent.mkdir(parents=True)
        place.write_text(text_of(language), encoding="utf-8")
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    catalogues.compile_if_stale()
    with override_settings(LOCALE_PATHS=[tmp_path]), translation.override("en"):
        yield


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("language", "heading"),
    [("es", "Aquí no está"), ("fr", "Pas ici"), ("en", "Not here"), ("xx", "Not here")],
)
def test_a_page_speaks_the_language_of_the_browser(language: str, heading: str) -> None:
    request = RequestFactory().get("/", headers={"accept-language": f"{language}, en;q=0.1"})
    answer = LocaleMiddleware(views.not_found)(request)
    assert isinstance(answer, HttpResponse)
    drawn = answer.content.decode()
    assert f"<h1>{heading}</h1>" in drawn
    assert f'<html lang="{"en" if language == "xx" else language}" dir="ltr">' in drawn


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("language", "count", "said_so"),
    [
        ("es", 0, "0 llaves "),
        ("es", 1, "1 llave "),
        ("fr", 0, "0 clé "),
        ("fr", 1_000_000, "1000000 de clés "),
    ],
)
def test_counting(language: str, count: int, said_so: str) -> None:
    with translation.override(language):
        words = ngettext("%(count)d key handed over.", "%(count)d keys handed over.", count)
        assert (words % {"count": count}).startswith(said_so)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize(
    ("language", "monday", "exactly", "spring"),
    [
        ("en", "Monday", "9 November 1:05", "March 2025"),
        ("es", "el lunes", "el 9 de noviembre, 1:05", "marzo de 2025"),
        ("fr", "lundi", "le 9 novembre à 1\xa0h\xa005", "mars 2025"),
    ],
)
def test_when_it_was(language: str, monday: str, exactly: str, spring: str) -> None:
    with time_machine.travel(datetime(2026, 11, 19, 18, 0, tzinfo=UTC)), translation.override(language):
        moments._day.cache_clear()  # other tests may have asked before the catalogues were compiled
        assert moments.day(date(2026, 11, 16)) == monday
        assert moments.moment(datetime(2026, 11, 9, 1, 5), exact=True) == exactly  # noqa: DTZ001 - the agency's own
        assert moments.month(date(2025, 3, 5), year=True) == spring


@pytest.mark.usefixtures("compiled")
def test_what_django_says_is_translated_too() -> None:
    with translation.override("fr"):
        assert gettext("This field is required.") == "Ce champ est obligatoire."


def test_a_page_can_run_from_right_to_left() -> None:
    more = [*settings.LANGUAGES, ("ar", "العربية")]
    with override_settings(LANGUAGES=more), translation.override("ar"):
        drawn = views.not_found(RequestFactory().get("/")).content.decode()
    assert '<html lang="ar" dir="rtl">' in drawn


def test_a_language_is_chosen_by_its_own_name() -> None:
    with translation.override("fr"):
        assert forms._languages() == [("en", "English"), ("es", "Español"), ("fr", "Français")]
