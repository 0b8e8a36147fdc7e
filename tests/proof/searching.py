"""How the machine is run: always the same examples, so that what is found today is found tomorrow."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.proof.machine import Proceedings
from tests.proof.scored import scored

PROFILE = settings(
    max_examples=30,
    stateful_step_count=30,
    phases=[Phase.generate],
    derandomize=True,
    deadline=None,
    database=None,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


def the_machine() -> None:
    """A round that could be announced, and everything that may follow, until something is not as it must be."""
    Proceedings.story = scored()
    run_state_machine_as_test(Proceedings, settings=PROFILE)
