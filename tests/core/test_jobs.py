"""Jobs are rung after commit, once, and never at the cost of the decision that rings."""

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from celery import current_app
from django.conf import settings
from django.db import transaction

from core.jobs import ring
from evaluation.models import StaleMark
from evaluation.operations.figures import record_points
from tests.bells import broker
from tests.story import told

TASK = "test.job"


def test_tests_ring_in_memory():
    assert current_app.connection_for_write().as_uri().startswith("memory://")


@pytest.mark.django_db(transaction=True)
def test_not_rung_before_the_commit(bells):
    with transaction.atomic():
        ring(TASK, 1)
        assert bells.rung() == []


@pytest.mark.django_db(transaction=True)
def test_rung_after_the_commit(bells):
    with transaction.atomic():
        ring(TASK, 1)

    assert bells.rung() == [[1]]


@pytest.mark.django_db(transaction=True)
def test_not_rung_after_a_rollback(bells):
    with transaction.atomic():
        ring(TASK, 1)
        transaction.set_rollback(True)

    assert bells.rung() == []


@pytest.mark.django_db(transaction=True)
def test_what_a_savepoint_took_back_is_not_rung(bells):
    with transaction.atomic():
        with transaction.atomic():
            ring(TASK, 1)
            transaction.set_rollback(True)
        ring(TASK, 2)

    assert bells.rung() == [[2]]


@pytest.mark.django_db(transaction=True)
def test_many_rings_of_a_transaction_are_one(bells):
    with transaction.atomic():
        for _ in range(50):
            with transaction.atomic():
                ring(TASK, 1)
            ring(TASK, 2)

    assert bells.rung() == [[1], [2]]


@pytest.mark.django_db(transaction=True)
def test_a_ring_after_one_that_was_taken_back_is_rung(bells):
    with transaction.atomic():
        with transaction.atomic():
            ring(TASK, 1)
            transaction.set_rollback(True)
        ring(TASK, 1)

    assert bells.rung() == [[1]]


@pytest.mark.django_db(transaction=True)
def test_the_next_transaction_rings_again(bells):
    for _ in range(2):
        with transaction.atomic():
            ring(TASK, 1)

    assert bells.rung() == [[1], [1]]


@pytest.mark.django_db(transaction=True)
def test_whether_another_ring_will_do_is_asked_after_the_commit(bells):
    asked = []
    for others in (True, False):
        with transaction.atomic():
            ring(TASK, int(others), needless=lambda others=others: bool(asked.append(others)) or others)
            assert asked == [True][: not others]

    assert (asked, bells.rung()) == ([True, False], [[0]])


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mute_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


REDIS = {"max_retries": 0, "socket_connect_timeout": 2, "socket_timeout": 2}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("scheme", "options"), [("amqp", settings.CELERY_BROKER_TRANSPORT_OPTIONS), ("redis", REDIS)], ids=["amqp", "redis"]
)
@pytest.mark.parametrize("mute", [False, True], ids=["refusing", "mute"])
def test_a_broker_that_is_away_neither_undoes_nor_delays_the_input(scheme, options, mute, caplog):
    story = told().open()
    marks = StaleMark.objects.count()
    caplog.set_level(logging.WARNING, logger="core.jobs")
    with mute_port() as mute_one, broker(f"{scheme}://127.0.0.1:{mute_one if mute else free_port()}//", **options):
        began = time.monotonic()
        record_points(
            story.entry("a"),
            criterion=story.criterion("bench"),
            points=Decimal(30),
            actor=story.actor("official-1"),
            now=story.now + timedelta(minutes=1),  # nobody has heard of the round's opening either
        )
        took = time.monotonic() - began

    assert StaleMark.objects.count() == marks + 1
    assert [record.message for record in caplog.records if record.name == "core.jobs"] == [
        f"could not ring for evaluation.tasks.recompute({story.round.pk},): the sweep will find the work"
    ]
    assert took < 3


def test_every_thread_rings_for_the_same_application():
    seen = []
    thread = threading.Thread(target=lambda: seen.append(current_app.main))
    thread.start()
    thread.join()

    assert seen == ["simsa"]
