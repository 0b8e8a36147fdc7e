"""Celery's own programs, each a process of its own on the test database and a queue of the test's."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from celery import Celery
from django.conf import settings
from kombu import Connection

from tests.workers.waiting import wait_for

ENDING = 20
DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG


class Processes:
    """Workers and beat for one test. Whatever still runs at the end is killed, its queue deleted."""

    def __init__(self, environment: Mapping[str, str], logs: Path) -> None:
        self.environment = environment
        self.logs = logs
        self.started: list[subprocess.Popen[bytes]] = []
        self.url = environment["CELERY_BROKER_URL"]
        self.queue = environment["CELERY_TASK_DEFAULT_QUEUE"]

    def worker(self, processes: int = 1) -> "Worker":
        """A prefork worker that is ready to work."""
        words = ["worker", "-P", "prefork", "-c", str(processes), "-l", "INFO"]
        words += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = Worker(*self._start(words))
        assert wait_for(lambda: " ready." in worker.said()), worker.said()
        return worker

    def beat(self) -> None:
        """The scheduler."""
        self._start(["beat", "-l", "INFO", "-s", str(self.logs / "schedule"), "--pidfile="])

    def ring(self, task: str, times: int = 1) -> None:
        """Send messages as the application does."""
        quorum = self.url.startswith("amqp")
        with Celery("bell", set_as_current=False) as bell:
            bell.conf.update(
                broker_url=self.url,
                task_default_queue=self.queue,
                task_default_queue_type="quorum" if quorum else "classic",
                task_default_exchange_type="topic" if quorum else "direct",
            )
            for _ in range(times):
                bell.send_task(task)

    def end(self) -> None:
        """Kill what still runs, and leave nothing in the broker."""
        for process in self.started:
            kill(process)
        with Connection(self.url) as broker:
            channel = broker.default_channel
            channel.queue_delete(self.queue)
            if self.url.startswith("redis"):  # which has no exchanges, but keeps a note of each
                notes = (channel.keyprefix_queue, channel.keyprefix_binding_permanent)
                channel.client.delete(*(note % self.queue for note in notes))
            else:
                channel.exchange_delete(self.queue)

    def _start(self, words: list[str]) -> "tuple[subprocess.Popen[bytes], Path]":
        log = self.logs / f"{words[0]}-{len(self.started)}.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", "-A", "config", *words],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_the_test,  # noqa: PLW1509 - it starts before any thread of these tests
            )
        self.started.append(process)
        return process, log


class Worker:
    """A running worker, its children, and what it says."""

    def __init__(self, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.process = process
        self.log = log

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def done(self) -> int:
        """How many tasks have ended well."""
        return self.said().count("succeeded in")

    def kill(self) -> None:
        """SIGKILL to the worker and all its processes."""
        kill(self.process)

    def kill_children(self) -> None:
        """SIGKILL to the processes that do the work, as the kernel does when memory runs out."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        assert children, self.said()
        for pid in children:
            os.kill(int(pid), signal.SIGKILL)


def die_with_the_test() -> None:
    """Let the kernel kill this process when the run of the tests is killed and can no longer do so."""
    ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)


def kill(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(ENDING)
