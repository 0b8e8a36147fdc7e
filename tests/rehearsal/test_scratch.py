"""Templates of earlier states of the migrations: they go when a new one is made, but for those in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from psycopg import sql

from rehearsal import scratch

pytestmark = pytest.mark.django_db
NOW = scratch.TEMPLATE + scratch._migrations_digest()
IDLE, BROKEN_OFF, BUSY = (f"{scratch.TEMPLATE}{name}" for name in ("idle", "idle_making", "busy"))
SOMEBODYS = "simsa-template-of-somebody"  # `_` in a pattern would be any letter


@contextmanager
def connected(name: str) -> "Iterator[psycopg.Connection[Any]]":
    with psycopg.connect(**{**scratch._server(), "dbname": name}, autocommit=True) as found:
        yield found


@pytest.fixture
def keeper() -> "Iterator[psycopg.Connection[Any]]":
    """A connection that alone makes and drops templates, with some to drop."""
    made = (IDLE, BROKEN_OFF, BUSY, SOMEBODYS)
    with connected("postgres") as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [scratch._TEMPLATES])
        for name in made:
            scratch._create(keeper, name, "template0")
        try:
            yield keeper
        finally:
            for name in made:
                scratch._drop(keeper, name)


def there(keeper: "psycopg.Connection[Any]") -> set[str]:
    asked = sql.SQL("SELECT datname FROM pg_database WHERE datname LIKE 'simsa_template%'")
    return {name for (name,) in keeper.execute(asked).fetchall()}


def test_the_templates_of_other_states_go_when_one_is_made(keeper):
    before = there(keeper)
    with connected(BUSY):
        scratch._drop_others(keeper, NOW)
        assert there(keeper) == {BUSY, SOMEBODYS} | (before & {NOW})
    scratch._drop_others(keeper, NOW)
    assert there(keeper) == {SOMEBODYS} | (before & {NOW})
