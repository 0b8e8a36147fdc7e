"""Migration operations: which tables the ledger counts, and how they stay exact when their columns change."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db.migrations.operations.base import Operation

from core.ledger.verifier import counted_tables, damage_of

SQL = Path(__file__).parent / "sql"
# Found in this order: each names only what stands before it.
PARTS = ("guards", "items", "blocks", "counting")
# The functions pin the schema in which the ledger's tables are, whatever the path of the session that fires them.
_PIN = """SELECT set_config('simsa.search_path', current_setting('search_path'), true),
    set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true)"""
_UNPIN = "SELECT set_config('search_path', current_setting('simsa.search_path'), true)"


class _Stateless(Operation):
    """An operation on the database alone: Django's models stay as they are."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Nothing: triggers are no part of the models' state."""


class InstallLedger(_Stateless):
    """Functions and guards of the ledger, on the tables of its two models."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(_PIN, None)
        for part in PARTS:
            schema_editor.execute((SQL / f"{part}.sql").read_text(encoding="utf-8"), None)
        schema_editor.execute(_UNPIN, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute((SQL / "removal.sql").read_text(encoding="utf-8"), None)

    def describe(self) -> str:
        return "Install the ledger"


class RenewItems(_Stateless):
    """The functions that make the items, as they are now, in a database that may hold an older wording of them."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute(_PIN, None)
        schema_editor.execute((SQL / "items.sql").read_text(encoding="utf-8"), None)
        schema_editor.execute(_UNPIN, None)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Nothing: what they keep is the same in either wording."""

    def describe(self) -> str:
        return "Renew the functions that make the ledger's items"


class CountTable(_Stateless):
    """Count a table: no change without a name, one item for each, no TRUNCATE.

    `exclude` names columns that are no part of what a row says (a password, a last login). `bulk` is for inputs that
    arrive in large numbers and are only ever added: one item a statement, and no UPDATE or DELETE at all. Rows that
    are already there are taken into the ledger as they are. A counted table keeps its name and its primary key.
    """

    def __init__(self, relation: str, exclude: Sequence[str] = (), bulk: bool = False) -> None:
        self.relation = relation
        self.exclude = exclude
        self.bulk = bulk

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        arguments = [self.relation, list(self.exclude), self.bulk]
        schema_editor.execute("SELECT ledger_install(%s::text::regclass, %s::text[], %s)", arguments)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        schema_editor.execute("SELECT ledger_retire(%s::text::regclass)", [self.relation])

    def describe(self) -> str:
        return f"Count {self.relation} in the ledger"


class ReimageTable(Operation):
    """Change the columns of a counted table: check it against the ledger, change it, keep its new images.

    The check comes first because a new image would otherwise make honest what somebody changed behind the ledger's
    back. `operations` are the schema operations on that table, run in between as if they stood in the migration.
    """

    reduces_to_sql = False
    reversible = True

    def __init__(self, relation: str, reason: str, operations: Sequence[Operation]) -> None:
        self.relation = relation
        self.reason = reason
        self.operations = operations

    def state_forwards(self, app_label: str, state: Any) -> None:
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._check(schema_editor)
        for operation in self.operations:
            to_state = from_state.clone()
            operation.state_forwards(app_label, to_state)
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
            from_state = to_state
        self._keep(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._check(schema_editor)
        states = [to_state]
        for operation in self.operations:
            states.append(states[-1].clone())
            operation.state_forwards(app_label, states[-1])
        for number, operation in reversed(list(enumerate(self.operations))):
            operation.database_backwards(app_label, schema_editor, states[number + 1], states[number])
        self._keep(schema_editor)

    def describe(self) -> str:
        return f"Change the columns of {self.relation}, which the ledger counts: {self.reason}"

    def _check(self, schema_editor: Any) -> None:
        damage = damage_of(schema_editor.connection.connection, self.relation)
        if damage is not None:
            raise RuntimeError(f"{' / '.join(damage.sentences)} Nothing was changed; run verify_ledger first.")

    def _keep(self, schema_editor: Any) -> None:
        tables = counted_tables(schema_editor.connection.connection)
        counted = next(table for table in tables if table.relation == self.relation)
        schema_editor.execute(
            "SELECT ledger_reimage(%s::text::regclass, %s, %s::text[], %s, %s)",
            [counted.relation, counted.key, list(counted.excluded), counted.bulk, self.reason],
        )
