"""Tables: whom their keys may point to, and that the ledger counts them."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

from core.ledger.verifier import counted_tables
from tests.architecture.sources import APPS

UNCOUNTED = {
    "core_pulse": "when a job last ran: a running figure of the machine",
    "core_verification": "a note on the ledger being verified: what came of it is in the record",
    "core_ledgeritem": "the ledger itself",
    "core_ledgerblock": "the ledger itself",
    "evaluation_stalemark": "a note that a recomputation is due, taken away by it",
    "evaluation_livestanding": "derived from counted inputs, never published",
    "evaluation_cell": "derived from counted inputs, never published",
    "evaluation_upload": "a note on an import under way: what it brought in stands in counted rows",
    "consortia_rosterimport": "a note on a long roster that is being brought in: what it registers is counted",
    "evaluation_export": "a note on an archive that is being made, and where it lies: who took it out is in the record",
    "evaluation_supposing": "a note on a supposition being computed, and its result for a week: who looked is recorded",
    "evaluation_recount": "a note on a round being counted once more: what came of it is in the record",
    "evaluation_uploadfile": "where a file lies until it is brought in, and no longer",
}


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
    assert cascading <= set(UNCOUNTED)


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
    assert tables - counted == set(UNCOUNTED)
