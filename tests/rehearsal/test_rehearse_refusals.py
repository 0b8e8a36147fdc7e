"""Every refusal code that an event can give, told as the author of a scenario would; where two fit, the higher one."""

import pytest

from tests.rehearsal.plays import BOTH, last, points

pytestmark = pytest.mark.django_db
GATE = "seats: 1\ngates:\n  originality: {}"
SHEETS = "      expert: {points: 100, source: sheets}"
OPEN = "do: open_round, by: official-1\n"
AB = points(a=90, b=80)
TIED = points(a=80, b=80)
ANNOUNCE = f"do: announce, by: {BOTH}\n"
LEAVE = "do: withdraw, team: team-b, reason: 사정, by: b-lead\n"
CALL = f"do: authorise_call, call: extra, seats: vacancies, notice_days: 10, eligible: [eliminated], by: {BOTH}\n"
SHUT = "at: 2026-01-27T00:00+09:00, do: sweep\n"
POINTS = "do: record_points, team: team-b, criterion: points, points: 10, by: official-1"
SHEET = "do: submit_sheet, team: team-b, points: {expert: 10}, person: expert-1"
FIND = "do: find, gate: originality, team: team-b, finding: met, reason: 검토, person: expert-1"
VACANT = "seats: 2"


@pytest.mark.parametrize(
    "event",
    [
        "do: open_round, round: nowhere, by: official-1",
        "do: open_round, by: nobody",
        "do: announce, by: [official-1, nobody], round: stage-1",
        POINTS.replace("team-b", "nobody"),
        POINTS.replace("team-b", "team-x"),
        POINTS.replace("criterion: points", "criterion: nothing"),
        "do: record_measurements, team: team-b, criterion: points, values: {x: 1}, by: official-1",
        "do: record_responses, team: team-b, criterion: points, marks: [1], by: official-1",
        SHEET,
        SHEET.replace("expert-1", "nobody"),
        FIND,
        "do: decide_gate, gate: nothing, team: team-b, verdict: passed, reason: 사유, by: [official-1, official-2]",
        "do: break_tie, order: [team-a, nobody], reason: 사유, by: [official-1, official-2]",
        "do: announce, delivered: {team-x: 2026-01-16T09:00+09:00}, by: [official-1, official-2]",
        "do: answer, id: nothing, text: 답변, by: official-1",
        "do: apply, call: nothing, team: team-a, by: a-lead",
        "do: declare_conflict, person: nobody, team: team-a, kind: other, reason: 사유, by: official-1",
        CALL.strip() + ", terms: {exceptions: [{team: nobody, line: gpu, reason: 사유}]}",
        # Neither the role nor the state of things is looked at before the names.
        "do: open_round, round: nowhere, by: expert-1",
        "do: announce, round: nowhere, by: [expert-1, expert-1]",
    ],
)
def test_unknown(event):
    assert last(OPEN + event) == "unknown"


@pytest.mark.parametrize(
    "event",
    [
        "do: open_round, by: expert-1",
        POINTS.replace("official-1", "expert-1"),
        POINTS.replace("official-1", "a-lead"),
        POINTS.replace("official-1", "auditor-1"),
        "do: file_document, team: team-a, kind: report, title: 보고서, by: expert-1",
        "do: ask, team: team-a, id: q, text: 질의, by: reviewer-1",
        "do: withdraw, team: team-a, reason: 사정, by: operator-1",
        "do: announce, by: [expert-1, official-1]",
        "do: announce, by: [official-1, a-lead]",
        "do: announce, by: [expert-1, expert-1]",
        "do: break_tie, order: [team-a, team-b], reason: 사유, by: [auditor-1, official-1]",
        CALL.replace("official-2", "operator-1"),
        "do: declare_conflict, person: expert-1, team: team-a, kind: other, reason: 사유, by: a-lead",
    ],
)
@pytest.mark.parametrize("before", [OPEN, AB + ANNOUNCE], ids=["open", "announced"])
def test_not_allowed_whatever_the_state(event, before):
    assert last(before + event) == "not_allowed"


@pytest.mark.parametrize("who", ["official-1", "reviewer-1", "a-lead"])
def test_only_evaluators_submit_sheets(who):
    sheet = SHEET.replace("expert-1", who)
    assert last(OPEN + sheet, criteria=SHEETS) == "not_allowed"


@pytest.mark.parametrize(
    "event",
    [
        "do: file_document, team: team-b, kind: report, title: 보고서, by: a-lead",
        "do: ask, team: team-b, id: q, text: 질의, by: a-lead",
        "do: withdraw, team: team-b, reason: 사정, by: a-lead",
        "do: declare_conflict, person: expert-2, team: team-b, kind: other, reason: 사유, by: expert-1",
    ],
)
def test_not_entitled_to_act_for_others(event):
    assert last(AB + ANNOUNCE + event) == "not_entitled"


def test_not_entitled_to_another_s_sheet():
    assert last(OPEN + f"{SHEET}, by: expert-2", criteria=SHEETS) == "not_entitled"


def test_not_entitled_off_the_panel():
    assert last(OPEN + SHEET, criteria=SHEETS, rules="seats: 1\npanel: [expert-2]") == "not_entitled"


@pytest.mark.parametrize("person", ["insider", "stranger"])
@pytest.mark.parametrize("before", ["", OPEN], ids=["draft", "open"])
def test_conflict_of_interest_before_the_state(person, before):
    sheet = SHEET.replace("expert-1", person).replace("team-b", "team-a")
    assert last(before + sheet, criteria=SHEETS) == "conflict_of_interest"


def test_conflict_of_interest_on_an_announced_round():
    marks = "".join(f"{SHEET.replace('team-b', team)}\n" for team in ("team-a", "team-b")).replace("10", "9", 1)
    sheet = SHEET.replace("expert-1", "insider").replace("team-b", "team-a")
    assert last(OPEN + marks + ANNOUNCE + sheet, criteria=SHEETS) == "conflict_of_interest"
    assert last(OPEN + marks + ANNOUNCE + SHEET.replace("expert-1", "expert-2"), criteria=SHEETS) == "locked"


def test_who_sits_on_the_panel_decides_nothing():
    rules = "seats: 1\npanel: [expert-1, official-2]"
    assert last(AB + ANNOUNCE, rules=rules) == "conflict_of_interest"
    assert last(AB + "do: announce, by: [official-2, official-2]", rules=rules) == "conflict_of_interest"


def test_a_declared_conflict_counts_and_a_cleared_unknown_does_not():
    declare = "do: declare_conflict, team: team-b, reason: 사유, person: %s, kind: %s%s\n"
    mutual = declare % ("expert-1", "mutual", "")
    assert last(OPEN + mutual + SHEET, criteria=SHEETS) == "conflict_of_interest"
    assert last(OPEN + mutual + SHEET.replace("team-b", "team-a"), criteria=SHEETS) == "done"
    cleared = declare % ("stranger", "none", ", by: official-1")
    assert last(OPEN + cleared + SHEET.replace("expert-1", "stranger"), criteria=SHEETS) == "done"


@pytest.mark.parametrize("event", ["announce", "break_tie, order: [team-a, team-b], reason: 사유"])
@pytest.mark.parametrize("before", ["", OPEN, AB + ANNOUNCE], ids=["draft", "open", "announced"])
def test_same_person_before_the_state(event, before):
    assert last(f"{before}do: {event}, by: [official-1, official-1]") == "same_person"


@pytest.mark.parametrize(
    ("before", "event"),
    [
        (OPEN, OPEN),
        (AB + ANNOUNCE, OPEN),
        ("", POINTS),
        ("", ANNOUNCE),
        (AB + ANNOUNCE, ANNOUNCE),
        ("", "do: break_tie, order: [team-a, team-b], reason: 사유, by: [official-1, official-2]"),
        (AB, "do: break_tie, order: [team-a, team-b], reason: 사유, by: [official-1, official-2]"),
        (OPEN + LEAVE, POINTS),
        # Withdrawn and announced: wrong_state stands above locked.
        (points(a=90) + LEAVE + ANNOUNCE, POINTS),
        # Not yet opened is wrong_state, which stands above too_early.
        (CALL, "do: apply, call: extra, team: team-b, by: b-lead"),
        (AB + ANNOUNCE + SHUT, CALL.replace("do:", "at: 2026-01-27T00:00+09:00, do:")),
    ],
)
def test_wrong_state(before, event):
    assert last(before + event) == "wrong_state"


@pytest.mark.parametrize("vacancy", ["leave", "promote"])
def test_no_call_for_a_round_that_does_not_recruit(vacancy):
    assert last(OPEN + CALL, rules=f"seats: 1\nvacancy: {vacancy}") == "wrong_state"


@pytest.mark.parametrize(
    "event",
    [
        POINTS,
        POINTS.replace("points: 10", "points: 80"),
        POINTS.replace("points: 10", "points: 101"),
        LEAVE,
        "do: break_tie, order: [team-a, team-b], reason: 사유, by: [official-1, official-2]",
    ],
)
def test_locked_once_announced(event):
    assert last(AB + ANNOUNCE + event) == "locked"


def test_not_eligible_before_the_state_and_before_the_time():
    to_call = "at: 2026-03-01T00:00+09:00, do: apply, call: extra, team: %s, by: %s"
    assert last(AB + CALL + ANNOUNCE + to_call % ("team-a", "a-lead"), rules=VACANT) == "not_eligible"
    assert last(points(a=90, b=80, c=70) + CALL + ANNOUNCE + SHUT + to_call % ("team-x", "x-lead"), **THREE) == (
        "not_eligible"
    )


THREE = {"rules": "seats: 3\nfloor: 85", "entries": "team-a, team-b, team-c"}


def test_too_late_for_a_call_whether_swept_or_not():
    opened = points(a=90, b=80, c=70) + CALL + ANNOUNCE + SHUT
    # Opened on Tuesday the 27th: the tenth day is Friday 2026-02-06.
    apply = "at: %s, do: apply, call: extra, team: team-b, by: b-lead\n"
    assert last(opened + apply % "2026-02-06T23:59:59+09:00", **THREE) == "done"
    assert last(opened + apply % "2026-02-07T00:00+09:00", **THREE) == "too_late"
    swept = "at: 2026-02-07T00:00+09:00, do: sweep\n"
    assert last(opened + swept + apply % "2026-02-07T00:00+09:00", **THREE) == "too_late"


def test_an_application_is_a_duplicate_also_when_identical():
    apply = "at: 2026-01-28T00:00+09:00, do: apply, call: extra, team: team-b, by: b-lead\n"
    assert last(points(a=90, b=80, c=70) + CALL + ANNOUNCE + SHUT + apply + apply, **THREE) == "duplicate"


@pytest.mark.parametrize(
    ("event", "rules"),
    [
        (OPEN + ANNOUNCE, "seats: 1"),
        (points(a=90) + ANNOUNCE, "seats: 1"),
        (AB + ANNOUNCE, GATE),
        # Incomplete stands above a tie at the cut, and above an arrival that is out of range.
        (TIED + ANNOUNCE, GATE),
        (OPEN + "do: announce, delivered: {team-a: 2026-01-01T00:00+09:00}, by: [official-1, official-2]", "seats: 1"),
        (TIED + "do: break_tie, order: [team-a], reason: 사유, by: [official-1, official-2]", "seats: 1"),
        (TIED + "do: break_tie, order: [], reason: 사유, by: [official-1, official-2]", "seats: 1"),
        (OPEN + CALL.replace("[eliminated]", "[]"), "seats: 1"),
    ],
)
def test_incomplete(event, rules):
    assert last(event, rules=rules) == "incomplete"


def test_a_round_without_entries_is_incomplete():
    assert last(OPEN, entries="") == "incomplete"


def test_a_sheet_without_a_mark_for_each_criterion_is_incomplete():
    two = "      plan: {points: 60, source: sheets}\n      team: {points: 40, source: sheets}"
    assert last(OPEN + "do: submit_sheet, team: team-b, points: {plan: 99}, person: expert-1", criteria=two) == (
        "incomplete"
    )


@pytest.mark.parametrize(
    "event",
    [
        POINTS.replace("points: 10", "points: 100.1"),
        POINTS.replace("points: 10", "points: -0.01"),
        CALL.replace("vacancies", "0"),
        CALL.replace("vacancies", "2"),
        CALL.replace("notice_days: 10", "notice_days: 0"),
    ],
)
def test_out_of_range(event):
    assert last(OPEN + event) == "out_of_range"


def test_out_of_range_stands_above_duplicate():
    assert last(AB + POINTS.replace("points: 10", "points: 101")) == "out_of_range"


def test_an_arrival_before_the_announcement_is_out_of_range_before_a_tie():
    early = "do: announce, delivered: {team-a: 2026-01-15T13:59+09:00}, by: [official-1, official-2]"
    assert last(AB + early) == "out_of_range"
    assert last(TIED + early) == "out_of_range"


def test_duplicate_and_the_same_again():
    assert last(AB + POINTS) == "duplicate"
    assert last(AB + POINTS.replace("points: 10", "points: 80.0")) == "done"


def test_no_majority():
    decide = f"do: decide_gate, gate: originality, team: team-b, verdict: %s, reason: 사유, by: {BOTH}\n"
    assert last(OPEN + decide % "passed", rules=GATE) == "no_majority"
    assert last(OPEN + FIND + "\n" + decide % "failed", rules=GATE) == "no_majority"
    assert last(OPEN + FIND + "\n" + decide % "passed", rules=GATE) == "done"
    given = OPEN + FIND + "\n" + decide % "passed"
    assert last(given + decide % "failed", rules=GATE) == "duplicate"
    assert last(given + FIND.replace("expert-1", "expert-2"), rules=GATE) == "wrong_state"


def test_tie_at_cut():
    assert last(TIED + ANNOUNCE) == "tie_at_cut"
    order = "do: break_tie, order: [team-b, team-a], reason: 사유, by: [official-1, official-2]\n"
    assert last(TIED + order + ANNOUNCE) == "done"
