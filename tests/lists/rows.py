"""A table with exactly as many rows as a list is to show, whatever else would refuse them.

The rows are copies of one that stands, or of one that is made up. Triggers and constraints of the table are out of the
way: what is tried is the list and not the table, and the transaction is rolled back.
"""

from datetime import date
from typing import Any

from django.db import connection, models

from tests.story import NOW

_CONSTRAINTS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('u', 'x', 'c')"
_UNIQUE = """SELECT indexrelid::regclass FROM pg_index
    WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary"""


def loosened(model: type[models.Model]) -> None:
    """Without triggers and constraints, until the transaction ends."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(_CONSTRAINTS, [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_UNIQUE, [table])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def alone(row: models.Model) -> None:
    """The row and no other."""
    meta = row._meta
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {meta.db_table} WHERE {meta.pk.column} <> %s", [row.pk])  # type: ignore[union-attr]


def copied(row: models.Model, times: int) -> None:
    """As many copies of the row beside it, under keys of their own."""
    meta = row._meta
    key: Any = meta.pk
    others = ", ".join(f'"{field.column}"' for field in meta.concrete_fields if field is not key)
    new = f"{key.column} || n" if isinstance(key, models.CharField) else f"{key.column} + 1000000 + n"
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {meta.db_table} ("{key.column}", {others}) SELECT {new}, {others}'
            f" FROM {meta.db_table}, generate_series(1, %s) n WHERE {key.column} = %s",
            [times, row.pk],
        )


def made_up(model: type[models.Model]) -> Any:
    """A row with something in every field, for a model of which the story has none."""
    loosened(model)
    given = {field.attname: _value(field) for field in model._meta.concrete_fields if not field.auto_created}
    return model._base_manager.create(**given)


def _value(field: Any) -> Any:
    if field.is_relation:
        related = field.related_model
        newest = related._base_manager.order_by("pk").last()
        if newest is None and field.null:
            return None
        return (newest or made_up(related)).pk
    if field.choices:
        return field.choices[0][0]
    kinds: tuple[tuple[type[models.Field[Any, Any]], Any], ...] = (
        (models.DateTimeField, NOW),
        (models.DateField, date(2026, 1, 15)),
        (models.BooleanField, False),
        (models.JSONField, {}),
        (models.CharField, "a"),
        (models.TextField, "a"),
    )
    return next((value for kind, value in kinds if isinstance(field, kind)), 1)
