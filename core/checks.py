"""System checks: a wrong configuration is named before anything is decided under it.

`manage.py check` runs those that read settings and code, `manage.py check --database default` (and `migrate`) those
that ask the database as well.
"""

from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages
from typing import Any
from zoneinfo import available_timezones

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from core.decisions import every_decided
from core.ledger.counting import CountTable
from core.lifecycle import Lifecycle, every_lifecycle
from core.roles import Role
from core.verbs import Verb, every_verb

OLDEST = 150_000
POSTGRESQL = "django.db.backends.postgresql"
MOST_SECONDS = 60
UNSHARED = ("django.core.cache.backends.locmem.LocMemCache", "django.core.cache.backends.dummy.DummyCache")


@register
def settings_are_right(**_: Any) -> list[CheckMessage]:
    """What can be told from the settings alone."""
    found: list[CheckMessage] = []
    if settings.DATABASES["default"]["ENGINE"] != POSTGRESQL:
        found.append(Error("The database is not PostgreSQL.", hint="DATABASE_URL=postgres://…", id="simsa.E001"))
    if settings.PRODUCTION and settings.CELERY_BROKER_URL.startswith("memory"):
        hint = "Set CELERY_BROKER_URL to RabbitMQ or Redis."
        found.append(Error("A broker in memory reaches no other process.", hint=hint, id="simsa.E003"))
    if settings.PRODUCTION and settings.CACHES["default"]["BACKEND"] in UNSHARED:
        hint = "Set CACHE_URL to dbcache://… or redis://…."
        found.append(Error("A cache of each process counts no attempts of the others.", hint=hint, id="simsa.E011"))
    if unknown := sorted(set(settings.SECOND_FACTOR_ROLES) - set(Role.values)):
        found.append(Error(f"SECOND_FACTOR_ROLES names no roles: {', '.join(unknown)}", id="simsa.E012"))
    if not settings.USE_TZ:
        found.append(Error("USE_TZ is off: an instant without its zone decides no window.", id="simsa.E004"))
    if settings.TIME_ZONE not in available_timezones():
        found.append(Error(f"TIME_ZONE is unknown: {settings.TIME_ZONE}", id="simsa.E005"))
    return found + _sweep_faults(settings.CELERY_BEAT_SCHEDULE.get("sweep"))


def _sweep_faults(tick: dict[str, Any] | None) -> list[CheckMessage]:
    if tick is None:
        return [Error("CELERY_BEAT_SCHEDULE has no sweep: what is due would never be done.", id="simsa.E006")]
    every = tick["schedule"]
    seconds = every.total_seconds() if hasattr(every, "total_seconds") else every
    if not isinstance(seconds, int | float) or not 0 < seconds <= MOST_SECONDS:
        return [Error(f"The sweep must come at least every {MOST_SECONDS} seconds: {every}", id="simsa.E007")]
    return []


@register
def words_are_whole(**_: Any) -> list[CheckMessage]:
    """Every verb of two persons has its operation; every state of a lifecycle can be reached."""
    for app in apps.get_app_configs():
        _import_operations(app.name, Path(app.path))
    return verb_faults(every_verb().values()) + lifecycle_faults(every_lifecycle())


def _import_operations(app: str, path: Path) -> None:
    if (path / "verbs.py").exists() and find_spec(f"{app}.operations") is not None:
        package = import_module(f"{app}.operations")
        for module in walk_packages(package.__path__, f"{app}.operations."):
            import_module(module.name)


def verb_faults(verbs: Iterable[Verb]) -> list[CheckMessage]:
    """Decided verbs behind which nothing stands."""
    known = {decided.verb.code for decided in every_decided()}
    return [
        Error(f"{verb.code} needs two people, but no decided operation stands behind it.", id="simsa.E009")
        for verb in verbs
        if verb.decided and verb.code not in known
    ]


def lifecycle_faults(lifecycles: Iterable[Lifecycle]) -> list[CheckMessage]:
    """States to which no steps lead from the first one."""
    found: list[CheckMessage] = []
    for lifecycle in lifecycles:
        reached = {lifecycle.initial}
        while more := {
            step.target for step in lifecycle.steps if reached & set(step.sources) and step.target not in reached
        }:
            reached |= more
        lost = [state for state in lifecycle.states.values if state not in reached]
        if lost:
            text = f"No step of the lifecycle {lifecycle.name} leads to: {', '.join(lost)}"
            found.append(Error(text, id="simsa.E010"))
    return found


@register(Tags.database)
def database_is_right(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The server's version, and a trigger of the ledger on every table that the migrations count."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        connection.ensure_connection()
        version = connection.connection.info.server_version
        if version < OLDEST:
            found.append(Error(f"PostgreSQL 15 or later is needed, this is {version // 10_000}.", id="simsa.E002"))
        lacking = sorted(_counted(connection) - _triggered(connection))
        found += [
            Error(f"{table} is not counted: its ledger trigger is missing or off.", id="simsa.E008")
            for table in lacking
        ]
    return found


def _counted(connection: Any) -> set[str]:
    """The tables that applied migrations have the ledger count."""
    loader = MigrationLoader(connection)
    operations = [
        operation
        for key, migration in loader.disk_migrations.items()
        if key in loader.applied_migrations
        for operation in migration.operations
    ]
    return {operation.relation for operation in operations if isinstance(operation, CountTable)}


def _triggered(connection: Any) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'ledger_count' AND tgenabled = 'A'"
        )
        return {table for (table,) in cursor.fetchall()}
