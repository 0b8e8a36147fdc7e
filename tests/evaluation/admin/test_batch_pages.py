"""Batches of responses in the panel: which count, and how two officials take one out before and after the result."""

from decimal import Decimal

import pytest
from django.utils.html import escape

from core.models import Decision
from evaluation.models import Correction, ResponseBatch, ResponseBatchExclusion
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_responses
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.evaluation.panelled import sits_on_the_panel
from tests.story import NOW, Story, told
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db
WRONG = "다른 팀의 파일"


@pytest.fixture
def story() -> Story:
    """Team b has an answer too many."""
    story = told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})
    answered(story, "b", "잘못")
    return story


def answered(story: Story, team: str, batch: str, mark: int = 1) -> None:
    facts = {"criterion": story.criterion("user"), "marks": [Decimal(mark)], "batch": batch}
    record_responses(story.entry(team), actor=story.actor("official-1"), now=NOW, **facts)


def wrong() -> ResponseBatch:
    return ResponseBatch.objects.get(code="잘못")


def test_two_officials_take_a_batch_out(story: Story):
    batch = wrong()
    official = signed_in(story, "official-1")
    assert page("exclude_responses", batch) in said(official.get(thing(batch)))
    with unchanged():
        answer = press(story, "official-1", "exclude_responses", batch, reason=" ")
    assert answer.status_code == 400
    answer = press(story, "official-1", "exclude_responses", batch, reason=WRONG)
    assert (answer.status_code, ResponseBatchExclusion.objects.count()) == (302, 0)
    decision = Decision.objects.latest("pk")
    shown = said(signed_in(story, "official-2").get(page("approve", decision)))
    for words in ("팀 b", "user", "잘못", WRONG, "이 묶음의 응답은 모두 반영되지 않습니다."):
        assert words in shown
    press(story, "official-2", "approve", decision)
    assert ResponseBatchExclusion.objects.get().reason == WRONG
    shown = said(official.get(thing(batch)))
    assert ("제외" in shown, WRONG in shown) == (True, True)
    assert page("exclude_responses", batch) not in shown
    figure = f"/admin/evaluation/entry/{story.entry('b').pk}/figure/user/"
    shown = said(official.get(figure))
    assert f"제외된 묶음: {WRONG}" in shown
    assert f"{listing(ResponseBatch)}?q=b" in shown


def test_what_would_follow_is_seen_before_it_is_asked_for_and_before_it_is_approved(story: Story):
    """One answer of 1 beside one of 5 costs team b two points; whoever decides sees it, which alone is written."""
    batch = wrong()
    with written() as changes:
        form = press(story, "official-1", "exclude_responses", batch, reason=WRONG, foresee="1")
    press(story, "official-1", "exclude_responses", batch, reason=WRONG)
    decision = Decision.objects.latest("pk")
    assert changes == ["core_event I test.official-1 see_standings"]
    for person in ("official-2", "official-1", "auditor-1"):
        with written() as changes:
            page_of = said(signed_in(story, person).get(thing(decision)))
        assert changes == [f"core_event I test.{person} see_standings"]
        for shown in (said(form), page_of):
            assert "계산만 했으며 아무것도 저장하지 않았습니다." in shown
            assert "<del>78.0</del>" in shown
            assert "<ins>80.0</ins>" in shown
    press(story, "official-2", "approve", decision)
    assert "미리 본 결과" not in said(signed_in(story, "official-2").get(thing(decision)))


def test_why_it_could_not_be_done_is_seen_too(story: Story):
    """Team b withdraws before the second official looks."""
    press(story, "official-1", "exclude_responses", wrong(), reason=WRONG)
    withdraw(story.entry("b"), reason="철회", actor=story.actor("official-1"), now=NOW)
    decision = Decision.objects.latest("pk")
    with unchanged():
        shown = said(signed_in(story, "official-2").get(thing(decision)))
    assert "이대로는 제외할 수 없습니다. 참여를 철회한 팀입니다: 팀 b" in " ".join(shown.split())


def test_the_form_takes_no_number_that_was_excluded(story: Story):
    press(story, "official-1", "exclude_responses", wrong(), reason=WRONG)
    press(story, "official-2", "approve", Decision.objects.latest("pk"))
    typed = {"criterion": "user", "marks": "20", "batch": "잘못"}
    with unchanged():
        answer = press(story, "official-1", "record_responses", story.entry("b"), **typed)
    assert (answer.status_code, "제외한 묶음의 번호입니다." in said(answer)) == (400, True)


@pytest.mark.parametrize(
    ("who", "status"),
    [("auditor-1", 403), ("expert-1", 404), ("reviewer-1", 404), ("operator-1", 404), ("a-lead", 404)],
)
def test_nobody_else_prepares_it(story: Story, who: str, status: int):
    with unchanged():
        answer = press(story, who, "exclude_responses", wrong(), reason=WRONG)
    assert answer.status_code == status
    assert signed_in(story, who).get(thing(wrong())).status_code == (200 if who == "auditor-1" else status)


def test_whoever_sits_on_the_panel_prepares_none(story: Story):

    sits_on_the_panel(story, "official-3")
    with unchanged():
        answer = press(story, "official-3", "exclude_responses", wrong(), reason=WRONG)
    assert "평가위원은 결정에 참여할 수 없습니다." in said(answer)


def test_once_announced_the_batch_leads_to_a_correction_with_its_row(story: Story):
    story.announce()
    batch = wrong()
    with unchanged():
        answer = press(story, "official-1", "exclude_responses", batch, reason=WRONG)
    assert "정정으로만 바꿀 수 있습니다." in said(answer)
    shown = said(signed_in(story, "official-1").get(thing(batch)))
    address = f"{page('correct', story.round)}?row-1-team=b&row-1-what=responses%3Auser&row-1-value="
    assert escape(address) in shown
    assert "정정 기안으로 가기" not in said(signed_in(story, "auditor-1").get(thing(batch)))
    filled = said(signed_in(story, "official-1").get(f"{address}잘못"))
    assert 'value="잘못"' in filled
    assert '<option value="responses:user" selected' in filled
    assert "user · 응답 묶음 제외" in filled

    row = {"row-1-team": "b", "row-1-what": "responses:user", "row-1-value": "잘못", "reason": WRONG}
    answer = press(story, "official-1", "correct", story.round, **row)
    assert answer.status_code == 302, said(answer)
    decision = Decision.objects.latest("pk")
    brief = said(signed_in(story, "official-2").get(thing(decision)))
    assert "팀 b · user: 응답 묶음 잘못 제외" in brief
    press(story, "official-2", "approve", decision)
    assert Correction.objects.get().items == [
        {"exclude_responses": {"team": "b", "criterion": "user", "batch": "잘못"}}
    ]
    assert "정정 기안으로 가기" not in said(signed_in(story, "official-1").get(thing(batch)))


@pytest.mark.parametrize(
    ("value", "words"), [("없음", "없는 응답 묶음입니다: 없음 · 팀 b · user"), ("", "새 값을 적어야 합니다.")]
)
def test_a_number_that_is_none_is_told_beside_its_row(story: Story, value: str, words: str):
    story.announce()
    row = {"row-1-team": "b", "row-1-what": "responses:user", "row-1-value": value, "reason": WRONG}
    with unchanged():
        answer = press(story, "official-1", "correct", story.round, **row)
    assert (answer.status_code, words in said(answer)) == (400, True)


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_takes_as_many_queries_for_three_as_for_one(story: Story, django_assert_num_queries, more: int):
    for number in range(more):
        answered(story, "a", f"더-{number}")
    press(story, "official-1", "exclude_responses", wrong(), reason=WRONG)
    press(story, "official-2", "approve", Decision.objects.latest("pk"))
    client = signed_in(story, "official-1")
    client.get(listing(ResponseBatch))
    with django_assert_num_queries(7):
        shown = said(client.get(listing(ResponseBatch)))
    assert WRONG in shown
    assert shown.count("더-") >= more
