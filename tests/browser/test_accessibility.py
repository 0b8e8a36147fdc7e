"""No page has a serious or critical fault by axe, light or dark, wide or narrow."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from appeals.operations.completing import ask_completion
from appeals.operations.reviewing import assign_reviewers
from consortia.models import SupportLine
from consortia.verbs import EXCEPT_SUPPORT, GRANT_SUPPORT
from core.models import Decision
from core.operations.accounts import set_password
from evaluation.models import Notice
from tests.appeals.after import admitted, filed
from tests.browser.conftest import PASSWORD, Opens
from tests.clicking import listing, page, thing
from tests.story import SYSTEM, Story, told
from tests.support import decided, line_of


def addresses(story: Story) -> list[str]:
    """The kinds of pages that there are."""
    entry = story.entry("a")
    return [
        "/admin/",
        thing(story.round),
        thing(entry),
        f"/admin/evaluation/entry/{entry.pk}/figure/",
        f"/admin/evaluation/entry/{entry.pk}/figure/expert/",
        thing(entry.batches.get()),
        page("exclude_responses", entry.batches.get()),
        page("authorise_call", story.round),
        page("announce", story.round),
        page("see_robustness", story.round),
        f"{page('suppose', story.round)}?points_expert=50&without=expert-1&withdrawn=e",
        page("propose_criteria", story.round),
        thing(story.round.criteria_versions.get()),
        thing(Decision.objects.latest("pk")),
        listing(Decision),
    ]


def faults(shown: Page) -> list[str]:
    """Serious and critical faults, each with the first places where it stands, once all of the page is there."""
    shown.wait_for_load_state()
    expect(shown.locator("[aria-busy=true]")).to_have_count(0)
    # Every rule is run; only the places of faults are written out, which takes a third of the time.
    found = Axe().run(shown, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{each['id']} ({each['impact']}): {[node['html'][:160] for node in each['nodes'][:3]]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]


SIZES = pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])


@SIZES
def test_axe_finds_nothing_serious(story: Story, opens: Opens, width: int, dark: bool):
    found = {}
    shown = opens(None, width=width, dark=dark)
    found["login"] = faults(shown)
    shown = opens("official-1", width=width, dark=dark)
    found |= visited(shown, addresses(story), width)
    assert {address: each for address, each in found.items() if each} == {}


def visited(shown: Page, addresses: list[str], width: int) -> dict[str, list[str]]:
    """The faults of each page; every page has its landmark and is as wide as its window."""
    found = {}
    for address in addresses:
        shown.goto(address)
        found[address] = faults(shown)
        assert shown.locator("main").count() == 1
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, address
    return found


@pytest.fixture
def after(chromium: Browser, transactional_db: None) -> Story:
    """Announced today, one notice on paper; an appeal under review, to be completed; support with an exception."""
    now = timezone.now() - timedelta(minutes=5)
    story = told(now=now, teams=("a", "b", "c")).open()
    story.score_all({"a": 90, "b": 80, "c": 70}, failed=["b"]).announce(on_paper=["c"])
    appeal = admitted(filed(story, now=now), story, now=now)
    facts = {"actor": story.actor("official-1"), "now": now}
    ask_completion(appeal, text="산식을 밝혀 주십시오", until=now + timedelta(days=3), **facts)
    assign_reviewers(appeal, people=[story.people["reviewer-1"]], **facts)
    stage = {"since": story.round.starts, "until": story.round.ends}
    line = line_of(story, **stage)
    decided(story, EXCEPT_SUPPORT, line, team="c", reason="정부에 GPU를 임대하는 기업")
    decided(story, GRANT_SUPPORT, line, teams=["a"])
    decided(story, GRANT_SUPPORT, line, teams=["b"], since="2025-10-15")
    for person in ("official-1", "b-lead", "reviewer-1"):
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=now)
    return story


@SIZES
def test_nor_after_an_announcement(after: Story, opens: Opens, width: int, dark: bool):
    own, paper = (Notice.objects.get(entry__team=after.teams[team]) for team in "bc")
    line = SupportLine.objects.get()
    pages = {
        "official-1": [
            "/admin/",
            page("record_arrival", paper),
            page("stop_clock", after.round),
            f"{page('see_parity', SupportLine)}?day=2025-11-01",
            page("grant_support", line),
            thing(line),
        ],
        "b-lead": ["/admin/", thing(own), page("record_service_consent", after.teams["b"])],
        "reviewer-1": ["/admin/"],
    }
    found = {
        (person, address): each
        for person, addresses in pages.items()
        for address, each in visited(opens(person, width=width, dark=dark), addresses, width).items()
    }
    assert {address: each for address, each in found.items() if each} == {}
