import pytest
from django.core.cache import cache

from tests.story import Story, told

TOTALS = {"a": "90.2", "b": 80, "c": 70, "d": 60, "e": 50}


@pytest.fixture
def story(db: None) -> Story:
    """A round with every score and verdict, not announced yet."""
    cache.clear()  # Requests are counted there, by account.
    return told().open().score_all(TOTALS)
