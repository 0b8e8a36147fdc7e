"""An expert's sheet whose answers come late, get lost, or tell of another device: nothing is lost or written over."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from evaluation.operations.sheet_drafts import save_sheet_draft
from tests.browser.conftest import Opens
from tests.browser.sheets import PHONE, asked, draft, field, left, saved, status
from tests.browser.soundness import sound
from tests.clicking import page
from tests.story import Story


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    return asked()


def loses_first(shown: Page) -> None:
    """The first answer to the page gets lost, after the server has done what was asked."""
    lost = iter([True])

    def answered(route: Route) -> None:
        answer = route.fetch()
        if next(lost, False):
            route.abort()
        else:
            route.fulfill(response=answer)

    shown.route("**/sheets/a/", answered)


def test_two_devices_at_once_do_not_overwrite_each_other(story: Story, opens: Opens):
    address = page("submit_sheet", story.entry("a"))
    phone, desk = opens("expert-1", width=PHONE), opens("expert-1")
    for each in (phone, desk):
        each.goto(address)
    field(desk, "plan").fill("22")
    saved(desk)
    field(phone, "people").fill("11")
    expect(status(phone)).to_contain_text("다른 기기에서 고쳐 저장했습니다.")
    field(phone, "growth").fill("3")
    assert draft(story) == {"plan": "22"}
    sound(phone, PHONE, "sheet-crossed")
    phone.get_by_role("link", name="다시 열기").click()
    expect(field(phone, "plan")).to_have_value("22")
    expect(phone.get_by_text("이 기기에 다른 내용이 남아 있습니다.")).to_be_visible()
    phone.get_by_role("button", name="그 내용으로 바꾸기").click()
    saved(phone)
    assert draft(story) == {"people": "11", "growth": "3"}
    # The first device is now the one that has not seen the other's.
    field(desk, "plan").fill("23")
    expect(status(desk)).to_contain_text("다른 기기에서 고쳐 저장했습니다.")
    assert draft(story) == {"people": "11", "growth": "3"}


def test_an_answer_that_got_lost_is_no_other_device(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    loses_first(shown)
    field(shown, "plan").fill("31")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    assert draft(story) == {"plan": "31"}
    field(shown, "people").fill("12")
    saved(shown)
    assert draft(story) == {"plan": "31", "people": "12"}
    assert left(shown) == []


def test_a_button_pressed_while_an_answer_is_read_waits_for_it(story: Story, opens: Opens):
    """The form used to go on from the draft before it, and was refused as another device's."""
    shown = opens("expert-1", width=PHONE)
    shown.add_init_script("""
        const read = Response.prototype.json;
        Response.prototype.json = async function () {
            document.body.dataset.reading = "";
            await new Promise((done) => { window.goOn = done; });
            return read.call(this);
        };
    """)
    shown.goto(page("submit_sheet", story.entry("a")))
    for code, mark in (("plan", "30"), ("people", "12"), ("growth", "7")):
        field(shown, code).fill(mark)
    shown.locator("body[data-reading]").wait_for()
    field(shown, "growth").fill("8")
    shown.get_by_role("button", name="제출할 내용 확인").click()
    expect(status(shown)).to_have_text("저장하는 중")
    shown.evaluate("goOn()")
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    assert draft(story) == {"plan": "30", "people": "12", "growth": "8"}


def test_a_button_pressed_after_an_answer_that_got_lost_asks_first_what_stands(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    loses_first(shown)
    field(shown, "plan").fill("31")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    field(shown, "people").fill("12")
    field(shown, "growth").fill("7")
    shown.get_by_role("button", name="제출할 내용 확인").click()
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    assert draft(story) == {"plan": "31", "people": "12", "growth": "7"}


def test_what_was_sent_as_the_page_was_left_is_known_for_its_own(story: Story, opens: Opens):
    """Saved, but not heard of, before more was typed and the page was loaded anew."""
    address = page("submit_sheet", story.entry("a"))
    shown = opens("expert-1", width=PHONE)
    shown.goto(address)

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    shown.route("**/sheets/a/", lost)
    field(shown, "plan").fill("29")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    shown.unroute("**/sheets/a/")
    shown.route("**/sheets/a/", lambda route: route.abort())
    field(shown, "plan").fill("21")
    shown.reload()
    expect(shown.get_by_text("이 기기에만 남아 있던 내용을 되살렸습니다.")).to_be_visible()
    expect(field(shown, "plan")).to_have_value("21")
    assert draft(story) == {"plan": "29"}
    shown.unroute("**/sheets/a/")
    field(shown, "people").fill("12")
    saved(shown)
    assert draft(story) == {"plan": "21", "people": "12"}


def test_what_was_sent_as_the_page_was_left_may_arrive_after_the_next_was_made(story: Story, opens: Opens):
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    shown.route("**/sheets/a/", lambda route: route.abort())
    field(shown, "plan").fill("31")
    expect(status(shown)).to_have_text("연결이 끊겨 이 기기에만 남아 있음")
    shown.reload()
    expect(field(shown, "plan")).to_have_value("31")
    person = story.people["expert-1"]
    save_sheet_draft(
        story.entry("a"), person=person, points={"plan": "31"}, actor=story.actor("expert-1"), now=story.now
    )
    shown.unroute("**/sheets/a/")
    field(shown, "people").fill("12")
    field(shown, "growth").fill("7")
    shown.get_by_role("button", name="제출할 내용 확인").click()
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    assert draft(story) == {"plan": "31", "people": "12", "growth": "7"}


def test_a_button_is_not_held_back_where_nothing_is_saved_any_more(story: Story, opens: Opens):
    """A page that asks who is there came in place of the answer: the button leads on, and does not wait for another."""
    shown = opens("expert-1", width=PHONE)
    shown.goto(page("submit_sheet", story.entry("a")))
    shown.route("**/sheets/a/", lambda route: route.fulfill(status=200, content_type="text/html", body="로그인"))
    for code, mark in (("plan", "31"), ("people", "12"), ("growth", "7")):
        field(shown, code).fill(mark)
    expect(status(shown)).to_have_text("다시 로그인해야 저장됩니다.")
    shown.get_by_role("button", name="제출할 내용 확인").click()
    expect(shown.get_by_role("heading", name="제출할 내용")).to_be_visible()
    assert draft(story) == {"plan": "31", "people": "12", "growth": "7"}
