"""`screenshots`: the main pages as pictures, light, dark and on a phone, of the demo in a database of its own."""

import argparse
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "simsa_screenshots"
WIDE, PHONE = 1280, 390
THREADS = 8


@dataclass(frozen=True)
class Picture:
    """A page and who looks at it, by username; None is the public."""

    name: str
    person: str | None
    address: str


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
    with database() as url, _own_database(url):
        django.setup()
        demo.prepare(empty=False, embedded=False)
        _sweep()
        pictures = _pictures()
        if unknown := set(options.names) - {picture.name for picture in pictures}:
            raise Problem(f"없는 그림입니다: {', '.join(unknown)}", f"no such picture: {', '.join(unknown)}")
        options.out.mkdir(parents=True, exist_ok=True)
        with _served() as address, chromium() as browser:
            for picture in pictures:
                if not options.names or picture.name in options.names:
                    take(browser, address, picture, options.out)
    return 0


def _pictures() -> list[Picture]:
    """The pages for the README and docs: what each role meets first, and what a result is defended by."""
    from django.urls import reverse

    from evaluation.models import Entry, Notice, Round

    round = Round.objects.earliest("pk")
    entry = Entry.objects.filter(round=round).earliest("pk")
    failed = Entry.objects.get(round=round, verdicts__verdict="failed")
    notice = Notice.objects.filter(entry=entry).earliest("pk")
    home, of = reverse("admin:index"), f"{round.programme.code}."
    official, team = f"{of}official-1", f"{of}a-lead"
    return [
        Picture("home", official, home),
        Picture("standings", official, reverse("admin:evaluation_round_change", args=[round.pk])),
        Picture("gates", official, reverse("admin:evaluation_entry_change", args=[failed.pk])),
        Picture("figure", official, reverse("admin:evaluation_entry_figure", args=[entry.pk, "expert"])),
        Picture("robustness", official, reverse("admin:evaluation_round_see_robustness", args=[round.pk])),
        Picture("home-expert", f"{of}expert-1", home),
        Picture("home-team", team, home),
        Picture("notice", team, reverse("notice", args=[notice.pk])),
        Picture("calls", None, reverse("calls")),
        Picture("result", None, reverse("result", args=[round.programme.code, round.code])),
    ]


def _sweep() -> None:
    """What falls due is done once, as a running site does it every minute."""
    from appeals.tasks import sweep

    sweep()


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
    head, _, query = url.partition("?")
    with psycopg.connect(url, autocommit=True) as keeper:
        keeper.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME)))
        keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))
        os.environ["DATABASE_URL"] = f"{head.rpartition('/')[0]}/{NAME}" + (f"?{query}" if query else "")
        try:
            yield
        finally:
            os.environ["DATABASE_URL"] = url
            keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(NAME)))


@contextmanager
def _served() -> Iterator[str]:
    """The site's address, answered by a thread of this process."""
    from waitress.server import create_server

    from config.wsgi import application

    server = create_server(application, host="127.0.0.1", port=0, threads=THREADS)
    threading.Thread(target=server.run, name="web", daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
