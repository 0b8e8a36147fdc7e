"""Finds and stops the processes of one PostgreSQL data folder; as a program, waits until nobody uses it and stops it.

Standard library only, and run by its path: it must start in a moment and owe nothing to the process that it outlives.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

SOCKETS = "simsa-socket-"


def processes(folder: Path) -> tuple[set[int], set[int]]:
    """The servers started on this data folder, and the processes that they left or still have in it.

    Told by command line and working folder, never by a pid file: a number may have passed to another process, and a
    killed server that nobody has reaped still answers to `kill -0`.
    """
    if not Path("/proc/self/cmdline").exists():
        return _servers_by_ps(folder), set()
    servers, others = set(), set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().split(b"\0")
            if os.fsencode(folder) in words and Path(os.fsdecode(words[0])).name == "postgres":
                servers.add(int(entry.name))
            elif words[0].startswith(b"postgres") and (entry / "cwd").readlink() == folder:
                others.add(int(entry.name))
    return servers, others


def _servers_by_ps(folder: Path) -> set[int]:
    listing = subprocess.run(["ps", "-axww", "-o", "pid=,command="], capture_output=True, text=True, check=True).stdout
    lines = (line.split(None, 1) for line in listing.splitlines())
    return {int(pid) for pid, command in lines if f"postgres -D {folder} " in command}


def stop(folder: Path) -> None:
    """End whatever runs on this folder: first as PostgreSQL asks (fast, then immediate), at last by force."""
    socket = socket_folder(folder)
    for number, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        servers, others = processes(folder)
        # The server's children take their orders from it; a signal of ours means other things to them.
        _signal(servers | others if number == signal.SIGKILL else servers, number)
        if _gone(folder, seconds if servers else 1):
            break
    if socket and socket.name.startswith(SOCKETS):
        shutil.rmtree(socket, ignore_errors=True)


def socket_folder(folder: Path) -> Path | None:
    """Where the running server says it listens; None when it is not this folder's (a copied project) or not there."""
    try:
        lines = (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    # The fifth line stands empty until the server listens.
    known = len(lines) > 4 and lines[1] == str(folder) and lines[4].startswith("/")  # noqa: PLR2004
    return Path(lines[4]) if known else None


def _signal(pids: set[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _gone(folder: Path, seconds: int) -> bool:
    until = time.monotonic() + seconds
    while any(processes(folder)):
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def main(users: str, folder: str, guard: int) -> None:
    """Hold the guardian's lock (inherited), wait for the last user, stop the server."""
    with Path(users).open("rb") as lock:
        # Every user holds this lock shared for its life, and the kernel lets go of it also after `kill -9`.
        fcntl.flock(lock, fcntl.LOCK_EX)
        stop(Path(folder))
        # In this order: whoever is let in next must see that no guardian is there any more.
        os.close(guard)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
