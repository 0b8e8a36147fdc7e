"""The way from a call's public page to applying: to the panel for whoever may answer it, and a clear word to others."""

import pytest
from django.test import Client

from consortia.models import Call
from core.ledger.naming import named
from tests.appeals.after import authorised, contested
from tests.appeals.live import taking
from tests.clicking import said, signed_in, thing
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

PUBLIC, WAY = "/calls/test/additional-1/", "/apply/test/additional-1/"
NOBODY = "이 공모에 응모할 수 있는 팀의 담당자가 아닙니다."


@pytest.fixture
def live() -> tuple[Story, Call]:
    return taking()


def test_the_link_says_what_the_reader_still_has_to_do(live):
    story, _call = live
    assert f'<a class="act" href="{WAY}">로그인하여 응모하기</a>' in said(Client().get(PUBLIC))
    for person in ("x-lead", "a-lead"):
        page = said(signed_in(story, person).get(PUBLIC))
        assert f'<a class="act" href="{WAY}">응모하기</a>' in page
        assert "로그인하여" not in page


def test_whoever_has_not_signed_in_does_so_first(live):
    answer = Client().get(WAY)
    assert (answer.status_code, answer["Location"]) == (302, f"/accounts/login/?next={WAY}")


@pytest.mark.parametrize("person", ["x-lead", "c-lead", "official-1", "auditor-1"])
def test_whoever_finds_the_call_in_the_panel_is_led_there(live, person: str):
    story, call = live
    answer = signed_in(story, person).get(WAY)
    assert (answer.status_code, answer["Location"]) == (302, thing(call))


@pytest.mark.parametrize(
    ("person", "why"),
    [
        ("a-lead", "팀 a: 이 공모의 응모 자격이 없습니다."),
        ("operator-1", NOBODY),
        ("reviewer-1", NOBODY),
    ],
)
def test_whoever_may_not_answer_is_told_so_and_who_may(live, person: str, why: str):
    story, _call = live
    with unchanged():
        answer = signed_in(story, person).get(WAY)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    page = said(answer)
    for words in (why, "<li>이번 단계에서 진출하지 못한 정예팀</li>", f'href="{PUBLIC}"'):
        assert words in page
    assert "팀 x" not in page


@pytest.mark.parametrize("address", ["/apply/none/additional-1/", "/apply/test/none/"])
def test_there_is_no_way_to_what_is_not_there(live, address: str):
    story, _call = live
    assert signed_in(story, "x-lead").get(address).status_code == 404


def test_there_is_no_way_to_a_call_that_has_not_opened():
    story = contested()
    call = authorised(story)
    assert signed_in(story, "x-lead").get(WAY).status_code == 404
    with named(actor="test", verb="test"):
        Call.objects.filter(pk=call.pk).update(state="void", void_reason="공석 없이 확정")
    assert signed_in(story, "x-lead").get(WAY).status_code == 404


def test_nothing_is_sent_there(live):
    story, _call = live
    with unchanged():
        assert signed_in(story, "x-lead").post(WAY).status_code == 405
