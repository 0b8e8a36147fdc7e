"""A scratch database for each rehearsal: cloned from a migrated template, dropped at the end.

The real database is never touched. The template is made once for each state of the migrations, and those of other
states go then; several rehearsals may clone it at once. A scratch database that a killed rehearsal left behind is
dropped by the next one.
"""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import django
import psycopg
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from psycopg import sql

PREFIX = "simsa_rehearsal_"
TEMPLATE = "simsa_template_"
_TEMPLATES = 7_466_210
"""Advisory lock: held alone by the one process that makes a template and drops others, together by those that clone."""


@contextmanager
def scratch_database() -> Iterator[None]:
    """Point Django's connection to a fresh migrated database for the block, and drop it afterwards."""
    real = connection.settings_dict["NAME"]
    with psycopg.connect(**_server(), autocommit=True) as keeper:
        name = PREFIX + uuid.uuid4().hex
        # Held until this process ends, however it ends: it tells others that the database is in use.
        keeper.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [name])
        _drop_left_behind(keeper)
        _clone(keeper, name)
        try:
            _use(name)
            yield
        finally:
            _use(real)
            _drop(keeper, name)


def _server() -> dict[str, Any]:
    """How to reach the server itself rather than one of its databases."""
    return {**connection.get_connection_params(), "dbname": "postgres", "cursor_factory": None}


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def _clone(keeper: "psycopg.Connection[Any]", name: str) -> None:
    """From the template, which nobody drops meanwhile; it is made where there is none."""
    template = TEMPLATE + _migrations_digest()
    keeper.execute("SELECT pg_advisory_lock_shared(%s)", [_TEMPLATES])
    try:
        if not _exists(keeper, template):
            keeper.execute("SELECT pg_advisory_unlock_shared(%s)", [_TEMPLATES])
            _make_alone(keeper, template)
        _create(keeper, name, template)
    finally:
        keeper.execute("SELECT pg_advisory_unlock_shared(%s)", [_TEMPLATES])


def _make_alone(keeper: "psycopg.Connection[Any]", template: str) -> None:
    """Unless another process was first; in the end the lock is held together with others again, without a gap."""
    keeper.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATES])
    try:
        if not _exists(keeper, template):
            _make(keeper, template)
            _drop_others(keeper, template)
    finally:
        keeper.execute("SELECT pg_advisory_lock_shared(%s)", [_TEMPLATES])
        keeper.execute("SELECT pg_advisory_unlock(%s)", [_TEMPLATES])


def _make(keeper: "psycopg.Connection[Any]", name: str) -> None:
    """Migrated under another name and renamed when whole, so that a template that exists is always complete."""
    real, making = connection.settings_dict["NAME"], f"{name}_making"
    _drop(keeper, making)
    _create(keeper, making, "template1")
    try:
        _use(making)
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        _use(real)
    keeper.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name)))


def _migrations_digest() -> str:
    """Of every file from which the schema follows, so that another state of the code has another template."""
    digest = hashlib.sha256(django.get_version().encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.label):
        root = Path(app.path)
        for path in sorted(
            [*root.glob("migrations/*.py"), *root.glob("ledger/**/*.sql"), *root.glob("calendar/*.csv")]
        ):
            digest.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _exists(keeper: "psycopg.Connection[Any]", name: str) -> bool:
    return keeper.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _create(keeper: "psycopg.Connection[Any]", name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    keeper.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))


def _drop(keeper: "psycopg.Connection[Any]", name: str) -> None:
    keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _drop_others(keeper: "psycopg.Connection[Any]", template: str) -> None:
    """Templates of other states of the migrations, and what a killed process was making; never one that is in use.

    Another release on the same server makes its own again when it needs it. What another user owns is his to drop.
    """
    beginning = TEMPLATE.replace("_", r"\_") + "%"
    others = keeper.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s AND datname <> %s", [beginning, template]
    ).fetchall()
    for (name,) in others:
        with suppress(psycopg.errors.ObjectInUse, psycopg.errors.InsufficientPrivilege):
            keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


def _drop_left_behind(keeper: "psycopg.Connection[Any]") -> None:
    for (name,) in keeper.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [PREFIX + "%"]).fetchall():
        held = keeper.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name]).fetchone()
        if held is not None and held[0]:
            _drop(keeper, name)
            keeper.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
