"""The pictures of the docs: files of the right names, widths and schemes."""

import struct
import zlib
from pathlib import Path

from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from config.local import demo
from config.local.pictures import PHONE, WIDE, Picture, take
from core.operations.accounts import set_password
from tests.story import SYSTEM, Story

LIGHT, DARK = 600, 200
"""The three colours of a corner together, of 765: at least so much, or at most."""


def seen(file: Path) -> tuple[int, int]:
    """How wide a picture is, and how bright its first point."""
    data = file.read_bytes()
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    (width,) = struct.unpack(">I", data[16:20])
    at, pixels = 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        pixels += data[at + 8 : at + 8 + length] if data[at + 4 : at + 8] == b"IDAT" else b""
        at += 12 + length
    # The first point of the first line stands as it is, whatever the line is written from.
    return width, sum(zlib.decompressobj().decompress(pixels, 4)[1:4])


def test_each_picture_is_taken_light_dark_and_on_a_phone(
    story: Story, chromium: Browser, live_server: LiveServer, tmp_path: Path
):
    set_password(account=story.people["official-1"], password=demo.PASSWORD, actor=SYSTEM, now=story.now)
    for picture in (Picture("home", "test.official-1", "/admin/"), Picture("calls", None, "/calls/")):
        take(chromium, live_server.url, picture, tmp_path)
    files = {file.name: seen(file) for file in tmp_path.iterdir()}
    assert {name: width for name, (width, _corner) in files.items()} == {
        f"{name}{ending}.png": width
        for name in ("home", "calls")
        for ending, width in (("", WIDE), ("-dark", WIDE), ("-phone", PHONE))
    }
    for name in ("home.png", "home-phone.png"):
        assert files[name][1] >= LIGHT, name
    assert files["home-dark.png"][1] <= DARK
