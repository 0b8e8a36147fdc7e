"""An expert's sheet on a phone: saved as it is typed, and never lost."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route, expect

from evaluation.models import Sheet
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.sheets import PHONE, asked, draft, field, left, saved, status
from tests.browser.soundness import sound, sound_both
from tests.clicking import page
from tests.story import Story


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    return asked()


def test_what_is_typed_is_saved_and_stands_after_the_page_was_closed(story: Story, opens: Opens):
    address = page("submit_sheet", story.entry("a"))
    shown = opens("expert-1", width=PHONE)
    shown.goto(address)
    field(shown, "plan").fill("31.50")
    field(shown, "people").fill("0.1")
    field(shown, "growth").fill("0.2")
    shown.get_by_label("종합의견").fill("짜임새가 좋음")
    expect(shown.locator("[data-total]")).to_have_text("31.80")
    expect(shown.locator("[data-filled]")).to_have_text("3")
    saved(shown)
    assert left(shown) == []
    assert draft(story) == {"plan": "31.50", "people": "0.1", "growth": "0.2"}
    field(shown, "growth").fill("7")
    shown.close()
    again = shown.context.new_page()
    again.goto(address)
    expect(field(again, "plan")).to_have_value("31.50")
    expect(field(again, "growth")).to_have_value("7")
    expect(again.get_by_label("종합의견")).to_have_value("짜임새가 좋음")


def test_many_keys_are_few_requests(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    sent: list[str] = []
    shown.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    for code in ("plan", "people", "growth"):
        field(shown, code).press_sequentially("12.3456", delay=60)
    shown.get_by_label("종합의견").press_sequentially("짜임새가 좋고 사람이 모자람", delay=60)
    saved(shown)
    expect(shown.get_by_label("종합의견")).to_have_value("짜임새가 좋고 사람이 모자람")
    assert 1 <= len(sent) <= 4
    assert draft(story) == {"plan": "12.3456", "people": "12.3456", "growth": "12.3456"}


def test_with_the_connection_cut_nothing_is_lost(story: Story, opens: Opens):
    address = page("submit_sheet", story.entry("a"))
    shown = opens("expert-1", width=PHONE)
    shown.goto(address)
    field(shown, "plan").fill("30")
    saved(shown)
    context = shown.context
    context.set_offline(True)
    field(shown, "plan").fill("33.3")
    field(shown, "people").fill("12")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    sound(shown, PHONE, "sheet-offline")
    shown.get_by_role("button", name="제출할 내용 확인").click()
    expect(field(shown, "people")).to_have_value("12")
    assert len(left(shown)) == 1
    assert draft(story) == {"plan": "30"}
    shown.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    expect(again.get_by_text("이 기기에만 남아 있던 내용을 되살렸습니다.")).to_be_visible()
    expect(field(again, "people")).to_have_value("12")
    saved(again)
    assert draft(story) == {"plan": "33.3", "people": "12"}
    assert left(again) == []


def test_what_is_on_its_way_never_arrives_after_what_was_pressed_later(story: Story, opens: Opens):
    """The form used to overtake it, and the older of the two was then what had been kept."""
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    shown.route("**/api/**", hold)
    with shown.expect_request("**/api/**"):
        field(shown, "plan").fill("30")
        field(shown, "people").focus()
    field(shown, "people").fill("12")
    field(shown, "growth").fill("7")
    shown.get_by_role("button", name="제출할 내용 확인").click()
    expect(status(shown)).to_have_text("저장하는 중")
    assert draft(story) is None
    held[0].continue_()
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    expect(shown.locator("tfoot")).to_contain_text("49")
    assert draft(story) == {"plan": "30", "people": "12", "growth": "7"}


def test_it_is_saved_by_itself_when_the_connection_is_back(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    shown.context.set_offline(True)
    field(shown, "plan").fill("33.3")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    shown.context.set_offline(False)
    saved(shown)
    assert draft(story) == {"plan": "33.3"}


def test_a_session_that_is_over_costs_nothing_that_was_typed(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    address = page("submit_sheet", story.entry("a"))
    shown.goto(address)
    field(shown, "plan").fill("30")
    saved(shown)
    Session.objects.all().delete()
    field(shown, "people").fill("15.5")
    expect(status(shown)).to_have_text("다시 로그인해야 저장됩니다.")
    field(shown, "growth").fill("22")
    sound(shown, PHONE, "sheet-over")
    shown.get_by_role("link", name="다시 로그인").click()
    shown.get_by_label("계정", exact=True).fill("test.expert-1")
    shown.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    shown.get_by_role("button", name="로그인", exact=True).click()
    shown.wait_for_url(f"**{address}")
    expect(field(shown, "growth")).to_have_value("22")
    saved(shown)
    assert draft(story) == {"plan": "30", "people": "15.5", "growth": "22"}


def test_a_bad_mark_is_told_beside_its_field_and_the_others_are_saved(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    field(shown, "plan").fill("40.1")
    field(shown, "people").fill("12")
    expect(shown.get_by_text("plan: 0점에서 40점 사이로 적어야 합니다.")).to_be_visible()
    expect(status(shown)).to_have_text("표시한 점수를 고쳐야 합니다. 나머지는 저장됨")
    expect(field(shown, "plan")).to_have_value("40.1")
    expect(field(shown, "plan")).to_have_attribute("aria-invalid", "true")
    assert draft(story) == {"people": "12"}
    sound(shown, PHONE, "sheet-bad")
    shown.reload()
    expect(field(shown, "plan")).to_have_value("40.1")
    expect(shown.get_by_text("plan: 0점에서 40점 사이로 적어야 합니다.")).to_be_visible()
    field(shown, "plan").fill("40")
    expect(shown.get_by_text("plan: 0점에서 40점 사이로 적어야 합니다.")).to_have_count(0)
    saved(shown)
    assert draft(story) == {"plan": "40", "people": "12"}


def test_what_another_device_saved_later_is_not_overwritten_unasked(story: Story, opens: Opens):
    address = page("submit_sheet", story.entry("a"))
    phone, desk = opens("expert-1", width=PHONE), opens("expert-1")
    phone.goto(address)
    phone.context.set_offline(True)
    field(phone, "plan").fill("11")
    expect(status(phone)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    phone.close()
    desk.goto(address)
    field(desk, "plan").fill("22")
    saved(desk)
    phone.context.set_offline(False)
    again = phone.context.new_page()
    again.goto(address)
    expect(field(again, "plan")).to_have_value("22")
    expect(again.get_by_text("이 기기에 다른 내용이 남아 있습니다.")).to_be_visible()
    sound(again, PHONE, "sheet-older")
    again.get_by_role("button", name="그 내용으로 바꾸기").click()
    expect(field(again, "plan")).to_have_value("11")
    saved(again)
    assert draft(story) == {"plan": "11"}
    assert left(again) == []


def test_a_sheet_that_was_handed_in_elsewhere_is_said_to_be(story: Story, opens: Opens):
    address = page("submit_sheet", story.entry("a"))
    shown, other = opens("expert-1", width=PHONE), opens("expert-1")
    for each in (shown, other):
        each.goto(address)
    for code, mark in (("plan", "1"), ("people", "2"), ("growth", "3")):
        field(other, code).fill(mark)
    other.get_by_role("button", name="제출할 내용 확인").click()
    other.get_by_role("button", name="평가표 제출").click()
    expect(other.get_by_text("팀 a의 평가표를 제출했습니다.")).to_be_visible()
    field(shown, "plan").fill("9")
    expect(status(shown)).to_have_text("팀 a의 평가표는 이미 제출되었습니다.")
    assert left(shown) == []


def test_signing_out_leaves_nothing_behind_and_asks_before(story: Story, opens: Opens):
    shown = opens("expert-1")
    shown.goto(page("submit_sheet", story.entry("a")))
    shown.route("**/api/**", lambda route: route.abort())
    field(shown, "plan").fill("9")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    asked: list[str] = []
    answers = [False, True]

    def answer(dialog) -> None:
        asked.append(dialog.message)
        dialog.accept() if answers.pop(0) else dialog.dismiss()

    shown.on("dialog", answer)
    for _ in range(2):
        shown.get_by_role("button", name="expert-1").click()
        shown.get_by_role("button", name="로그아웃").click()
        if answers:
            assert len(left(shown)) == 1
            shown.keyboard.press("Escape")
            shown.locator("h2").first.click()
    shown.wait_for_url("**/accounts/login/**")
    assert len(asked) == 2
    assert left(shown) == []


def test_what_is_tried_while_the_sign_out_is_on_its_way_leaves_nothing_either(story: Story, opens: Opens):
    """The next page is long in coming: meanwhile the sheet tries once more to save what the server does not have."""
    shown = opens("expert-1")
    shown.goto(page("submit_sheet", story.entry("a")))
    shown.route("**/api/**", lambda route: route.abort())
    field(shown, "plan").fill("9")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    assert len(left(shown)) == 1
    shown.on("dialog", lambda dialog: dialog.accept())
    held = "document.getElementById('logout-form').addEventListener('submit', event => event.preventDefault())"
    shown.evaluate(held)
    shown.get_by_role("button", name="expert-1").click()
    shown.get_by_role("button", name="로그아웃").click()
    assert left(shown) == []
    with shown.expect_request("**/api/**", timeout=10_000):
        shown.evaluate("window.dispatchEvent(new Event('online'))")
    assert left(shown) == []


def reach(shown: Page, words: str, most: int = 60) -> None:
    """Go on with the Tab key until the focus stands on what bears the words."""
    for _ in range(most):
        shown.keyboard.press("Tab")
        name = shown.evaluate(
            "(document.activeElement.getAttribute('aria-label') || document.activeElement.textContent || '').trim()"
        )
        if words in name:
            return
    raise AssertionError(f"not reached by the keyboard: {words}")


def test_from_the_first_page_to_a_sheet_handed_in_by_keyboard_alone(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    reach(shown, "팀 a 평가하기")
    shown.keyboard.press("Enter")
    shown.wait_for_url(f"**{page('submit_sheet', story.entry('a'))}")
    for _ in range(60):
        shown.keyboard.press("Tab")
        if shown.evaluate("document.activeElement.dataset.criterion") == "plan":
            break
    for mark in ("31.50", "12", "7"):
        shown.keyboard.type(mark)
        shown.keyboard.press("Enter")
    expect(shown.get_by_label("종합의견")).to_be_focused()
    shown.keyboard.type("좋음")
    assert not Sheet.objects.exists(), "the Enter key hands nothing in"
    reach(shown, "제출할 내용 확인")
    shown.keyboard.press("Enter")
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    expect(shown.locator("tfoot")).to_contain_text("50.50")
    reach(shown, "평가표 제출")
    shown.keyboard.press("Enter")
    expect(shown.get_by_text("팀 a의 평가표를 제출했습니다.")).to_be_visible()
    sheet = Sheet.objects.get()
    assert [str(mark.points) for mark in sheet.marks.order_by("criterion__position")] == ["31.50", "12", "7"]
    assert sheet.comment == "좋음"
    assert left(shown) == []
    shown.goto("/admin/")
    expect(shown.get_by_text("2팀 중 1팀 제출")).to_be_visible()


def test_without_a_script_it_is_kept_and_handed_in_as_well(story: Story, opens: Opens, chromium: Browser, live_server):
    shown = opens("expert-1", width=PHONE)
    plain = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=shown.context.storage_state()
    ).new_page()
    plain.goto(page("submit_sheet", story.entry("a")))
    for code, mark in (("plan", "1"), ("people", "2"), ("growth", "3")):
        plain.get_by_role("textbox", name=code).fill(mark)
    plain.get_by_role("textbox", name="growth").press("Enter")
    expect(plain.get_by_text("팀 a의 평가표를 임시저장했습니다. 아직 제출하지 않았습니다.")).to_be_visible()
    assert not Sheet.objects.exists()
    plain.get_by_role("button", name="제출할 내용 확인").click()
    plain.get_by_role("button", name="평가표 제출").click()
    expect(plain.get_by_text("팀 a의 평가표를 제출했습니다.")).to_be_visible()
    plain.context.close()
    assert Sheet.objects.count() == 1


def test_the_expert_s_pages_are_sound(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE, dark=True)
    shown.goto(page("submit_sheet", story.entry("a")))
    sound_both(shown, "sheet-empty")
    for code, mark in (("plan", "31.50"), ("people", "12"), ("growth", "7")):
        field(shown, code).fill(mark)
    saved(shown)
    sound_both(shown, "sheet")
    shown.goto("/admin/")
    sound_both(shown, "home")
    shown.goto(f"{page('submit_sheet', story.entry('a'))}?review=1")
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    sound_both(shown, "summary")
    shown.get_by_role("button", name="평가표 제출").click()
    shown.goto(page("submit_sheet", story.entry("a")))
    sound_both(shown, "handed-in")
    shown = opens("expert-5", width=PHONE, dark=True)
    sound_both(shown, "home-undeclared")
    shown.goto(page("submit_sheet", story.entry("a")))
    sound_both(shown, "undeclared")
