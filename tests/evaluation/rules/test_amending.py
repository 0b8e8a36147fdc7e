"""Criteria as documents: written and read back exactly, changed in what may change, and compared."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.points import figure
from evaluation.rules.amending import Difference, amended, differences
from evaluation.rules.criteria import Criterion, describe
from evaluation.rules.document import digest, read, written
from evaluation.rules.scales import Linear, MinMax, Points, ShareOfBest, ShareOfTarget

FIGURES = st.decimals(min_value="0.001", max_value="9" * 20, allow_nan=False, allow_infinity=False, places=3)
SCALES = st.one_of(
    st.sampled_from([Points(), ShareOfBest(), MinMax()]),
    st.fractions(min_value="1/1000", max_value=1000).map(Linear),
    st.dictionaries(st.sampled_from("ab"), FIGURES, min_size=1).map(ShareOfTarget),
)
RULES = (
    Criterion("bench", Decimal(40)),
    Criterion("speed", Decimal("10.50"), "bench", "measurements", "trimmed_mean", 2, 7, Linear(Fraction(20, 100)), 2),
    Criterion("goal", Decimal("29.5"), "bench", "measurements", scale=ShareOfTarget({"a": Decimal(10)})),
    Criterion("expert", Decimal(60), source="sheets"),
)
LAID = [written(rule, f"{rule.code} 항목", rule.code) for rule in RULES]


@given(st.builds(Criterion, st.just("x"), FIGURES, scale=SCALES, quorum=st.none() | st.integers(1, 99)))
def test_a_criterion_is_read_back_as_it_was_written(rule: Criterion):
    document = written(rule, "이름", "name")
    assert read(document) == rule
    assert document == written(read(document), "이름", "name")


def test_a_figure_is_written_in_one_way_whatever_its_places():
    same = [written(Criterion("x", Decimal(text)), "이름", "name") for text in ("40", "40.0", "4E+1")]
    assert [each["points"] for each in same] == ["40"] * 3
    assert len({digest([each]) for each in same}) == 1
    many = Decimal("12345678901234567890.12345678901234567891")
    assert written(Criterion("x", many), "이름", "name")["points"] == str(many)


def test_what_changes_is_told_old_and_new():
    changes = {
        "speed": {"points": "11.50", "aggregate": "median", "trim": "1", "quorum": "", "factor": "1/4", "places": "1"},
        "goal": {"points": "28.5", "targets": {"a": "12.0"}, "name_ko": " 목표 "},
        "expert": {"scale": "linear", "factor": "3/2"},
    }
    documents, faults = amended(LAID, changes)
    assert faults == []
    assert differences(LAID, documents) == [
        Difference("speed", "points", "10.5", "11.5"),
        Difference("speed", "aggregate", "trimmed_mean", "median"),
        Difference("speed", "trim", "2", "1"),
        Difference("speed", "quorum", "7", None),
        Difference("speed", "factor", "1/5", "1/4"),
        Difference("speed", "places", "2", "1"),
        Difference("goal", "name_ko", "goal 항목", "목표"),
        Difference("goal", "points", "29.5", "28.5"),
        Difference("goal", "target:a", "10", "12"),
        Difference("expert", "scale", "points", "linear"),
        Difference("expert", "factor", None, "3/2"),
    ]
    assert differences(documents, documents) == []
    assert [written(rule, f"{rule.code} 항목", rule.code) for rule in RULES] == LAID, "the first stays as it was"


UNREADABLE = [
    None,
    True,
    10,
    "",
    " 10",
    "-1",
    "+1",
    "1e3",
    "NaN",
    "Infinity",
    "1e400",
    "1" * 21,
    "１０",
    "1.",
    ".5",
    [],
]


@pytest.mark.parametrize("value", UNREADABLE, ids=repr)
def test_what_is_no_figure_names_its_criterion(value: object):
    assert figure(value) is None
    _, faults = amended(LAID, {"expert": {"points": value}})
    assert [(fault.criterion, fault.kind) for fault in faults] == [("expert", "value_unreadable")]
    assert "‘expert’" in str(describe(faults[0]))


@pytest.mark.parametrize(
    ("code", "fields", "kind"),
    [
        ("other", {"points": "1"}, "not_in_the_round"),
        *(("expert", {name: "x"}, "field_fixed") for name in ("code", "under", "source", "position", "nonsense")),
        ("expert", {"name_ko": " "}, "value_unreadable"),
        ("expert", {"name_en": "x" * 201}, "value_unreadable"),
        ("expert", {"aggregate": "mode"}, "value_unreadable"),
        ("expert", {"aggregate": ["mean"]}, "value_unreadable"),
        ("expert", {"trim": "-1"}, "value_unreadable"),
        ("expert", {"places": "1.5"}, "value_unreadable"),
        ("expert", {"quorum": "many"}, "value_unreadable"),
        ("expert", {"scale": ["linear"]}, "value_unreadable"),
        ("expert", {"scale": "other"}, "value_unreadable"),
        ("expert", {"scale": "linear"}, "factor_missing"),
        ("expert", {"factor": "1/2"}, "value_unreadable"),
        ("speed", {"factor": "1/0"}, "value_unreadable"),
        ("speed", {"targets": {"a": "1"}}, "value_unreadable"),
        ("goal", {"targets": {"a": "x"}}, "value_unreadable"),
        ("goal", {"targets": "a=1"}, "value_unreadable"),
    ],
)
def test_what_cannot_change_or_be_read_is_told(code: str, fields: dict[str, object], kind: str):
    _, faults = amended(LAID, {code: fields})
    assert [(fault.criterion, fault.kind) for fault in faults] == [(code, kind)]
    assert code in str(describe(faults[0]))
    assert "{called}" not in str(describe(faults[0]))
