"""Tables in English, whose words are longer: none is split, and what has no room scrolls in a region of its own."""

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from evaluation.models import Criterion
from tests.browser.conftest import Opens
from tests.clicking import page, thing
from tests.story import Story

LONG = "Comprehensive benchmark"
SPLIT = """() => [...document.querySelectorAll('.s-table thead th, .s-table .s-badge')].flatMap(cell => {
    const found = [], texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), range = document.createRange();
    while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/\\S+/g)) {
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        if (range.getClientRects().length > 1) found.push(word[0]);
    }
    return found;
})"""
TOO_WIDE = """() => [...document.querySelectorAll('.s-table')].filter(table => {
    const region = table.closest('[role=region][tabindex="0"]');
    return !region || !(region.ariaLabel || region.getAttribute('aria-labelledby'))
        || region.getBoundingClientRect().right > document.documentElement.clientWidth;
}).length"""


def english(shown: Page, address: str) -> None:
    shown.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": shown.url}])
    shown.goto(address)
    expect(shown.locator("html")).to_have_attribute("lang", "en")
    expect(shown.locator("[aria-busy=true]")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 390])
def test_no_word_of_a_table_is_split(story: Story, opens: Opens, monkeypatch: pytest.MonkeyPatch, width: int):
    monkeypatch.setattr(Criterion, "name", LONG)  # the round's own are frozen
    shown = opens("official-1", width=width)
    for address, tables in ((thing(story.round), 2), (page("see_robustness", story.round), 4)):
        english(shown, address)
        assert shown.locator(".s-table").count() == tables, address
        assert shown.evaluate(SPLIT) == [], address
        assert shown.evaluate(TOO_WIDE) == 0, address
