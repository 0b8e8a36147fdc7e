"""Whether a page is sound: nothing serious by axe, its landmark is there, and it is as wide as its window."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

SIZES = pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
# Every rule is run; only the places of faults are written out, which takes a third of the time.
_RUN = "axe.run({resultTypes: ['violations']}).then(found => found.violations)"


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
