"""A team's gates on its page: component by component, and the verdict in two hands."""

import pytest

from evaluation.admin.gate_review import reviews_of_gates
from evaluation.operations.gates import find
from evaluation.states import FindingValue
from evaluation.verbs import DECIDE_GATE
from tests.clicking import said, signed_in, thing
from tests.story import Story, told

pytestmark = pytest.mark.django_db
MET, NOT_MET, ABSTAIN = FindingValue.MET, FindingValue.NOT_MET, FindingValue.ABSTAIN


def found(story: Story, person: str, finding: FindingValue, component: str, reason: str) -> None:
    find(
        story.entry("b"),
        gate=story.gate,
        person=story.people[person],
        finding=finding,
        reason=reason,
        component=component,
        actor=story.actor(person),
        now=story.now,
    )


@pytest.fixture
def reviewed(db: None) -> Story:
    story = told(teams=("a", "b", "c")).open()
    found(story, "expert-1", MET, "텍스트 디코더", "직접 학습한 기록이 있음")
    found(story, "expert-2", NOT_MET, "비전 인코더", "공개된 가중치와 같음")
    found(story, "expert-3", NOT_MET, "비전 인코더", "출처를 밝히지 않음")
    found(story, "expert-2", ABSTAIN, "텍스트 디코더", "자료가 부족함")
    return story


def test_findings_stand_by_component_with_what_they_call_for(reviewed):
    (review,) = reviews_of_gates(reviewed.entry("b"), reviewed.actor("official-1"), reviewed.now)
    assert [(each.name, each.votes) for each in review.components] == [
        ("비전 인코더", [("met", "충족", 0), ("not_met", "미충족", 2), ("abstain", "의견 없음", 0)]),
        ("텍스트 디코더", [("met", "충족", 1), ("not_met", "미충족", 0), ("abstain", "의견 없음", 1)]),
    ]
    assert (review.called_for, review.verdict) == ("미충족", None)


def test_a_tie_calls_for_nothing(reviewed):
    found(reviewed, "expert-1", MET, "토크나이저", "직접 만듦")
    (review,) = reviews_of_gates(reviewed.entry("b"), reviewed.actor("auditor-1"), reviewed.now)
    assert review.called_for == ""


def test_an_expert_sees_his_own_findings_and_no_count_of_others(reviewed):
    (review,) = reviews_of_gates(reviewed.entry("b"), reviewed.actor("expert-2"), reviewed.now)
    assert {finding.account.username for each in review.components for finding in each.findings} == {"test.expert-2"}
    assert review.called_for is None
    shown = said(signed_in(reviewed, "expert-2").get(thing(reviewed.entry("b"))))
    assert "공개된 가중치와 같음" in shown
    assert "출처를 밝히지 않음" not in shown


def test_the_verdict_stands_with_both_hands(reviewed):
    reviewed.decide(DECIDE_GATE, gate="originality", team="b", verdict="failed", reason="과반의 의견")
    shown = said(signed_in(reviewed, "official-1").get(thing(reviewed.entry("b"))))
    (review,) = reviews_of_gates(reviewed.entry("b"), reviewed.actor("official-1"), reviewed.now)
    assert review.verdict is not None
    people = review.verdict.decision
    assert f"기안 {people.prepared_by} · 결재 {people.settled_by}" in shown
    assert "과반의 의견" in shown


@pytest.mark.parametrize("people", [("expert-1",), ("expert-1", "expert-2", "expert-3")])
def test_three_queries_for_one_finding_and_for_three(people, django_assert_num_queries):
    story = told(teams=("a", "b")).open()
    for person in people:
        found(story, person, MET, "", "충분함")
    entry, actor = story.entry("b"), story.actor("official-1")
    with django_assert_num_queries(3):
        reviews_of_gates(entry, actor, story.now)
