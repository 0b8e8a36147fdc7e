"""Stopping and resuming the clock by its pages. The pages ask the real clock, so these stories play today."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import Decision
from evaluation.models import ClockStop, Notice
from evaluation.verbs import STOP_CLOCK
from tests.appeals.after import contested
from tests.clicking import page, press, said, signed_in, thing
from tests.story import Story, today
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
PEOPLE = ("official-1", "auditor-1", "expert-1", "reviewer-1", "operator-1", "a-lead")
FLOOD = {"teams": ["b"], "reason": "호우로 통신이 끊김"}


@pytest.fixture
def story() -> Story:
    return contested(now=today() - timedelta(minutes=5))


def approve(story: Story):
    return press(story, "official-2", "approve", Decision.objects.latest("pk"))


def notice(story: Story, team: str) -> Notice:
    return Notice.objects.get(entry__team=story.teams[team])


def test_a_clock_is_stopped_and_resumed_by_two(story: Story):
    answer = press(story, "official-1", "stop_clock", story.round, **FLOOD)
    assert answer.status_code == 302, said(answer)
    assert not ClockStop.objects.exists()
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    assert "팀 b" in shown
    assert "재개할 때까지 이 단계는 확정되지 않습니다." in shown
    approve(story)
    stop = ClockStop.objects.get()
    assert (stop.notice, stop.reason) == (notice(story, "b"), "호우로 통신이 끊김")
    stopped = said(signed_in(story, "b-lead").get(thing(stop.notice)))
    assert f"정지됨 · 남은 {stop.days_left}일" in stopped
    assert "호우로 통신이 끊김" in stopped

    choices = said(signed_in(story, "official-1").get(page("resume_clock", story.round)))
    assert f"팀 b — 남은 {stop.days_left}일" in choices
    press(story, "official-1", "resume_clock", story.round, teams=["b"], reason="복구됨")
    approve(story)
    assert notice(story, "b").window_closes_at is not None
    assert "복구됨" in said(signed_in(story, "b-lead").get(thing(notice(story, "b"))))


def test_only_teams_whose_window_runs_can_be_chosen(story: Story):
    story.decide(STOP_CLOCK, now=timezone.now(), teams=["c"])
    shown = said(signed_in(story, "official-1").get(page("stop_clock", story.round)))
    assert [team for team in "abc" if f'value="{team}"' in shown] == ["a", "b"]
    shown = said(signed_in(story, "official-1").get(page("resume_clock", story.round)))
    assert [team for team in "abc" if f'value="{team}"' in shown] == ["c"]


@pytest.mark.parametrize("change", [{"teams": []}, {"teams": ["x"]}, {"reason": " "}])
@pytest.mark.parametrize("verb", ["stop_clock", "resume_clock"])
def test_teams_and_a_reason_must_be_given(story: Story, verb: str, change: dict[str, object]):
    story.decide(STOP_CLOCK, now=timezone.now(), teams=["c"])
    given = {"teams": ["b" if verb == "stop_clock" else "c"], "reason": "사유"}
    with unchanged():
        answer = press(story, "official-1", verb, story.round, **(given | change))
    assert answer.status_code == 400


def test_where_every_window_is_over_there_is_nothing_to_stop():
    story = contested()
    with unchanged():
        answer = press(story, "official-1", "stop_clock", story.round, **FLOOD)
    assert answer.status_code == 400
    assert "이의신청 기간이 진행 중인 팀이 없습니다." in said(answer)


@pytest.mark.parametrize("verb", ["stop_clock", "resume_clock"])
def test_who_may(story: Story, verb: str):
    found = {"official-1": 200, "auditor-1": 403, "expert-1": 403} | dict.fromkeys(PEOPLE[3:], 404)
    for person in PEOPLE:
        client = signed_in(story, person)
        assert client.get(page(verb, story.round)).status_code == found[person], person
        if person != "official-1":
            with unchanged():
                assert client.post(page(verb, story.round), FLOOD).status_code == found[person]


def test_a_notice_counts_its_days(story: Story):
    shown = said(signed_in(story, "b-lead").get(thing(notice(story, "b"))))
    assert "일 남음" in shown
    assert "24:00까지" in shown
