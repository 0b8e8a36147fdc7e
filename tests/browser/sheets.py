"""An expert's sheet in a browser: its fields, what the page says of saving, what is on the device and on the server."""

import re

from playwright.sync_api import Page, expect

from core.operations.accounts import set_password
from evaluation.models import SheetDraft
from tests.browser.conftest import PASSWORD
from tests.sheeted import sheeted
from tests.story import SYSTEM, Story

PHONE = 390


def asked() -> Story:
    """Two teams, three marks for each, and experts who can sign in."""
    story = sheeted()
    for person in ("expert-1", "expert-2", "expert-5"):
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=story.now)
    return story


def field(shown: Page, code: str):
    return shown.get_by_role("textbox", name=code)


def status(shown: Page):
    return shown.locator("[data-status]")


def saved(shown: Page) -> None:
    expect(status(shown)).to_contain_text(re.compile(r"저장됨 \d\d:\d\d"))


def left(shown: Page) -> list[str]:
    """What of sheets lies on the device."""
    return shown.evaluate("Object.keys(localStorage).filter(key => key.startsWith('simsa-sheet:'))")


def draft(story: Story, person: str = "expert-1", team: str = "a") -> dict[str, str] | None:
    found = SheetDraft.objects.filter(account=story.people[person], entry=story.entry(team)).first()
    return found.points if found else None
