import json

import pytest
from django.db import DatabaseError, connection, migrations, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from core.ledger.counting import CountTable, InstallLedger, ReimageTable, RenewItems
from core.ledger.naming import named
from core.ledger.verifier import counted_tables
from core.models import NonWorkingDay
from tests.core.ledger.book import FULL_THING, ask, assert_intact, items, verdict, write
from tests.core.ledger.forger import unguarded

pytestmark = pytest.mark.usefixtures("book")


def migrate(operation: Operation, *, back: bool = False) -> None:
    """As a migration does it, in a transaction of its own."""
    before, after = ProjectState(), ProjectState()
    operation.state_forwards("core", after)
    with connection.schema_editor() as editor:
        if back:
            operation.database_backwards("core", editor, after, before)
        else:
            operation.database_forwards("core", editor, before, after)


def kinds(relation: str) -> list[tuple[str, str, str]]:
    return [(key, change, actor) for key, change, _, actor, _ in items(relation)]


def changed(relation: str, columns: str, undone: str) -> ReimageTable:
    alter = f"ALTER TABLE {relation} "
    return ReimageTable(relation, "새 열", [migrations.RunSQL(alter + columns, alter + undone)])


def test_rows_that_were_there_are_taken_into_the_ledger_as_they_are() -> None:
    ask("CREATE TABLE book_old (id int PRIMARY KEY, word text); INSERT INTO book_old VALUES (1, 'a'), (2, 'b')")
    ask("CREATE TABLE book_heap (id int PRIMARY KEY, word text); INSERT INTO book_heap VALUES (1, 'a'), (2, 'b')")
    migrate(CountTable("book_old"))
    migrate(CountTable("book_heap", bulk=True))
    assert kinds("book_old") == [("1", "M", "system:migration"), ("2", "M", "system:migration")]
    assert kinds("book_heap") == [("", "M", "system:migration")]
    write("UPDATE book_old SET word = 'c' WHERE id = 2")
    write("INSERT INTO book_heap VALUES (3, 'c')")
    assert_intact()


def test_counting_can_be_ended_and_begun_again() -> None:
    write(FULL_THING)
    count = CountTable("book_thing", exclude=("secret",))
    migrate(count, back=True)
    ask("UPDATE book_thing SET word = 'unnamed' WHERE id = 1; DELETE FROM book_thing WHERE id = 2")
    assert_intact()
    migrate(count)
    assert_intact()
    with pytest.raises(DatabaseError, match="ledger_write_names_nobody"), transaction.atomic():
        ask("UPDATE book_thing SET word = 'x' WHERE id = 1")


def test_a_table_without_a_single_key_or_with_unknown_columns_is_not_counted() -> None:
    ask("CREATE TABLE book_pair (a int, b int, PRIMARY KEY (a, b))")
    for count in (CountTable("book_pair"), CountTable("book_thing", exclude=("no_such",))):
        with pytest.raises(DatabaseError, match="cannot count"):
            migrate(count)


@pytest.mark.parametrize(
    ("columns", "undone"),
    [
        ("ADD note text DEFAULT ''", "DROP note"),
        ("DROP weight", "ADD weight double precision"),
        ("ALTER points TYPE numeric(12, 4)", "ALTER points TYPE numeric"),
    ],
)
def test_verification_stays_exact_when_columns_change(columns: str, undone: str) -> None:
    write(FULL_THING)
    operation = changed("book_thing", columns, undone)
    for back in (False, True):
        migrate(operation, back=back)
        assert_intact()
        write("UPDATE book_thing SET word = word || '!' WHERE id = 3")
        assert_intact()
    reimaged = [item for item in items() if item[1] == "M"]
    assert len(reimaged) >= 12
    assert ask("SELECT DISTINCT reason FROM core_ledgeritem WHERE change = 'M' AND relation = 'book_thing'") == [
        ("새 열",)
    ]


def test_rows_whose_image_is_the_same_get_no_new_one() -> None:
    write("INSERT INTO book_thing (word, points) VALUES ('a', 1.50), ('b', 1.5)")
    migrate(changed("book_thing", "ALTER points TYPE numeric(12, 2)", "ALTER points TYPE numeric"))
    assert [key for key, change, _ in kinds("book_thing") if change == "M"] == ["2"]


def test_inputs_in_bulk_stay_exact_when_columns_change() -> None:
    for rows in (5, 1, 3):
        write(f"INSERT INTO book_mark (thing, points) SELECT n, n FROM generate_series(1, {rows}) AS n")
    migrate(changed("book_mark", "ADD note text DEFAULT ''", "DROP note"))
    assert_intact()
    write("INSERT INTO book_mark (thing, points) VALUES (1, 1)")
    assert_intact()
    images = [json.loads(image)["ids"] for _, change, image, *_ in items("book_mark") if change == "M"]
    assert images == ["{[1,10)}"]


@pytest.mark.parametrize("table", ["book_thing", "book_mark"])
def test_a_row_changed_behind_the_ledger_is_not_made_honest(table: str) -> None:
    write(FULL_THING)
    write("INSERT INTO book_mark (thing, points) VALUES (1, 1), (2, 2)")
    with unguarded(connection.connection, table):
        ask(f"UPDATE {table} SET points = 99 WHERE id = 2")
    with pytest.raises(RuntimeError, match="verify_ledger"):
        migrate(changed(table, "ADD note text DEFAULT ''", "DROP note"))
    assert ask(f"SELECT 1 FROM information_schema.columns WHERE table_name = '{table}' AND column_name = 'note'") == []
    assert verdict().damage is not None


def test_a_new_image_does_not_change_who_is_named() -> None:
    with named(actor="kim", verb="write"):
        migrate(changed("book_thing", "ADD note text", "DROP note"))
        ask("INSERT INTO book_thing (word) VALUES ('a')")
    assert kinds("book_thing") == [("1", "I", "kim")]


def test_the_ledger_can_be_taken_away_and_put_back() -> None:
    write(FULL_THING)
    for table in counted_tables(connection.connection):
        migrate(CountTable(table.relation), back=True)
    migrate(InstallLedger(), back=True)
    assert ask("SELECT proname FROM pg_proc WHERE proname LIKE 'ledger%'") == []
    assert ask("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'ledger%'") == []
    migrate(InstallLedger())
    migrate(CountTable("book_thing", exclude=("secret",)))
    write("UPDATE book_thing SET word = 'again'")
    assert_intact()


def test_what_makes_the_items_is_renewed_in_place() -> None:
    statement = "INSERT INTO book_mark (thing, points) VALUES (1, 1), (2, 2)"
    write(statement)
    older = "CREATE OR REPLACE FUNCTION ledger_count_statement() RETURNS trigger LANGUAGE plpgsql"
    ask(f"{older} AS 'BEGIN RETURN NULL; END'")
    migrate(RenewItems())
    write(statement)
    assert [change for _, change, *_ in items("book_mark")] == ["B", "B"]
    assert_intact()


def test_what_migrations_wrote_is_named() -> None:
    assert NonWorkingDay.objects.exists()
    written = ask("SELECT DISTINCT actor FROM core_ledgeritem WHERE relation = 'core_nonworkingday'")
    assert written == [("system:migration",)]
    assert_intact()
