"""What a browser shows of a page besides its content: the title of a round's page, and an error page by night."""

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.clicking import thing
from tests.story import Story

DARK = 100
"""Each of a dark ground's three colours, of 255, is below."""
GROUND = "getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)"


def test_a_part_that_comes_later_leaves_the_title(story: Story, opens: Opens):
    shown = opens("official-1")
    shown.goto(thing(story.round))
    expect(shown.locator("[aria-busy=true]")).to_have_count(0)
    expect(shown.locator("#s-part-standings")).to_be_visible()
    expect(shown).to_have_title("1차 단계평가 | 단계평가 | 심사")


def test_an_error_page_is_dark_by_night(story: Story, opens: Opens):
    for dark in (True, False):
        shown = opens("a-lead", dark=dark)
        for address in ("/nowhere/", "/admin/core/event/"):
            answer = shown.goto(address)
            assert answer is not None
            assert answer.status in {403, 404}
            assert all((part < DARK) is dark for part in shown.evaluate(GROUND)), (address, dark)
