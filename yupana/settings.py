"""Settings: what an operator may choose comes from the environment, everything else is decided here.

YUPANA_HOME    the folder of all state (default ./var)
DATABASE_URL   another database than the SQLite file in the home, as a URL
YUPANA_ORIGIN  the public address, such as https://yupana.gob.bo (several: separated by spaces). Without it only this
               machine is answered. An address beyond this machine must be https.
YUPANA_EMAIL_URL  how mail leaves: smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://USER:PASSWORD@HOST:465, or
               file:///FOLDER, where each mail becomes a file. Without it nothing is sent.
YUPANA_EMAIL_FROM  the address from which it is sent (default yupana@localhost)
YUPANA_INVITATION_DAYS  how long the link of an invitation opens an account (default 14)
YUPANA_FETCH   1 lets `tick` look at where the links given as evidence lead. Without it no other machine is asked.
YUPANA_DEBUG   1 shows errors in full, for developers; refused together with a public address
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from yupana.foundation.home import home, key

PACKAGE = Path(__file__).parent
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]


def _origins() -> list[str]:
    """Read YUPANA_ORIGIN and refuse what would be unsafe, so that a slip stops the server and not its users."""
    origins = os.environ.get("YUPANA_ORIGIN", "").split()
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme != "https" or not parts.hostname or parts.path.strip("/"):
            raise ImproperlyConfigured(f"YUPANA_ORIGIN: {origin!r} must look like https://yupana.example.org")
    return [origin.rstrip("/") for origin in origins]


ORIGINS = _origins()
DEBUG = os.environ.get("YUPANA_DEBUG") == "1"
if DEBUG and ORIGINS:
    raise ImproperlyConfigured("YUPANA_DEBUG=1 shows errors in full; it cannot be used with YUPANA_ORIGIN")

# Created in the home on first use, never on import: tools that only read the settings leave no trace.
SECRET_KEY = SimpleLazyObject(lambda: key("django"))

# --- Who is answered, and how safely -------------------------------------------------------------------------------
ALLOWED_HOSTS = [*LOOPBACK, *(urlsplit(origin).hostname or "" for origin in ORIGINS)]
CSRF_TRUSTED_ORIGINS = ORIGINS
HTTPS = bool(ORIGINS)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]  # a watchman on this machine asks without the proxy
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # a working day, with its overtime

# A plan is one form: a thousand activities of a dozen fields each must arrive whole.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 2**20
# Only one form takes a file, and says how itself: what is sent elsewhere is never written to the disk.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 0

# --- What the program is made of -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    # Accounts and their middleware cannot be imported without auth, nor auth without contenttypes; we use neither
    # their groups nor their permissions: mandates say who may do what.
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "yupana.foundation.ledger",
    "yupana.domain.entities",
    "yupana.domain.people",
    "yupana.domain.instruments",
    "yupana.domain.obligations",
    "yupana.domain.submissions",
    "yupana.domain.commitments",
    "yupana.domain.progress",
    "yupana.projections.figures",
    "yupana.projections.notices",
]
MIDDLEWARE = [
    "yupana.interfaces.middleware.RequestLog",
    "yupana.interfaces.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    # Above the static files too: they are compressed on their way out, so that nothing has to be built beforehand.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "yupana.interfaces.middleware.PlainAddresses",
]
ROOT_URLCONF = "yupana.urls"
WSGI_APPLICATION = "yupana.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["yupana.interfaces.tags"],
        },
    },
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 0 if DEBUG else 600

# --- Where the data are --------------------------------------------------------------------------------------------
# Writers queue from their first statement on, for up to 30 s; the log is flushed to disk at each commit because the
# ledger promises that what was acknowledged stays. Without recursive triggers, REPLACE deletes rows behind the guards.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
    ),
}


def _database() -> dict[str, Any]:
    """Describe the database of DATABASE_URL, else the SQLite file in the home."""
    url = os.environ.get("DATABASE_URL")
    if url and not url.startswith("sqlite"):
        return {**dj_database_url.parse(url), "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    place = dj_database_url.parse(url)["NAME"] if url else home() / "yupana.sqlite3"
    return {"ENGINE": "yupana.foundation.sqlite", "NAME": place, "OPTIONS": SQLITE_OPTIONS.copy()}


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People --------------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]


# --- Mail -----------------------------------------------------------------------------------------------------------
def _mail(url: str) -> dict[str, Any]:
    """Read YUPANA_EMAIL_URL as Django's settings; a slip stops the program, not the mail."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("YUPANA_EMAIL_URL must look like smtp://USER:PASSWORD@HOST:587 or file:///FOLDER")
    secured = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secured else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secured,
        "EMAIL_USE_TLS": not secured and parts.hostname not in LOOPBACK,
    }


MAIL_LEAVES = bool(os.environ.get("YUPANA_EMAIL_URL"))
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
EMAIL_TIMEOUT = 20
if MAIL_LEAVES:
    globals().update(_mail(os.environ["YUPANA_EMAIL_URL"]))
DEFAULT_FROM_EMAIL = os.environ.get("YUPANA_EMAIL_FROM") or "yupana@localhost"
# The links that let invited people choose a password are made and checked as Django makes those for forgotten ones.
PASSWORD_RESET_TIMEOUT = int(os.environ.get("YUPANA_INVITATION_DAYS") or 14) * 86_400

# --- Other machines --------------------------------------------------------------------------------------------------
FETCH_LINKS = os.environ.get("YUPANA_FETCH") == "1"

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "es"
LANGUAGES = [("es", "Español"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/La_Paz"

# --- Logging: what happened to the program, never who asked for what ----------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "yupana.interfaces.logs.Lines"}},
    "filters": {"not-twice": {"()": "yupana.interfaces.logs.NotTwice"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "lines", "filters": ["not-twice"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        # Django would write to it by mail where there are administrators, and to the terminal in debugging.
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "yupana.request": {"level": "INFO"},
    },
}
