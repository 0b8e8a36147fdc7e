"""A result exported in a browser: asked for, watched, found again after leaving, cancelled, and downloaded."""

import hashlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from core.clock import database_now
from core.models import Event
from core.operations.accounts import set_password
from evaluation import sweeps
from evaluation.models import Export
from tests.browser.conftest import PASSWORD, Opens
from tests.browser.soundness import sound_both
from tests.clicking import thing
from tests.story import NOW, SYSTEM, Story, told


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    set_password(account=story.people["official-1"], password=PASSWORD, actor=SYSTEM, now=NOW)
    return story


def test_a_result_is_exported(story: Story, opens: Opens):
    shown = opens("official-1", width=390, dark=True)
    shown.goto(thing(story.round))
    sound_both(shown, "export-round")
    shown.locator("nav.s-ops").get_by_role("link", name="결과 묶음 내보내기").click()
    asks = shown.get_by_role("button", name="결과 묶음 내보내기")
    expect(asks).to_be_visible()
    sound_both(shown, "export-ask")
    asks.click()
    expect(shown.locator("#s-progress")).to_contain_text("차례를 기다림")
    sound_both(shown, "export-waiting")
    export = Export.objects.get()

    # It goes on by itself: the page finds out, and finds it again when it is opened anew.
    Export.objects.filter(pk=export.pk).update(phase="running", done=41, total=100)
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "41")
    shown.goto(thing(story.round))
    shown.goto(thing(export))
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "41")
    sound_both(shown, "export-going")
    assert sweeps.make_export(export.pk, now=database_now())
    expect(shown.locator("#s-progress")).to_contain_text("끝남")
    sound_both(shown, "export-done")
    with shown.expect_download() as fetched:
        shown.get_by_role("link", name="결과 묶음 내려받기").click()
    export.refresh_from_db()
    assert fetched.value.suggested_filename == export.name
    assert hashlib.sha256(Path(fetched.value.path()).read_bytes()).hexdigest() == export.sha256
    assert Event.objects.latest("id").verb == "download_export"

    # Another is given up.
    shown.goto(thing(story.round))
    shown.locator(".s-history").get_by_role("link", name="결과 묶음 내보내기").click()
    shown.get_by_role("button", name="결과 묶음 내보내기").click()
    shown.get_by_role("link", name="내보내기 취소").click()
    shown.get_by_role("button", name="내보내기 취소").click()
    expect(shown.locator("#s-progress")).to_contain_text("취소했습니다.")
    sound_both(shown, "export-cancelled")
