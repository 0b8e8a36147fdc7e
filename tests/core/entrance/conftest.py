"""Every test begins with nobody having tried anything, and with allauth's commit callbacks running."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.story import Story, told


@pytest.fixture(autouse=True)
def unhurried() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def story(db: None) -> Story:
    return told()
