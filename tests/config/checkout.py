"""A copy of the project in a folder of its own, run as people run it: by real processes that really end."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = (".*", "var", "__pycache__", "tests", "bench", "docs")
OWN = ("DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "PG_BIN")
HOLD = """
import sys
from config.local.postgres import running
with running() as url:
    print(url, flush=True)
    sys.stdin.read()
"""


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(condition: Callable[[], Any], seconds: int = 60) -> Any:
    """What `condition` gives as soon as it is true; what it gave last when the time is over."""
    until = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < until:
        time.sleep(0.02)
    return found


@dataclass
class Checkout:
    """The folder, and how its programs are started."""

    folder: Path
    python: str = sys.executable
    options: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def copy(cls, folder: Path) -> "Checkout":
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
        folder.chmod(0o755)
        return cls(folder)

    def start(self, *words: str, **environment: str) -> "subprocess.Popen[str]":
        """A program in the background, with pipes to all its ends."""
        known = {name: value for name, value in os.environ.items() if name not in OWN}
        return subprocess.Popen(
            [self.python, *words], cwd=self.folder, env={**known, **environment}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            # Whoever starts the tests in the background of a shell has them ignore Ctrl-C, and so would this program.
            preexec_fn=_heed_interrupts, **self.options,  # noqa: PLW1509 - no threads here
        )  # fmt: skip

    def run(self, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        """A program to its end."""
        process = self.start(*words, **environment)
        output, errors = process.communicate(timeout=60)
        return subprocess.CompletedProcess(words, process.returncode, output, errors)

    @contextmanager
    def user(self) -> Iterator[tuple["subprocess.Popen[str]", str]]:
        """A process that uses the server until its input ends; with the address that it was given."""
        process = self.start("-c", HOLD)
        url = process.stdout.readline().strip()  # type: ignore[union-attr]
        # An empty address would reach whatever server the machine has.
        assert url, process.communicate()[1]
        try:
            yield process, url
        finally:
            process.communicate()

    def pids(self, word: str = "") -> set[int]:
        """The processes that name this folder on their command line (and that word)."""
        found = set()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                except OSError:
                    continue
                if f"{self.folder}/" in line and word in line:
                    found.add(int(entry.name))
        return found

    def kill(self, word: str = "") -> None:
        """`kill -9` for all of them."""
        for pid in self.pids(word):
            os.kill(pid, signal.SIGKILL)

    def empty(self) -> bool:
        """Whether nothing runs here within a few seconds."""
        return bool(wait_for(lambda: not self.pids()))
