import pytest
from django.db import DatabaseError, ProgrammingError, transaction

from core.ledger.counting import PARTS, SQL
from core.ledger.verifier import BLOCKS, ITEMS
from tests.core.ledger.book import TABLES, ask, assert_intact, items, verdict, write

pytestmark = pytest.mark.usefixtures("book")
LEDGER = (
    "SELECT (SELECT array_agg(i::text ORDER BY id) FROM core_ledgeritem i),"
    " (SELECT array_agg(b::text ORDER BY number) FROM core_ledgerblock b)"
)
COPY_OF_AN_ITEM = """
    INSERT INTO core_ledgeritem (marker, relation, row_key, change, image, actor, verb, reason, mandate, at)
    SELECT gen_random_uuid(), relation, row_key, change, image, 'forger', verb, reason, mandate, at FROM core_ledgeritem
    WHERE change <> 'M' LIMIT 1"""
COPY_OF_A_BLOCK = """INSERT INTO core_ledgerblock
    SELECT number + 1, gen_random_uuid(), head, items, first_item, last_item, digest, head, sealed_at
    FROM core_ledgerblock ORDER BY number DESC LIMIT 1"""


@pytest.mark.parametrize("role", ["origin", "replica"])
@pytest.mark.parametrize(
    "change",
    [
        *(f"UPDATE {table} SET marker = gen_random_uuid()" for table in (ITEMS, BLOCKS)),
        *(f"DELETE FROM {table}" for table in (ITEMS, BLOCKS)),
        *(f"TRUNCATE {table}" for table in (ITEMS, BLOCKS)),
        COPY_OF_AN_ITEM,
        COPY_OF_A_BLOCK,
    ],
)
def test_the_ledger_is_only_added_to_by_its_own_triggers(change: str, role: str) -> None:
    write("INSERT INTO book_thing (word) VALUES ('a')")
    ask("SET CONSTRAINTS ALL IMMEDIATE")
    ask("SET CONSTRAINTS ALL DEFERRED")
    before = ask(LEDGER)
    with pytest.raises(DatabaseError, match="ledger_append_only") as refusal, transaction.atomic():
        ask(f"SET LOCAL session_replication_role = {role}; {change}")
    assert refusal.value.__cause__.sqlstate == "SL002"  # type: ignore[union-attr]
    assert ask(LEDGER) == before
    assert_intact()


@pytest.mark.parametrize(("missing", "actor", "verb"), [("actor", "", "write"), ("verb", "kim", "")])
def test_an_item_names_somebody_even_without_triggers(missing: str, actor: str, verb: str) -> None:
    ask("ALTER TABLE core_ledgeritem DISABLE TRIGGER ALL")
    with pytest.raises(DatabaseError, match=f"ledger_item_names_{missing}"), transaction.atomic():
        ask(
            "INSERT INTO core_ledgeritem (marker, relation, row_key, change, image, actor, verb, reason, mandate, at)"
            " VALUES (gen_random_uuid(), 'a', '1', 'I', '{}', %s, %s, '', '', now())",
            [actor, verb],
        )


def test_a_role_that_may_not_write_the_ledger_is_counted_all_the_same() -> None:
    ask("CREATE ROLE book_writer; GRANT INSERT, UPDATE ON book_thing, book_mark TO book_writer")
    write("SET LOCAL ROLE book_writer; INSERT INTO book_thing (word) VALUES ('a')")
    write("INSERT INTO book_mark (thing, points) VALUES (1, 1)")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ask(COPY_OF_AN_ITEM)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        ask("SELECT ledger_keep('core_account', '1', 'I', '{}')")
    ask("RESET ROLE")
    assert (len(items()), len(items("book_mark"))) == (1, 1)
    assert_intact()


def test_an_ordinary_owner_installs_it_in_a_schema_of_its_own() -> None:
    ask("CREATE ROLE book_owner; CREATE SCHEMA book AUTHORIZATION book_owner")
    ask(f"GRANT SELECT ON {ITEMS}, {BLOCKS} TO book_owner; SET LOCAL ROLE book_owner")
    ask("SET LOCAL search_path = book, public")
    ask(f"CREATE TABLE {ITEMS} (LIKE public.{ITEMS} INCLUDING ALL)")
    ask(f"CREATE TABLE {BLOCKS} (LIKE public.{BLOCKS} INCLUDING ALL)")
    ask("SET LOCAL search_path = book, pg_temp")
    for part in PARTS:
        ask((SQL / f"{part}.sql").read_text())
    ask(TABLES)
    ask("SET LOCAL search_path = public")
    write("INSERT INTO book.book_thing (word) VALUES ('a')")
    write("INSERT INTO book.book_mark (thing, points) VALUES (1, 1)")
    ask("SET LOCAL search_path = book")
    assert len(items()) == 1
    assert (verdict().damage, verdict().records) == (None, 2)
