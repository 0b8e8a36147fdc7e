"""A whole round with appeals and calls, at random: whatever is tried in whatever order, what must be so is so."""

import pytest

from tests.proof.searching import the_machine

pytestmark = pytest.mark.django_db


def test_whatever_is_tried_in_whatever_order() -> None:
    """With the same examples with which each planted fault is found: here nothing is."""
    the_machine()
