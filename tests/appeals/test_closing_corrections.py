"""A correction that waits for its approval keeps its round from closing: by the list, the sweep and the operation."""

import pytest

from appeals.operations.closing import close_round
from appeals.queries.closing import closing_blockers, rounds_due
from appeals.verbs import AUTHORISE_CALL, DECIDE_APPEAL
from core.actors import machine
from core.models import Decision
from core.operations.decisions import approve, hand_back, prepare
from evaluation.verbs import CORRECT
from tests.appeals.after import ENDS, NOW, TICK, admitted, contested, decided_on, filed, swept
from tests.evaluation.operations.corrections import gate
from tests.story import Story
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
SWEEP = machine("sweep")


def kinds(story: Story, now=ENDS) -> list[str]:
    return [each.kind for each in closing_blockers(story.round, now)]


def is_due(story: Story, now=ENDS) -> bool:
    return rounds_due(None, now).filter(pk=story.round.pk).exists()


def correction(story: Story) -> Decision:
    """official-1 prepares that team b's verdict be set right; nobody has approved it."""
    return prepare(
        CORRECT,
        story.round,
        actor=story.actor("official-1"),
        now=NOW,
        reason="판정 오기",
        arguments={"corrections": [gate("b", "passed")]},
    )


def test_what_is_due_and_what_blocks_are_one_rule():
    story = contested()
    assert (is_due(story, ENDS - TICK), kinds(story, ENDS - TICK)) == (False, ["window"] * 3)
    assert (is_due(story), kinds(story)) == (True, [])
    decision = correction(story)
    assert (is_due(story), kinds(story)) == (False, ["correction"])
    assert closing_blockers(story.round, ENDS)[0].subject == decision


def test_a_prepared_correction_stops_the_sweep_and_the_closing():
    story = contested()
    correction(story)
    swept(NOW)
    with unchanged():
        swept(ENDS)
    with refused("still_pending") as caught:
        close_round(story.round, actor=SWEEP, now=ENDS)
    assert str(caught.value) == "1차 단계평가: 기안한 정정을 아직 결재하지 않았습니다."
    assert story.fresh().state == "announced"


def test_one_that_was_handed_back_stops_nothing():
    story = contested()
    hand_back(correction(story), actor=story.actor("official-2"), now=NOW, reason="근거 부족")
    swept(ENDS)
    assert story.fresh().state == "final"


def test_once_approved_its_own_windows_stop_the_closing():
    story = contested()
    approve(correction(story), actor=story.actor("official-2"), now=ENDS)
    assert kinds(story) == ["window"]
    assert closing_blockers(story.round, ENDS)[0].who == "팀 b"


def test_a_correction_that_was_refused_leaves_nothing_in_the_way():
    story = contested()
    with refused("incomplete"):
        story.decide(CORRECT, corrections=[])
    assert (is_due(story), kinds(story)) == (True, [])


def test_a_prepared_decision_of_an_appeal_is_named_beside_the_appeal():
    story = contested()
    appeal = admitted(filed(story), story)
    decision = prepare(
        DECIDE_APPEAL,
        appeal,
        actor=story.actor("official-1"),
        now=NOW,
        reason="재심의 결과",
        arguments={"outcome": "upheld", "corrections": [gate("b", "passed")]},
    )
    assert kinds(story) == ["appeal", "decision"]
    assert [each.subject for each in closing_blockers(story.round, ENDS)] == [appeal, decision]
    assert not is_due(story)


def test_one_that_was_prepared_for_an_appeal_decided_since_stops_nothing():
    story = contested()
    appeal = admitted(filed(story), story)
    arguments = {"outcome": "dismissed", "corrections": []}
    facts = {"actor": story.actor("official-1"), "now": NOW, "reason": "이유", "arguments": arguments}
    prepare(DECIDE_APPEAL, appeal, **facts)
    decided_on(appeal, story, "dismissed")
    assert (is_due(story), kinds(story)) == (True, [])


def test_other_prepared_decisions_stop_nothing():
    story = contested()
    arguments = {"call": "additional-1", "notice_days": 10}
    facts = {"actor": story.actor("official-1"), "now": NOW, "reason": "빈 자리", "arguments": arguments}
    prepare(AUTHORISE_CALL, story.round, **facts)
    assert (is_due(story), kinds(story)) == (True, [])


def test_another_round_s_correction_stops_nothing():
    story, other = contested(), contested(code="other")
    correction(other)
    swept(ENDS)
    assert (story.fresh().state, other.fresh().state) == ("final", "announced")
