"""What if at size in a browser: asked for, watched, and found again on a phone with its result."""

import pytest
from playwright.sync_api import Browser, expect

from core.clock import database_now
from evaluation import sweeps
from evaluation.admin import supposing_page
from evaluation.models import Supposing
from tests.browser.conftest import Opens
from tests.browser.soundness import sound
from tests.clicking import page as address
from tests.clicking import thing
from tests.evaluation.panelled import panelled
from tests.story import Story


@pytest.fixture
def story(chromium: Browser, transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(supposing_page, "MOST_AT_ONCE", 0)
    return panelled()


def test_a_large_supposition_is_watched_and_read(story: Story, opens: Opens):
    shown, phone = opens("official-1"), opens("official-1", width=390, dark=True)
    shown.goto(address("suppose", story.round))
    sound(shown, 1280, "suppose-large")
    shown.get_by_label("expert 배점").fill("50")
    shown.get_by_label("expert-5").check()
    shown.get_by_role("button", name="계산해 보기").click()
    expect(shown.locator("#s-progress")).to_contain_text("차례를 기다림")
    supposing = Supposing.objects.get()

    # It goes on by itself: the page finds out, and another finds it as far.
    Supposing.objects.filter(pk=supposing.pk).update(phase="running", done=7, total=18)
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "38")
    phone.goto(thing(supposing))
    expect(phone.get_by_role("progressbar")).to_have_attribute("value", "38")
    for each, width in ((shown, 1280), (phone, 390)):
        sound(each, width, "suppose-going")
    assert sweeps.compute_supposing(supposing.pk, now=database_now())
    for each, width in ((shown, 1280), (phone, 390)):
        expect(each.get_by_role("heading", name="이렇게 달랐다면")).to_be_visible()
        sound(each, width, "suppose-found")
    expect(phone.get_by_text("expert: 배점 35 → 50")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("결과가 달라지는 팀")).to_be_visible()
