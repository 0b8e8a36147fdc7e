"""A whole round with appeals and calls, at random: whatever is tried in whatever order, what must be so is so."""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proof.machine import Proceedings
from tests.proof.scored import scored

pytestmark = pytest.mark.django_db
THOROUGH = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_whatever_is_tried_in_whatever_order() -> None:
    Proceedings.story = scored()
    run_state_machine_as_test(Proceedings, settings=THOROUGH)
