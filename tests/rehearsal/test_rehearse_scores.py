"""Scoring, ranks, seats and outcomes as a scenario's author would check them, to the digit."""

import pytest

from tests.rehearsal.plays import BOTH, points, results, scenario, standings, told

pytestmark = pytest.mark.django_db
ANNOUNCE = f"do: announce, by: {BOTH}\n"
OPEN = "do: open_round, by: official-1\n"
ABC = {"entries": "team-a, team-b, team-c"}
ABCD = {"entries": "team-a, team-b, team-c, team-d"}
GATED = "gates:\n  originality: {}\n"


def judged(**verdicts: str) -> str:
    lines = []
    for team, verdict in verdicts.items():
        finding = "met" if verdict == "passed" else "not_met"
        of = f"gate: originality, team: team-{team}"
        lines += [
            f"do: find, {of}, person: expert-1, finding: {finding}, reason: 검토",
            f"do: decide_gate, {of}, verdict: {verdict}, reason: 과반, by: {BOTH}",
        ]
    return "\n".join([*lines, ""])


def measured(**teams: str) -> str:
    record = "do: record_measurements, team: team-%s, criterion: points, values: {%s}, by: official-1"
    return OPEN + "\n".join([*(record % pair for pair in teams.items()), ""])


def leaf(rule: str, places: int = 1) -> str:
    return f"      points: {{points: 100, places: {places}, {rule}}}"


def totals(text: str) -> list[tuple[str, str | None]]:
    return [(team, total) for team, _, total, _ in standings(text)]


def test_recruit_keeps_the_seat_of_a_failed_gate_empty():
    events = points(a=90, b=80, c=70) + judged(a="passed", b="failed") + ANNOUNCE
    assert standings(scenario(events, rules=GATED + "seats: 2", **ABC)) == [
        ("team-a", 1, "90.0", "advanced"),
        ("team-b", 2, "80.0", "gate_failed"),
        ("team-c", 3, "70.0", "eliminated"),
    ]


def test_promote_moves_up_the_next_who_passes_gates_and_floor():
    events = points(a=90, b=80, c=70, d=60) + judged(a="passed", b="failed", c="failed", d="passed") + ANNOUNCE
    assert standings(scenario(events, rules=GATED + "seats: 2\nvacancy: promote\nfloor: 60", **ABCD)) == [
        ("team-a", 1, "90.0", "advanced"),
        ("team-b", 2, "80.0", "gate_failed"),
        ("team-c", 3, "70.0", "eliminated"),
        ("team-d", 4, "60.0", "advanced"),
    ]


def test_promote_promotes_nobody_below_the_floor():
    events = points(a=90, b=80, c=70) + judged(a="passed", b="failed", c="passed") + ANNOUNCE
    text = scenario(events, rules=GATED + "seats: 2\nvacancy: promote\nfloor: 70.1", **ABC)
    assert standings(text)[2] == ("team-c", 3, "70.0", "eliminated")


def test_promote_needs_the_verdict_of_whoever_is_in_line():
    rules = GATED + "seats: 1\nvacancy: promote"
    events = points(a=90, b=80, c=70) + judged(a="failed")
    assert results(scenario(events + ANNOUNCE, rules=rules, **ABC))[-1] == "incomplete"
    assert results(scenario(events + judged(b="passed") + ANNOUNCE, rules=rules, **ABC))[-1] == "done"


def test_promote_with_a_tie_for_the_last_promotion_is_for_officials():
    rules = GATED + "seats: 1\nvacancy: promote"
    events = points(a=90, b=80, c=80) + judged(a="failed", b="passed", c="passed")
    assert results(scenario(events + ANNOUNCE, rules=rules, **ABC))[-1] == "tie_at_cut"
    order = f"do: break_tie, order: [team-c, team-b], reason: 실적, by: {BOTH}\n"
    assert standings(scenario(events + order + ANNOUNCE, rules=rules, **ABC)) == [
        ("team-a", 1, "90.0", "gate_failed"),
        ("team-c", 2, "80.0", "advanced"),
        ("team-b", 3, "80.0", "eliminated"),
    ]


def test_below_the_floor_within_the_seats():
    text = scenario(points(a=90, b=59.9) + ANNOUNCE, rules="seats: 2\nfloor: 60")
    assert standings(text) == [("team-a", 1, "90.0", "advanced"), ("team-b", 2, "59.9", "below_floor")]


def test_a_failed_gate_is_named_before_the_floor():
    events = points(a=50) + judged(a="failed") + ANNOUNCE
    text = scenario(events, rules=GATED + "seats: 1\nfloor: 60", entries="team-a")
    assert standings(text) == [("team-a", 1, "50.0", "gate_failed")]


def test_a_gate_that_failed_outside_the_seats_leaves_eliminated_and_stands_beside_it():
    events = points(a=90, b=80) + judged(a="passed", b="failed") + ANNOUNCE
    rows = told(scenario(events, rules=GATED + "seats: 1"))["rounds"]["stage-1"]["standings"]
    assert [(row["outcome"], row["gates"]) for row in rows] == [
        ("advanced", {"originality": "passed"}),
        ("eliminated", {"originality": "failed"}),
    ]


TWO = """\
      plan: {points: 60, source: direct}
      work: {points: 40, source: direct}"""


def two(**teams: tuple[object, object]) -> str:
    lines = [
        f"do: record_points, team: team-{team}, criterion: {code}, points: {given}, by: official-1"
        for team, pair in teams.items()
        for code, given in zip(("plan", "work"), pair, strict=True)
    ]
    return OPEN + "\n".join([*lines, ""])


def test_ties_are_broken_by_the_criteria_in_order():
    events = two(a=(50, 30), b=(45, 35), c=(40, 40)) + ANNOUNCE
    text = scenario(events, rules="seats: 1\nties: [work, plan]", criteria=TWO, **ABC)
    assert [row[:2] for row in standings(text)] == [("team-c", 1), ("team-b", 2), ("team-a", 3)]


def test_what_stays_tied_shares_a_rank():
    events = two(a=(50, 30), b=(50, 40), c=(50, 30), d=(40, 30)) + ANNOUNCE
    text = scenario(events, rules="seats: 1\nties: [plan]", criteria=TWO, **ABCD)
    assert [row[:2] for row in standings(text)] == [("team-b", 1), ("team-a", 2), ("team-c", 2), ("team-d", 4)]


def test_half_up_once_at_the_leaf_on_the_exact_value():
    linear = leaf("source: measurements, scale: {kind: linear, factor: 3/10}")
    # 25/3 x 3/10 is 2.5 exactly; 47.4 x 25/100 is 11.85.
    assert totals(scenario(measured(a="x: 8, y: 8, z: 9"), criteria=linear, entries="team-a")) == [("team-a", "2.5")]
    quarter = leaf("source: measurements, scale: {kind: linear, factor: 25/100}")
    assert totals(scenario(measured(a="x: 47.4"), criteria=quarter, entries="team-a")) == [("team-a", "11.9")]
    whole = leaf("source: measurements, scale: {kind: linear, factor: 3/10}", places=0)
    assert totals(scenario(measured(a="x: 8, y: 8, z: 9"), criteria=whole, entries="team-a")) == [("team-a", "3")]


@pytest.mark.parametrize(
    ("rule", "values", "total"),
    [
        ("aggregate: mean", "a: 10, b: 20, c: 40", "23.33"),
        ("aggregate: median", "a: 10, b: 20, c: 40, d: 41", "30.00"),
        ("aggregate: sum", "a: 10, b: 20, c: 40", "70.00"),
        ("aggregate: trimmed_mean", "a: 0, b: 20, c: 40, d: 99", "30.00"),
        ("aggregate: trimmed_mean, trim: 2", "a: 0, b: 1, c: 40, d: 99, e: 100", "40.00"),
        ("aggregate: trimmed_mean", "a: 0, b: 20", None),
        ("quorum: 3", "a: 10, b: 20", None),
    ],
)
def test_aggregates(rule, values, total):
    text = scenario(measured(a=values), criteria=leaf(f"source: measurements, {rule}", 2), entries="team-a")
    assert totals(text) == [("team-a", total)]


def test_a_share_of_the_best():
    rule = leaf("source: measurements, scale: {kind: share_of_best}")
    text = scenario(measured(a="x: 30", b="x: 20", c="x: 0"), criteria=rule, **ABC)
    assert totals(text) == [("team-a", "100.0"), ("team-b", "66.7"), ("team-c", "0.0")]
    zero = scenario(measured(a="x: 0", b="x: 0"), criteria=rule)
    assert totals(zero) == [("team-a", "0.0"), ("team-b", "0.0")]


def test_the_best_who_withdrew_is_not_the_best():
    rule = leaf("source: measurements, scale: {kind: share_of_best}")
    events = measured(a="x: 30", b="x: 20", c="x: 10") + "do: withdraw, team: team-a, reason: 사정, by: a-lead\n"
    assert standings(scenario(events + ANNOUNCE, criteria=rule, **ABC)) == [
        ("team-b", 1, "100.0", "advanced"),
        ("team-c", 2, "50.0", "eliminated"),
        ("team-a", None, None, "withdrawn"),
    ]


def test_between_the_least_and_the_best():
    rule = leaf("source: measurements, scale: {kind: min_max}")
    assert totals(scenario(measured(a="x: 30", b="x: 20", c="x: 15"), criteria=rule, **ABC)) == [
        ("team-a", "100.0"),
        ("team-b", "33.3"),
        ("team-c", "0.0"),
    ]
    assert totals(scenario(measured(a="x: 7", b="x: 7"), criteria=rule)) == [("team-a", "100.0"), ("team-b", "100.0")]


def test_a_share_of_the_target_is_at_most_the_full_points():
    rule = leaf("source: measurements, scale: {kind: share_of_target, targets: {team-a: 10, team-b: 30}}")
    assert totals(scenario(measured(a="x: 11", b="x: 11"), criteria=rule)) == [("team-a", "100.0"), ("team-b", "36.7")]


@pytest.mark.parametrize("written", ["'11.85'", "11.85", "!!float 11.85", "!!float '11.85'", "!!str 11.85"])
def test_numbers_are_decimals_however_they_are_written(written):
    text = scenario(points(a=written), criteria=leaf("source: direct", 2), entries="team-a")
    assert totals(text) == [("team-a", "11.85")]


def test_a_parent_is_the_sum_of_its_children_with_their_most_places():
    tree = """\
      both: {points: 60}
      one: {under: both, points: 50, source: direct, places: 0}
      other: {under: both, points: 10, source: direct, places: 2}
      rest: {points: 40, source: direct}"""
    record = "do: record_points, team: team-a, criterion: %s, points: %s, by: official-1\n"
    events = OPEN + "".join(record % pair for pair in (("one", "10.5"), ("other", "1.005"), ("rest", "7.25")))
    (row,) = told(scenario(events, criteria=tree, entries="team-a"))["rounds"]["stage-1"]["standings"]
    assert row["scores"] == {"both": "12.01", "one": "11", "other": "1.01", "rest": "7.3"}
    assert row["total"] == "19.31"


def test_means_are_taken_over_all_that_have_a_total_and_rounded_half_up():
    events = points(a=90, b=80.1, c=70.2) + "do: withdraw, team: team-a, reason: 사정, by: official-1\n"
    found = told(scenario(events, rules="seats: 1\nmean_places: 1", **ABCD))["rounds"]["stage-1"]
    assert found["means"] == {"points": "75.2", "total": "75.2"}
