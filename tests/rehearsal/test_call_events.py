"""Every refusal that the events of a call can give; evaluators of the call are experts 1 to 3."""

import pytest

from tests.rehearsal.after import codes, last

pytestmark = pytest.mark.django_db
BOTH = "by: [official-1, official-2]"
ALONE = "by: [official-1, official-1]"
CALL = (
    "do: authorise_call, call: c-1, round: stage-1, seats: vacancies, notice_days: 10, "
    f"eligible: [eliminated, earlier_applicants, newcomers], {BOTH}\n"
)
SHUT = "at: 2026-01-27T00:00+09:00, "
# Opened on Tuesday 27 January for ten days: the tenth is Friday 6 February.
OVER = "at: 2026-02-07T00:00+09:00, "
OPENED = CALL + SHUT + "do: sweep\n"
APPLY = SHUT + "do: apply, call: c-1, team: team-x, by: x-lead\n"
ANSWERED = OPENED + APPLY + SHUT + "do: apply, call: c-1, team: team-b, by: b-lead\n"
SCREEN = OVER + "do: screen_application, call: c-1, team: team-x, eligible: true, reason: 적합, by: official-1\n"
OUT = SCREEN.replace("true", "false")
VOTE = OVER + "do: vote_application, call: c-1, team: team-x, person: expert-%s, accept: true\n"
TWO_VOTES = VOTE % 1 + VOTE % 2
SELECT = OVER + f"do: select, call: c-1, team: team-x, reason: 과반, {BOTH}\n"
NOBODY = SELECT.replace("team: team-x", "team: none")


@pytest.mark.parametrize(
    "event",
    [
        APPLY.replace("c-1", "c-9"),
        APPLY.replace("team-x", "team-z"),
        SCREEN.replace("team-x", "team-y"),
        SCREEN.replace("c-1", "c-9"),
        (VOTE % 1).replace("team-x", "team-y"),
        VOTE % 9,
        SELECT.replace("team-x", "team-y"),
        SELECT.replace("team-x", "team-y").replace(BOTH, ALONE),
        SELECT.replace("c-1", "c-9"),
        CALL.replace("c-1", "c-2").replace(BOTH, "terms: {exceptions: [{team: t, line: gpu, reason: 가}]}, " + ALONE),
    ],
)
def test_unknown(event: str) -> None:
    at = "" if event.startswith("at:") else OVER
    assert last(ANSWERED + at + event) == "unknown"


@pytest.mark.parametrize(
    "event",
    [
        *(APPLY.replace("x-lead", who) for who in ("official-1", "expert-1", "auditor-1")),
        *(SCREEN.replace("official-1", who) for who in ("x-lead", "expert-1", "reviewer-1")),
        (VOTE % 1).replace("expert-1", "official-1"),
        (VOTE % 1).replace("expert-1", "reviewer-1"),
        SELECT.replace(BOTH, "by: [official-1, expert-1]"),
        SELECT.replace(BOTH, "by: [operator-1, operator-1]"),
    ],
)
def test_not_allowed(event: str) -> None:
    assert last(ANSWERED + event) == "not_allowed"


@pytest.mark.parametrize(
    "event",
    [
        APPLY.replace("x-lead", "b-lead"),
        (VOTE % 1).replace("accept: true", "accept: true, by: expert-2"),
        (VOTE % 1).replace("expert-1", "spare"),
        (OUT + (VOTE % 1).replace("expert-1", "spare")),
    ],
)
def test_not_entitled(event: str) -> None:
    assert last(ANSWERED + event) == "not_entitled"


@pytest.mark.parametrize(
    "events",
    [
        ANSWERED + SHUT + "do: apply, call: c-1, team: team-a, by: a-lead",
        CALL.replace(", newcomers", "") + "do: apply, call: c-1, team: team-y, by: y-lead",
        ANSWERED + OUT + VOTE % 1,
        ANSWERED + OUT + SELECT,
        ANSWERED + OUT + SELECT.replace(BOTH, ALONE),
    ],
)
def test_not_eligible(events: str) -> None:
    assert last(events) == "not_eligible"


def test_an_evaluator_with_an_interest_in_any_applicant_is_out_of_all() -> None:
    """insider belongs to org-b: on the panel, but not among the call's evaluators once b applies."""
    panel = "expert-1, expert-2, insider"
    vote = (VOTE % 1).replace("expert-1", "insider")
    assert last(OPENED + APPLY + vote, panel=panel) == "done"
    assert last(ANSWERED + vote, panel=panel) == "conflict_of_interest"
    declared = (
        OVER + "do: declare_conflict, round: stage-1, person: expert-1, team: team-x, kind: kinship, reason: 가\n"
    )
    assert last(ANSWERED + declared + VOTE % 1) == "conflict_of_interest"


def test_a_vote_of_who_is_out_by_then_counts_no_more() -> None:
    """Two of three accept; with one of the two out, one of two is no majority."""
    declared = OVER + "do: declare_conflict, round: stage-1, person: expert-1, team: team-b, kind: other, reason: 가\n"
    assert last(ANSWERED + TWO_VOTES + SELECT) == "done"
    assert last(ANSWERED + TWO_VOTES + declared + SELECT) == "no_majority"


@pytest.mark.parametrize("events", [ANSWERED + SELECT.replace(BOTH, ALONE), CALL.replace(BOTH, ALONE)])
def test_same_person(events: str) -> None:
    assert last(events) == "same_person"


@pytest.mark.parametrize(
    "events",
    [
        CALL + "do: apply, call: c-1, team: team-x, by: x-lead",
        CALL + NOBODY,
        ANSWERED + NOBODY + SCREEN,
        ANSWERED + NOBODY + VOTE % 1,
        ANSWERED + NOBODY + SELECT,
        ANSWERED + NOBODY + NOBODY,
        ANSWERED + TWO_VOTES + SELECT + SELECT,
        ANSWERED + TWO_VOTES + SELECT + OVER + CALL.replace("c-1", "c-2"),
    ],
)
def test_wrong_state(events: str) -> None:
    assert last(events) == "wrong_state"


@pytest.mark.parametrize("event", [SCREEN, VOTE % 1, SELECT, NOBODY])
def test_too_early(event: str) -> None:
    one_tick_before = event.replace(OVER, "at: 2026-02-06T23:59:59.999999+09:00, ")
    assert last(OPENED + APPLY + one_tick_before) == "too_early"


@pytest.mark.parametrize("swept", ["", OVER + "do: sweep\n"])
def test_too_late(swept: str) -> None:
    late = APPLY.replace(SHUT, OVER)
    assert last(OPENED + swept + late) == "too_late"
    assert last(ANSWERED + swept + late) == "too_late"


@pytest.mark.parametrize(
    "events",
    [
        ANSWERED + APPLY,
        CALL + CALL.replace("10", "11"),
        CALL + CALL.replace("c-1", "c-2"),
        ANSWERED + SCREEN + OUT,
        ANSWERED + VOTE % 1 + (VOTE % 1).replace("true", "false"),
        ANSWERED + NOBODY + OVER + CALL,
    ],
)
def test_duplicate(events: str) -> None:
    assert last(events) == "duplicate"


@pytest.mark.parametrize("events", [CALL + CALL, ANSWERED + SCREEN + SCREEN, ANSWERED + VOTE % 1 + VOTE % 1])
def test_the_same_again_is_done(events: str) -> None:
    assert last(events) == "done"


@pytest.mark.parametrize(
    "event", [CALL.replace("vacancies", "3"), CALL.replace("vacancies", "0"), CALL.replace("days: 10", "days: 0")]
)
def test_out_of_range(event: str) -> None:
    assert last(event) == "out_of_range"


@pytest.mark.parametrize(
    "events",
    [
        ANSWERED + SELECT,
        ANSWERED + VOTE % 1 + SELECT,
        ANSWERED + TWO_VOTES + NOBODY,
        ANSWERED + TWO_VOTES.replace("true", "false") + SELECT,
    ],
)
def test_no_majority(events: str) -> None:
    assert last(events) == "no_majority"


def test_after_nobody_a_second_call_opens_with_the_next_sweep() -> None:
    second = OVER + CALL.replace("c-1", "c-2") + OVER + "do: sweep\n"
    answer = OVER + "do: apply, call: c-2, team: team-y, by: y-lead\n"
    assert set(codes(ANSWERED + NOBODY + second + answer)) == {"done"}
