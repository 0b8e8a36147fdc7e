"""Chromium without a screen, for pictures and for tests that click. It is the system's own; nothing is downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bootstrap import Problem

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The first is the same Chromium without the parts that draw its own windows: a page takes a quarter less time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")
PATH = next((path for name in NAMES if (path := shutil.which(name))), None)
# It asks nobody for anything: neither for updates nor for the addresses of hosts that no page names.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def found() -> str:
    """Where it is; a problem in a sentence where there is none, for whoever asks before long work."""
    if PATH is None:
        raise Problem(
            "Chromium이 없습니다: apt-get install chromium fonts-noto-cjk",
            "no Chromium here: apt-get install chromium fonts-noto-cjk.",
        )
    return PATH


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A browser, for as long as the block lasts."""
    path = found()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
