"""Whether the ledger is intact: the chain of its blocks, and the live rows against what it says of them.

Needs only the standard library and psycopg, so that an auditor can run this file alone:

    python verifier.py postgresql://auditor@host/simsa

The hashes are computed here, from the stored values, and not by the functions that wrote them. A chain cannot show a
perfect forgery (its tail cut off, or all of it hashed anew): give heads that were kept elsewhere as anchors.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Identifier

ITEMS = "core_ledgeritem"
BLOCKS = "core_ledgerblock"
ORIGIN = "0" * 64
Connection = psycopg.Connection[Any]
Watch = Callable[[Iterable[Any]], Iterable[Any]]  # of what is gone through: may tell how far that is, and end it

SENTENCES = {
    "block_missing": ("{r} {k}번 블록이 없습니다.", "Block {k} is missing."),
    "chain_broken": ("{k}번 블록이 앞 블록과 이어지지 않습니다.", "Block {k} does not follow the block before."),
    "items_changed": ("{k}번 블록의 항목이 봉인한 것과 다릅니다.", "The items of block {k} are not those sealed."),
    "head_wrong": ("{k}번 블록의 머리값이 내용과 다릅니다.", "The head of block {k} is not that of its content."),
    "item_unsealed": ("어느 블록에도 없는 원장 항목입니다: {k}", "Ledger item {k} belongs to no block."),
    "anchor_broken": ("{k}번 블록이 밖에 보관한 머리값과 다릅니다.", "Block {k} is not the one that was anchored."),
    "guard_missing": ("{r} 표를 지키는 트리거가 없거나 꺼져 있습니다.", "Triggers on {r} are missing or off."),
    "table_missing": ("원장에 있는 {r} 표가 없습니다.", "The table {r}, which the ledger knows, is missing."),
    "row_changed": ("{r} 표의 {k} 행이 원장과 다릅니다.", "Row {k} of {r} differs from the ledger."),
    "row_unrecorded": ("{r} 표의 {k} 행은 원장에 없습니다.", "Row {k} of {r} is not in the ledger."),
    "row_missing": ("원장에 있는 {r} 표의 {k} 행이 없습니다.", "Row {k} of {r}, which the ledger knows, is missing."),
    "rows_changed": ("{r} 표에 한꺼번에 넣은 {k} 행들이 원장과 다릅니다.", "Rows {k} of {r} differ from the ledger."),
    "rows_overlap": ("{r} 표의 {k} 행이 원장에 두 번 나옵니다.", "Row {k} of {r} stands twice in the ledger."),
    "unreadable": ("{r} 표에 관한 원장 항목을 읽을 수 없습니다.", "Items about {r} cannot be read."),
}


@dataclass(frozen=True)
class Damage:
    """The first thing found wrong: in which table, at which row, and what (a key of SENTENCES)."""

    relation: str
    row_key: str
    what: str

    @property
    def sentences(self) -> list[str]:
        """The damage in Korean, and in English."""
        return [words.format(r=self.relation, k=self.row_key) for words in SENTENCES[self.what]]


@dataclass(frozen=True)
class Verdict:
    """What the verification found: the first damage or none, and how far the chain was followed."""

    damage: Damage | None
    records: int
    blocks: int
    head: str


@dataclass(frozen=True)
class Counted:
    """A counted table as its trigger describes it; `since` is the item after which its counting began."""

    relation: str
    key: str
    excluded: tuple[str, ...]
    bulk: bool
    since: int


def verify(connection: Connection, anchors: Iterable[tuple[int, str]] = (), watch: Watch = iter) -> Verdict:
    """Check the chain, the guards and every counted row, on one snapshot, and leave nothing behind.

    In an open transaction its uncommitted rows are judged as well; otherwise a read-only one is opened, which
    concurrent writers neither disturb nor notice.
    """
    fresh = connection.info.transaction_status == TransactionStatus.IDLE
    with connection.transaction(force_rollback=True):
        if fresh:
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _pin(connection)
        verdict = _chain(connection, dict(anchors), watch)
        if verdict.damage is None:
            damage = _unsealed(connection) or _guards(connection)
            for counted in watch(counted_tables(connection)) if damage is None else ():
                damage = damage or _rows(connection, counted)
            verdict = Verdict(damage, verdict.records, verdict.blocks, verdict.head)
    return verdict


def damage_of(connection: Connection, relation: str) -> Damage | None:
    """The first row of one counted table that differs from the ledger, for whoever is about to change its columns."""
    with connection.transaction(force_rollback=True):
        _pin(connection)
        found = [counted for counted in counted_tables(connection) if counted.relation == relation]
        return _rows(connection, found[0]) if found else Damage(relation, "", "guard_missing")


def _pin(connection: Connection) -> None:
    # The settings under which the images were made. Row security would hide rows from an auditor: refuse to run then.
    connection.execute(
        """SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'iso_8601';
        SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL row_security = off;
        SELECT set_config('search_path', relnamespace::regnamespace::text || ', pg_temp', true)
        FROM pg_class WHERE oid = 'core_ledgeritem'::regclass"""
    )


_CHAIN = """
    SELECT b.number::text, b.previous, b.marker::text, b.items::text, b.first_item::text, b.last_item::text, b.digest,
        b.sealed_at::text, b.head, i.id::text, jsonb_build_array(i.id, i.marker, i.relation, i.row_key, i.change,
        i.image, i.actor, i.verb, i.reason, i.mandate, i.at)::text
    FROM core_ledgerblock AS b LEFT JOIN core_ledgeritem AS i ON i.marker = b.marker ORDER BY b.number, i.id"""


def _chain(connection: Connection, anchors: dict[int, str], watch: Watch) -> Verdict:
    records, number, head = 0, 0, ORIGIN
    with connection.cursor(name="simsa_chain") as rows:
        rows.itersize = 5000
        rows.execute(_CHAIN)
        for block, group in groupby(watch(rows), key=lambda row: row[:9]):
            items, digest = [], sha256()
            for *_, item, content in group:
                if item is not None:
                    items.append(item)
                    digest.update(sha256(content.encode()).digest())
            sealed = (str(len(items)), items[0], items[-1], digest.hexdigest()) if items else ()
            what = _block_damage(block, number + 1, head, sealed)
            if what is None and anchors.pop(number + 1, block[8]) != block[8]:
                what = "anchor_broken"
            if what is not None:
                return Verdict(Damage(BLOCKS, str(number + 1), what), records, number, head)
            records, number, head = records + len(items), number + 1, block[8]
    lost = Damage(BLOCKS, str(min(anchors)), "anchor_broken") if anchors else None
    return Verdict(lost, records, number, head)


def _block_damage(block: tuple[str, ...], number: int, head: str, sealed: tuple[str, ...]) -> str | None:
    if block[0] != str(number):
        return "block_missing"
    if block[1] != head:
        return "chain_broken"
    if block[3:7] != sealed:
        return "items_changed"
    if block[8] != sha256("|".join(block[:8]).encode()).hexdigest():
        return "head_wrong"
    return None


def _unsealed(connection: Connection) -> Damage | None:
    sealed = "SELECT FROM core_ledgerblock AS b WHERE b.marker = i.marker"
    item = _value(connection, f"SELECT min(id)::text FROM core_ledgeritem AS i WHERE NOT EXISTS ({sealed})")  # noqa: S608
    return None if item is None else Damage(ITEMS, item, "item_unsealed")


def _value(connection: Connection, query: str, *arguments: str) -> Any:
    row = connection.execute(query, arguments).fetchone()
    return row and row[0]


# What a table must have, as (function, pg_trigger.tgtype): row 1, before 2, insert 4, delete 8, update 16, truncate 32.
_HELD = {("ledger_refuse", 1 + 2 + 8 + 16), ("ledger_refuse", 2 + 32)}
_CONDITIONAL = {("ledger_refuse", 1 + 2 + 4), ("ledger_refuse", 1 + 2 + 16)}
_ROW = {("ledger_count_row", 1 + 4 + 8 + 16), ("ledger_refuse", 1 + 2 + 16), ("ledger_refuse", 2 + 32)}
_BULK = {("ledger_count_statement", 4), *_HELD}
_BLOCKS = {("ledger_refuse", 1 + 2 + 4), *_HELD}
_ITEMS = {("ledger_seal", 1 + 4), *_BLOCKS}

_TRIGGERS = """
    SELECT relname, proname, tgtype, tgargs, tgenabled = 'A' AND tgattr::text = '' AS on, tgqual IS NULL AS always
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE relnamespace = current_schema()::regnamespace AND pronamespace = relnamespace AND relkind IN ('r', 'p')
        AND proname IN ('ledger_count_row', 'ledger_count_statement', 'ledger_refuse', 'ledger_seal')
    ORDER BY relname, proname"""


def _guards(connection: Connection) -> Damage | None:
    present: dict[str, set[tuple[str, int]]] = {ITEMS: set(), BLOCKS: set()}
    for relation, function, kind, _, on, always in connection.execute(_TRIGGERS):
        if on and (always or (function, kind) in _CONDITIONAL):
            present.setdefault(relation, set()).add((function, kind))
    wanted = {counted.relation: _BULK if counted.bulk else _ROW for counted in counted_tables(connection)}
    spoken = (relation for relation, (_, counting) in _spoken_of(connection).items() if counting)
    wanted = dict.fromkeys(spoken, _ROW) | wanted
    for relation, triggers in {ITEMS: _ITEMS, BLOCKS: _BLOCKS, **wanted}.items():
        if not triggers <= present.get(relation, set()):
            exists = _value(connection, "SELECT to_regclass(quote_ident(%s))::text", relation)
            return Damage(relation, "", "guard_missing" if exists else "table_missing")
    return None


_SPOKEN_OF = """
    SELECT relation, coalesce(max(id) FILTER (
        WHERE change = 'M' AND row_key = '' AND image = '{"counted": false}'), 0), max(id)
    FROM core_ledgeritem GROUP BY relation ORDER BY relation"""


def _spoken_of(connection: Connection) -> dict[str, tuple[int, bool]]:
    """Every table in the ledger: the item that last ended its counting (0: none), and whether it goes on since."""
    return {relation: (since, newest > since) for relation, since, newest in connection.execute(_SPOKEN_OF)}


def counted_tables(connection: Connection) -> list[Counted]:
    """The tables that have a counting trigger, enabled or not."""
    spoken = _spoken_of(connection)
    return [
        Counted(relation, key, tuple(excluded), function == "ledger_count_statement", spoken.get(relation, (0,))[0])
        for relation, function, _, arguments, _, _ in connection.execute(_TRIGGERS)
        if function.startswith("ledger_count_")
        for key, *excluded in [bytes(arguments).decode().split("\0")[:-1]]
    ]


# Compared as text, because jsonb holds 9.2 and 9.20 for equal.
_DIFFERING_ROW = """
    SELECT row_key, CASE WHEN kept.image IS NULL THEN 'row_unrecorded' WHEN live.image IS NULL THEN 'row_missing'
        ELSE 'row_changed' END
    FROM (SELECT to_jsonb(counted) ->> %(key)s AS row_key, to_jsonb(counted) - %(excluded)s::text[] AS image
          FROM {table} AS counted) AS live
    FULL JOIN (SELECT row_key, image FROM (
            SELECT DISTINCT ON (row_key) row_key, change, image FROM core_ledgeritem
            WHERE relation = %(relation)s AND id > %(since)s ORDER BY row_key, id DESC) AS newest
        WHERE change <> 'D') AS kept USING (row_key)
    WHERE live.image IS NULL OR kept.image IS NULL OR live.image::text <> kept.image::text
    ORDER BY row_key LIMIT 1"""

# A migration's item speaks of the whole table, and stands for all before it.
_STATEMENTS = """
    WITH spoken AS (SELECT * FROM core_ledgeritem WHERE relation = %(relation)s AND id > %(since)s),
    statement AS (SELECT id, image ->> 'rows' AS rows, image ->> 'digest' AS digest, image ->> 'ids' AS ids,
            (image ->> 'ids')::int8multirange AS keys
        FROM spoken WHERE id >= (SELECT coalesce(max(id), 0) FROM spoken WHERE change = 'M')),
    piece AS (SELECT id, lower(range) AS low, upper(range) AS high FROM statement, unnest(keys) AS range)"""
_OVERLAP = """{statements}
    SELECT low::text, 'rows_overlap' FROM (SELECT low, max(high) OVER (
        ORDER BY low ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached FROM piece) AS ordered
    WHERE low < reached ORDER BY low LIMIT 1"""
_UNCOVERED = """{statements}, known AS (SELECT coalesce(range_agg(keys), int8multirange()) AS keys FROM statement)
    SELECT {key}::text, 'row_unrecorded' FROM {table}, known WHERE NOT {key}::bigint <@ known.keys
    ORDER BY {key} LIMIT 1"""
_DIFFERING_STATEMENT = """{statements},
    found AS (SELECT piece.id, count(*)::text AS rows, encode(sha256(string_agg(sha256(convert_to(
            (to_jsonb(live) - %(excluded)s::text[])::text, 'UTF8')), ''::bytea ORDER BY live.{key})), 'hex') AS digest
        FROM piece JOIN {table} AS live ON live.{key} >= low AND live.{key} < high GROUP BY piece.id)
    SELECT ids, 'rows_changed' FROM statement LEFT JOIN found USING (id)
    WHERE (statement.rows, statement.digest) IS DISTINCT FROM (found.rows, found.digest)
    ORDER BY statement.id LIMIT 1"""


def _rows(connection: Connection, counted: Counted) -> Damage | None:
    names = {"table": Identifier(counted.relation), "key": Identifier(counted.key), "statements": SQL(_STATEMENTS)}
    arguments = asdict(counted) | {"excluded": list(counted.excluded)}
    for query in (_OVERLAP, _UNCOVERED, _DIFFERING_STATEMENT) if counted.bulk else (_DIFFERING_ROW,):
        try:
            found = connection.execute(SQL(query).format(**names), arguments).fetchone()
        except psycopg.DataError:
            return Damage(counted.relation, "", "unreadable")
        if found:
            return Damage(counted.relation, found[0], found[1])
    return None


def anchor(text: str) -> tuple[int, str]:
    """A head kept elsewhere, written NUMBER:HEAD."""
    number, _, kept = text.partition(":")
    return int(number), kept


def report(verdict: Verdict) -> str:
    """The verdict in one line."""
    if (damage := verdict.damage) is not None:
        return f"원장이 손상되었습니다 / damaged: {damage.relation} {damage.row_key}: {' / '.join(damage.sentences)}"
    return f"원장이 온전합니다 / intact: records {verdict.records}, blocks {verdict.blocks}, head {verdict.head}"


def main(arguments: list[str] | None = None) -> int:
    """Verify the database that the first argument names: 0 intact, 1 damaged."""
    parser = argparse.ArgumentParser(description="Verify the ledger of a Simsa database.")
    parser.add_argument("database", help="postgresql://user@host/name")
    parser.add_argument("--anchor", action="append", default=[], type=anchor, metavar="NUMBER:HEAD")
    options = parser.parse_args(arguments)
    with psycopg.connect(options.database, autocommit=True) as connection:
        verdict = verify(connection, options.anchor)
    sys.stdout.write(report(verdict) + "\n")
    return 1 if verdict.damage else 0


if __name__ == "__main__":
    raise SystemExit(main())
