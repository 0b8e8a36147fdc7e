"""What blocks a closing, each thing one click from where it is dealt with, as far as the reader may go."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from appeals.admin.blocking import page_of
from appeals.queries.closing import closing_blockers
from core.actors import actor_of
from core.models import Decision
from core.operations.decisions import prepare
from evaluation.models import Notice, ServiceAddress
from evaluation.operations.consenting import record_service_consent
from evaluation.verbs import CORRECT, STOP_CLOCK
from tests.appeals.after import TOTALS, contested, filed
from tests.clicking import listing, page, part, press, said, signed_in, thing
from tests.evaluation.operations.corrections import gate
from tests.story import Story, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now() - timedelta(minutes=5)


def shown(story: Story, person: str = "official-1") -> str:
    return said(signed_in(story, person).get(part("closing", story.round)))


def test_an_open_window_leads_to_its_notice(now: datetime):
    story = contested(now=now)
    notice = Notice.objects.get(entry__team=story.teams["b"])
    assert f'<a href="{thing(notice)}">통지 보기</a>' in shown(story)
    assert "팀 b: 이의신청 기간이 끝나지 않았습니다(2" in shown(story)
    with translation.override("en"):
        assert "the objection period has not ended (until 24:00 on " in str(closing_blockers(story.round, now)[0])


def test_what_somebody_must_do_stands_before_what_only_time_ends(now: datetime):
    """On the first page, which names five at most, five windows hid the appeal that waited."""
    story = contested("abcde", now=now)
    appeal = filed(story, now=now)
    for address in ("/admin/", part("closing", story.round)):
        text = said(signed_in(story, "official-1").get(address))
        assert text.index(f'<a href="{thing(appeal)}">이의신청 보기</a>') < text.index("통지 보기")


def test_a_paper_on_its_way_leads_to_the_record_of_its_arrival(now: datetime):
    story = told(now=now).open().score_all(TOTALS).announce(on_paper=["b"])
    paper = Notice.objects.get(entry__team=story.teams["b"])
    assert f'<a href="{page("record_arrival", paper)}">통지 도달 기록</a>' in shown(story)
    # An auditor reads; what he may not do he is not led to.
    assert page("record_arrival", paper) not in shown(story, "auditor-1")
    assert thing(paper) in shown(story, "auditor-1")


def test_a_stopped_clock_leads_to_its_resumption(now: datetime):
    story = contested(now=now)
    story.decide(STOP_CLOCK, now=now, teams=["b"])
    url = f"{page('resume_clock', story.round)}?teams=b"
    assert f'<a href="{url}">재개 기안</a>' in shown(story)
    preset = said(signed_in(story, "official-1").get(url))
    assert 'name="teams" value="b"' in preset
    assert "checked" in preset


def test_an_undecided_appeal_leads_to_its_page_where_there_is_one(now: datetime):
    story = contested(now=now)
    appeal = filed(story, now=now)
    text = shown(story)
    assert "appeal-1: 이의신청을 아직 결정하지 않았습니다(" in text
    url = page_of(appeal, story.actor("official-1"))
    assert (f'<a href="{url}">이의신청 보기</a>' in text) == bool(url)


def test_a_prepared_correction_leads_to_the_decision():
    story = contested()
    decision = prepare(
        CORRECT,
        story.round,
        actor=story.actor("official-1"),
        now=story.now,
        reason="판정 오기",
        arguments={"corrections": [gate("b", "passed")]},
    )
    assert f'<a href="{thing(decision)}">기안 보기</a>' in shown(story)
    first = said(signed_in(story, "official-2").get("/admin/"))
    assert "1차 단계평가: 기안한 정정을 아직 결재하지 않았습니다." in first
    press(story, "official-2", "hand_back", Decision.objects.get(pk=decision.pk), reason="근거 부족")
    assert "다음 정기 처리에서 확정됩니다." in shown(story)


def test_a_thing_without_a_page_or_out_of_sight_has_no_link(now: datetime):
    story = contested(now=now)
    notice = Notice.objects.first()
    assert page_of(notice, actor_of(story.people["operator-1"])) == ""
    assert page_of(story.round.panel.first(), story.actor("official-1")) == ""


def queries(story: Story, url: str, person: str = "official-1") -> int:
    client = signed_in(story, person)
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_three_blockers_ask_as_often_as_one():
    one, three = (told(code).open().score_all(TOTALS) for code in ("one", "three"))
    one.announce(on_paper=["b"])  # the other windows, of January 2026, are over
    three.announce(on_paper=["b", "c", "d"])
    for address in (thing, partial(part, "closing")):
        assert queries(three, address(three.round)) == queries(one, address(one.round))


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_while_windows_run_the_page_asks_as_often_for_one_team_as_for_three(teams: str, now: datetime):
    story = contested(teams, failed="a", now=now)
    filed(story, "a", now=now)
    asked = {thing(story.round): 18, part("closing", story.round): 11}
    assert {address: queries(story, address) for address in asked} == asked


QUERIES = {Notice: 8, ServiceAddress: 6}


def test_the_lists_ask_as_often_for_three_rows_as_for_one(now: datetime):
    story = contested("a", code="one", failed="", now=now)
    record_service_consent(story.teams["a"], address="a@example.com", actor=story.actor("official-1"), now=now)
    assert {model: queries(story, listing(model)) for model in QUERIES} == QUERIES
    many = contested("abc", code="many", now=now)
    many.decide(STOP_CLOCK, now=now, teams=["b", "c"])
    for team in "abc":
        record_service_consent(many.teams[team], address="a@example.com", actor=many.actor("official-1"), now=now)
    assert {model: queries(story, listing(model)) for model in QUERIES} == QUERIES
