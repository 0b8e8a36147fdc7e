"""What the proof is worth: each of these faults is planted in turn, and found.

The faults are those that a system for objections and calls must not have; each is really active while it is looked for
(`planting`), and without any of them the same search finds nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from django.db import DatabaseError
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.core.calendar.test_dates_by_hand import test_the_calendar_of_the_database_gives_the_same as dates_by_hand
from tests.proof.machine import Proceedings
from tests.proof.planting import Fault, planted
from tests.proof.scored import scored

pytestmark = pytest.mark.django_db
QUICK = settings(
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
    Proceedings.story = scored()
    run_state_machine_as_test(Proceedings, settings=QUICK)


@dataclass(frozen=True)
class Planted:
    """Faults that belong together, the constraints that would stop them, and what finds them."""

    faults: Sequence[Fault]
    dropped: Sequence[str] = ()
    finder: Callable[[], None] = the_machine


OPERATIONS, CLOSING = "evaluation.operations", "appeals.operations.closing"
CALENDAR, QUERIES, FILING = "core.calendar.window", "appeals.queries", "appeals.operations.filing"

FAULTS = {
    "score after the lock": Planted(
        [Fault(f"{OPERATIONS}.inputs", "if round.state != RoundState.SCORING:", "if False:")],
    ),
    "no snapshot": Planted(
        [Fault(f"{OPERATIONS}.snapshots", "SnapshotRow.objects.bulk_create(", "list(")],
    ),
    "no next snapshot": Planted(
        [Fault(f"{OPERATIONS}.correcting", "after = take_snapshot(round, computed, now)", "after = before")],
        [
            "evaluation_correction correction_makes_another_snapshot",
            "evaluation_correction evaluation_correction_after_id_key",
            "evaluation_announcement evaluation_announcement_snapshot_id_key",
        ],
    ),
    "self-approval": Planted(
        [
            Fault("core.operations.decisions", "if preparer.name == approver.name:", "if False:"),
            Fault("core.operations.decisions", "if actor.person() == decision.prepared_by:", "if False:"),
        ],
        ["core_decision decision_two_people"],
    ),
    "announced twice": Planted(
        [Fault(f"{OPERATIONS}.announcing", 'state = ROUND.require(round.state, "announce")', 'state = "announced"')],
    ),
    "plus ten days without the calendar": Planted(
        [Fault(CALENDAR, "while not is_working_day(last, non_working):", "while False:")],
    ),
    "no move from a holiday": Planted(
        [
            Fault(
                CALENDAR,
                "return day.weekday() < SATURDAY and day not in non_working",
                "return day.weekday() < SATURDAY",
            )
        ],
        finder=dates_by_hand,
    ),
    "inclusive end": Planted(
        [Fault(FILING, "if window.is_over(now) or", "if now > window.window_closes_at or")],
    ),
    "duplicate appeal": Planted(
        [Fault(FILING, "if Appeal.objects.filter(entry=entry, ground=ground).exists():", "if False:")],
        ["appeals_appeal appeal_one_a_team_and_ground"],
    ),
    "missing notice": Planted(
        [
            Fault(
                f"{OPERATIONS}.serving",
                "    for entry in entries:\n        paper",
                "    for entry in entries[1:]:\n        paper",
            )
        ],
    ),
    "only the first team's window": Planted(
        [
            Fault(f"{OPERATIONS}.announcing", "max(ends, default=None)", "ends[0]"),
            Fault(
                QUERIES,
                "waiting = Notice.objects.filter(window_closes_at__gt=now)",
                'waiting = Notice.objects.filter(window_closes_at__gt=now, entry__team__code="a")',
            ),
        ],
    ),
    "a pending appeal ignored": Planted(
        [
            Fault(
                QUERIES,
                "    undecided = Appeal.objects.filter(state__in=UNDECIDED)\n    prepared",
                "    undecided = Appeal.objects.none()\n    prepared",
            ),
        ],
    ),
    "the call opened twice": Planted(
        [
            Fault("appeals.operations.authorising", "if standing is not None:", "if False:"),
            Fault(QUERIES, "        call=None,\n", ""),
            Fault(CLOSING, "if vacancy.call is not None:", "if False:"),
        ],
        [
            "appeals_authorisation authorisation_one_a_vacancy",
            "consortia_call call_windows_never_overlap",
        ],
    ),
    "an appeal after a waiver": Planted(
        [Fault("appeals.policies", "if Waiver.objects.filter(entry=entry).exists():", "if False:")],
        ["appeals_appeal appeal_never_after_a_waiver"],
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str) -> None:
    what = FAULTS[fault]
    with planted(what.faults, what.dropped), pytest.raises((AssertionError, DatabaseError, ExceptionGroup)):
        what.finder()


@pytest.mark.parametrize("finder", [the_machine, dates_by_hand])
def test_where_nothing_is_planted_nothing_is_found(finder: Callable[[], None]) -> None:
    finder()
