"""Says when something was, the way one tells a colleague."""

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

DAYS_CALLED_BY_NAME = 6


def day(value: date | None) -> str:
    """Call a day today, yesterday, tomorrow, by its weekday, or by its date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).date()
    return _day(value, today(), get_language() or "")


def moment(value: date | None, *, exact: bool = False) -> str:
    """Add the time of day while it still matters, or always when it is asked for exactly."""
    if not isinstance(value, datetime):
        return day(value)
    here, now = local(value), today()
    then = here.date()
    words = _day(then, now, get_language() or "")
    if not exact and abs((then - now).days) > DAYS_CALLED_BY_NAME:
        return words
    return gettext("{day} {hour}:{minute}").format(day=words, hour=here.hour, minute=f"{here.minute:02}")


def clock(value: datetime) -> str:
    """Say the time of day alone, where the day stands above it; the moment is local already."""
    return gettext("{hour}:{minute}").format(hour=value.hour, minute=f"{value.minute:02}")


def month(value: date, *, year: bool) -> str:
    """Call what is long ago by its month, and what is longer ago by month and year."""
    name = str(MONTHS[value.month])
    return gettext("{month} {year}").format(month=name, year=value.year) if year else name


def tagged(value: date | None, *, exact: bool = False) -> SafeString:
    """Say it in a `<time>`, which tells machines the same."""
    if value is None:
        return SafeString()
    return SafeString(f'<time datetime="{machine(value)}">{escape(moment(value, exact=exact))}</time>')


def machine(value: date | None) -> str:
    """Write it for a `datetime` attribute."""
    if value is None:
        return ""
    return local(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def local(value: datetime) -> datetime:
    """Bring a moment into the agency's time zone; a naive one is there already."""
    return value if value.tzinfo is None else value.astimezone(timezone.get_current_timezone())


def today() -> date:
    """Give the day that the agency has now (Django's own way takes longer, and pages ask often)."""
    return datetime.now(timezone.get_current_timezone()).date()


@lru_cache(maxsize=4096)
def _day(value: date, now: date, language: str) -> str:  # noqa: ARG001 - part of the cache's key
    distance = (value - now).days
    if abs(distance) <= 1:
        return _near(distance)
    if abs(distance) <= DAYS_CALLED_BY_NAME:
        # Translators: a day of this week, alone or after "since"; some languages put an article before it
        return gettext("{weekday}").format(weekday=WEEKDAYS[value.weekday()])
    words = gettext("{day} {month}") if value.year == now.year else gettext("{day} {month} {year}")
    return words.format(day=value.day, month=MONTHS[value.month], year=value.year)


def _near(distance: int) -> str:
    if distance == 0:
        return gettext("today")
    return gettext("yesterday") if distance < 0 else gettext("tomorrow")
