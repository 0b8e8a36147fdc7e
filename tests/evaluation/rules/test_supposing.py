"""What if: the same standings from inputs kept apart, and what each change does, alone and with others."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.rules.aggregates import gather
from evaluation.rules.criteria import Criterion
from evaluation.rules.judged import Judged, evaluators, gathered, standings
from evaluation.rules.ranking import Ranking, points_in
from evaluation.rules.scales import Linear, MinMax, ShareOfBest
from evaluation.rules.standings import RoundRules, compute
from evaluation.rules.supposing import (
    GateDecided,
    TeamWithdrawn,
    Trimmed,
    Weighted,
    WithoutEvaluator,
    full_marks,
    supposed,
)
from evaluation.rules.tallies import gather_tally, tally_of
from evaluation.rules.tree import leaves
from tests.evaluation.rules.rounds import entries, rules

POINTS = st.integers(0, 400).map(lambda number: Decimal(number) / 4)


def kept_apart(inputs):
    """The same inputs, those of "first" by evaluator."""
    return [
        Judged(
            each.team,
            {"first": {f"e{at}": value for at, value in enumerate(each.values["first"])}},
            {leaf: tally_of(values) for leaf, values in each.values.items() if leaf != "first"},
            each.verdicts,
            each.withdrawn,
        )
        for each in inputs
    ]


@given(
    st.lists(POINTS, max_size=9),
    st.sampled_from(["mean", "trimmed_mean", "median", "sum"]),
    st.integers(1, 2),
    st.none() | st.integers(1, 6),
)
def test_a_tally_is_gathered_to_the_same_last_digit_as_its_values(values, aggregate, trim, quorum):
    leaf = Criterion("leaf", Decimal(100), source="responses", aggregate=aggregate, trim=trim)
    least = 2 * trim + 1 if aggregate == "trimmed_mean" else 1
    leaf = replace(leaf, quorum=quorum and max(quorum, least))
    assert gather_tally(leaf, tally_of(values)) == gather(leaf, values)


@given(rules(), entries())
def test_what_is_kept_apart_has_the_same_standings(rules, inputs):
    apart = kept_apart(inputs)
    assert standings(rules, apart) == compute(rules, inputs)
    assert standings(rules, apart) == compute(rules, [each.inputs() for each in apart])


@given(rules(), entries())
def test_ranks_alone_are_those_of_the_standings(rules, inputs):
    apart = [each for each in kept_apart(inputs) if not each.withdrawn]
    points = {
        leaf.code: points_in(leaf, {each.team: gathered(rules.criteria, each).leaves[leaf.code] for each in apart})
        for leaf in leaves(rules.criteria)
    }
    found = {row.team: row.rank for row in standings(rules, apart).rows if row.rank is not None}
    assert Ranking(rules, ()).ranks(points) == found


@given(rules(), entries())
def test_nothing_supposed_changes_nothing(rules, inputs):
    apart = kept_apart(inputs)
    then = supposed(rules, apart, [])
    assert (then.rules, then.entries) == (rules, apart)


@settings(max_examples=40)
@given(rules(), entries(), st.permutations([*range(5)]))
def test_several_changes_are_one_supposition_in_any_order(rules, inputs, order):
    changes = [
        Weighted("second", Decimal(35)),
        Trimmed("first", 1),
        WithoutEvaluator("e0"),
        GateDecided("originality", "a", "failed"),
        TeamWithdrawn("b"),
    ]
    apart = kept_apart(inputs)
    assert supposed(rules, apart, [changes[at] for at in order]) == supposed(rules, apart, changes)


SHEETS = RoundRules(
    criteria=(
        Criterion("expert", Decimal(60)),
        Criterion("idea", Decimal(40), "expert", "sheets", quorum=3),
        Criterion("plan", Decimal(20), "expert", "sheets", quorum=3, places=2),
        Criterion("bench", Decimal(40), source="direct", scale=ShareOfBest()),
    ),
    gates=("originality",),
    seats=1,
    vacancy="recruit",
    floor=Decimal(50),
    ties=(),
    mean_places=2,
)


def team(name, idea, plan, bench, **more):
    def by_person(marks):
        return {f"e{at}": Decimal(mark) for at, mark in enumerate(marks.split())}

    marks = {"idea": by_person(idea), "plan": by_person(plan)}
    return Judged(name, marks, {"bench": {Decimal(bench): 1}}, {"originality": "passed"}, **more)


TEAMS = (team("a", "30 31 38", "15 16 17", 8), team("b", "32 32 33", "14 14 17", 10))


def after(*changes):
    then = supposed(SHEETS, TEAMS, changes)
    return {row.team: row for row in standings(then.rules, then.entries).rows}


def test_the_round_as_it_is():
    assert {name: str(row.total) for name, row in after().items()} == {"b": "87.30", "a": "81.00"}


def test_marks_are_worth_the_same_share_of_other_points():
    rows = after(Weighted("plan", Decimal(30)))
    # Means of 16 and 15 of 20 become 24 and 22.5 of 30, and the parent carries 70.
    assert [str(rows[name].scores["plan"]) for name in "ab"] == ["24.00", "22.50"]
    then = supposed(SHEETS, TEAMS, [Weighted("plan", Decimal(30))])
    assert (full_marks(then.rules), then.rules.criteria[0].points) == (Decimal(110), Decimal(70))


def test_a_scale_that_shares_out_points_shares_out_the_new_ones():
    rows = after(Weighted("bench", Decimal(10)))
    assert [str(rows[name].scores["bench"]) for name in "ab"] == ["8.0", "10.0"]


def test_no_points_at_all_leave_a_leaf_out():
    rows = after(Weighted("plan", Decimal(0)), Weighted("bench", Decimal(0)))
    assert [str(rows[name].total) for name in "ab"] == ["33.00", "32.30"]
    assert rows["a"].rank == 1


@pytest.mark.parametrize(
    ("scale", "points", "then"),
    [
        (Linear(Fraction(1, 3)), 50, Linear(Fraction(1, 6))),
        (MinMax(), 50, MinMax()),
        (ShareOfBest(), 50, ShareOfBest()),
    ],
)
def test_a_linear_factor_is_rescaled_and_no_other_is(scale, points, then):
    criteria = (Criterion("leaf", Decimal(100), source="direct", scale=scale),)
    found = supposed(replace(SHEETS, criteria=criteria), (), [Weighted("leaf", Decimal(points))]).rules.criteria
    assert (found[0].points, found[0].scale) == (Decimal(50), then)


def test_without_one_evaluator_the_others_are_enough():
    rows = after(WithoutEvaluator("e2"))
    assert [(str(rows[name].scores["idea"]), rows[name].cells["idea"].count) for name in "ab"] == [
        ("30.5", 2),
        ("32.0", 2),
    ]
    assert after(*(WithoutEvaluator(f"e{at}") for at in range(3)))["a"].missing == ("idea", "plan")


def test_whom_an_evaluator_has_not_judged_is_no_nearer_to_a_score():
    """Three marks are asked for. Of a every one is there, of b two, neither of them by e2: left out, e2 is not b's."""
    few = (TEAMS[0], team("b", "32 32", "14 14", 10))
    now = supposed(SHEETS, few, [])
    assert standings(now.rules, now.entries).incomplete == (("b", "idea"), ("b", "plan"))
    then = supposed(SHEETS, few, [WithoutEvaluator("e2")])
    rows = {row.team: row for row in standings(then.rules, then.entries).rows}
    assert (str(rows["a"].scores["idea"]), rows["b"].missing, rows["b"].rank) == ("30.5", ("idea", "plan"), None)
    assert (then.entries[0].without, then.entries[1].without) == ({"idea": 1, "plan": 1}, {})
    of_b = supposed(SHEETS, few, [WithoutEvaluator("e0")])
    assert standings(of_b.rules, of_b.entries).incomplete == (("b", "idea"), ("b", "plan"))


def test_an_evaluator_named_twice_is_one():
    once, twice = (supposed(SHEETS, TEAMS, [WithoutEvaluator("e2")] * times) for times in (1, 2))
    assert once == twice
    assert standings(twice.rules, twice.entries).incomplete == ()


def test_sums_of_many_digits_are_exact():
    """In 28 digits it would be 12345678901234567930 and no more."""
    then = supposed(SHEETS, TEAMS, [Weighted("plan", Decimal("12345678901234567890.00000000000000000001"))])
    assert str(then.rules.criteria[0].points) == "12345678901234567930.00000000000000000001"
    assert str(full_marks(then.rules)) == "12345678901234567970.00000000000000000001"


def test_trimming_asks_for_as_many_values_as_it_needs():
    assert str(after(Trimmed("idea", 1))["a"].scores["idea"]) == "31.0"
    assert after(Trimmed("idea", 2))["a"].missing == ("idea",)
    trimmed = supposed(SHEETS, TEAMS, [Trimmed("idea", 1)])
    back = supposed(trimmed.rules, TEAMS, [Trimmed("idea", 0)])
    assert standings(back.rules, TEAMS) == standings(SHEETS, TEAMS)


@pytest.mark.parametrize("criterion", ["bench", "expert"])
def test_what_has_one_value_or_none_cannot_be_trimmed(criterion):
    with pytest.raises(ValueError, match=criterion):
        supposed(SHEETS, TEAMS, [Trimmed(criterion, 1)])


def test_a_gate_the_other_way_and_a_team_that_left():
    assert after(GateDecided("originality", "b", "failed"))["b"].outcome == "gate_failed"
    gone = after(TeamWithdrawn("b"))
    assert (gone["b"].outcome, gone["b"].rank, gone["a"].outcome) == ("withdrawn", None, "advanced")
    # Team b was the best of the benchmark.
    assert str(gone["a"].scores["bench"]) == "40.0"


def test_evaluators_are_those_with_a_mark():
    assert evaluators(TEAMS) == ["e0", "e1", "e2"]
