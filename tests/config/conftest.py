"""Copies of the project for tests that start and kill its programs."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.checkout import Checkout


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter (pytest's own are closed to others, and root's server runs as another)."""
    made = Path(tempfile.mkdtemp(prefix="simsa test 심사 "))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture
def checkout(folder: Path) -> Iterator[Checkout]:
    """A copy with no data yet; nothing of it may run when the test is over."""
    copy = Checkout.copy(folder / "project")
    yield copy
    left = not copy.empty()
    copy.kill()
    assert not left
