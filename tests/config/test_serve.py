"""`serve` as people use it: started, used, started again, ended in every way."""

import re
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psycopg
import pytest

from tests.config.checkout import Checkout

STATIC = "/static/admin/css/base.css"


class Served:
    """A running `serve`, ready: what it said, and where it is."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.said = ""
        while "\nPID " not in self.said:
            line = process.stdout.readline()  # type: ignore[union-attr]
            assert line, process.communicate()[1]
            self.said += line
        self.address = re.search(r"http://localhost:\d+", self.said)[0]  # type: ignore[index]

    def status(self, path: str) -> int:
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return answer.status

    def sign_in(self, username: str, password: str) -> str:
        """Where signing in leads."""
        cookies = CookieJar()
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        browser.open(f"{self.address}/accounts/login/", timeout=60)
        token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
        form = {"login": username, "password": password, "csrfmiddlewaretoken": token, "next": STATIC}
        return browser.open(f"{self.address}/accounts/login/", urlencode(form).encode(), timeout=60).url

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        self.process.communicate(timeout=60)
        return self.process.returncode


@contextmanager
def serving(checkout: Checkout, *words: str, **environment: str) -> Iterator[Served]:
    process = checkout.start("manage.py", "serve", "--port", "0", *words, **environment)
    try:
        yield Served(process)
    finally:
        process.kill()
        process.communicate()


def test_the_demo_is_there_at_the_first_start_and_kept_for_the_next(checkout: Checkout) -> None:
    with serving(checkout) as first:
        assert "sovereign-ai.official-1" in first.said
        assert (first.status("/accounts/login/"), first.status(STATIC)) == (200, 200)
        assert first.sign_in("sovereign-ai.official-1", "simsa-demo") == first.address + STATIC
        assert first.sign_in("sovereign-ai.official-1", "wrong") == first.address + "/accounts/login/"
        assert first.end(signal.SIGTERM) == 0
        assert checkout.pids() == set()
    assert [path.name for path in checkout.folder.iterdir() if "celery" in path.name] == []
    with serving(checkout) as again:  # how quick that is, bench/start.py measures
        assert again.status("/accounts/login/") == 200
        assert "Loading" not in again.said
        assert "sovereign-ai.official-1" in again.said
        assert again.end(signal.SIGINT) == 0
        assert checkout.pids() == set()
    with serving(checkout, CELERY_BROKER_URL="amqp://somebody:secret@127.0.0.1:1//") as alone:
        assert "127.0.0.1:1//" in alone.said
        assert "secret" not in alone.said
        assert alone.status("/accounts/login/") == 200


def test_an_interrupted_load_is_put_aside_and_a_killed_serve_leaves_nothing(checkout: Checkout) -> None:
    with checkout.user() as (_, url), psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE demo_loading ()")
    with serving(checkout, "--empty") as serve:
        assert "simsa_interrupted_" in serve.said
        assert "simsa-demo" not in serve.said
        with checkout.user() as (_, url), psycopg.connect(url) as connection:
            tables = connection.execute("SELECT to_regclass('demo_loading'), to_regclass('core_account')").fetchone()
        assert tables == (None, "core_account")
        serve.process.kill()
        assert checkout.empty()


def test_a_port_that_cannot_be_had_is_told_before_anything_starts(checkout: Checkout) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for port in (taken.getsockname()[1], 70_000):
            done = checkout.run("manage.py", "serve", "--port", str(port))
            assert (done.returncode, done.stdout) == (1, "")
            assert [str(port) in line and "error: " in line for line in done.stderr.splitlines()] == [True]
    assert not (checkout.folder / "var").exists()


@pytest.mark.parametrize(
    ("command", "url"),
    [
        ("serve", "nonsense"),
        ("serve", "postgres://a:secret@127.0.0.1:1/x"),
        ("migrate", "mysql://a:secret@b/c"),
        ("migrate", "postgres://a:secret@127.0.0.1:port/x"),
    ],
)
def test_a_broken_database_url_is_told_in_one_sentence(checkout: Checkout, command: str, url: str) -> None:
    done = checkout.run("manage.py", command, DATABASE_URL=url)
    assert (done.returncode, done.stdout) == (1, "")
    assert ["DATABASE_URL" in line and "error: " in line for line in done.stderr.splitlines()] == [True]
    assert "secret" not in done.stderr
