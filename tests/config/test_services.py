"""The same code with separate processes on a real PostgreSQL and a real broker."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import quote

import kombu
import pytest
from django.db import connection

from core.models import Pulse
from tests.config.checkout import ROOT, wait_for


def address() -> str:
    """The test database as a DATABASE_URL, for a process of its own."""
    known = connection.get_connection_params()
    host = quote(str(known["host"]), safe="")
    password = quote(str(known.get("password") or ""), safe="")
    return f"postgres://{known['user']}:{password}@:{known.get('port') or 5432}/{known['dbname']}?host={host}"


@pytest.fixture
def outside(transactional_db: None, broker_url: str) -> Iterator[dict[str, str]]:
    """The environment of processes of their own on the test database and on a queue of this run's."""
    connection.ensure_connection()
    queue = f"test-{os.getpid()}"
    named = {"DATABASE_URL": address(), "CELERY_BROKER_URL": broker_url, "CELERY_TASK_DEFAULT_QUEUE": queue}
    yield {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", **named}
    with kombu.Connection(broker_url) as broker:
        broker.default_channel.queue_delete(queue)


@pytest.mark.services
def test_a_tick_reaches_a_worker_of_its_own_through_a_real_broker(outside: dict[str, str]) -> None:
    words = ["-m", "celery", "-A", "config", "worker", "-c", "1", "--without-mingle", "-l", "WARNING"]
    worker = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=outside)
    try:
        send = "from config.celery import app; app.send_task('appeals.tasks.sweep')"
        subprocess.run([sys.executable, "-c", send], cwd=ROOT, env=outside, check=True)
        assert wait_for(lambda: Pulse.objects.filter(name="sweep").exists(), 30)
        assert worker.poll() is None
    finally:
        worker.terminate()
        worker.wait(timeout=30)


@pytest.mark.services
@pytest.mark.django_db
def test_the_server_is_one_of_the_versions_promised() -> None:
    connection.ensure_connection()
    assert 150_000 <= connection.connection.info.server_version < 190_000
