"""Many tables created by one operation of a migration."""

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """Create models with their triggers in one go.

    Django draws up every model that is related to a changed one after each single operation, which here means nearly
    all of them: a hundred tables with their constraints and triggers took half a minute, nearly all of it spent so.
    Nothing in between is asked for when tables are created, so the models are drawn up once, as they are in the end.
    """

    serialization_expand_args = ["operations"]
    reduces_to_sql = False
    reversible = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # as drawn up so far; while there is none, no operation renews it
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create tables"
