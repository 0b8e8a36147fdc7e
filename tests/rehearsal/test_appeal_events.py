"""Every refusal that the events after an announcement can give, as the author of a scenario would provoke it.

Where two fit, the one that stands higher in the table of codes must come out.
"""

import pytest

from tests.rehearsal.after import SCORED, codes, last

pytestmark = pytest.mark.django_db
BOTH = "by: [official-1, official-2]"
ALONE = "by: [official-1, official-1]"
FILE = "do: file_appeal, id: p-1, round: stage-1, team: team-b, ground: decisive_error, statement: 이유, by: b-lead\n"
ADMIT = "do: admit_appeal, appeal: p-1, admitted: true, reason: 적격, by: official-1\n"
REJECT = ADMIT.replace("true", "false")
ASSIGN = "do: assign_reviewers, appeal: p-1, people: [spare], by: official-1\n"
TAKE_BACK = "do: withdraw_appeal, appeal: p-1, by: b-lead\n"
DISMISS = f"do: decide_appeal, appeal: p-1, outcome: dismissed, reason: 이유, {BOTH}\n"
UPHOLD = "do: decide_appeal, appeal: p-1, outcome: upheld, reason: 이유, corrections: [%s], " + BOTH + "\n"
PASSED = "{set_gate: {gate: originality, team: team-b, verdict: passed}}"
WAIVE_B = "do: waive_appeal, round: stage-1, team: team-b, by: b-lead\n"
WAIVE_C = "do: waive_appeal, round: stage-1, team: team-c, by: c-lead\n"
EARLY = f"do: close_appeals_early, round: stage-1, reason: 모두 포기, {BOTH}\n"
LATE = "at: 2026-01-27T00:00+09:00, "
LAST_INSTANT = "at: 2026-01-26T23:59:59.999999+09:00, "
SWEEP = LATE + "do: sweep\n"
MOVE = f"do: move_end, round: stage-1, ends: 2026-01-31, reason: 늦은 시작, {BOTH}\n"


def points(figure: str, team: str = "team-c", criterion: str = "points") -> str:
    return f"{{set_points: {{team: {team}, criterion: {criterion}, points: {figure}}}}}"


def run(name: str, figure: str, team: str = "team-c") -> str:
    return f"{{set_measurement: {{team: {team}, criterion: runs, name: {name}, value: {figure}}}}}"


@pytest.mark.parametrize(
    "event",
    [
        FILE.replace("stage-1", "stage-9"),
        FILE.replace("team-b", "team-z"),
        FILE.replace("team-b", "team-x").replace("b-lead", "x-lead"),
        FILE.replace("b-lead", "nobody"),
        WAIVE_B.replace("team-b", "team-x"),
        WAIVE_B.replace("stage-1", "stage-9").replace("b-lead", "official-1"),
        ADMIT.replace("p-1", "p-9"),
        ADMIT.replace("p-1", "p-9").replace("official-1", "b-lead"),
        ASSIGN.replace("spare", "nobody"),
        ASSIGN.replace("p-1", "p-9"),
        TAKE_BACK.replace("p-1", "p-9"),
        DISMISS.replace("p-1", "p-9"),
        DISMISS.replace("p-1", "p-9").replace(BOTH, "by: [expert-1, expert-1]"),
        DISMISS.replace(BOTH, "by: [official-1, nobody]"),
        UPHOLD % PASSED.replace("originality", "nothing"),
        UPHOLD % PASSED.replace("team-b", "team-x"),
        UPHOLD % points("1", criterion="runs"),
        UPHOLD % points("1", team="team-z"),
        UPHOLD % run("m-9", "1"),
        UPHOLD % "{exclude_sheet: {person: expert-1, team: team-a}}",
        UPHOLD % "{exclude_sheet: {person: nobody, team: team-a}}",
        UPHOLD.replace(BOTH, "by: [expert-1, b-lead]") % run("m-9", "1"),
        UPHOLD.replace(BOTH, ALONE) % PASSED.replace("originality", "nothing"),
        EARLY.replace("stage-1", "stage-9"),
        MOVE.replace("stage-1", "stage-9"),
    ],
)
def test_unknown(event: str) -> None:
    assert last(FILE + event) == "unknown"


@pytest.mark.parametrize(
    "event",
    [
        *(FILE.replace("b-lead", who) for who in ("official-1", "expert-1", "reviewer-1", "auditor-1", "operator-1")),
        WAIVE_B.replace("b-lead", "official-1"),
        *(ADMIT.replace("official-1", who) for who in ("b-lead", "expert-1", "reviewer-1", "operator-1")),
        ASSIGN.replace("by: official-1", "by: reviewer-1"),
        ASSIGN.replace("spare", "official-2"),
        ASSIGN.replace("spare", "a-lead"),
        TAKE_BACK.replace("b-lead", "official-1"),
        DISMISS.replace(BOTH, "by: [official-1, expert-1]"),
        DISMISS.replace(BOTH, "by: [expert-1, expert-1]"),
        EARLY.replace(BOTH, "by: [b-lead, official-1]"),
        MOVE.replace(BOTH, "by: [official-1, operator-1]"),
    ],
)
def test_not_allowed(event: str) -> None:
    assert last(FILE + ADMIT + event) == "not_allowed"


@pytest.mark.parametrize(
    "events",
    [
        FILE.replace("b-lead", "c-lead"),
        WAIVE_B.replace("b-lead", "c-lead"),
        FILE + TAKE_BACK.replace("b-lead", "c-lead"),
        FILE + REJECT + TAKE_BACK.replace("b-lead", "c-lead"),
        WAIVE_B + FILE,
        WAIVE_B + LATE + FILE,
        LATE + FILE.replace("b-lead", "c-lead"),
    ],
)
def test_not_entitled(events: str) -> None:
    assert last(events) == "not_entitled"


@pytest.mark.parametrize("event", [FILE, WAIVE_B])
def test_who_was_not_notified_is_not_entitled(event: str) -> None:
    assert last(event, delivered="team-b: 2026-01-20T09:00+09:00") == "not_entitled"
    assert last("at: 2026-01-20T09:00+09:00, " + event, delivered="team-b: 2026-01-20T09:00+09:00") == "done"
    assert last(event, before=SCORED) == "not_entitled"


@pytest.mark.parametrize("person", ["expert-1", "expert-3", "insider", "stranger"])
def test_conflict_of_interest_of_a_reviewer(person: str) -> None:
    """Of the first panel, of a member of the team, and of nobody knows what organisation."""
    assert last(FILE + ADMIT + ASSIGN.replace("spare", f"spare, {person}")) == "conflict_of_interest"
    assert last(FILE + ASSIGN.replace("spare", person)) == "conflict_of_interest"


def test_an_unknown_interest_is_cleared_first() -> None:
    clear = (
        "do: declare_conflict, round: stage-1, person: stranger, team: team-b, kind: none, reason: 확인, by: official-1"
    )
    assert last(FILE + ADMIT + clear + "\n" + ASSIGN.replace("spare", "stranger, reviewer-1")) == "done"


@pytest.mark.parametrize(
    "events",
    [
        FILE + ADMIT.replace("official-1", "both"),
        FILE + ADMIT + DISMISS.replace("official-2", "both"),
        FILE + DISMISS.replace(BOTH, "by: [both, both]"),
        EARLY.replace("official-1", "both"),
    ],
)
def test_conflict_of_interest_of_who_sits_on_the_panel(events: str) -> None:
    assert last(events, panel="expert-1, both") == "conflict_of_interest"


@pytest.mark.parametrize(
    "events",
    [
        FILE + ADMIT + DISMISS.replace(BOTH, ALONE),
        FILE + DISMISS.replace(BOTH, ALONE),
        EARLY.replace(BOTH, ALONE),
        LATE + EARLY.replace(BOTH, ALONE),
        MOVE.replace(BOTH, ALONE),
    ],
)
def test_same_person(events: str) -> None:
    assert last(events) == "same_person"


@pytest.mark.parametrize(
    "events",
    [
        FILE + DISMISS,
        FILE + REJECT + DISMISS,
        FILE + ADMIT + DISMISS + DISMISS,
        FILE + ADMIT + DISMISS + UPHOLD % PASSED,
        FILE + ADMIT + ADMIT,
        FILE + ADMIT + REJECT,
        FILE + REJECT + ADMIT,
        FILE.replace("decisive_error", "rules") + REJECT + ADMIT,
        FILE + TAKE_BACK + ADMIT,
        FILE + TAKE_BACK + TAKE_BACK,
        FILE + ADMIT + DISMISS + TAKE_BACK,
        FILE + ASSIGN,
        FILE + ADMIT + DISMISS + ASSIGN,
        FILE + DISMISS.replace(BOTH, f"corrections: [{PASSED}], {BOTH}"),
        MOVE,
        MOVE.replace("2026-01-31", "2027-01-31"),
    ],
)
def test_wrong_state(events: str) -> None:
    assert last(events) == "wrong_state"


def test_before_the_announcement_nothing_closes_early() -> None:
    assert last(EARLY, before=SCORED) == "wrong_state"


@pytest.mark.parametrize("event", [FILE, WAIVE_B, EARLY])
@pytest.mark.parametrize("swept", ["", SWEEP])
def test_too_late(event: str, swept: str) -> None:
    assert last(swept + LATE + event) == "too_late"


@pytest.mark.parametrize("event", [FILE, WAIVE_B])
def test_the_last_instant_is_in_time(event: str) -> None:
    assert last(LAST_INSTANT + event) == "done"


def test_after_an_early_close_it_is_too_late() -> None:
    early = WAIVE_B + WAIVE_C + "at: 2026-01-19T09:00+09:00, " + EARLY
    appeal = "at: 2026-01-19T09:00+09:00, " + FILE.replace("team-b", "team-a").replace("b-lead", "a-lead")
    assert last(early + appeal) == "too_late"
    assert last(early + "at: 2026-01-19T09:00+09:00, " + EARLY) == "too_late"


@pytest.mark.parametrize(
    "events",
    [
        EARLY,
        WAIVE_B + EARLY,
        WAIVE_C + EARLY,
        FILE + WAIVE_B + WAIVE_C + EARLY,
        FILE + ADMIT + WAIVE_B + WAIVE_C + EARLY,
    ],
)
def test_still_pending(events: str) -> None:
    assert last(events) == "still_pending"


def test_a_notice_on_its_way_to_a_team_that_advances_is_not_waited_for() -> None:
    assert last(WAIVE_B + WAIVE_C + EARLY, delivered="team-a: 2026-01-20T09:00+09:00") == "done"


@pytest.mark.parametrize("end", [TAKE_BACK, REJECT, ADMIT + DISMISS])
def test_nothing_is_pending_when_the_appeal_has_ended(end: str) -> None:
    assert last(FILE + WAIVE_B + WAIVE_C + end + EARLY) == "done"


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        ("{set_gate: {gate: originality, team: team-a, verdict: passed}}", "done"),
        (points("60.1", "team-a"), "out_of_range"),
        (points("60.1"), "incomplete"),
        (points("-1"), "out_of_range"),
        (points("60"), "incomplete"),  # c comes within the seats, and has no verdict
        (f"{PASSED}, {points('61')}", "incomplete"),
        (run("m-1", "30.5", "team-a"), "out_of_range"),
        (run("m-1", "-1"), "out_of_range"),
        (f"{run('m-1', '25')}, {run('m-2', '5')}", "done"),
        (f"{points('30', 'team-b')}, {PASSED.replace('team-b', 'team-c')}", "tie_at_cut"),
        (f"{points('40')}, {points('39')}", "done"),
    ],
)
def test_corrections(correction: str, code: str) -> None:
    assert last(FILE + ADMIT + UPHOLD % correction) == code


def test_a_dismissed_appeal_corrects_nothing() -> None:
    dismissed = DISMISS.replace(BOTH, f"corrections: [{PASSED}], {BOTH}")
    assert last(FILE + ADMIT + dismissed) == "out_of_range"


@pytest.mark.parametrize(
    "again",
    [
        FILE.replace("p-1", "p-2"),
        FILE.replace("이유", "다른 이유"),
        FILE.replace("decisive_error", "other"),
        FILE.replace("team-b", "team-c").replace("b-lead", "c-lead"),
        TAKE_BACK + FILE,
        TAKE_BACK + FILE.replace("p-1", "p-2"),
        REJECT + FILE.replace("p-1", "p-2"),
    ],
)
def test_duplicate(again: str) -> None:
    assert last(FILE + again) == "duplicate"


@pytest.mark.parametrize("events", [FILE + FILE, WAIVE_B + WAIVE_B, FILE + ADMIT + ASSIGN + ASSIGN])
def test_the_same_again_is_done(events: str) -> None:
    assert last(events) == "done"


@pytest.mark.parametrize("ground", ["panel_choice", "rules", "method", "amounts"])
def test_inadmissible(ground: str) -> None:
    received = FILE.replace("decisive_error", ground)
    assert codes(received + ADMIT + REJECT) == ["done", "inadmissible", "done"]


@pytest.mark.parametrize(
    ("ends", "code"),
    [
        ("2026-01-31", "done"),
        ("2026-01-15", "done"),
        ("2026-02-01", "out_of_range"),
        ("2026-01-14", "out_of_range"),
    ],
)
def test_how_far_the_end_moves(ends: str, code: str) -> None:
    assert last(MOVE.replace("2026-01-31", ends), before=SCORED) == code
