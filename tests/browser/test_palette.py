"""The palette: a few letters and Enter lead to the next step, from any page and without the mouse."""

from playwright.sync_api import expect

from tests.clicking import page, thing
from tests.story import Story


def test_a_step_is_taken_by_keyboard_alone(story: Story, opens):
    story.judge("a")
    shown = opens("official-1")
    shown.goto(thing(story.entry("c")))
    shown.keyboard.press("Control+k")
    field = shown.get_by_placeholder("찾을 말")
    field.press_sequentially("결과 발표")
    shown.get_by_role("link", name="결과 발표 기안").wait_for()
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("Enter")
    shown.wait_for_url(f"**{page('announce', story.round)}")


def test_the_field_in_the_menu_opens_it_too(story: Story, opens):
    shown = opens("expert-1")
    shown.goto("/admin/")
    shown.get_by_text("할 일·팀·메뉴 찾기").click()
    shown.get_by_placeholder("찾을 말").press_sequentially("팀 b")
    shown.locator("#command-results-list").get_by_role("link", name="팀 b").click()
    shown.wait_for_url(f"**{thing(story.entry('b'))}")


def test_what_is_pasted_is_looked_for_and_nothing_found_is_said_at_once(story: Story, opens):
    shown = opens("official-1")
    shown.goto("/admin/")
    shown.keyboard.press("Control+k")
    field, results = shown.get_by_placeholder("찾을 말"), shown.locator("#command-results")
    field.fill("zzzz")  # as pasting does: no key is pressed
    expect(results).to_have_text("찾은 것이 없습니다")
    field.press("Enter")
    field.fill("팀 b")
    expect(results.get_by_role("link", name="팀 b")).to_be_visible()
    expect(shown.locator("#command-results-note")).to_contain_text("개를 찾았습니다")
    field.fill("zzz")
    expect(results).to_have_text("찾은 것이 없습니다")
    expect(shown.locator("#command-results-note")).to_be_hidden()
