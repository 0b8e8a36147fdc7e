"""Worker and beat inside the process that serves: only there does a broker in memory reach anybody."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from celery.beat import EmbeddedService, Scheduler
from django.conf import settings

from config.celery import app

STOP_SECONDS = 5


def local() -> bool:
    """Whether the broker lives in this process's memory, so that worker and beat must live here too."""
    return str(settings.CELERY_BROKER_URL).startswith("memory:")


@contextmanager
def running() -> Iterator[None]:
    """A worker (threads) and beat for as long as the block lasts; nothing where a real broker has its own workers.

    What is lost when they stop does no harm: the next sweep reads what is due from the database.
    """
    if not local():
        yield
        return
    worker = app.WorkController(pool="threads", concurrency=2)
    # The plain scheduler keeps no file: its one tick a minute needs no memory of an earlier life.
    beat = EmbeddedService(app, thread=True, scheduler_cls=Scheduler)
    consumer = threading.Thread(target=worker.start, name="worker", daemon=True)
    consumer.start()
    beat.start()
    app.send_task("appeals.tasks.sweep")  # what fell due while nothing ran need not wait for the first tick
    try:
        yield
    finally:
        # Together: each waits out its own sleep of up to a second.
        stopping = [threading.Thread(target=each.stop, daemon=True) for each in (beat, worker)]
        for thread in stopping:
            thread.start()
        for thread in stopping:
            thread.join(STOP_SECONDS)
