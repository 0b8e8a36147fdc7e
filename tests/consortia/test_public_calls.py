"""The public pages of calls: what stands there, for whom it is nothing to sign in, and what never stands there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consortia.models import Call
from consortia.operations.calls import close_call, void_call
from core.actors import machine
from core.ledger.naming import named
from tests.appeals.after import applied, authorised, chosen, contested, opened, voted
from tests.appeals.live import AGREEMENT, PLAN, answered_by, closing, over, taking
from tests.clicking import said, signed_in
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

TERMS = {
    "gpu": "B200 768장",
    "exceptions": [{"team": "x", "organisation": None, "line": "gpu", "reason": "GPU를 빌려주는 기업"}],
}


def shown(call: Call, status: int = 200) -> str:
    answer = Client().get(f"/calls/{call.programme.code}/{call.code}/")
    assert answer.status_code == status
    return said(answer)


def listed() -> str:
    return said(Client().get("/calls/"))


def test_who_has_signed_in_is_led_to_his_own_page():
    story, _call = taking()
    assert '<a href="/admin/">로그인</a>' in listed()
    page = said(signed_in(story, "x-lead").get("/calls/"))
    assert '<a href="/admin/">첫 화면</a>' in page
    assert "로그인" not in page


def test_an_open_call_says_all_of_its_conditions():
    _story, call = taking(terms=TERMS)
    page = shown(call)
    for words in (
        "접수 중",
        "일 남음",
        "24:00까지",
        "1개 팀",
        "이번 단계에서 진출하지 못한 정예팀",
        PLAN,
        AGREEMENT,
        "GPU: B200 768장",
        "예외: 팀 x, GPU (GPU를 빌려주는 기업)",
        "1차 단계평가의 평가위원 가운데 응모한 팀과 이해관계가 없는 위원 전원",
        "과반이 기준 충족을 인정한 팀을 선정합니다",
        "시험 사업 추가 공모 공고",
        '<html lang="ko">',
        'href="#content"',
    ):
        assert words in page
    assert call.notice.text.splitlines()[-1] in page
    assert "예시" not in page
    assert "<script" not in page
    assert "style=" not in page
    assert "추가 공모 additional-1" in listed()


def test_days_left_end_with_today():
    _story, call = taking()
    assert "일 남음" in shown(call)
    midnight = timezone.now().astimezone(call.programme.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    page = shown(closing(call, midnight + timedelta(days=1)))
    assert "오늘까지" in page
    assert "일 남음" not in page


def test_over_by_the_clock_is_closed_swept_or_not():
    _story, call = taking()
    page = shown(over(call))
    assert "접수 마감" in page
    assert "남음" not in page
    assert "로그인하여 응모하기" not in page
    close_call(call, actor=machine("test"), now=call.closes_at)
    assert "평가와 선정이 진행되고 있습니다." in shown(call)


def test_a_call_that_is_over_says_when_it_ended():
    _story, call = taking()
    midnight = timezone.now().astimezone(call.programme.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    closing(call, midnight)
    last = midnight - timedelta(days=1)
    ended = rf"접수가 {last.year}년 {last.month}월 {last.day}일\([월화수목금토일]\) 24:00에 끝났습니다\. 평가와 선정이"
    assert re.search(ended, shown(call))
    client = Client()
    client.cookies["django_language"] = "en"
    answer = said(client.get(f"/calls/{call.programme.code}/{call.code}/"))
    assert re.search(rf"Applications closed at 24:00 on \w+day, {last.day} \w+ {last.year}\.", answer)


def test_neither_applicants_nor_votes_are_told():
    story, call = taking(documents=[])
    applied(story, call, "x")
    call = over(call)
    voted(story, call, "x", "expert-1")
    for page in (shown(call), listed()):
        assert not [word for word in ("팀 x", "expert", "x-lead", "팀 c", "official") if word in page]


def test_the_selected_team_is_told_and_no_other():
    story, call = answered_by("x", "y", voters={"x": "123", "y": "1"})
    chosen(story, call, "x", now=timezone.now())
    for page in (shown(call), listed()):
        assert "종결" in page
        assert "팀 x" in page
        assert "팀 y" not in page


def test_that_nobody_was_selected_is_told():
    story, call = answered_by("x", voters={"x": "1"})
    chosen(story, call, "none", now=timezone.now())
    for page in (shown(call), listed()):
        assert "선정된 팀이 없습니다." in page
        assert "팀 x" not in page


def test_a_call_that_is_only_authorised_is_nobodys_to_read():
    call = authorised(contested())
    shown(call, 404)
    assert "additional-1" not in listed()
    assert "공고한 추가 공모가 없습니다." in listed()


def test_a_void_call_says_why_and_nothing_of_conditions_that_never_held():
    call = void_call(
        authorised(contested(), terms=TERMS),
        reason="공석 없이 확정되었습니다.",
        actor=machine("test"),
        now=timezone.now(),
    )
    page = shown(call)
    assert "무효" in page
    assert "공석 없이 확정되었습니다." in page
    assert not [word for word in ("B200", "공고문", "접수 기간", "응모 자격") if word in page]
    assert "공석 없이 확정되었습니다." in listed()


def test_an_illustrative_programme_bears_the_mark():
    story, call = taking()
    with named(actor="test", verb="test"):
        story.programme.illustrative, story.programme.label_ko = True, "연습용 자료"
        story.programme.save(update_fields=["illustrative", "label_ko"])
    for page in (shown(call), listed()):
        assert "예시" in page
        assert "연습용 자료" in page


@pytest.mark.parametrize("address", ["/calls/none/additional-1/", "/calls/test/none/"])
def test_what_is_not_there(address: str):
    opened(contested())
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("address", ["/calls/", "/calls/test/additional-1/"])
def test_nothing_is_written_by_reading_or_posting(address: str):
    taking()
    with unchanged():
        assert Client().get(address).status_code == 200
        assert Client().head(address).status_code == 200
        assert Client().post(address).status_code == 405


def another(code: str) -> Story:
    story = contested(code=code)
    opened(story, terms={"gpu": "1"})
    return story


def queries(address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert Client().get(address).status_code == 200
    return len(caught)


def test_the_list_asks_as_often_for_three_calls_as_for_one():
    another("one")
    assert queries("/calls/") == 3
    another("two")
    another("three")
    assert queries("/calls/") == 3
    assert queries("/calls/two/additional-1/") == 3
