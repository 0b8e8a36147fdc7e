from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from string import Formatter

import pytest

from evaluation.rules.criteria import Criterion, describe, faults, panel_faults
from evaluation.rules.criterion import full_result
from evaluation.rules.fault import SENTENCES, Fault
from evaluation.rules.scales import Linear, MinMax, ShareOfTarget

TEAMS = ["team-a", "team-b"]


def leaf(**changes):
    return replace(Criterion("expert", Decimal(60), source="sheets"), **changes)


def tree(*changed, **changes):
    """Sound criteria, with the leaf `expert` changed or other criteria put in by their codes."""
    sound = {
        "benchmark": Criterion("benchmark", Decimal(40)),
        "nia": Criterion("nia", Decimal("10.5"), under="benchmark", source="direct"),
        "common": Criterion("common", Decimal("29.5"), under="benchmark", source="measurements", places=2),
        "expert": leaf(**changes),
    }
    return list((sound | {criterion.code: criterion for criterion in changed}).values())


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"aggregate": "trimmed_mean", "trim": 2, "quorum": 5},
        {"aggregate": "median", "quorum": 1, "places": 0},
        {"aggregate": "sum", "places": 6},
        {"source": "responses", "scale": MinMax()},
        {"source": "measurements", "scale": Linear(Fraction(1, 3))},
        {"source": "measurements", "scale": ShareOfTarget({"team-a": Decimal(1), "team-b": Decimal(2)})},
        {"source": "direct", "quorum": 1, "scale": Linear(Fraction(2))},
    ],
)
def test_sound_criteria_have_no_fault(changes):
    assert faults(tree(**changes), TEAMS, ties=["expert", "benchmark"]) == []


@pytest.mark.parametrize(
    ("changes", "kind", "facts"),
    [
        ({"source": None}, "leaf_without_source", {}),
        ({"source": "rumours"}, "unknown_source", {"source": "rumours"}),
        ({"aggregate": "mode"}, "unknown_aggregate", {"aggregate": "mode"}),
        ({"scale": "bell_curve"}, "unknown_scale", {"scale": "bell_curve"}),
        ({"source": "direct", "aggregate": "sum"}, "aggregate_for_direct", {"aggregate": "sum"}),
        ({"source": "direct", "quorum": 2}, "quorum_for_direct", {"quorum": "2"}),
        ({"quorum": 0}, "quorum_too_small", {"quorum": "0", "least": "1"}),
        ({"aggregate": "trimmed_mean", "quorum": 2}, "quorum_too_small", {"quorum": "2", "least": "3"}),
        ({"aggregate": "trimmed_mean", "trim": 2, "quorum": 4}, "quorum_too_small", {"quorum": "4", "least": "5"}),
        ({"aggregate": "trimmed_mean", "trim": 0}, "trim_too_small", {"trim": "0"}),
        ({"trim": 2}, "trim_without_trimmed_mean", {"trim": "2", "aggregate": "mean"}),
        ({"places": -1}, "places_out_of_range", {"places": "-1", "least": "0", "most": "6"}),
        ({"places": 7}, "places_out_of_range", {"places": "7", "least": "0", "most": "6"}),
        ({"scale": Linear(Fraction(0))}, "factor_not_positive", {"factor": "0"}),
        ({"scale": Linear(Fraction(-1, 3))}, "factor_not_positive", {"factor": "-1/3"}),
        ({"scale": ShareOfTarget({"team-a": Decimal(1)})}, "target_missing", {"team": "team-b"}),
        (
            {"scale": ShareOfTarget({"team-a": Decimal(1), "team-b": Decimal(1), "team-x": Decimal(1)})},
            "target_for_unknown_team",
            {"team": "team-x"},
        ),
        (
            {"scale": ShareOfTarget({"team-a": Decimal(1), "team-b": Decimal("0.0")})},
            "target_not_positive",
            {"team": "team-b", "target": "0"},
        ),
    ],
)
def test_a_fault_of_one_leaf_is_found_alone(changes, kind, facts):
    assert faults(tree(**changes), TEAMS) == [Fault("expert", kind, facts)]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            Criterion("benchmark", Decimal(40), source="direct"),
            [Fault("benchmark", "parent_with_source", {"source": "direct"})],
        ),
        (
            Criterion("benchmark", Decimal(40), scale=MinMax()),
            [Fault("benchmark", "parent_with_rule", {"rule": "scale"})],
        ),
        (Criterion("benchmark", Decimal(40), quorum=3), [Fault("benchmark", "parent_with_rule", {"rule": "quorum"})]),
        (
            Criterion("benchmark", Decimal(40), aggregate="sum"),
            [Fault("benchmark", "parent_with_rule", {"rule": "aggregate"})],
        ),
        (
            Criterion("nia", Decimal("10.4"), under="benchmark", source="direct"),
            [Fault("benchmark", "children_points", {"sum": "39.9", "points": "40"})],
        ),
        (
            Criterion("extra", Decimal("0.01"), source="direct"),
            [Fault(None, "full_marks", {"sum": "100.01", "full_marks": "100"})],
        ),
        (
            Criterion("extra", Decimal(0), source="direct"),
            [Fault("extra", "points_not_positive", {"points": "0"})],
        ),
        (
            Criterion("extra", Decimal(1), under="nowhere", source="direct"),
            [Fault("extra", "unknown_parent", {"parent": "nowhere"})],
        ),
        (
            Criterion("self", Decimal(1), under="self"),
            [Fault("self", "cycle", {"path": "self → self"})],
        ),
    ],
)
def test_a_fault_of_the_tree_is_found_alone(changed, expected):
    assert faults(tree(changed), TEAMS) == expected


def test_every_criterion_of_a_cycle_is_named_and_what_hangs_below_is_not():
    ring = [
        Criterion("a", Decimal(1), under="b"),
        Criterion("b", Decimal(1), under="a"),
        Criterion("c", Decimal(1), under="c2"),
        Criterion("c2", Decimal(1), under="c"),
    ]
    found = faults([*tree(), *ring], TEAMS)
    assert [(fault.criterion, fault.facts["path"]) for fault in found if fault.kind == "cycle"] == [
        ("a", "a → b → a"),
        ("b", "b → a → b"),
        ("c", "c → c2 → c"),
        ("c2", "c2 → c → c2"),
    ]


def test_a_code_names_one_thing():
    doubled = [*tree(points=Decimal(50)), leaf(points=Decimal(10))]
    assert faults(doubled, TEAMS) == [Fault("expert", "duplicate_code")]
    renamed = [*tree()[:3], leaf(code="total")]
    assert faults(renamed, TEAMS) == [Fault("total", "reserved_code", {"code": "total"})]


def test_ties_are_broken_by_criteria_that_exist():
    assert faults(tree(), TEAMS, ties=["expert", "charm"]) == [Fault(None, "unknown_tie", {"tie": "charm"})]


def test_other_full_marks_may_be_asked_for():
    assert faults(tree(points=Decimal(160)), TEAMS, full_marks=Decimal(200)) == []


def test_no_criteria_at_all_do_not_sum_to_full_marks():
    assert faults([], TEAMS) == [Fault(None, "full_marks", {"sum": "0", "full_marks": "100"})]


def test_numbers_are_shown_without_the_zeros_of_a_column():
    assert faults(tree(points=Decimal("70.500000")), TEAMS, full_marks=Decimal("100.000000")) == [
        Fault(None, "full_marks", {"sum": "110.5", "full_marks": "100"})
    ]


def test_all_faults_are_found_at_once():
    broken = tree(Criterion("benchmark", Decimal(41), source="direct"), source=None, places=9)
    assert [(fault.criterion, fault.kind) for fault in faults(broken, TEAMS)] == [
        ("benchmark", "parent_with_source"),
        ("benchmark", "children_points"),
        ("expert", "places_out_of_range"),
        ("expert", "leaf_without_source"),
        (None, "full_marks"),
    ]


@pytest.mark.parametrize(
    ("criterion", "panel", "asked"),
    [
        (Criterion("expert", Decimal(100), source="sheets", quorum=6), 5, "6"),
        (Criterion("expert", Decimal(100), source="sheets", aggregate="trimmed_mean", trim=3), 6, "7"),
        (Criterion("expert", Decimal(100), source="sheets", quorum=5), 5, None),
        (Criterion("user", Decimal(100), source="responses", quorum=6), 5, None),
    ],
)
def test_more_sheets_than_there_are_evaluators_are_never_handed_in(criterion, panel, asked):
    fault = Fault("expert", "quorum_beyond_panel", {"quorum": asked, "panel": str(panel)})
    assert panel_faults([criterion], panel) == ([fault] if asked else [])
    assert faults([criterion], TEAMS) == []


def test_a_sum_is_told_to_its_last_digit():
    """In 28 digits it would be the 100 from which it differs."""
    more = tree(points=Decimal("60.00000000000000000001"))
    assert faults(more, TEAMS) == [Fault(None, "full_marks", {"sum": "100.00000000000000000001", "full_marks": "100"})]
    below = tree(Criterion("nia", Decimal("10.50000000000000000001"), under="benchmark", source="direct"))
    assert faults(below, TEAMS)[0].facts == {"sum": "40.00000000000000000001", "points": "40"}


def test_a_fault_is_described():
    said = describe(Fault("expert", "quorum_too_small", {"quorum": "2", "least": "3"}))
    assert str(said) == "평가항목 ‘expert’: 최소 값 수(2)는 3 이상이어야 합니다."
    said = describe(Fault(None, "full_marks", {"sum": "99", "full_marks": "100"}))
    assert str(said) == "최상위 항목 배점의 합(99)이 만점(100)과 다릅니다."


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_kind_is_a_whole_sentence(kind):
    facts = {name: "값" for _, name, _, _ in Formatter().parse(SENTENCES[kind]) if name}
    said = str(describe(Fault("expert", kind, facts)))
    assert "{" not in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("points", "places", "result"), [("8.75", 1, "8.8"), ("8.74", 1, "8.7"), ("8.75", 2, "8.75"), ("35", 0, "35")]
)
def test_full_marks_that_are_finer_than_the_places_become_another_result(points, places, result):
    assert full_result(leaf(points=Decimal(points), places=places)) == Decimal(result)
