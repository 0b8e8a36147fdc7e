"""Real Chromium against a live server: people who sign in, click and read."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from config.local import browser
from core.models import Account
from core.operations.accounts import set_password
from tests.story import SYSTEM, Story, told

PASSWORD = "open-sesame-7"
TOTALS = {"a": "90.2", "b": 80, "c": 70, "d": 60, "e": 50}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say clearly what was not seen where there is no Chromium."""
    for item in items:
        if "tests/browser" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if browser.PATH is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium fonts-noto-cjk"))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One browser for all; gone before other tests run, because its loop runs in their thread as well."""
    # Under the loop Django keeps connections of their own. One left open outside would be cut when a test's database is
    # restored, and the first test after the browser's would find it dead.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, browser.chromium() as running:
        # The tests' own few reads, and the database's restoring, wait for nothing else in that loop.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield running


@pytest.fixture
def story(chromium: Browser, transactional_db: None) -> Story:
    """Scored and judged, but for team a's verdict."""
    story = told().open()
    for team, total in TOTALS.items():
        story.score(team, total)
    for team in ("b", "c", "d", "e"):
        story.judge(team)
    for person in ("official-1", "official-2", "expert-1", "expert-2", "auditor-1"):
        set_password(account=story.people[person], password=PASSWORD, actor=SYSTEM, now=story.now)
    return story


Opens = Callable[..., Page]


def come_in(shown: Page, person: str) -> Page:
    """By the form of the sign-in page."""
    shown.get_by_label("계정", exact=True).fill(f"test.{person}")
    shown.get_by_label("비밀번호", exact=True).fill(PASSWORD)
    shown.get_by_role("button", name="로그인", exact=True).click()
    return shown


def session_of(person: str, url: str) -> Any:
    """The cookie of somebody who has just signed in."""
    client = Client()
    client.force_login(Account.objects.get(username=person if "." in person else f"test.{person}"))
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": url,
    }


@pytest.fixture
def opens(chromium: Browser, live_server: LiveServer) -> Iterator[Opens]:
    """A page of one's own for a person, signed in already: how people come in is another test's.

    At the end nothing came from another host, no script failed, and nothing went against a policy that a page names.
    """
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    faults: list[str] = []
    cache.clear()  # nobody has tried to come in so far

    def asked(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc != urlsplit(live_server.url).netloc:
            elsewhere.append(request.url)

    def heard(said: ConsoleMessage) -> None:
        if "Content Security Policy" in said.text:
            faults.append(said.text)

    def opened(person: str | None, *, width: int = 1280, dark: bool = False, touch: bool = False) -> Page:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale="ko-KR",
            has_touch=touch,
            is_mobile=touch,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("request", asked)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", heard)
        if person is not None:
            context.add_cookies([session_of(person, live_server.url)])
        page.goto("/accounts/login/" if person is None else "/admin/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert faults == []
