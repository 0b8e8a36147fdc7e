"""A team challenges a reviewer; reviewers give their opinions; the text of a decision."""

import pytest

from appeals.models import AppealReviewer, AssignmentEnd, Challenge, ChallengeRuling, Opinion
from appeals.operations.challenging import challenge_reviewer
from appeals.operations.filing import withdraw_appeal
from appeals.operations.opining import submit_opinion
from appeals.operations.reviewing import assign_reviewers
from appeals.queries.reviewers import reviewer_seats
from appeals.sweeps import tell
from appeals.verbs import DECIDE_APPEAL, DECIDE_CHALLENGE
from consortia.models import Affiliation
from core.ledger.naming import named
from core.operations.decisions import approve, decide, prepare
from core.roles import Role
from evaluation.models import Message
from tests.appeals.after import DAY, admitted, contested, decided_on, filed, on_panel
from tests.story import NOW, SYSTEM, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """b's appeal is under review by expert-6 and reviewer-1."""
    story = contested()
    reviewed(story, "expert-6", "reviewer-1")
    return story


def reviewed(story: Story, *people: str):
    appeal = story.round.appeals.first() or admitted(filed(story), story)
    accounts = [story.people[person] for person in people]
    return assign_reviewers(appeal, people=accounts, actor=story.actor("official-1"), now=NOW)


def appeal_of(story: Story):
    return story.round.appeals.get()


def seat(person: str) -> AppealReviewer:
    return AppealReviewer.objects.get(account__username=f"test.{person}")


def challenged(story: Story, person: str = "expert-6", who: str = "b-lead", reason: str = "공동 연구를 하였음"):
    return challenge_reviewer(seat(person), reason=reason, actor=story.actor(who), now=NOW)


def ruled(story: Story, challenge: Challenge, accepted: bool = True, by=("official-1", "official-2"), reason="사유"):
    preparer, approver = (story.actor(person) for person in by)
    arguments = {"accepted": accepted}
    return decide(
        DECIDE_CHALLENGE, challenge, preparer=preparer, approver=approver, now=NOW, reason=reason, arguments=arguments
    )


def opined(story: Story, person: str = "expert-6", **given) -> Opinion:
    facts = {"recommends": "dismissed", "text": "계산이 맞습니다", "now": NOW} | given
    return submit_opinion(appeal_of(story), actor=story.actor(person), **facts)


def test_a_reviewer_is_challenged(story):
    with written() as changes:
        challenge = challenged(story)
    assert (challenge.reviewer, challenge.reason, challenge.by) == (
        seat("expert-6"),
        "공동 연구를 하였음",
        story.people["b-lead"],
    )
    assert changes == [f"{table} I test.b-lead challenge_reviewer" for table in ("appeals_challenge", "core_event")]
    with unchanged():
        assert challenged(story) == challenge


def test_what_is_refused_of_a_challenge(story):
    with refused("not_entitled"):
        challenged(story, who="c-lead")
    with refused("not_allowed"):
        challenged(story, who="official-1")
    with refused("incomplete"):
        challenged(story, reason=" ")
    challenged(story)
    with refused("duplicate"):
        challenged(story, reason="다른 사유")
    withdraw_appeal(appeal_of(story), actor=story.actor("b-lead"), now=NOW)
    with refused("wrong_state"):
        challenged(story, "reviewer-1")


def test_work_waits_for_the_ruling(story):
    challenge = challenged(story)
    with refused("still_pending"):
        decided_on(appeal_of(story), story, "dismissed")
    with refused("still_pending"):
        opined(story)
    with refused("still_pending"):
        opined(story, "reviewer-1")
    ruled(story, challenge, accepted=False)
    opined(story)
    decided_on(appeal_of(story), story, "dismissed")


def test_a_challenge_that_is_denied_leaves_the_reviewer(story):
    challenge = challenged(story)
    with written() as changes:
        decision = ruled(story, challenge, accepted=False, reason="관계를 찾을 수 없음")
    ruling = ChallengeRuling.objects.get()
    assert (ruling.accepted, ruling.reason, ruling.decision) == (False, "관계를 찾을 수 없음", decision)
    assert changes[-2:] == [
        "appeals_challengeruling I test.official-2 decide_challenge",
        "core_event I test.official-2 decide_challenge",
    ]
    assert not AssignmentEnd.objects.exists()


def test_a_challenge_that_is_accepted_ends_the_assignment(story):
    opinion = opined(story)
    ruled(story, challenged(story))
    end = AssignmentEnd.objects.get()
    assert (end.reviewer, end.at) == (seat("expert-6"), NOW)
    assert Opinion.objects.get() == opinion
    with refused("not_entitled"):
        opined(story, text="다른 이유")
    with refused("conflict_of_interest"):
        reviewed(story, "expert-6")
    decided_on(appeal_of(story), story, "dismissed")


def test_whoever_was_taken_off_is_replaced_before_the_decision():
    story = contested()
    reviewed(story, "expert-6")
    ruled(story, challenged(story))
    with refused("incomplete"):
        decided_on(appeal_of(story), story, "dismissed")
    reviewed(story, "reviewer-1")
    decided_on(appeal_of(story), story, "dismissed")


def test_what_is_refused_of_a_ruling(story):
    challenge = challenged(story)
    with refused("not_allowed"):
        ruled(story, challenge, by=("official-1", "auditor-1"))
    with refused("same_person"):
        ruled(story, challenge, by=("official-1", "official-1"))
    with refused("incomplete"):
        ruled(story, challenge, reason=" ")
    ruled(story, challenge)
    with refused("wrong_state"):
        ruled(story, challenge, accepted=False)


def test_no_ruling_when_the_appeal_is_over(story):
    challenge = challenged(story)
    withdraw_appeal(appeal_of(story), actor=story.actor("b-lead"), now=NOW)
    with refused("wrong_state"):
        ruled(story, challenge)


def test_nobody_of_the_panel_and_no_reviewer_rules(story):
    challenge = challenged(story)
    with named(actor="test", verb="test"):
        story.people["expert-6"].grants.create(role=Role.OFFICIAL)
    with refused("conflict_of_interest"):
        ruled(story, challenge, by=("official-1", "expert-6"))
    on_panel(story, "official-2")
    with refused("conflict_of_interest"):
        ruled(story, challenge)


def test_a_challenge_holds_up_a_decision_that_was_prepared(story):
    arguments = {"outcome": "dismissed", "corrections": []}
    decision = prepare(
        DECIDE_APPEAL,
        appeal_of(story),
        actor=story.actor("official-1"),
        now=NOW,
        reason="이유",
        arguments=arguments,
    )
    challenge = challenged(story)
    with refused("still_pending"):
        approve(decision, actor=story.actor("official-2"), now=NOW)
    ruled(story, challenge)
    assert approve(decision, actor=story.actor("official-2"), now=NOW).state == "void"


def test_the_team_sees_numbers_and_organisations_and_no_names(story):
    ruled(story, challenged(story, "reviewer-1"))
    seats = reviewer_seats(appeal_of(story), NOW)
    assert [(each.number, each.organisation, each.challenged, each.ended) for each in seats] == [
        (1, "outside", False, False),
        (2, "outside", True, True),
    ]
    assert not any("expert" in str(vars(each)) or "reviewer-" in str(vars(each)) for each in seats)


def test_an_opinion_is_submitted(story):
    with written() as changes:
        opinion = opined(story)
    assert (opinion.reviewer, opinion.recommends, opinion.text) == (seat("expert-6"), "dismissed", "계산이 맞습니다")
    assert changes == [f"{table} I test.expert-6 submit_opinion" for table in ("appeals_opinion", "core_event")]
    with unchanged():
        assert opined(story, now=NOW + DAY) == opinion


def test_what_is_refused_of_an_opinion(story):
    with refused("not_entitled"):
        opined(story, "expert-1")
    with refused("not_allowed"):
        opined(story, "official-1")
    with refused("incomplete"):
        opined(story, text="")
    with refused("out_of_range"):
        opined(story, recommends="rejected")
    opined(story)
    with refused("duplicate"):
        opined(story, recommends="upheld")
    decided_on(appeal_of(story), story, "dismissed")
    with refused("wrong_state"):
        opined(story, "reviewer-1")


def test_a_conflict_that_came_up_since_bars_an_opinion(story):
    with named(actor="test", verb="test"):
        Affiliation.objects.filter(account=story.people["expert-6"]).update(organisation=story.organisations["org-b"])
    with refused("conflict_of_interest"):
        opined(story)


@pytest.mark.parametrize(
    ("outcome", "words"), [("upheld", "인용"), ("partly_upheld", "일부 인용"), ("dismissed", "기각")]
)
def test_the_text_of_a_decision_states_reasons_and_remedies(story, outcome, words):
    appeal = appeal_of(story)
    decided_on(appeal, story, outcome, reason="다시 계산하여도 같음")
    text = appeal.decision_text.text
    assert f"1. 결정\n{words}\n" in text
    assert "다시 계산하여도 같음" in text
    assert "접수번호: 2026-이의-0001 (2026년 1월 15일(목) 14:00 접수)" in text
    assert "90일" in text
    for act in ("「행정기본법」 제36조제4항", "「행정심판법」 제23조·제27조", "「행정소송법」 제20조"):
        assert act in text
    assert "정정한 결과" not in text
    assert "expert" not in text
    assert "reviewer" not in text
    assert len(appeal.decision_text.ledger_head) == 64


def test_the_text_says_that_a_correction_follows(story):
    appeal = appeal_of(story)
    corrections = [{"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}]
    decided_on(appeal, story, "upheld", corrections)
    assert "정정한 결과는 따로 통지합니다" in appeal.decision_text.text


def test_a_rejection_names_the_remedies_too():
    story = contested()
    appeal = admitted(filed(story), story, yes=False, reason="기간이 지난 사유")
    assert "1. 결정\n각하\n" in appeal.decision_text.text
    assert "기간이 지난 사유" in appeal.decision_text.text
    assert "90일" in appeal.decision_text.text


def test_who_reviews_is_reminded_of_the_term_and_nobody_from_whom_it_was_taken(story):
    ruled(story, challenged(story, "expert-6"))
    tell(actor=SYSTEM, now=appeal_of(story).decide_by - DAY)
    people = Message.objects.filter(reminder__kind="decision").order_by("account__username")
    assert [each.account.code for each in people] == ["official-1", "official-2", "official-3", "reviewer-1"]
