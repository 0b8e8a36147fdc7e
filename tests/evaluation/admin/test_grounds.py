"""Against what a decision was prepared: the published result by its number, or what had been put in until then."""

import re

import pytest
from django.utils import timezone

from core.models import Decision
from evaluation.models import Snapshot
from evaluation.verbs import ANNOUNCE
from tests.appeals.admin.live import live, under_review
from tests.clicking import page, press, said, signed_in, thing
from tests.story import Story, told
from tests.support import line_of

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70}
ROW = {"row-1-team": "c", "row-1-what": "points:bench", "row-1-value": "39", "reason": "오기"}


@pytest.fixture
def story() -> Story:
    """Announced today: a advances, b fails the gate, c is eliminated."""
    return live()


def published(story: Story, number: int = 1) -> str:
    """How a result is named."""
    snapshot = Snapshot.objects.get(round=story.round, number=number)
    at = timezone.localtime(snapshot.announcement.announced_at, story.programme.zone)
    weekday = "월화수목금토일"[at.weekday()]
    named = f"순위표 {number} ({at.year}년 {at.month}월 {at.day}일({weekday}) {at:%H:%M} 발표)"
    return f'<a href="{thing(snapshot)}">{named}</a>'


def ground(story: Story, decision: Decision, person: str = "auditor-1") -> str:
    """The row of the decision's own page, without its digest and whether it has changed."""
    shown = said(signed_in(story, person).get(thing(decision)))
    row = re.search(r"<dt>기안 근거</dt><dd>(.*?) <small>요약값 <code>(.*?)</code>", shown, re.DOTALL)
    assert row is not None
    assert row[2] == decision.prepared_against[:16]
    return row[1]


def asked(story: Story, decision: Decision) -> str:
    """What the page says on which the other official approves."""
    return said(signed_in(story, "official-2").get(page("approve", decision)))


def correct(story: Story) -> Decision:
    assert press(story, "official-1", "correct", story.round, **ROW).status_code == 302
    return Decision.objects.latest("pk")


def test_before_a_result_it_relies_on_what_has_been_put_in():
    story = told(teams="abc").open().score_all(TOTALS)
    press(story, "official-1", "announce", story.round, disclosure="outcomes", reason="")
    decision = Decision.objects.latest("pk")
    assert ground(story, decision) == "발표한 결과 없음 · 지금 입력된 자료"
    assert "<li>기안 근거: 발표한 결과 없음 · 지금 입력된 자료</li>" in asked(story, decision)
    press(story, "official-2", "approve", decision)
    assert ground(story, decision) == "발표한 결과 없음 · 그때 입력된 자료"


def test_the_announcement_of_the_same_moment_does_not_rely_on_itself():
    """As a rehearsal plays it: prepared, approved and published in one."""
    story = told(teams="abc").open().score_all(TOTALS).announce()
    assert ground(story, Decision.objects.get(verb=ANNOUNCE.code)) == "발표한 결과 없음 · 그때 입력된 자료"


def test_a_correction_names_the_result_that_it_corrects(story: Story):
    decision = correct(story)
    assert ground(story, decision) == published(story)
    assert f"<li>기안 근거: {published(story)}</li>" in asked(story, decision)
    press(story, "official-2", "approve", decision)
    assert Snapshot.objects.count() == 2
    assert ground(story, decision) == published(story), "still the one that it corrected"
    assert ground(story, correct(story)) == published(story, 2)


def test_a_result_that_has_come_since_is_told(story: Story):
    left, done = correct(story), correct(story)
    press(story, "official-2", "approve", done)
    assert ground(story, left) == f"{published(story)} · 그 뒤 순위표 2 발표"
    void = "기안한 뒤에 근거가 바뀌었습니다. 결재하면 시행되지 않고 무효가 됩니다."
    final = "결재하면 바로 시행되며 되돌릴 수 없습니다."
    for decision, words in ((left, (True, False)), (correct(story), (False, True))):
        shown = asked(story, decision)
        assert (void in shown, final in shown) == words
    press(story, "official-2", "hand_back", left, reason="이미 정정됨")
    assert ground(story, left) == published(story)


def test_an_appeal_a_challenge_and_a_stopped_clock_rely_on_the_result_that_is_objected_to(story: Story):
    appeal = under_review(story, "expert-6")
    press(story, "official-1", "decide_appeal", appeal, outcome="dismissed", reason="이유 없음")
    assert ground(story, Decision.objects.latest("pk")) == published(story)
    press(story, "official-1", "stop_clock", story.round, teams=["c"], reason="재해")
    assert ground(story, Decision.objects.latest("pk")) == published(story)


def test_what_no_round_stands_behind_relies_on_what_has_been_put_in(story: Story):
    line = line_of(story)
    press(story, "official-1", "grant_support", line, teams=["a"], since="", until="", reason="진출")
    decision = Decision.objects.latest("pk")
    assert ground(story, decision) == "지금 입력된 자료"


def test_to_an_english_reader_it_is_english(story: Story):
    decision = correct(story)
    client = signed_in(story, "auditor-1")
    client.cookies["django_language"] = "en"
    assert '">Standings 1 (published ' in said(client.get(thing(decision)))
