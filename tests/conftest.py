"""What every test may need: a PostgreSQL. It starts with the first test that asks for a database, not before."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, nullcontext
from inspect import signature
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from config.settings.database import database_at
from tests import database
from tests.bells import Bells, bells_in_memory
from tests.kept import back, forget_all, plainly
from tests.ledger_check import ledger_is_intact  # noqa: F401 - holds for every test that commits


@pytest.fixture(scope="session")
def database_url() -> Iterator[str]:
    """The server's address: DATABASE_URL when set, else the embedded server, which lives as long as the session."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    from config.local.postgres import running

    with running(passing=True) as url:
        os.environ["DATABASE_URL"] = url
        yield url
        del os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, database_url: str) -> None:
    """Settings were loaded before the server ran; nothing has connected yet, so the address can still be put in."""
    default = settings.DATABASES["default"]
    default.update(database_at(database_url))
    default["TEST"]["NAME"] = database.NAME


@pytest.fixture(scope="session")
def only_the_first_migrates(django_db_modify_db_settings: None) -> Iterator[Callable[[], None]]:
    """Until what it gives is called, the other processes of the run wait; they copy what the first has migrated."""
    with ExitStack() as waiting:
        waiting.enter_context(database.alone())
        database.drop_orphans()
        if database.PRISTINE in database.names():
            settings.DATABASES["default"]["TEST"]["TEMPLATE"] = database.PRISTINE
        yield waiting.close
    with database.alone():
        database.drop_unless_used()


@pytest.fixture(scope="session")
def django_db_setup(
    only_the_first_migrates: Callable[[], None], django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The migrated database, and a pristine copy of it for the tests that commit."""
    with django_db_blocker.unblock():
        database.keep_pristine()
        only_the_first_migrates()
    yield
    forget_all()


CHANGING = {"monkeypatch", "settings"}
"""What changes the program or its settings. Whoever is given one of these plays for himself from then on."""


def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> None:
    """So does a test with such a fixture of ours; what other fixtures played before it is the same as elsewhere.

    pytest-django asks for `monkeypatch` in every test, and changes nothing that a play could notice.
    """
    if CHANGING & set(fixturedef.argnames) and fixturedef.func.__module__.startswith("tests."):
        changed = ExitStack()
        changed.enter_context(plainly())
        request.node.addfinalizer(changed.close)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Iterator[None]:
    """A test's own body changes nothing before it runs: its fixtures have played as elsewhere."""
    with plainly() if CHANGING & set(signature(item.function).parameters) else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Whatever database and language a test was in, the next one begins in the process's own."""
    yield
    back()
    translation.deactivate()


BROKERS = {
    "RabbitMQ": ("amqp://guest:guest@127.0.0.1:5672//", 5672),
    "Redis": ("redis://127.0.0.1:6379/15", 6379),
}


@pytest.fixture(params=BROKERS)
def broker_url(request: pytest.FixtureRequest) -> str:
    """Each real broker that answers on its standard local port; the test is skipped where it does not."""
    url, port = BROKERS[request.param]
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        pytest.skip(f"{request.param} is absent")
    return url


@pytest.fixture
def bells() -> Iterator[Bells]:
    """A broker in memory of this test's own, which tells what has been rung for."""
    with bells_in_memory() as found:
        yield found


LONG = {"blindness", "browser", "config", "proof", "races", "rehearsal", "workers"}
"""Folders of tests that take long, or wait for servers and browsers."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of real services run only when they are asked for by `-m`: elsewhere no service is needed.

    Files that take long stand early and among the others, so that no process waits for the last of them.
    """
    if "services" in config.getoption("markexpr"):
        return
    asked = [item for item in items if "services" not in item.keywords]
    config.hook.pytest_deselected(items=[item for item in items if "services" in item.keywords])
    files = list(dict.fromkeys(item.path for item in asked))
    long = [path for path in files if path.relative_to(config.rootpath).parts[1] in LONG]
    place = {path: 2 * number for number, path in enumerate(long)}
    place |= {path: number for number, path in enumerate(path for path in files if path not in place)}
    items[:] = sorted(asked, key=lambda item: place[item.path])


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: nothing looks through it again and again for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
