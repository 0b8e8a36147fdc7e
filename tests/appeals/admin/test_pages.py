"""The additional call and the sweep, by their pages."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from appeals.sweeps import sweep
from consortia.models import Call
from core.actors import machine
from core.models import Decision, Pulse
from tests.clicking import page, part, press, said, signed_in, thing
from tests.story import Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

CALL = {
    "call": "additional-1",
    "seats": "",
    "notice_days": "20",
    "eligible": ["eliminated", "newcomers"],
    "terms": "gpu=B200 768장\ndata=공동구매",
    "exceptions": "org-x / gpu / 정부에 GPU를 임대한 기업",
    "documents": "사업계획서\n협약서\n",
    "shortening_reason": "",
    "reason": "공석이 생기면 채운다",
}


@pytest.fixture
def story() -> Story:
    totals = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
    return told().open().score_all(totals, failed=["b"])


def test_a_call_is_authorised_by_two(story: Story):
    answer = press(story, "official-1", "authorise_call", story.round, **CALL)
    assert answer.status_code == 302, said(answer)
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    exception = "org-x · gpu: 정부에 GPU를 임대한 기업"
    for words in (
        "빈 자리 모두",
        "20일",
        "이번 단계에서 진출하지 못한 정예팀",
        "gpu: B200 768장",
        "사업계획서, 협약서",
        exception,
    ):
        assert words in shown
    assert not Call.objects.exists()
    press(story, "official-2", "approve", Decision.objects.latest("pk"))
    call = Call.objects.get()
    assert (call.code, call.state, call.most_seats, call.notice_days) == ("additional-1", "authorised", None, 20)
    assert call.eligible == ["eliminated", "newcomers"]
    assert call.terms["exceptions"] == [
        {"team": None, "organisation": "org-x", "line": "gpu", "reason": "정부에 GPU를 임대한 기업"}
    ]
    assert call.guide.documents == ["사업계획서", "협약서"]
    barred = said(signed_in(story, "official-1").get(thing(story.round)))
    assert "이미 승인한 추가 공모가 있습니다: additional-1" in barred


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"notice_days": "0"}, "notice_days"),
        ({"exceptions": "org-x"}, "코드 / 항목 / 사유로 적어야 합니다"),
        ({"exceptions": "nobody / gpu / 이유"}, "지원 예외에 적힌 대상이 없습니다: nobody"),
        ({"terms": "gpu"}, "항목=내용으로 적어야 합니다."),
        ({"seats": "9"}, "자리 수는 1에서 2 사이여야 합니다."),
        ({"documents": "가" * 65}, "서류의 종류는 64자까지 적을 수 있습니다."),
    ],
)
def test_terms_that_cannot_be(story: Story, change: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "official-1", "authorise_call", story.round, **{**CALL, **change})
    assert answer.status_code == 400
    assert words in said(answer)


def test_the_notice_to_be_is_shown_and_nothing_is_prepared(story: Story):
    with unchanged():
        answer = press(story, "official-1", "authorise_call", story.round, **CALL, preview="1")
    shown = said(answer)
    assert answer.status_code == 200
    for words in (
        "시험 사업 추가 공모 공고",
        "(빈 자리 수)개 팀",
        "(여는 날 다음 날부터 20일째) 24:00까지",
        "- GPU: B200 768장",
        "- 예외: org-x, GPU (정부에 GPU를 임대한 기업)",
        "- 협약서",
    ):
        assert words in shown, words
    assert 'value="additional-1"' in shown
    with unchanged():
        assert press(story, "official-1", "authorise_call", story.round, **{**CALL, "seats": "x"}, preview="1")


def test_the_notice_that_was_shown_is_the_one_that_is_published(story: Story):
    shown = unescape(said(press(story, "official-1", "authorise_call", story.round, **CALL, preview="1")))
    press(story, "official-1", "authorise_call", story.round, **CALL)
    press(story, "official-2", "approve", Decision.objects.latest("pk"))
    story.announce()
    sweep(actor=machine("test"), now=story.fresh().appeals_close_at)
    lines = Call.objects.get().notice.text.splitlines()
    assert [line for line in lines if line not in shown and "접수 기간" not in line and "선정 규모" not in line] == []


def test_whoever_approves_reads_the_notice_to_be(story: Story):
    press(story, "official-1", "authorise_call", story.round, **CALL)
    decision = Decision.objects.latest("pk")
    for person, address in (("official-2", page("approve", decision)), ("auditor-1", thing(decision))):
        with unchanged():
            shown = said(signed_in(story, person).get(address))
        for words in (
            "공고문 미리 보기",
            "시험 사업 추가 공모 공고",
            "(빈 자리 수)개 팀",
            "- 예외: org-x, GPU (정부에 GPU를 임대한 기업)",
            "- 협약서",
            "발표한 결과 없음 · 지금 입력된 자료",
        ):
            assert words in shown, words
        assert ("아직 아무것도 기안하지 않았습니다." in shown, "이대로는 시행할 수 없습니다." in shown) == (
            False,
            False,
        )
    press(story, "official-2", "approve", decision)
    assert "공고문 미리 보기" not in said(signed_in(story, "official-2").get(thing(decision)))


def test_whoever_approves_is_told_that_another_call_has_been_authorised_since(story: Story):
    for call in ("additional-1", "additional-2"):
        press(story, "official-1", "authorise_call", story.round, **{**CALL, "call": call})
    first, second = Decision.objects.filter(verb="authorise_call").order_by("pk")
    press(story, "official-2", "approve", second)
    with unchanged():
        shown = " ".join(said(signed_in(story, "official-2").get(page("approve", first))).split())
    assert "이대로는 시행할 수 없습니다. 이미 승인한 추가 공모가 있습니다: additional-2" in shown
    assert "시험 사업 추가 공모 공고" in shown


def test_a_shorter_notice_needs_a_reason_that_the_notice_states(story: Story):
    press(story, "official-1", "set_least_notice_days", story.programme, days="30", reason="공고 규정")
    assert "30일보다 짧으면" in said(signed_in(story, "official-1").get(page("authorise_call", story.round)))
    with unchanged():
        answer = press(story, "official-1", "authorise_call", story.round, **CALL)
    assert answer.status_code == 400
    assert "공고기간 단축 사유" in said(answer)
    why = {"shortening_reason": "다음 단계의 시작이 가까움"}
    assert "(최소 30일보다 단축한 사유: 다음 단계의 시작이 가까움)" in said(
        press(story, "official-1", "authorise_call", story.round, **{**CALL, **why}, preview="1")
    )
    assert press(story, "official-1", "authorise_call", story.round, **{**CALL, **why}).status_code == 302


@pytest.mark.parametrize(("person", "status"), [("auditor-1", 403), ("expert-1", 403), ("operator-1", 404)])
def test_nobody_else_prepares_a_call(story: Story, person: str, status: int):
    with unchanged():
        assert press(story, person, "authorise_call", story.round, **CALL).status_code == status


def test_a_code_that_the_database_refuses_is_told_in_its_words(story: Story):
    with unchanged():
        answer = press(story, "official-1", "authorise_call", story.round, **{**CALL, "call": "Additional 1"})
    assert answer.status_code == 400
    assert "코드는 소문자나 숫자로 시작하고" in said(answer)


@pytest.mark.parametrize("person", ["official-1", "operator-1"])
def test_the_sweep_is_run_by_hand(story: Story, person: str):
    client = signed_in(story, person)
    answer = client.post(page("sweep", Pulse), {}, follow=True)
    assert "정기 처리를 마쳤습니다. 지금 때가 된 일은 없습니다." in said(answer)
    assert timezone.now() - Pulse.objects.get(name="sweep").finished_at < timedelta(minutes=1)


def test_the_sweep_closes_what_is_due(story: Story):
    story.announce()
    answer = signed_in(story, "official-1").post(page("sweep", Pulse), {}, follow=True)
    # The window of January 2026 is over by the real clock, which the page asks.
    assert "확정한 단계: 1차 단계평가" in said(answer)
    assert story.fresh().state == "final"
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    assert f'<a href="{thing(story.round.vacancies)}">공석 <b>1</b></a>' in shown


@pytest.mark.parametrize(("person", "status"), [("auditor-1", 403), ("expert-1", 403), ("reviewer-1", 403)])
def test_nobody_else_sweeps(story: Story, person: str, status: int):
    assert press(story, person, "sweep", Pulse).status_code == status
    assert not Pulse.objects.exists()
