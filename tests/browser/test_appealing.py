"""A team objects on a phone; officials admit the appeal and decide it with a correction that they have looked at."""

import os

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, FilePayload, Page, expect

from appeals.models import Appeal, EarlyClosing, Waiver
from core.operations.accounts import set_password
from evaluation.models import Correction
from tests.appeals.admin.live import live, notice
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.soundness import faults
from tests.clicking import listing, page, thing
from tests.files import PDF
from tests.story import SYSTEM, Story

# Read into memory: the tests' own policing passes a file on only so.
PAPER: FilePayload = {"name": "이유서.pdf", "mimeType": "application/pdf", "buffer": PDF}


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    """Announced a moment ago: a advances, b fails the gate, c is eliminated."""
    story = live()
    for person in ("official-1", "official-2", "b-lead", "reviewer-1"):
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=timezone.now())
    return story


def looked_at(shown: Page, name: str, width: int) -> None:
    """Nothing serious by axe, nothing wider than the screen; a picture where somebody asks for pictures."""
    assert faults(shown) == [], name
    assert shown.evaluate("document.documentElement.scrollWidth") <= width, name
    if folder := os.environ.get("PICTURES"):
        shown.screenshot(path=f"{folder}/{name}.png", full_page=True)


def approve(page: Page, what: str) -> None:
    """Open what waits in the inbox on the first page, and approve it."""
    page.goto("/admin/")
    page.get_by_role("link", name=what).click()
    page.get_by_role("link", name="기안 결재", exact=False).and_(page.locator("a.s-op")).first.click()
    page.get_by_role("button", name="기안 결재").click()
    expect(page.get_by_text("결재하여 시행했습니다.")).to_be_visible()


def files(team: Page, story: Story) -> Appeal:
    """The team's person objects, with a file."""
    team.goto(thing(notice(story)))
    team.get_by_role("link", name="이의신청 제출", exact=False).and_(team.locator("a.s-op")).first.click()
    expect(team.get_by_label("이의 내용")).to_be_visible()
    looked_at(team, "file", 390)
    team.get_by_label("사유 구분").select_option("decisive_error")
    team.get_by_label("이의 내용").fill("요건 검토에서 학습 로그를 빠뜨렸습니다.")
    team.get_by_label("첨부 파일").set_input_files(PAPER)
    team.locator("button.s-primary").click()
    expect(team.get_by_text("이의신청을 접수했습니다.")).to_be_visible()
    expect(team.get_by_role("link", name="이유서.pdf")).to_be_visible()
    looked_at(team, "appeal-team", 390)
    return Appeal.objects.get()


def admits(official: Page, appeal: Appeal) -> None:
    """An official admits the appeal and gives it a reviewer."""
    official.goto(listing(Appeal))
    looked_at(official, "list", 1280)
    official.get_by_role("link", name=appeal.receipt.number).click()
    official.get_by_role("link", name="이의신청 적격 판단").click()
    official.get_by_label("판단").select_option("yes")
    official.get_by_label("사유").fill("적격")
    official.get_by_role("button", name="이의신청 적격 판단").click()
    official.get_by_role("link", name="재심의 위원 지정").click()
    expect(official.get_by_role("button", name="재심의 위원 지정")).to_be_visible()
    looked_at(official, "assign", 1280)
    official.get_by_label("reviewer-1", exact=False).check()
    official.get_by_role("button", name="재심의 위원 지정").click()
    expect(official.get_by_text("의견 대기")).to_be_visible()


def opines(reviewer: Page, appeal: Appeal) -> None:
    """The reviewer hands in what he thinks."""
    reviewer.goto(thing(appeal))
    reviewer.get_by_role("link", name="재심의 의견 제출").click()
    reviewer.locator("select[name=recommends]").select_option("upheld")
    reviewer.get_by_label("이유").fill("로그가 있습니다.")
    reviewer.get_by_role("button", name="재심의 의견 제출").click()
    expect(reviewer.get_by_text("로그가 있습니다.")).to_be_visible()
    looked_at(reviewer, "appeal-reviewer", 390)


def prepares(official: Page, appeal: Appeal) -> None:
    """The decision, looked at twice: a figure beyond its bounds is told before anything is prepared."""
    official.goto(page("decide_appeal", appeal))
    official.locator("select[name=outcome]").select_option("upheld")
    official.get_by_label("1번째 정정: 팀").select_option("b")
    official.get_by_label("1번째 정정: 고칠 것").select_option("gate:originality:passed")
    official.get_by_label("2번째 정정: 팀").select_option("c")
    official.get_by_label("2번째 정정: 고칠 것").select_option("points:bench")
    official.get_by_label("2번째 정정: 새 값").fill("41")
    official.get_by_role("button", name="미리 보기").click()
    expect(official.get_by_text("이대로는 정정할 수 없습니다.")).to_be_visible()
    official.get_by_label("2번째 정정: 새 값").fill("39.5")
    official.get_by_label("2번째 정정: 새 값").press("Enter")
    expect(official.get_by_text("결과가 바뀌는 팀: ")).to_be_visible()
    expect(official.get_by_text("이대로는 정정할 수 없습니다.")).to_have_count(0)
    looked_at(official, "decide-previewed", 1280)
    official.locator("textarea[name=reason]").fill("학습 로그를 다시 검토함")
    official.get_by_role("button", name="이의신청 결정 기안").click()
    expect(official.get_by_text("결재를 기다립니다.")).to_be_visible()
    assert not Correction.objects.exists()


def test_from_the_filing_on_a_phone_to_the_decision(story: Story, opens: Opens):
    team = opens("b-lead", width=390, dark=True)
    appeal = files(team, story)
    first, second = opens("official-1"), opens("official-2")
    admits(first, appeal)
    opines(opens("reviewer-1", width=390), appeal)
    prepares(first, appeal)
    what = f"이의신청 {appeal.code} · 이의신청 결정"
    second.goto("/admin/")
    second.get_by_role("link", name=what).click()
    expect(second.get_by_text("결과가 바뀌는 팀: ")).to_be_visible()
    looked_at(second, "decision", 1280)
    approve(second, what)
    made = Correction.objects.get()
    after = ((thing(made), "correction"), (thing(made.before), "snapshot-old"), (thing(story.round), "round"))
    for address, name in after:
        second.goto(address)
        looked_at(second, name, 1280)
    team.goto(thing(appeal))
    expect(team.get_by_text("이의신청 결정서")).to_be_visible()
    looked_at(team, "decided-team", 390)


def test_the_correction_fits_a_phone_by_keyboard(story: Story, opens: Opens):
    shown = opens("official-1", width=390, dark=True)
    shown.goto(page("correct", story.round))
    shown.get_by_label("1번째 정정: 팀").focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "Tab", "ArrowDown", "Tab"):  # 팀 c, bench
        shown.keyboard.press(key)
    shown.keyboard.type("39.5")
    shown.keyboard.press("Enter")
    expect(shown.get_by_text("진출 여부가 바뀌는 팀은 없습니다.")).to_be_visible()
    expect(shown.get_by_label("1번째 정정: 새 값")).to_have_value("39.5")
    looked_at(shown, "correct-phone", 390)
    shown.get_by_label("2번째 정정: 새 값").fill("x")
    shown.get_by_role("button", name="미리 보기").click()
    expect(shown.get_by_text("팀을 고르십시오.")).to_be_visible()
    looked_at(shown, "correct-phone-fault", 390)


def test_a_team_gives_up_and_the_page_says_that_it_binds(story: Story, opens: Opens):
    team = opens("b-lead", width=390)
    team.goto(page("waive_appeal", notice(story)))
    looked_at(team, "waive", 390)
    team.get_by_label("되돌릴 수 없음을", exact=False).check()
    team.get_by_role("button", name="이의신청 포기").click()
    expect(team.get_by_text("이의신청을 포기했습니다.")).to_be_visible()
    assert Waiver.objects.get().entry == story.entry("b")
    assert not EarlyClosing.objects.exists()
