"""The embedded PostgreSQL: one server per checkout, shared by every process that needs it, gone with the last of them.

Whoever uses the server holds the lock `users` shared for its life. Starting is serialised by the lock `starting`. A
guardian waits for `users` exclusively and stops the server when it is granted: the kernel frees a lock however its
holder ends, so nothing is left behind by Ctrl-C, SIGTERM or `kill -9`. The guardian's own lock shows that it lives;
whoever joins a server without one starts one.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from bootstrap import ROOT, Problem
from config.local import guardian
from config.local.place import SHORT, Place, find

NAME = "simsa"
START_SECONDS = 60
# What is gone in minutes is neither kept through a power cut nor tidied.
PASSING = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
SOCKET_BYTES = 103 - len("/.s.PGSQL.5432")


@contextmanager
def running(*, passing: bool = False) -> Iterator[str]:
    """A DATABASE_URL that answers as long as the block lasts: joins the running server or starts it.

    What is passing has a server of its own that does not wait for the disk: a power cut may take all it holds.
    """
    place = find(passing=passing)
    me = os.getpid()
    with _lock(place, "users") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            with _lock(place, "starting") as starting:
                fcntl.flock(starting, fcntl.LOCK_EX)
                # The guardian comes first: from here on nothing can be left behind, whatever happens to us.
                watcher = _guard(place)
                server = None if _answers(place) else _start(place, PASSING if passing else {})
            yield _url(place)
        finally:
            if os.getpid() == me:  # not in a forked child: the lock is its parent's
                _leave(place, users)
    del watcher, server


@contextmanager
def _lock(place: Place, name: str) -> Iterator[IO[bytes]]:
    path = place.home / name
    try:
        number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        if place.owner and os.fstat(number).st_uid == 0:
            place.give(path)
    except OSError as error:
        raise Problem(
            f"{path}에 쓸 수 없습니다({error.strerror}). 폴더 소유자 계정으로 실행하십시오.",
            f"cannot write {path} ({error.strerror}); run it as the folder's owner.",
        ) from None
    with os.fdopen(number, "r+b") as lock:
        yield lock


def _guard(place: Place) -> "subprocess.Popen[bytes] | None":
    with _lock(place, "guardian") as guard:
        try:
            fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None
        # It inherits the lock, so there is no moment at which it lives and does not hold it.
        command: list[str | Path] = [
            sys.executable,
            "-I",
            "-S",
            guardian.__file__,
            place.home / "users",
            place.data,
            str(guard.fileno()),
        ]
        return _detached(command, pass_fds=[guard.fileno()])


def _detached(command: list[str | Path], **options: object) -> "subprocess.Popen[bytes]":
    """A process that a terminal's Ctrl-C and the end of ours do not reach."""
    silent = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd="/", start_new_session=True, **{**silent, **options})  # type: ignore[call-overload,no-any-return]


def _start(place: Place, given: dict[str, str]) -> "subprocess.Popen[bytes]":
    guardian.stop(place.data)  # whatever an earlier life left half alive
    (place.data / "postmaster.pid").unlink(missing_ok=True)
    _clear(place)
    if not place.data.exists():
        _initialise(place)
    socket = _socket_folder(place)
    log = place.home / "log"
    with suppress(FileNotFoundError):
        log.replace(place.home / "log.before")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": f'"{socket}"',
        "unix_socket_permissions": "0700",
        "max_connections": "200",
        "timezone": "UTC",
        "log_timezone": "UTC",
        **given,
    }
    command: list[str | Path] = [place.binaries / "postgres", "-D", place.data]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with log.open("wb") as output:
        server = _detached(command, stdout=output, stderr=output, env=_environment(), **place.run_as)
    until = time.monotonic() + START_SECONDS
    while not _answers(place):
        if server.poll() is not None or time.monotonic() > until:
            raise _failed("시작", "start", log.read_text(errors="replace"), log)
        time.sleep(0.03)
    return server


def _clear(place: Place) -> None:
    if not place.kept:
        shutil.rmtree(place.data, ignore_errors=True)


def _environment() -> dict[str, str]:
    # Nothing of the caller's PG* variables or locale may change the server.
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}


def _initialise(place: Place) -> None:
    """Made beside and renamed, so that a start killed in the middle leaves no half of a database."""
    part = place.home / "data.part"
    shutil.rmtree(part, ignore_errors=True)
    if place.kept and place.home.parent != ROOT / "var":
        print(f"데이터 위치: {place.home} / Data is kept in {place.home}", file=sys.stderr)
    command: list[str | Path] = [
        place.binaries / "initdb",
        "-D",
        part,
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
    ]
    # One locale everywhere, so that every machine sorts alike.
    command += ["--locale=C.UTF-8", "--no-instructions"]
    done = subprocess.run(
        command, cwd="/", capture_output=True, text=True, check=False, env=_environment(), **place.run_as
    )
    if done.returncode != 0:
        raise _failed("초기화", "initialise", done.stderr, place.home)
    part.rename(place.data)


def _failed(korean: str, english: str, output: str, where: Path) -> Problem:
    last = (output.strip().splitlines() or ["no message"])[-1]
    return Problem(f"PostgreSQL {korean}에 실패했습니다({where}).", f"PostgreSQL could not {english} ({where}): {last}")


def _socket_folder(place: Place) -> Path:
    folder = place.home / "socket"
    if len(os.fsencode(folder)) > SOCKET_BYTES:
        folder = Path(tempfile.mkdtemp(prefix=guardian.SOCKETS, dir=SHORT))
    else:
        shutil.rmtree(folder, ignore_errors=True)  # a stale lock file in it may name a living stranger's number
        folder.mkdir(mode=0o700)
    place.give(folder)
    return folder


def _answers(place: Place) -> bool:
    socket = guardian.socket_folder(place.data)
    if socket is None:
        return False
    try:
        with psycopg.connect(
            host=str(socket), port=5432, user="postgres", dbname="postgres", autocommit=True, connect_timeout=10
        ) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {NAME}")
    except psycopg.OperationalError:
        return False
    return True


def _url(place: Place) -> str:
    return f"postgres://postgres@:5432/{NAME}?host={quote(str(guardian.socket_folder(place.data)), safe='')}"


def _leave(place: Place, users: IO[bytes]) -> None:
    fcntl.flock(users, fcntl.LOCK_UN)
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        # Somebody else uses it, and this is granted at once; or the guardian is stopping it, and this waits for that.
        fcntl.flock(users, fcntl.LOCK_SH)
        return
    guardian.stop(place.data)
    _clear(place)
    fcntl.flock(users, fcntl.LOCK_UN)
    _await_guardian(place)


def _await_guardian(place: Place) -> None:
    """Return when the guardian has gone too, or after a second: somebody who joined meanwhile keeps it."""
    until = time.monotonic() + 1
    with _lock(place, "starting") as starting, _lock(place, "guardian") as guard:
        fcntl.flock(starting, fcntl.LOCK_EX)  # nobody may take our question for a living guardian
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(0.01)
