"""A superuser who switches triggers off and changes one row: what the verifier must find."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg
from psycopg.sql import SQL, Composable, Identifier, Literal

from core.ledger.verifier import BLOCKS, ITEMS, Connection, counted_tables

# By type, an expression that never gives the value it is made from. {c} is the column.
OTHER_VALUE = {
    "text": "CASE WHEN {c} LIKE 'x%' THEN 'y' ELSE 'x' END || substr(coalesce({c}, ''), 2)",
    "bigint": "coalesce({c}, 0) + 1 + {n}",
    "numeric": "coalesce({c}, 0) + 0.01",
    "double precision": "coalesce({c}, 0) + 1",
    "timestamp with time zone": "coalesce({c}, now()) + interval '1 microsecond'",
    "date": "coalesce({c}, current_date) + 1",
    "interval": "coalesce({c}, '0') + interval '1 second'",
    "bytea": "coalesce({c}, '') || '\\x00'",
    "jsonb": "jsonb_build_object('forged', {c})",
    "uuid": "gen_random_uuid()",
    "boolean": "NOT coalesce({c}, false)",
}
SAME_TYPE = {"integer": "bigint", "smallint": "bigint", "character varying": "text", "character": "text"}


@dataclass(frozen=True)
class Target:
    """A table that may be tampered with: its key and the columns that count."""

    name: str
    key: str
    columns: dict[str, str]

    def sql(self, query: str, **parts: Composable | str | int) -> Composable:
        literal = {name: part if isinstance(part, Composable) else Literal(part) for name, part in parts.items()}
        return SQL(query).format(table=Identifier(self.name), key=Identifier(self.key), **literal)


def targets(connection: Connection) -> list[Target]:
    """Every counted table that has rows, and the ledger's own two."""
    counted = [(table.relation, table.key, table.excluded) for table in counted_tables(connection)]
    found = []
    for name, key, excluded in [*counted, (ITEMS, "id", ()), (BLOCKS, "number", ())]:
        types = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s", [name]
        )
        columns = {column: SAME_TYPE.get(kind, kind) for column, kind in types if column not in excluded}
        target = Target(name, key, columns)
        if connection.execute(target.sql("SELECT 1 FROM {table} LIMIT 1")).fetchone():
            found.append(target)
    return found


@contextmanager
def unguarded(connection: Connection, table: str) -> Iterator[None]:
    """All triggers of the table are off; afterwards they are as they were, so that only the rows can tell."""
    query = "SELECT tgname, tgenabled::text FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
    modes = connection.execute(query, [table]).fetchall()
    connection.execute(SQL("ALTER TABLE {} DISABLE TRIGGER ALL").format(Identifier(table)))
    yield
    connection.execute(SQL("ALTER TABLE {} ENABLE TRIGGER ALL").format(Identifier(table)))
    for trigger, mode in modes:
        if mode == "A":
            always = SQL("ALTER TABLE {} ENABLE ALWAYS TRIGGER {}")
            connection.execute(always.format(Identifier(table), Identifier(trigger)))


def tamper(connection: Connection, chance: Random, kind: str, target: Target) -> str:
    """One forgery of that kind on a random row; says what was done. Raises psycopg.Error where a constraint held."""
    rows = [key for (key,) in connection.execute(target.sql("SELECT {key} FROM {table} ORDER BY {key}"))]
    column = chance.choice(sorted(target.columns))
    query = KINDS[kind](target, column, chance)
    first, second = chance.choice(rows), chance.choice(rows)
    with unguarded(connection, target.name):
        done = connection.execute(query, {"row": first, "other": second, "new": max(rows) + 1 + chance.randrange(3)})
    if not done.rowcount:
        raise psycopg.IntegrityError("nothing changed")
    return f"{kind} {target.name}.{column} {first} {second}"


def _change(target: Target, column: str, chance: Random) -> Composable:
    other = SQL(OTHER_VALUE[target.columns[column]].replace("%", "%%")).format(
        c=Identifier(column), n=chance.randrange(9)
    )
    return target.sql(
        "UPDATE {table} SET {column} = {other} WHERE {key} = %(row)s", column=Identifier(column), other=other
    )


def _empty(target: Target, column: str, chance: Random) -> Composable:
    query = "UPDATE {table} SET {column} = NULL WHERE {key} = %(row)s AND {column} IS NOT NULL"
    return target.sql(query, column=Identifier(column))


def _rescale(target: Target, column: str, chance: Random) -> Composable:
    """9.2 becomes 9.20: the same number, but not what was written."""
    numbers = [name for name, kind in sorted(target.columns.items()) if kind == "numeric"]
    if not numbers:
        raise psycopg.NotSupportedError("no column has a scale")
    query = """UPDATE {table} SET {column} = {column} * 1.0
        WHERE {key} = %(row)s AND ({column} * 1.0)::text <> {column}::text"""
    return target.sql(query, column=Identifier(chance.choice(numbers)))


def _swap(target: Target, column: str, chance: Random) -> Composable:
    query = """UPDATE {table} AS one SET {column} = two.{column} FROM {table} AS two
        WHERE (one.{key}, two.{key}) IN ((%(row)s, %(other)s), (%(other)s, %(row)s))
        AND one.{column}::text IS DISTINCT FROM two.{column}::text"""
    return target.sql(query, column=Identifier(column))


def _delete(target: Target, column: str, chance: Random) -> Composable:
    return target.sql("DELETE FROM {table} WHERE {key} = %(row)s")


def _forge(target: Target, column: str, chance: Random) -> Composable:
    """A copy under a new key, otherwise as the row it is made from except in one column."""
    names = [name for name in target.columns if name != target.key]
    kind = target.columns[column]
    other = SQL(OTHER_VALUE[kind].replace("%", "%%")).format(c=Identifier(column), n=chance.randrange(9))
    values = [other if name == column else Identifier(name) for name in names]
    return target.sql(
        "INSERT INTO {table} ({key}, {names}) SELECT %(new)s, {values} FROM {table} WHERE {key} = %(row)s",
        names=SQL(", ").join(map(Identifier, names)),
        values=SQL(", ").join(values),
    )


KINDS: dict[str, Any] = {
    "change": _change,
    "empty": _empty,
    "rescale": _rescale,
    "swap": _swap,
    "delete": _delete,
    "forge": _forge,
}


def forgeries(chance: Random, all_targets: Sequence[Target], number: int) -> Iterator[tuple[str, Target]]:
    """Kinds and tables for that many attempts, each kind and table in turn, the pairs at random."""
    for turn in range(number):
        yield list(KINDS)[turn % len(KINDS)], all_targets[chance.randrange(len(all_targets))]
