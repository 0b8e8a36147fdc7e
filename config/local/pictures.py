"""`screenshots`: the main pages as pictures, light, dark and on a phone, of the demo in databases of its own."""

import argparse
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg
from psycopg import sql

from bootstrap import ROOT, Problem
from config.local import demo
from config.local.browser import chromium, found
from config.local.commands import database
from config.local.pictured import PLACES, Picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "simsa_screenshots"
WIDE, PHONE = 1280, 390
THREADS = 8


@dataclass(frozen=True)
class Look:
    """How it is looked at; `ending` of the file's name."""

    ending: str
    width: int
    dark: bool


LOOKS = (Look("", WIDE, False), Look("-dark", WIDE, True), Look("-phone", PHONE, False))


def screenshots(argv: list[str]) -> int:
    """Write the pictures to a folder (docs/images), all or those that are named; 0 when they are there."""
    parser = argparse.ArgumentParser(prog="manage.py screenshots", description=__doc__)
    parser.add_argument("names", nargs="*", help="그림 이름 / names of pictures (all)")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", help="폴더 / folder (docs/images)")
    options = parser.parse_args(argv)
    found()
    known = {name for place in PLACES for name in place.names}
    asked = set(options.names) or known
    if unknown := asked - known:
        raise Problem(f"없는 그림입니다: {', '.join(unknown)}", f"no such picture: {', '.join(unknown)}")
    options.out.mkdir(parents=True, exist_ok=True)
    with database() as url:
        django.setup()
        for place in PLACES:
            if asked & set(place.names):
                with _own_database(url), _served() as address:
                    for pictures in place.told():
                        _take(address, [picture for picture in pictures if picture.name in asked], options.out)
    return 0


def _take(site: str, pictures: Sequence[Picture], out: Path) -> None:
    """A moment's pictures. The browser is there for them alone: under its loop nobody may write to a database."""
    with chromium() as browser:
        for picture in pictures:
            take(browser, site, picture, out)


def take(browser: "Browser", site: str, picture: Picture, out: Path) -> None:
    """The picture's files, one for each look."""
    for look in LOOKS:
        page = browser.new_page(
            base_url=site,
            viewport={"width": look.width, "height": 800},
            color_scheme="dark" if look.dark else "light",
            locale="ko-KR",
        )
        if picture.person is not None:
            _sign_in(page, picture.person)
        page.goto(picture.address)
        page.wait_for_load_state("networkidle")
        # As high as the page: what keeps to the screen's edge would else lie across its middle.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": look.width, "height": height})
        page.screenshot(path=out / f"{picture.name}{look.ending}.png", full_page=True)
        page.context.close()
    print(picture.name, flush=True)


def _sign_in(page: "Page", person: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("계정", exact=True).fill(person)
    page.get_by_label("비밀번호", exact=True).fill(demo.PASSWORD)
    page.get_by_role("button", name="로그인", exact=True).click()
    page.wait_for_url("**/admin/")


@contextmanager
def _own_database(url: str) -> Iterator[None]:
    """An empty database beside the one named, for as long as the block lasts: what somebody has played is not shown."""
    from django.db import connections

    settings = connections.settings["default"]
    given = settings["NAME"]
    with psycopg.connect(url, autocommit=True) as keeper:
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
        keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        settings["NAME"] = NAME
        connections.close_all()
        try:
            yield
        finally:
            connections.close_all()
            settings["NAME"] = given
            keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


@contextmanager
def _served() -> Iterator[str]:
    """The site's address, answered by a thread of this process."""
    from waitress.server import create_server

    from config.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=THREADS)

    def answer() -> None:
        with suppress(OSError):  # closing takes the sockets from under the loop
            server.run()

    threading.Thread(target=answer, name="web", daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
