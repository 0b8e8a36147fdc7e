"""What officials do about appeals, by the pages: what is done, what is refused, and that nothing changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from appeals.models import Appeal, AppealReviewer, ChallengeRuling, CompletionRequest, DecisionText, EarlyClosing
from appeals.operations.challenging import challenge_reviewer
from appeals.operations.completing import ask_completion
from appeals.operations.waiving import waive_appeal
from core.models import Decision
from evaluation.models import Correction, Snapshot
from tests.appeals.admin.live import appealed, live, under_review
from tests.appeals.after import on_panel
from tests.clicking import page, press, said, signed_in, thing
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
UPHOLD = {
    "outcome": "upheld",
    "reason": "계산이 잘못되었다",
    "row-1-team": "b",
    "row-1-what": "gate:originality:passed",
}


@pytest.fixture
def story() -> Story:
    return live()


def approve(story: Story) -> Decision:
    """The second official approves what was prepared last."""
    answer = press(story, "official-2", "approve", Decision.objects.latest("pk"))
    assert answer.status_code == 302, said(answer)
    return Decision.objects.latest("pk")


def test_an_appeal_is_admitted(story: Story):
    appeal = appealed(story)
    answer = press(story, "official-1", "admit_appeal", appeal, admitted="yes", reason="적격")
    assert answer.status_code == 302, said(answer)
    assert Appeal.objects.get().state == "admitted"
    with unchanged():
        again = press(story, "official-1", "admit_appeal", appeal, admitted="yes", reason="적격")
    assert again.status_code == 400


def test_an_appeal_is_rejected_with_its_remedies(story: Story):
    appeal = appealed(story, ground="panel_choice")
    assert "심의할 수 없는 사유입니다" in said(signed_in(story, "official-1").get(page("admit_appeal", appeal)))
    with unchanged():
        answer = press(story, "official-1", "admit_appeal", appeal, admitted="yes", reason="적격")
    assert "받아들일 수 없는 사유입니다: 평가위원 선정" in said(answer)
    press(story, "official-1", "admit_appeal", appeal, admitted="no", reason="대상이 아님")
    shown = said(signed_in(story, "b-lead").get(thing(appeal)))
    for words in ("각하", "대상이 아님", "행정심판", "90일"):
        assert words in shown
    assert DecisionText.objects.count() == 1


def test_a_completion_is_asked_for_once_at_a_time(story: Story):
    appeal = appealed(story)
    soon = timezone.localtime(timezone.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    answer = press(story, "official-1", "ask_completion", appeal, text="근거", until=soon)
    assert answer.status_code == 302, said(answer)
    asked = CompletionRequest.objects.get()
    assert (asked.text, timezone.localtime(asked.until).strftime("%Y-%m-%dT%H:%M")) == ("근거", soon)
    for given, words in (
        ({"text": "더", "until": soon}, "보완을 기다리고 있는 요구가 있습니다."),
        ({"text": "더", "until": "2020-01-01T00:00"}, "보완 기한은 지금보다 뒤여야 합니다."),
        ({"text": " ", "until": soon}, "필수 항목"),
    ):
        with unchanged():
            answer = press(story, "official-1", "ask_completion", appeal, **given)
        assert (answer.status_code, words in said(answer)) == (400, True)
    barred = said(signed_in(story, "official-1").get(page("admit_appeal", appeal)))
    assert "보완 기한이 끝나지 않아 아직 각하할 수 없습니다." in barred


def test_reviewers_are_chosen_with_their_interest_shown(story: Story):
    appeal = under_review(story)
    shown = said(signed_in(story, "official-1").get(page("assign_reviewers", appeal)))
    for words in ("reviewer-1 · outside — 이해관계 없음", "expert-6 · outside — 이해관계 없음"):
        assert words in shown
    assert "expert-1 · outside — 처음 평가에 참여함" in shown
    people = [story.people[person].pk for person in ("reviewer-1", "expert-6")]
    answer = press(story, "official-1", "assign_reviewers", appeal, people=people)
    assert answer.status_code == 302, said(answer)
    assert set(appeal.reviewers.values_list("account", flat=True)) == set(people)
    with unchanged():
        answer = press(story, "official-1", "assign_reviewers", appeal, people=[story.people["expert-1"].pk])
    assert "처음 평가에 참여한 위원입니다: expert-1" in said(answer)
    with unchanged():
        answer = press(story, "official-1", "assign_reviewers", appeal, people=[story.people["official-2"].pk])
    assert answer.status_code == 400


def test_an_unknown_interest_is_cleared_from_there(story: Story):
    from consortia.operations.teams import register_person
    from core.roles import Role
    from tests.story import SYSTEM

    person = register_person(
        story.programme,
        actor=SYSTEM,
        now=story.now,
        code="reviewer-2",
        name_ko="reviewer-2",
        name_en="reviewer-2",
        role=Role.REVIEWER,
    )
    appeal = under_review(story)
    client = signed_in(story, "official-1")
    shown = said(client.get(page("assign_reviewers", appeal)))
    assert "reviewer-2 · — — 이해관계 확인 필요" in shown
    with unchanged():
        answer = press(story, "official-1", "assign_reviewers", appeal, people=[person.pk])
    assert "담당 공무원의 확인이 필요합니다." in said(answer)
    clearing = page("declare_conflict", story.entry("b"))
    assert f"{clearing}?person={person.pk}&amp;kind=none" in shown
    assert f'<option value="{person.pk}" selected>' in said(client.get(f"{clearing}?person={person.pk}&kind=none"))
    press(story, "official-1", "declare_conflict", story.entry("b"), person=person.pk, kind="none", reason="확인함")
    assert press(story, "official-1", "assign_reviewers", appeal, people=[person.pk]).status_code == 302
    assert AppealReviewer.objects.get().account == person


@pytest.mark.parametrize(("accepted", "left"), [("yes", 1), ("no", 2)])
def test_a_challenge_is_ruled_on_by_two(story: Story, accepted: str, left: int):
    appeal = under_review(story, "expert-6", "reviewer-1")
    reviewer = appeal.reviewers.get(account__username="test.expert-6")
    challenge = challenge_reviewer(reviewer, reason="연구실", actor=story.actor("b-lead"), now=timezone.now())
    blocked = said(signed_in(story, "official-1").get(thing(appeal)))
    assert "기피 신청을 먼저 결정해야 합니다." in blocked
    answer = press(story, "official-1", "decide_challenge", challenge, accepted=accepted, reason="검토함")
    assert answer.status_code == 302, said(answer)
    assert not ChallengeRuling.objects.exists()
    with unchanged():
        assert press(story, "official-1", "approve", Decision.objects.latest("pk")).status_code == 400
    approve(story)
    assert ChallengeRuling.objects.get().accepted is (accepted == "yes")
    assert appeal.reviewers.filter(end=None).count() == left
    team = said(signed_in(story, "b-lead").get(thing(appeal)))
    assert "검토함" in team
    assert "expert-6" not in team


def test_an_appeal_is_decided_with_a_previewed_correction(story: Story):
    appeal = under_review(story)
    with unchanged():
        looked = press(story, "official-1", "decide_appeal", appeal, **UPHOLD | {"foresee": "1"})
    assert looked.status_code == 200
    shown = said(looked)
    for words in ("미리 본 결과", "결과가 바뀌는 팀: <b>팀 b</b>", "<del>", "팀 b · 요건 ‘독자성’: 충족"):
        assert words in shown
    assert '사유 <span class="s-must"' in shown
    answer = press(story, "official-1", "decide_appeal", appeal, **UPHOLD)
    assert answer.status_code == 302, said(answer)
    assert Snapshot.objects.count() == 1
    decision = Decision.objects.latest("pk")
    with unchanged():
        for address in (thing(decision), page("approve", decision)):
            again = said(signed_in(story, "official-2").get(address))
            assert "결과가 바뀌는 팀: <b>팀 b</b>" in again
    approve(story)
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.decision_reason) == ("upheld", "계산이 잘못되었다")
    made = Correction.objects.get()
    assert made.items == [{"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}]
    assert made.after.rows.get(entry__team__code="b").outcome == "advanced"
    after = said(signed_in(story, "official-1").get(thing(appeal)))
    assert thing(made) in after
    assert "정정한 결과: 순위표 1 → 2" in said(signed_in(story, "official-1").get(thing(decision)))
    team = said(signed_in(story, "b-lead").get(thing(appeal)))
    assert "이의신청 결정서" in team
    assert thing(made) not in team


def test_an_appeal_is_dismissed_without_a_correction(story: Story):
    appeal = under_review(story)
    with unchanged():
        answer = press(story, "official-1", "decide_appeal", appeal, **UPHOLD | {"outcome": "dismissed"})
    assert "기각하는 이의신청에는 정정을 둘 수 없습니다." in said(answer)
    answer = press(story, "official-1", "decide_appeal", appeal, outcome="dismissed", reason="이유 없음")
    assert answer.status_code == 302, said(answer)
    approve(story)
    assert (Appeal.objects.get().state, Snapshot.objects.count()) == ("dismissed", 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": ""}, "필수 항목"),
        ({"reason": " "}, "필수 항목"),
        ({"row-1-team": ""}, "팀을 고르십시오."),
        ({"row-1-value": "1"}, "이 정정에는 새 값을 적지 않습니다."),
    ],
)
def test_a_decision_that_cannot_be_prepared(story: Story, change: dict[str, str], words: str):
    appeal = under_review(story)
    with unchanged():
        answer = press(story, "official-1", "decide_appeal", appeal, **UPHOLD | change)
    assert (answer.status_code, words in said(answer)) == (400, True)


def test_a_decision_waits_for_admission_and_completion(story: Story):
    appeal = appealed(story)
    with unchanged():
        assert press(story, "official-1", "decide_appeal", appeal, **UPHOLD).status_code == 400
    press(story, "official-1", "admit_appeal", appeal, admitted="yes", reason="적격")
    soon = timezone.now() + timedelta(days=1)
    ask_completion(appeal, text="근거", until=soon, actor=story.actor("official-1"), now=timezone.now())
    with unchanged():
        answer = press(story, "official-1", "decide_appeal", appeal, **UPHOLD)
    assert "보완 기한이 끝나지 않았습니다." in said(answer)


def test_whoever_judged_first_does_not_decide(story: Story):
    appeal = under_review(story)
    on_panel(story, "official-3")
    for verb, given in (("decide_appeal", UPHOLD), ("ask_completion", {"text": "x", "until": "2099-01-01T00:00"})):
        with unchanged():
            answer = press(story, "official-3", verb, appeal, **given)
        assert "평가위원은 결정에 참여할 수 없습니다." in said(answer)


def test_windows_are_ended_early_when_all_have_waived(story: Story):
    blocked = said(signed_in(story, "official-1").get(page("close_appeals_early", story.round)))
    assert "먼저 끝나야 할 것이 있습니다: 팀 b의 포기, 팀 c의 포기" in blocked
    with unchanged():
        assert press(story, "official-1", "close_appeals_early", story.round, reason="모두 포기").status_code == 400
    for team in ("b", "c"):
        waive_appeal(story.entry(team), actor=story.actor(f"{team}-lead"), now=timezone.now())
    answer = press(story, "official-1", "close_appeals_early", story.round, reason="모두 포기")
    assert answer.status_code == 302, said(answer)
    assert not EarlyClosing.objects.exists()
    approve(story)
    assert EarlyClosing.objects.get().reason == "모두 포기"
    assert story.fresh().appeals_close_at <= timezone.now()


def test_an_opinion_is_handed_in_once_by_who_is_assigned(story: Story):
    appeal = under_review(story, "reviewer-1", "expert-6")
    given: dict[str, Any] = {"recommends": "upheld", "text": "맞는 말"}
    answer = press(story, "reviewer-1", "submit_opinion", appeal, **given)
    assert answer.status_code == 302, said(answer)
    with unchanged():
        again = press(story, "reviewer-1", "submit_opinion", appeal, **given | {"text": "다른 말"})
    assert "이미 의견을 냈습니다." in said(again)
    assert press(story, "expert-1", "submit_opinion", appeal, **given).status_code == 404
    assert "맞는 말" in said(signed_in(story, "official-1").get(thing(appeal)))
    for person in ("expert-6", "b-lead"):
        shown = said(signed_in(story, person).get(thing(appeal)))
        assert "맞는 말" not in shown
        assert "reviewer-1" not in shown
