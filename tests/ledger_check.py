"""After every test that commits: each write has its item, with an actor and a verb, and the ledger is intact."""

from collections.abc import Iterator

import pytest
from django.db import connection

from core.ledger.verifier import verify


def _commits(request: pytest.FixtureRequest) -> bool:
    if "committed_book" in request.fixturenames:
        return False  # the ledger's own tests, which damage what they judge
    marker = request.node.get_closest_marker("django_db")
    return "transactional_db" in request.fixturenames or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def ledger_is_intact(request: pytest.FixtureRequest) -> Iterator[None]:
    """Judged before the database is restored. A row without its item, or an item without its block, fails the test."""
    if not _commits(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    connection.ensure_connection()
    damage = verify(connection.connection).damage
    assert damage is None, damage.sentences
