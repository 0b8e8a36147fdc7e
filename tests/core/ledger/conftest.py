import pytest

from tests.core.ledger.book import TABLES, ask


@pytest.fixture
def book(db: None) -> None:
    """Two counted tables beside the application's own."""
    ask(TABLES)


@pytest.fixture
def committed_book(transactional_db: None) -> None:
    """The same in a database whose transactions really commit."""
    ask(TABLES)
