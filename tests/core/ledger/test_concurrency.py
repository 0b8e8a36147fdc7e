from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from random import Random

import pytest
from django.db import connection, transaction

from core.ledger.naming import named
from tests.core.ledger.book import ask, assert_intact, block_sizes, items

WRITERS = 8
TURNS = 30


def write_in_turn(writer: int) -> list[int]:
    """Transactions of several sizes, some undone, some with a savepoint undone; returns the sizes that committed."""
    chance, sizes = Random(writer), []
    with closing(connection):
        for turn in range(TURNS):
            size = chance.randrange(1, 5)
            with transaction.atomic(), named(actor=f"p{writer}", verb="write"):
                for _ in range(size):
                    ask("INSERT INTO book_thing (word) VALUES ('a')")
                with transaction.atomic():
                    ask("INSERT INTO book_mark (thing, points) VALUES (1, 1)")
                    transaction.set_rollback(chance.random() < 0.5)
                    kept = size + (not transaction.get_rollback())
                transaction.set_rollback(turn % 7 == 6)
            if turn % 7 != 6:
                sizes.append(kept)
    return sizes


@pytest.mark.usefixtures("committed_book")
def test_many_writers_make_one_chain_without_a_gap() -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        writing = [pool.submit(write_in_turn, writer) for writer in range(WRITERS)]
        while not all(done.done() for done in writing):
            assert_intact()
        committed = [size for done in writing for size in done.result()]
    assert sorted(block_sizes()) == sorted(committed)
    assert len(items()) + len(items("book_mark")) == sum(committed)
    ((gapless,),) = ask("SELECT count(*) = max(number) AND min(number) = 1 FROM core_ledgerblock")
    assert gapless
    assert_intact()
