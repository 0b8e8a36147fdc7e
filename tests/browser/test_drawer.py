"""A figure explained in a drawer beside the standings: down to the marks, by keyboard, on a phone, on the record."""

from playwright.sync_api import expect

from core.models import Event
from tests.browser.conftest import Opens
from tests.browser.soundness import sound_both
from tests.clicking import part, thing
from tests.story import Story


def opened(story: Story) -> int:
    return Event.objects.filter(verb="see_marks", subject_id=story.entry("c").pk).count()


def test_a_figure_is_explained_beside_the_standings(story: Story, opens: Opens):
    shown = opens("official-1")
    shown.goto(thing(story.round))
    figure = shown.get_by_role("link", name="팀 c expert").first
    figure.focus()
    shown.keyboard.press("Enter")
    drawer = shown.get_by_role("dialog", name="점수의 근거")
    expect(drawer.get_by_role("list", name="계산 과정")).to_be_visible()
    expect(drawer.get_by_text("이 열람은 기록되었습니다.")).to_be_visible()
    assert shown.url.endswith(thing(story.round))
    assert opened(story) == 1
    sound_both(shown, "drawer")

    # Up to the total and down again, within the drawer.
    drawer.get_by_role("link", name="팀 c").click()
    expect(drawer.get_by_role("heading", name="팀 c · 총점")).to_be_visible()
    drawer.get_by_role("link", name="expert", exact=True).click()
    expect(drawer.get_by_role("heading", name="팀 c · expert")).to_be_visible()
    assert opened(story) == 3
    shown.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(figure).to_be_focused()


def test_it_opens_by_itself_elsewhere_and_from_the_team(story: Story, opens: Opens):
    shown = opens("auditor-1", width=390, dark=True)
    shown.goto(thing(story.entry("c")))
    shown.get_by_role("region", name="점수의 근거").or_(shown.locator("#s-figures + p")).get_by_role(
        "link"
    ).first.click()
    drawer = shown.get_by_role("dialog", name="점수의 근거")
    expect(drawer.get_by_role("heading", name="총점")).to_be_visible()
    drawer.get_by_role("link", name="따로 열기").click()
    shown.wait_for_url("**/figure/")
    expect(shown.get_by_role("dialog")).to_have_count(0)


def test_what_is_no_answer_leads_to_the_page(story: Story, opens: Opens):
    shown = opens("official-1")
    shown.goto(part("standings", story.round))
    shown.context.clear_cookies()
    shown.locator("a.s-figure").first.click()
    shown.wait_for_url("**/accounts/login/**")
