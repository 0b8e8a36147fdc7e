import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from core.ledger.naming import head, named
from tests.core.ledger.book import ask, assert_intact, block_sizes, items, write
from tests.sessions import waiting_sessions

pytestmark = pytest.mark.usefixtures("committed_book")
INSERT = "INSERT INTO book_thing (word) VALUES ('a')"


@contextmanager
def undone() -> Iterator[None]:
    """A savepoint that is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write_and_leave() -> None:
    with closing(connection):
        write(INSERT)


def until_somebody_waits() -> None:
    until = time.monotonic() + 20
    while not waiting_sessions():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_transaction_is_one_block() -> None:
    with transaction.atomic(), named(actor="kim", verb="write"):
        for _ in range(3):
            ask(INSERT)
        assert block_sizes() == []
    assert block_sizes() == [3]
    assert_intact()


def test_heads_are_chained() -> None:
    number, begun = head()
    heads = [begun]
    for _ in range(3):
        write(INSERT)
        heads.append(head()[1])
    assert ask("SELECT number, previous, head FROM core_ledgerblock WHERE number > %s ORDER BY number", [number]) == [
        (number + 1, *heads[0:2]),
        (number + 2, *heads[1:3]),
        (number + 3, *heads[2:4]),
    ]


def test_the_chain_begins_with_zeros() -> None:
    write(INSERT)
    assert ask("SELECT previous FROM core_ledgerblock WHERE number = 1") == [("0" * 64,)]


def test_a_large_transaction_is_one_block_in_linear_time() -> None:
    ask("SET statement_timeout = '20s'")
    write("INSERT INTO book_thing (word) SELECT 'a' FROM generate_series(1, 20000)")
    assert block_sizes() == [20000]
    assert_intact()


def test_constraints_set_immediate_and_more_writes_are_two_blocks() -> None:
    with transaction.atomic(), named(actor="kim", verb="write"):
        ask(INSERT)
        ask(INSERT)
        ask("SET CONSTRAINTS ALL IMMEDIATE")
        ask("SET CONSTRAINTS ALL DEFERRED")
        assert block_sizes() == [2]
        ask(INSERT)
    assert block_sizes() == [2, 1]
    assert_intact()


def test_while_constraints_are_immediate_each_item_is_its_own_block() -> None:
    with transaction.atomic(), named(actor="kim", verb="write"):
        ask(INSERT)
        ask("SET CONSTRAINTS ALL IMMEDIATE")
        ask(INSERT)
        ask("INSERT INTO book_thing (word) VALUES ('b'), ('c')")
    assert block_sizes() == [1, 1, 1, 1]
    assert_intact()


def test_a_savepoint_rolled_back_leaves_no_item() -> None:
    with transaction.atomic(), named(actor="kim", verb="write"):
        with undone():
            ask(INSERT)
        ask(INSERT)
        with undone():
            ask(INSERT)
    assert (block_sizes(), len(items())) == ([1], 1)
    assert_intact()


def test_a_seal_that_is_rolled_back_is_made_again_at_commit() -> None:
    with transaction.atomic(), named(actor="kim", verb="write"):
        ask(INSERT)
        with undone():
            ask(INSERT)
            ask("SET CONSTRAINTS ALL IMMEDIATE")
            assert block_sizes() == [2]
        ask("SET CONSTRAINTS ALL DEFERRED")
        ask(INSERT)
    assert (block_sizes(), len(items())) == ([2], 2)
    assert_intact()


def test_a_transaction_rolled_back_leaves_nothing() -> None:
    with undone(), named(actor="kim", verb="write"):
        ask(INSERT)
    assert (block_sizes(), items()) == ([], [])


def test_an_old_snapshot_fails_as_one_that_may_be_tried_again() -> None:
    def write_while_another_writes() -> None:
        with transaction.atomic():
            ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            with named(actor="kim", verb="write"), ThreadPoolExecutor(1) as pool:
                pool.submit(write_and_leave).result()
                ask(INSERT)

    with pytest.raises(OperationalError) as refusal:
        write_while_another_writes()
    assert refusal.value.__cause__.sqlstate == "40001"  # type: ignore[union-attr]
    assert block_sizes() == [1]
    assert_intact()


def test_a_marker_that_was_sealed_is_not_taken_again() -> None:
    write(INSERT)
    ((marker,),) = ask("SELECT marker::text FROM core_ledgerblock ORDER BY number DESC LIMIT 1")
    with pytest.raises(DatabaseError, match="marker"):
        write(f"SET LOCAL simsa.marker = '{marker}'; {INSERT}")
    assert (block_sizes(), len(items())) == ([1], 1)
    assert_intact()


def test_no_row_is_waited_for_while_the_end_of_the_chain_is_held() -> None:
    """A deferred foreign key's check waits for a row that another writer holds, who seals before: no deadlock."""
    ask("CREATE TABLE book_part (id int PRIMARY KEY, thing bigint REFERENCES book_thing DEFERRABLE INITIALLY DEFERRED)")
    ask("SELECT ledger_install('book_part', '{}', false)")
    write("INSERT INTO book_thing (word) VALUES ('a'), ('b')")
    name = {"actor": "kim", "verb": "write"}

    def part_of_both() -> None:
        with closing(connection), transaction.atomic(), named(**name):
            ask("INSERT INTO book_part VALUES (1, 1)")
            ask("INSERT INTO book_part VALUES (2, 2)")

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic(), named(**name):
            ask("SELECT FROM book_thing WHERE id = 2 FOR UPDATE")
            waiting = pool.submit(part_of_both)
            until_somebody_waits()
            ask(INSERT)
        waiting.result(timeout=20)
    assert block_sizes() == [2, 1, 2]
    assert_intact()
