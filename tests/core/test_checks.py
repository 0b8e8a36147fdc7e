"""System checks by id: each says what is wrong, and none speaks where nothing is."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from celery.schedules import crontab
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection, models

from core import checks
from core.checks import database_is_right, lifecycle_faults, settings_are_right, verb_faults
from core.lifecycle import Lifecycle, Step
from core.roles import Role
from core.verbs import Verb

TICK = settings.CELERY_BEAT_SCHEDULE["sweep"]


def ids(found) -> list[str]:
    return [each.id for each in found]


def test_the_settings_of_the_tests_are_right():
    assert ids(settings_are_right()) == []


def test_they_are_registered():
    registered = {check.__name__ for check in checks.register.__self__.registered_checks}

    assert registered >= {"settings_are_right", "words_are_whole"}
    assert "database_is_right" in {check.__name__ for check in checks.register.__self__.get_checks()}


@pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")
def test_another_database_than_postgresql(settings):
    settings.DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3"}}

    assert ids(settings_are_right()) == ["simsa.E001"]


@pytest.mark.django_db
def test_an_old_postgresql(monkeypatch):
    monkeypatch.setattr(checks, "OLDEST", connection.connection.info.server_version + 1)

    assert ids(database_is_right(databases=["default"])) == ["simsa.E002"]


@pytest.mark.parametrize(("production", "broker", "expected"), [
    (True, "memory://", ["simsa.E003"]),
    (True, "amqp://broker", []),
    (False, "memory://", []),
])  # fmt: skip
def test_a_broker_in_memory_in_production(settings, production, broker, expected):
    settings.PRODUCTION, settings.CELERY_BROKER_URL = production, broker
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}

    assert ids(settings_are_right()) == expected


@pytest.mark.parametrize(("production", "cache", "expected"), [
    (True, "locmem.LocMemCache", ["simsa.E011"]),
    (True, "dummy.DummyCache", ["simsa.E011"]),
    (True, "db.DatabaseCache", []),
    (True, "redis.RedisCache", []),
    (False, "locmem.LocMemCache", []),
])  # fmt: skip
def test_a_cache_of_each_process_in_production(settings, production, cache, expected):
    settings.PRODUCTION, settings.CELERY_BROKER_URL = production, "amqp://broker"
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{cache}"}}

    assert ids(settings_are_right()) == expected


def test_a_role_that_is_none_needs_a_second_factor(settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"official", "oficial"})

    assert ids(settings_are_right()) == ["simsa.E012"]


def test_times_without_a_zone(settings):
    settings.USE_TZ = False

    assert ids(settings_are_right()) == ["simsa.E004"]


def test_an_unknown_zone(monkeypatch):
    # Django itself would not switch to it, so the check alone is shown it.
    asked = ("DATABASES", "PRODUCTION", "CELERY_BROKER_URL", "USE_TZ", "CELERY_BEAT_SCHEDULE", "SECOND_FACTOR_ROLES")
    known = {name: getattr(settings, name) for name in asked}
    monkeypatch.setattr(checks, "settings", SimpleNamespace(**known, TIME_ZONE="Asia/Seol"))

    assert ids(settings_are_right()) == ["simsa.E005"]


def test_a_schedule_without_the_sweep(settings):
    settings.CELERY_BEAT_SCHEDULE = {}

    assert ids(settings_are_right()) == ["simsa.E006"]


@pytest.mark.parametrize("schedule", [61, 61.0, 0, timedelta(minutes=2), crontab(minute="*/5")], ids=str)
def test_a_sweep_that_comes_too_seldom(settings, schedule):
    settings.CELERY_BEAT_SCHEDULE = {"sweep": {**TICK, "schedule": schedule}}

    assert ids(settings_are_right()) == ["simsa.E007"]


@pytest.mark.parametrize("schedule", [60, 1.0, timedelta(minutes=1)], ids=str)
def test_a_sweep_that_comes_often_enough(settings, schedule):
    settings.CELERY_BEAT_SCHEDULE = {"sweep": {**TICK, "schedule": schedule}}

    assert ids(settings_are_right()) == []


@pytest.mark.django_db
def test_the_migrated_database_is_right():
    assert ids(database_is_right(databases=["default"])) == []


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["DROP TRIGGER ledger_count ON core_event",
                                    "ALTER TABLE core_event DISABLE TRIGGER ledger_count",
                                    "ALTER TABLE core_event ENABLE TRIGGER ledger_count"])  # fmt: skip
def test_a_counted_table_whose_trigger_is_gone_or_off(change):
    with connection.cursor() as cursor:
        cursor.execute(change)
    found = database_is_right(databases=["default"])

    assert ids(found) == ["simsa.E008"]
    assert "core_event" in found[0].msg


def test_the_database_is_not_asked_unless_it_is_named():
    assert ids(database_is_right(databases=None)) == []


def test_a_verb_of_two_persons_without_its_operation():
    lone = object.__new__(Verb)  # not registered: only this test knows it
    for name, value in {"code": "lone", "label": "", "roles": frozenset({Role.OFFICIAL}), "decided": True}.items():
        object.__setattr__(lone, name, value)
    found = verb_faults([lone])

    assert ids(found) == ["simsa.E009"]
    assert "lone" in found[0].msg


def test_every_word_of_the_project_is_whole():
    assert ids(checks.words_are_whole()) == []


class Light(models.TextChoices):
    RED = "red"
    GREEN = "green"
    BLUE = "blue"


@pytest.mark.parametrize(("steps", "expected"), [
    ((Step("go", ("red",), "green"),), ["simsa.E010"]),
    ((Step("go", ("red",), "green"), Step("turn", ("blue",), "blue")), ["simsa.E010"]),
    ((Step("go", ("red",), "green"), Step("turn", ("green",), "blue")), []),
])  # fmt: skip
def test_a_state_that_no_step_reaches(monkeypatch, steps, expected):
    monkeypatch.setattr("core.lifecycle._registry", [])

    assert ids(lifecycle_faults([Lifecycle("light", Light, steps)])) == expected


@pytest.mark.django_db
def test_django_runs_them_all():
    found = run_checks(databases=["default"])

    assert [each for each in found if (each.id or "").startswith("simsa")] == []
