"""First pages: a team's, a reviewer's, an official's."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from appeals.operations.completing import ask_completion
from appeals.operations.opining import submit_opinion
from appeals.operations.reviewing import assign_reviewers
from appeals.operations.waiving import waive_appeal
from appeals.sweeps import tell
from core.calendar.words import window_words
from core.operations.decisions import prepare
from evaluation.models import Notice
from evaluation.operations.gates import find
from evaluation.states import FindingValue
from evaluation.verbs import CORRECT, DECIDE_GATE, STOP_CLOCK
from tests.appeals.after import BEAT, DAY, TOTALS, admitted, contested, filed, opened
from tests.clicking import page, said, signed_in, thing
from tests.story import Story, today, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now() - timedelta(minutes=5)


@pytest.fixture
def story(now: datetime) -> Story:
    return contested(now=now)


def first(story: Story, person: str) -> str:
    return said(signed_in(story, person).get("/admin/"))


def notice(story: Story, team: str) -> Notice:
    return Notice.objects.get(entry__team=story.teams[team], announcement__round=story.round)


def test_a_team_sees_its_result_and_until_when_it_may_object(story: Story):
    own = notice(story, "b")
    shown = first(story, "b-lead")
    until = window_words(own.window_closes_at, story.programme.zone)
    ends, today_there = (at.astimezone(story.programme.zone).date() for at in (own.window_closes_at, timezone.now()))
    left = f"{(ends - today_there).days - 1}일 남음"
    for words in ("요건 미충족", until, left):
        assert words in shown
    assert reverse("notice", args=[own.pk]) in shown
    for team in "ac":
        assert thing(notice(story, team)) not in shown
        assert f"팀 {team}" not in shown


def test_before_the_notice_has_arrived_there_is_no_result():
    story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce(on_paper=["b"])
    assert "아직 도달한 결과 통지가 없습니다." in first(story, "b-lead")


def test_what_is_asked_of_a_team_stands_there_with_its_term(story: Story, now: datetime):
    appeal = admitted(filed(story, now=now), story, now=now)
    until = timezone.now() + 3 * DAY
    facts = {"actor": story.actor("official-1"), "now": now}
    asked = ask_completion(appeal, text="산식을 밝혀 주십시오", until=until, **facts)
    shown = first(story, "b-lead")
    for words in ("이의신청 appeal-1", "심의 중", "산식을 밝혀 주십시오", "보완 기한"):
        assert words in shown
    assert window_words(asked.until, story.programme.zone) in shown
    assert "산식을 밝혀 주십시오" not in first(story, "c-lead")


def test_a_waiver_is_told(story: Story, now: datetime):
    waive_appeal(story.entry("b"), actor=story.actor("b-lead"), now=now)
    assert "이의신청을 포기함" in first(story, "b-lead")
    assert "이의신청을 포기함" not in first(story, "c-lead")


def test_of_several_windows_the_one_that_counts_stands_there(story: Story, now: datetime):
    """The result is that of the newest notice; the window of the one before stands still, so that it never ends."""
    story.decide(STOP_CLOCK, now=now, teams=["b"])
    items = [{"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}]
    story.decide(CORRECT, now=now + timedelta(minutes=1), corrections=items)
    later = Notice.objects.filter(entry__team=story.teams["b"]).latest("pk")
    shown = first(story, "b-lead")
    assert "요건 미충족" not in shown
    assert reverse("notice", args=[later.pk]) in shown
    assert window_words(later.window_closes_at, story.programme.zone) not in shown
    assert "정지" in shown


def test_open_calls_are_told_to_teams_until_they_close():
    story = contested(now=today() - 25 * DAY)
    call = opened(story, notice_days=60)
    shown = first(story, "y-lead")
    assert shown.count(str(call)) == 1
    assert "s-calls" not in shown
    until = window_words(call.closes_at, story.programme.zone)
    assert "24:00까지" in until
    assert until in shown
    assert f"<small>{until}</small>" in first(story, "official-1"), "everywhere the same words for the same end"
    other = contested(code="other", now=today() - 80 * DAY)
    call = opened(other, notice_days=10)
    assert call.state == "open"  # its time is over, and no sweep has been
    over = first(other, "y-lead")
    assert "접수 중인 공모가 없습니다." in over
    assert over.count(str(call)) == 1


def test_a_reviewer_sees_the_appeals_before_him_with_their_term(story: Story, now: datetime):
    appeal = admitted(filed(story, now=now), story, now=now)
    assert "내가 재심의할 이의신청" not in first(story, "reviewer-1")
    facts = {"actor": story.actor("official-1"), "now": now}
    assign_reviewers(appeal, people=[story.people["reviewer-1"]], **facts)
    shown = first(story, "reviewer-1")
    assert "이의신청 appeal-1" in shown
    assert f"결정 기한 {window_words(appeal.decide_by, story.programme.zone)}" in shown
    assert "의견 제출함" not in shown
    assert "이의신청 appeal-1" not in first(story, "expert-6")
    said_so = {"recommends": "dismissed", "text": "이유 없음"}
    submit_opinion(appeal, **said_so, actor=story.actor("reviewer-1"), now=now)
    assert "의견 제출함" in first(story, "reviewer-1")


def test_an_official_sees_what_blocks_each_round(story: Story, now: datetime):
    filed(story, now=now)
    shown = first(story, "official-1")
    for words in ("팀 a: 이의신청 기간이", "팀 b: 이의신청 기간이", "appeal-1: 이의신청을 아직 결정하지"):
        assert words in shown
    assert thing(notice(story, "c")) in shown


def test_an_official_is_led_to_the_step_that_nothing_hinders():
    story = told()
    opening = f'<a href="{page("open_round", story.round)}">평가 개시</a>'
    announcing = f'<a href="{page("announce", story.round)}">결과 발표 기안</a>'
    assert opening in first(story, "official-1")
    assert opening not in first(story, "auditor-1")
    story.open()
    assert opening not in first(story, "official-1")
    assert announcing not in first(story, "official-1")
    story.score_all(TOTALS)
    assert announcing in first(story, "official-1")
    for person in ("auditor-1", "expert-1"):
        assert announcing not in first(story, person)


def test_verdicts_that_wait_together_are_told_apart():
    story = told().open()
    for team, verdict in (("a", "passed"), ("b", "failed")):
        said_first = {"finding": FindingValue.MET if verdict == "passed" else FindingValue.NOT_MET, "reason": "검토"}
        expert = {"person": story.people["expert-1"], "actor": story.actor("expert-1")}
        find(story.entry(team), gate=story.gate, **said_first, **expert, now=story.now)
        arguments = {"gate": "originality", "team": team, "verdict": verdict}
        said_so = {"now": story.now, "reason": "과반 의견", "arguments": arguments}
        prepare(DECIDE_GATE, story.round, actor=story.actor("official-1"), **said_so)
    shown = first(story, "official-2")
    assert "1차 단계평가 · 요건 판정</a> 요건: 독자성 · 정예팀: 팀 a · 판정: 충족 <small>" in shown
    assert "1차 단계평가 · 요건 판정</a> 요건: 독자성 · 정예팀: 팀 b · 판정: 미충족 <small>" in shown


def test_more_than_a_page_can_hold_is_counted():
    story = told().open()
    assert "그 밖에" in first(story, "official-1")


def test_a_reminder_stands_on_the_first_page_until_its_time(story: Story, now: datetime):
    own = notice(story, "b")
    tell(actor=BEAT, now=own.window_closes_at - DAY)
    assert "이의신청 마감이 다가옵니다" in first(story, "b-lead")
    assert "이의신청 마감이 다가옵니다" not in first(story, "official-1")


def test_pages_of_others_are_not_led_to(story: Story):
    shown = first(story, "b-lead")
    assert page("record_service_consent", story.teams["b"]) in shown
    for model in ("round", "entry", "snapshot"):
        assert f"/admin/evaluation/{model}/" not in shown


def queries(story: Story, person: str) -> int:
    client = signed_in(story, person)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/admin/").status_code == 200
    return len(caught)


def test_a_team_s_page_asks_as_often_for_three_appeals_as_for_one(story: Story, now: datetime):
    asked = []
    for number, ground in ((1, "decisive_error"), (2, "clerical_error"), (3, "other")):
        appeal = filed(story, code=f"appeal-{number}", ground=ground, now=now)
        facts = {"actor": story.actor("official-1"), "now": now}
        ask_completion(admitted(appeal, story, now=now), text="보완", until=timezone.now() + DAY, **facts)
        assign_reviewers(appeal, people=[story.people["reviewer-1"]], **facts)
        asked.append((queries(story, "b-lead"), queries(story, "reviewer-1")))
    # Whatever is put on a notice or an appeal is asked for as well: what counts here is that the number stays.
    assert asked == asked[:1] * 3
