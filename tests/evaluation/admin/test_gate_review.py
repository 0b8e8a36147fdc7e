"""A team's gates on its page: component by component, and the verdict in two hands."""

from typing import Any

import pytest

from core.attachments.receiving import received
from evaluation.admin.gate_review import reviews_of_gates
from evaluation.models import ComponentDeclaration
from evaluation.operations.components import declare_component
from evaluation.operations.gates import find
from evaluation.operations.papers import file_document
from evaluation.states import FindingValue, Origin
from evaluation.verbs import DECIDE_GATE
from tests.clicking import said, signed_in, thing
from tests.files import upload
from tests.sheeted import cleared
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
    cleared(reviewed, "expert-2")
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


def declare(story: Story, component: str, **given: Any) -> ComponentDeclaration:
    words = {"origin": Origin.FROZEN, "statement": "공개 가중치", "now": story.now}
    actor = story.actor("b-lead")
    return declare_component(story.entry("b"), gate=story.gate, component=component, actor=actor, **words | given)


def test_declared_and_found_components_stand_side_by_side(reviewed):
    encoder, tokenizer = declare(reviewed, "비전 인코더"), declare(reviewed, "토크나이저")
    found(reviewed, "expert-1", ABSTAIN, "", "전체로는 알 수 없음")
    (review,) = reviews_of_gates(reviewed.entry("b"), reviewed.actor("official-1"), reviewed.now)
    assert [(each.name, each.declared.standing, len(each.findings)) for each in review.components] == [
        ("요건 전체", None, 1),
        ("비전 인코더", encoder, 2),
        ("텍스트 디코더", None, 2),
        ("토크나이저", tokenizer, 0),
    ]
    shown = said(signed_in(reviewed, "official-1").get(thing(reviewed.entry("b"))))
    assert shown.count("반영할 신고 없음") == 1  # the decoder's: the gate as a whole is nothing to declare
    assert shown.count("낸 의견이 없습니다.") == 1


def test_an_expert_reads_what_counts_beside_his_own_findings(reviewed):
    encoder = declare(reviewed, "비전 인코더")
    cleared(reviewed, "expert-3")
    (review,) = reviews_of_gates(reviewed.entry("b"), reviewed.actor("expert-3"), reviewed.now)
    assert [(each.name, each.declared.standing) for each in review.components] == [("비전 인코더", encoder)]


@pytest.mark.parametrize("components", [("가",), ("가", "나", "다")])
def test_six_queries_for_one_component_and_for_three(components, django_assert_num_queries):
    story = told(teams=("a", "b")).open()
    facts = {"actor": story.actor("b-lead"), "now": story.now}
    for person, component in zip(("expert-1", "expert-2", "expert-3"), components, strict=False):
        with received([upload(name=f"{component}.pdf")]) as files:
            paper = file_document(story.entry("b"), kind="report", title=component, files=files, **facts)
        declare(story, component, documents=[paper])
        found(story, person, MET, component, "충분함")
    entry, actor = story.entry("b"), story.actor("official-1")
    with django_assert_num_queries(6):
        (review,) = reviews_of_gates(entry, actor, story.now)
        papers = [
            [(paper.title, [str(file) for file in paper.files.all()]) for paper in each.declared.standing.papers.all()]
            for each in review.components
            if each.declared.standing is not None
        ]
    assert papers == [[(component, [f"{component}.pdf"])] for component in components]


@pytest.mark.parametrize("people", [("expert-1",), ("expert-1", "expert-2", "expert-3")])
def test_four_queries_where_nothing_is_declared(people, django_assert_num_queries):
    story = told(teams=("a", "b")).open()
    for person in people:
        found(story, person, MET, "", "충분함")
    entry, actor = story.entry("b"), story.actor("official-1")
    with django_assert_num_queries(4):
        reviews_of_gates(entry, actor, story.now)


@pytest.mark.parametrize("components", [("가",), ("가", "나", "다")])
def test_an_expert_s_sight_takes_the_same_for_one_and_for_three(components, django_assert_num_queries):
    story = told(teams=("a", "b")).open()
    for component in components:
        declare(story, component)
        found(story, "expert-1", MET, component, "충분함")
    cleared(story, "expert-1")
    entry, actor = story.entry("b"), story.actor("expert-1")
    with django_assert_num_queries(13):
        reviews_of_gates(entry, actor, story.now)
