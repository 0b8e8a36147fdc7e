"""No page has a serious or critical fault by axe, light or dark, wide or narrow."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from core.models import Decision
from tests.browser.conftest import Opens
from tests.clicking import listing, page, thing
from tests.story import Story


def addresses(story: Story) -> list[str]:
    """The kinds of pages that there are."""
    entry = story.entry("a")
    return [
        "/admin/",
        thing(story.round),
        thing(entry),
        f"/admin/evaluation/entry/{entry.pk}/figure/",
        f"/admin/evaluation/entry/{entry.pk}/figure/expert/",
        page("authorise_call", story.round),
        thing(Decision.objects.latest("pk")),
        listing(Decision),
    ]


def faults(shown: Page) -> list[str]:
    """Serious and critical faults, each with the first places where it stands."""
    found = Axe().run(shown).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_axe_finds_nothing_serious(story: Story, opens: Opens, width: int, dark: bool):
    found = {}
    shown = opens(None, width=width, dark=dark)
    found["login"] = faults(shown)
    shown = opens("official-1", width=width, dark=dark)
    for address in addresses(story):
        shown.goto(address)
        found[address] = faults(shown)
        assert shown.locator("main").count() == 1
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, address
    assert {address: each for address, each in found.items() if each} == {}
