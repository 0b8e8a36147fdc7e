"""The menu on a phone."""

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.story import Story


def test_the_menu_opens_on_a_phone_and_signs_out(story: Story, opens: Opens):
    page = opens("auditor-1", width=390)
    page.get_by_role("button", name="메뉴 열기").click()
    expect(page.get_by_role("link", name="원장 블록")).to_be_visible()
    page.get_by_role("button", name="auditor-1").click()
    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_text("로그아웃했습니다")).to_be_visible()
