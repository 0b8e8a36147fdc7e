"""Whether a page is sound: nothing serious by axe, its landmark is there, and it is as wide as its window."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

LOOKS = ((1280, False), (390, True))
"""Width, and whether it is dark: a laptop by day and a phone at night."""
SIZES = pytest.mark.parametrize(("width", "dark"), LOOKS)
# Rules of lesser faults are left out (a fault has its rule's impact), and only the places of faults are written out:
# the one saves a quarter of the time, the other a third.
_RUN = """axe.run({resultTypes: ['violations'], rules: Object.fromEntries(
    axe._audit.rules.filter(rule => ['minor', 'moderate'].includes(rule.impact))
        .map(rule => [rule.id, {enabled: false}]))}).then(found => found.violations)"""


def faults(shown: Page) -> list[str]:
    """Serious and critical faults, each with the first places where it stands, once all of the page is there."""
    shown.wait_for_load_state()
    expect(shown.locator("[aria-busy=true]")).to_have_count(0)
    if not shown.evaluate("'axe' in window"):
        shown.evaluate(Axe().axe_script)
    return [
        f"{each['id']} ({each['impact']}): {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in shown.evaluate(_RUN)
        if each["impact"] in {"serious", "critical"}
    ]


def visited(shown: Page, addresses: list[str], width: int) -> dict[str, list[str]]:
    """The faults of each page; every page has its landmark and is as wide as its window."""
    found = {}
    for address in addresses:
        shown.goto(address)
        found[address] = faults(shown)
        assert shown.locator("main").count() == 1
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, address
    return found


def sound(page: Page, width: int, name: str) -> None:
    """No serious fault, nothing wider than the screen; kept as a picture where PICTURES names a folder."""
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def sound_both(page: Page, name: str) -> None:
    """The same wide and light, and on a phone in the dark, at one moment of what the page does."""
    for width, dark in LOOKS:
        with seen(page, width, dark=dark):
            sound(page, width, name)


@contextmanager
def seen(page: Page, width: int, *, dark: bool) -> Iterator[None]:
    """A page that is open already, at another width and in another scheme; then again as it was.

    The panel asks for the scheme when a page is opened, and marks it by a class.
    """
    was = page.viewport_size
    marked = page.evaluate("document.documentElement.classList.contains('dark')")
    for size, shade in (({"width": width, "height": 900}, dark), (was, marked)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="dark" if shade else "light")
        page.evaluate("dark => document.documentElement.classList.toggle('dark', dark)", shade)
        if size is not was:
            yield
