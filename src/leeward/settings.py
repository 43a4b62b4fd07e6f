"""Django's settings, all of them derived from `config.py`. There is one file and no debug mode."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from leeward.config import config

_config = config()

# Nothing that must outlive a restart is signed with this key: sessions are sealed, invitations are rows.
SECRET_KEY = secrets.token_urlsafe(50)
DEBUG = False
ALLOWED_HOSTS = list(_config.hosts)
LEEWARD_DATA = _config.data
LEEWARD_PEPPER_FILE = _config.pepper_file
LEEWARD_BOOT_FILE = _config.boot_file

INSTALLED_APPS = [
    "leeward.vault",
    "leeward.ui",
    "leeward.access",
    "leeward.staff",
    "leeward.signin",
    "leeward.cases",
    "leeward.days",
    "leeward.safety",
    "leeward.gifts",
    "leeward.continuity",
    "leeward.desk",
    "leeward.demo",
    "django.contrib.contenttypes",  # allauth's tables refer to it
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "lucide",
]

MIDDLEWARE = [
    "leeward.ui.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "leeward.signin.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "leeward.signin.middleware.Csrf",
    "leeward.ui.pages.say_where",
    "leeward.signin.middleware.Locks",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "leeward.signin.middleware.WhoIsHere",
    "leeward.site.Ways",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "leeward.site"
#: Tables beside the trail that looking at a page may write to: when somebody was last seen, and limits.
LEEWARD_READS_MAY_WRITE = ["signin_signin", "signin_limit"]
LEEWARD_URLCONFS = ["leeward.site", "leeward.demo_site"]
WSGI_APPLICATION = "leeward.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "leeward.ui.templatetags.leeward",
            ],
        },
    },
]
FORM_RENDERER = "leeward.ui.forms.Renderer"


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # FULL: what was acknowledged survives a power cut. secure_delete: what was erased leaves no traces.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            " PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
            # Search reads many large rows: from memory that the system has read already, without a copy.
            " PRAGMA mmap_size=1073741824;",
        },
        "CONN_MAX_AGE": None,
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": {"pool": True},
    }


def database(url: str) -> dict[str, Any]:
    """Django's description of the database at a URL of `config.Config.database`."""
    return _sqlite(url.removeprefix("sqlite:///")) if url.startswith("sqlite") else _postgresql(url)


DATABASES = {"default": database(_config.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "staff.Person"

# Sign-in. Passphrases are checked by opening the person's own key, so no password hash is stored anywhere.
# `signin.actions` is the only way in: Django's own login finds no backend here.
AUTHENTICATION_BACKENDS: list[str] = []
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "leeward.signin.passphrase.EasyToGuess"},
]
SESSION_ENGINE = "leeward.signin.store"
SESSION_COOKIE_NAME = "__Host-leeward"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "leeward.signin.views.refused.csrf_failed"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in _config.hosts if not host.startswith("[")]
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # limits live in `signin.limits`, in a table that every process shares
MFA_ADAPTER = "leeward.signin.factors.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_TOTP_ISSUER = "Leeward"

# Nothing that anybody typed may reach the disk in plain, a log, or a mail.
FILE_UPLOAD_HANDLERS = ["leeward.ui.uploads.InMemory"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
ADMINS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"shape": {"()": "leeward.ui.logs.ShapeOnly"}},
    "formatters": {"plain": {"()": "leeward.ui.logs.Plain"}},
    "handlers": {"screen": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["shape"]}},
    "root": {"handlers": ["screen"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["screen"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
DEFAULT_EXCEPTION_REPORTER = "leeward.ui.logs.NoReport"

# Headers. `ui.headers` adds those that Django does not know.
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_HSTS_SECONDS = 63072000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_SSL_REDIRECT = _config.behind_proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _config.behind_proxy else None
X_FRAME_OPTIONS = "DENY"

# Languages.
USE_I18N = True
USE_TZ = True
TIME_ZONE = _config.time_zone
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French"))]
LOCALE_PATHS = [Path(__file__).parent / "locale"]

# Static files.
STATIC_URL = "/static/"
STATIC_ROOT = _config.data / "static"
STATICFILES_FINDERS = [
    "leeward.ui.finders.FontFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "leeward.ui.storage.Storage"},
}
