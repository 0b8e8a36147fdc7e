"""Another broker under the application's own settings, and what has been rung for on it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from celery import Celery
from django.conf import settings
from kombu import Connection
from kombu.message import Message

from config.celery import app


@contextmanager
def broker(url: str, **options: object) -> Iterator[Celery]:
    """Another broker for the block, under the application's own settings."""
    other = Celery("elsewhere", set_as_current=False)
    other.config_from_object("django.conf:settings", namespace="CELERY")
    other.conf.update(broker_url=url, task_default_queue_type="classic", broker_transport_options=options)
    other.set_current()
    try:
        yield other
    finally:
        app.set_current()
        other.close()


class Bells:
    """What has been rung for, read from the broker."""

    def __init__(self, other: Celery) -> None:
        self.queue = f"bells-{time.monotonic_ns()}"
        self.url = other.conf.broker_url
        other.conf.task_default_queue = self.queue

    def rung(self) -> list[list[int]]:
        """The arguments of the messages that have come since last asked."""
        return [message.payload[0] for message in self._come()]

    def jobs(self) -> list[str]:
        """The jobs that have been rung for since last asked, by their names."""
        return [message.headers["task"] for message in self._come()]

    def _come(self) -> list[Message]:
        found = []
        with Connection(self.url) as connection, connection.SimpleQueue(self.queue) as queue:
            while True:
                try:
                    message = queue.get(block=False)
                except queue.Empty:
                    return found
                message.ack()
                found.append(message)


@contextmanager
def bells_in_memory() -> Iterator[Bells]:
    """A broker in memory for the block."""
    with broker(f"memory://{time.monotonic_ns()}", **settings.CELERY_BROKER_TRANSPORT_OPTIONS) as other:
        yield Bells(other)
