"""Tables: whom their keys may point to, and that the ledger counts them."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from core.ledger.verifier import counted_tables
from tests.architecture.sources import APPS
from tests.unchanged import DERIVED

UNCOUNTED = {*DERIVED, "core_ledgeritem", "core_ledgerblock"}  # the ledger itself


def own_models() -> Iterator[type[models.Model]]:
    """Every table of the apps, those between many and many too."""
    for app in APPS:
        yield from apps.get_app_config(app).get_models(include_auto_created=True)


def test_keys_point_down_the_arrow():
    pointing_up = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if field.related_model._meta.app_label not in APPS[: APPS.index(model._meta.app_label) + 1]
    ]
    assert pointing_up == []


def test_every_key_protects_what_it_points_to():
    """What counts is never deleted, so only derived rows may go with what they are derived from."""
    cascading = {
        model._meta.db_table
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is not models.PROTECT
    }
    assert cascading <= UNCOUNTED


def test_no_order_of_a_table_reads_another():
    """A relation's bare name means the order of what it points to, with a join for each step there."""
    reading = [
        f"{model._meta.label}: {name}"
        for model in own_models()
        for name in model._meta.ordering
        if "__" in name or follows(model, name.lstrip("-"))
    ]
    assert reading == []


def follows(model: type[models.Model], name: str) -> bool:
    field = model._meta.get_field(name)
    return field.is_relation and name == field.name and bool(field.related_model._meta.ordering)


@pytest.mark.django_db
def test_the_ledger_counts_every_table():
    """The trigger is looked for in the database: that a migration names a table is not yet that it is guarded."""
    connection.ensure_connection()
    counted = {table.relation for table in counted_tables(connection.connection)}
    tables = {model._meta.db_table for model in own_models()}
    assert tables - counted == UNCOUNTED
