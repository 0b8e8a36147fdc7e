import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.rules.gates import awaiting, failed, majority


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [
        ([], None),
        (["abstain", "abstain"], None),
        (["met"], "passed"),
        (["not_met"], "failed"),
        (["met", "not_met"], None),
        (["met", "met", "not_met"], "passed"),
        (["met", "not_met", "not_met"], "failed"),
        (["met", "abstain", "abstain", "abstain"], "passed"),
        (["met", "met", "not_met", "not_met", "abstain"], None),
    ],
)
def test_more_than_half_of_the_findings_given_decide(findings, verdict):
    assert majority(findings) == verdict


@given(st.lists(st.sampled_from(["met", "not_met", "abstain"])), st.randoms())
def test_neither_order_nor_abstention_matters(findings, random):
    shuffled = [*findings, "abstain"]
    random.shuffle(shuffled)
    assert majority(shuffled) == majority(findings)


@given(st.lists(st.sampled_from(["met", "not_met", "abstain"])))
def test_the_opposite_findings_give_the_opposite_verdict(findings):
    turned = {"met": "not_met", "not_met": "met", "abstain": "abstain"}
    opposite = {"passed": "failed", "failed": "passed", None: None}
    assert majority([turned[finding] for finding in findings]) == opposite[majority(findings)]


def test_one_failed_gate_is_enough_and_the_open_ones_are_named_in_order():
    gates = ("originality", "safety", "licence")
    assert failed(gates, {"originality": "passed", "licence": "failed"})
    assert not failed(gates, {"originality": "passed"})
    assert not failed(gates, {"abolished": "failed"})
    assert awaiting(gates, {"safety": "failed"}) == ("originality", "licence")
