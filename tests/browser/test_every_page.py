"""Every kind of page as every kind of reader meets it: axe finds nothing serious, and nothing is wider than the screen.

An official's pages, and those that everybody reads, are seen wide and light and on a phone in the dark; what others
have of the same kinds on a phone in the dark.
"""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page

from core.admin.base import ReadOnlyAdmin
from tests.blindness.addresses import Route, addresses, routes
from tests.blindness.matrix import reached_by
from tests.blindness.whole import whole
from tests.browser.conftest import Opens
from tests.browser.soundness import faults, seen
from tests.wording.test_pages import READERS, TRIED

IN_STATES = {
    "evaluation_round_change": 4,
    "evaluation_entry_change": 4,
    "evaluation_recount_change": 2,
    "core_verification_change": 3,
}
"""Pages that look otherwise from state to state: so many of them are looked at."""
ASKED = {
    "evaluation_round_suppose": "?points_expert=50&withdrawn=c",
    "consortia_supportline_see_parity": "?day=2025-11-01",
}
"""What is asked of a page that answers a question."""
ROWS = 5
"""So many rows of a list are looked at: they are all alike."""
NO_PAGES = {"search"}
"""A part of a page, which is looked at within it (test_palette)."""


def test_no_page_has_a_serious_fault(
    chromium: Browser, transactional_db: None, opens: Opens, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(ReadOnlyAdmin, "list_per_page", ROWS)
    told = whole()
    found: dict[str, list[str]] = {}
    known: set[str] = set()
    for code, role in READERS.items():
        account = None if code is None else told.story.people[code]
        client = Client()
        if account is not None:
            client.force_login(account)
        shown = opens(account and account.username, width=390, dark=True)
        shown.add_init_script(Axe().axe_script)
        for route in reached_by(role, routes()):
            both = route.template not in known
            for address in pages(client, route):
                found[f"{code} {address}"] = looked_at(shown, address, both=both)
                known.add(route.template)
    assert len(found) > 290
    assert {where: what for where, what in found.items() if what} == {}


def pages(client: Client, route: Route) -> Iterator[str]:
    """The first addresses of a route that answer with a page: one, or as many as it has states."""
    wanted = 0 if route.name in NO_PAGES else IN_STATES.get(route.name, 1)
    for address in addresses(route)[: TRIED * wanted]:
        asked = f"{address}{ASKED.get(route.name, '')}"
        answer = client.get(asked)
        if wanted and answer.status_code == 200 and answer.headers.get("Content-Type", "").startswith("text/html"):
            wanted -= 1
            yield asked


def looked_at(shown: Page, address: str, *, both: bool) -> list[str]:
    """What is wrong with a page on a phone in the dark and, if that is asked for, wide and light."""
    shown.goto(address)
    found = [f"dark, 390: {each}" for each in faults(shown)]
    if (width := shown.evaluate("document.documentElement.scrollWidth")) > 390:
        found.append(f"{width} wide on a phone")
    if both:
        with seen(shown, 1280, dark=False):
            found += faults(shown)
    return found
