"""What only production asks for, read from its settings in a process of their own."""

import json
import os
import subprocess
import sys
from typing import Any

from tests.architecture.sources import ROOT

NEEDED = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "simsa.example",
    "DATABASE_URL": "postgres://simsa@db/simsa",
    "CELERY_BROKER_URL": "amqp://broker//",
    "EMAIL_URL": "consolemail://",
    "DEFAULT_FROM_EMAIL": "simsa@simsa.example",
}
ASKED = (
    *("SECOND_FACTOR_ROLES", "CACHES", "SESSION_COOKIE_AGE", "SESSION_EXPIRE_AT_BROWSER_CLOSE"),
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "ALLAUTH_TRUSTED_PROXY_COUNT", "DATABASES"),
    "REST_FRAMEWORK",
)
READ = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {ASKED}}}, default=sorted))
"""


def production(**given: str) -> dict[str, Any]:
    environment = {**os.environ, **NEEDED, **given}
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    found |= {"NUM_PROXIES": found.pop("REST_FRAMEWORK")["NUM_PROXIES"]}
    return found


def test_everybody_but_the_teams_needs_a_second_factor_and_sessions_end():
    found = production()
    del found["DATABASES"]
    assert found == {
        "SECOND_FACTOR_ROLES": ["auditor", "evaluator", "official", "operator", "reviewer"],
        "CACHES": {
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": "shared_cache",
                "OPTIONS": {"MAX_ENTRIES": 100_000},
            }
        },
        "SESSION_COOKIE_AGE": 1800,
        "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
        "NUM_PROXIES": 1,
    }


def test_the_place_may_say_otherwise():
    found = production(
        SECOND_FACTOR_ROLES="official",
        CACHE_URL="redis://cache:6379/1",
        SESSION_IDLE_SECONDS="600",
        TRUSTED_PROXIES="2",
    )
    assert (found["SECOND_FACTOR_ROLES"], found["SESSION_COOKIE_AGE"]) == (["official"], 600)
    assert (found["ALLAUTH_TRUSTED_PROXY_COUNT"], found["NUM_PROXIES"]) == (2, 2)
    assert found["CACHES"]["default"]["BACKEND"] == "django.core.cache.backends.redis.RedisCache"


def test_connections_are_pooled_and_go_where_the_address_says():
    found = production(DATABASE_URL="postgres://simsa@:5432/simsa?host=/run/postgresql")
    assert found["DATABASES"]["default"]["OPTIONS"] == {
        "host": "/run/postgresql",
        "options": "-c jit=off -c work_mem=32MB",
        "prepare_threshold": sys.maxsize,
        "pool": True,
    }
    assert found["DATABASES"]["default"]["ATOMIC_REQUESTS"] is False
