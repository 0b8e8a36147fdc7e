"""Two officials do their work by clicking."""

from playwright.sync_api import Page, expect

from core.models import Decision
from evaluation.operations.gates import find
from evaluation.states import FindingValue
from tests.browser.conftest import Opens
from tests.story import Story


def approve(page: Page, what: str) -> None:
    """Open what waits in the inbox on the first page, and approve it."""
    page.goto("/admin/")
    page.get_by_role("link", name=what).click()
    page.get_by_role("link", name="결재", exact=False).and_(page.locator("a.s-op")).first.click()
    page.get_by_role("button", name="결재").click()
    expect(page.get_by_text("결재하여 시행했습니다.")).to_be_visible()


def test_a_verdict_and_the_announcement_by_two_officials(story: Story, opens: Opens):
    find(
        story.entry("a"),
        gate=story.gate,
        person=story.people["expert-1"],
        finding=FindingValue.MET,
        reason="가중치를 초기화하고 학습함",
        actor=story.actor("expert-1"),
        now=story.now,
    )
    first, second = opens("official-1"), opens("official-2")

    first.get_by_role("link", name="1차 단계평가").first.click()
    expect(first.get_by_text("팀 a: 독자성 판정이 없습니다.")).to_be_visible()
    first.get_by_role("link", name="요건 판정 기안").last.click()
    first.get_by_label("판정").select_option("passed")
    first.get_by_label("사유").fill("과반이 충족으로 봄")
    first.get_by_role("button", name="요건 판정 기안").click()
    expect(first.get_by_text("결재를 기다립니다.")).to_be_visible()
    expect(first.get_by_text("지금은 할 수 없는 일 1가지")).to_be_visible()
    approve(second, "1차 단계평가 · 요건 판정")

    first.goto(f"/admin/evaluation/round/{story.round.pk}/change/")
    expect(first.get_by_text("지금 발표를 기안할 수 있습니다.")).to_be_visible()
    first.get_by_role("link", name="결과 발표 기안").click()
    first.get_by_label("공개 범위").select_option("totals")
    first.get_by_role("button", name="결과 발표 기안").click()
    expect(first.get_by_text("결재를 기다립니다.")).to_be_visible()
    approve(second, "1차 단계평가 · 결과 발표")

    second.goto(f"/admin/evaluation/round/{story.round.pk}/change/")
    expect(second.get_by_text("발표한 순위표 1")).to_be_visible()
    second.get_by_role("region", name="순위표").get_by_role("link", name="90.2").click()
    second.get_by_role("link", name="expert", exact=True).click()
    expect(second.get_by_text("값 1개의 평균")).to_be_visible()
    expect(second.get_by_role("cell", name="expert-1").first).to_be_visible()
    assert list(Decision.objects.order_by("pk").values_list("state", flat=True))[-2:] == ["approved", "approved"]


def test_the_menu_opens_on_a_phone_and_signs_out(story: Story, opens: Opens):
    page = opens("auditor-1", width=390)
    page.get_by_role("button", name="메뉴 열기").click()
    expect(page.get_by_role("link", name="원장 블록")).to_be_visible()
    page.get_by_role("button", name="auditor-1").click()
    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_text("로그아웃했습니다")).to_be_visible()
