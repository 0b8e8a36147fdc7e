"""The faults that a system for objections and calls must not have, each with how it is found.

`says` is what the finding says, so that each is found for what it is. `guards` are the constraints of the database that
would refuse what the fault brings about; they are dropped while it is looked for. With them in place the database's
refusal is the finding, unless a step shows the fault before anything is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.proof.planting import Fault


@dataclass(frozen=True)
class Planted:
    """What is planted, what the finding says, and the guards ("table constraint") that would refuse it."""

    faults: Sequence[Fault]
    says: str
    guards: Sequence[str] = ()


OPERATIONS, CLOSING = "evaluation.operations", "appeals.operations.closing"
CALENDAR, FILING = "core.calendar.window", "appeals.operations.filing"
QUERIES, CALLS = "appeals.queries.closing", "appeals.queries.calls"

FAULTS = {
    "score after the lock": Planted(
        [Fault(f"{OPERATIONS}.inputs", "if round.state != RoundState.SCORING:", "if False:")],
        "done where locked was expected",
    ),
    "no snapshot": Planted(
        [Fault(f"{OPERATIONS}.snapshots", "FROM made, body", "FROM made, body WHERE false")],
        "each entry stands in each snapshot",
    ),
    "no next snapshot": Planted(
        [Fault(f"{OPERATIONS}.correcting", "after = take_snapshot(round, now)", "after = before")],
        "one snapshot a publication",
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
        "where same_person was expected",
        ["core_decision decision_two_people"],
    ),
    "announced twice": Planted(
        [Fault(f"{OPERATIONS}.announcing", 'state = ROUND.require(round.state, "announce")', 'state = "announced"')],
        "done where wrong_state was expected",
    ),
    "plus ten days without the calendar": Planted(
        [Fault(CALENDAR, "while not is_working_day(last, non_working):", "while False:")],
        "each window ends when it must",
    ),
    "no move from a holiday": Planted(
        [
            Fault(
                CALENDAR,
                "return day.weekday() < SATURDAY and day not in non_working",
                "return day.weekday() < SATURDAY",
            )
        ],
        "each window ends when it must",
    ),
    "inclusive end": Planted(
        [Fault(QUERIES, "if window.is_over(now) or", "if now > window.window_closes_at or")],
        "done where too_late was expected",
    ),
    "duplicate appeal": Planted(
        [Fault(FILING, "if Appeal.objects.filter(entry=entry, ground=ground).exists():", "if False:")],
        "done where duplicate was expected",
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
        "each team has its notices and no others",
    ),
    "only the first team's window": Planted(
        [
            Fault(f"{OPERATIONS}.announcing", "max(ends, default=None)", "ends[0]"),
            Fault(QUERIES, "ending_after(now)", 'ending_after(now).filter(entry__team__code="a")'),
        ],
        "the latest of the windows is the round's",
    ),
    "a pending appeal ignored": Planted(
        [Fault(QUERIES, "from appeals.states import UNDECIDED", "UNDECIDED = ()")],
        "the round is final, it must be announced",
    ),
    "two calls for one vacancy": Planted(
        [Fault("appeals.operations.authorising", "if standing is not None:", "if False:")],
        "done where duplicate was expected",
        ["appeals_authorisation authorisation_one_a_vacancy"],
    ),
    "the call opened twice": Planted(
        [
            Fault(CALLS, "        call=None,\n", ""),
            Fault(
                CALLS,
                'round__authorisations__call__state="authorised"',
                'round__authorisations__call__state__in=["authorised", "open"]',
            ),
            Fault(CLOSING, "if vacancy.call is not None:", "if False:"),
            Fault(CLOSING, " or authorisation.call.state != CallState.AUTHORISED:", ":"),
            Fault("consortia.operations.calls", 'CALL.require(call.state, "open")', '"open"'),
        ],
        "each call is in its state, with its window",
        ["consortia_callnotice consortia_callnotice_call_id_key"],
    ),
    "an appeal after a waiver": Planted(
        [Fault(FILING, "    require_may_object(entry)\n", "")],
        "where not_entitled was expected",
        ["appeals_appeal appeal_never_after_a_waiver"],
    ),
}
