"""What holds everywhere. `local`, `test` and `production` only add what differs."""

from pathlib import Path

import environ
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.settings.content_policy import *  # noqa: F403
from config.settings.database import database_at
from config.settings.signing_in import *  # noqa: F403

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent.parent
PRODUCTION = False

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "config.apps.PanelConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "drf_standardized_errors",
    "core",
    "consortia",
    "evaluation",
    "appeals",
    "rehearsal",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.content_policy.ContentPolicy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.language.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.entrance.middleware.FirstThingsFirst",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

# PostgreSQL is the only database. The default is never reached: manage.py and the tests start the embedded server and
# set DATABASE_URL; a settings import must not start one.
DATABASES = {"default": database_at(env("DATABASE_URL", default="postgres://postgres@127.0.0.1:5432/simsa"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.Account"

LANGUAGE_CODE = "ko"
# Korean until a person chooses (config.language); the choice is kept in a cookie for a year.
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# Attachments lie in a storage of their own that has no address: they are read through a page that asks who reads.
PRIVATE_FILES = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": env("PRIVATE_ROOT", default=str(BASE_DIR / "var" / "private")),
        "base_url": None,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": PRIVATE_FILES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Tasks that lose their worker run again; nothing legal depends on a message (a sweep reads what is due from the
# database), so results are not kept.
CELERY_BROKER_URL = env("CELERY_BROKER_URL", default="memory://")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A name of one's own where several installations share a broker.
CELERY_TASK_DEFAULT_QUEUE = env("CELERY_TASK_DEFAULT_QUEUE", default="simsa")
# Whoever rings tries once, and not for long: a broker that is away delays nobody's decision, the sweep finds the work.
# (Workers wait for their broker all the same: they count their retries by a setting of their own.)
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, float] = {"max_retries": 0}
if CELERY_BROKER_URL.startswith(("amqp", "pyamqp")):
    CELERY_TASK_DEFAULT_QUEUE_TYPE = "quorum"
    CELERY_TASK_DEFAULT_EXCHANGE_TYPE = "topic"
    CELERY_WORKER_DETECT_QUORUM_QUEUES = True
if CELERY_BROKER_URL.startswith("memory"):
    # The default looks once a second, so that a burst of rings takes as many seconds to be answered.
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"polling_interval": 0.05}
if CELERY_BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 600, "socket_connect_timeout": 2, "socket_timeout": 2}
# Once a minute; a test may be in a hurry. The next tick does the work of one that nobody took in time.
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=60)
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "appeals.tasks.sweep",
        "schedule": SWEEP_SECONDS,
        "options": {"expires": max(1, SWEEP_SECONDS * 11 // 12)},
    },
    "check_calendar": {"task": "core.tasks.check_calendar", "schedule": crontab(hour="3", minute="30")},
    "verify_ledger": {"task": "core.tasks.verify_nightly", "schedule": crontab(hour="4", minute="0")},
}

# Reminders go out by mail to teams that have agreed to it; without a server they are written to the console.
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="simsa@localhost")
EMAIL_TIMEOUT = 10

REST_FRAMEWORK = {
    # The panel's session and no other: no password crosses the wire with each request.
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api.session.PanelSession"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    # Every reading of what is confidential writes a line: a client that polls must not fill the ledger.
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": "60/min"},
    # Whom the limit counts: what a request says of where it came from is believed of one's own proxies alone.
    "NUM_PROXIES": 0,
    "EXCEPTION_HANDLER": "core.api.errors.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Simsa",
    "DESCRIPTION": "단계별 경쟁평가 / Staged competitive public evaluations. Errors are problems (RFC 9457).",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    # From the sidecar package: nothing is fetched from elsewhere.
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # No link within a button that opens what it names: a reader by voice would not hear of it.
    "SWAGGER_UI_SETTINGS": {"deepLinking": False},
}

UNFOLD = {
    "SITE_TITLE": _("심사"),
    "SITE_HEADER": _("심사 Simsa"),
    "SITE_SYMBOL": "balance",
    "SITE_URL": None,
    # The record is the history; nothing writes the admin's own.
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "config.panel.icon"}],
    "STYLES": ["config.panel.stylesheet"],
    "DASHBOARD_CALLBACK": "appeals.admin.home.home",
    "GLOBAL_CALLBACK": "consortia.admin.base.mark_illustrative",
    "COMMAND": {"search_callback": "config.palette.found"},
    "SIDEBAR": {
        "show_search": True,
        "command_search": True,
        "show_all_applications": False,
        "navigation": "config.panel.sidebar",
    },
    "COLORS": {
        "primary": {
            "50": "oklch(97% .014 254.6)",
            "100": "oklch(93.2% .032 255.6)",
            "200": "oklch(88.2% .059 254.1)",
            "300": "oklch(80.9% .105 251.8)",
            "400": "oklch(70.7% .165 254.6)",
            "500": "oklch(62.3% .214 259.8)",
            "600": "oklch(50.5% .215 262)",
            "700": "oklch(44.5% .19 264)",
            "800": "oklch(42.4% .199 265.6)",
            "900": "oklch(37.9% .146 265.5)",
            "950": "oklch(28.2% .091 267.9)",
        }
    },
}

# What went wrong is told where the process was started; a service manager or a container keeps it from there.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "kombu.connection": {"level": "ERROR"},  # it warns of every memory:// address that it names no host
    },
}
