"""Brings the locked packages to a machine that has only python3 and pip, then starts again among them.

Standard library only: when this runs, nothing else is installed yet.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "simsa-stamp"


class Problem(Exception):  # noqa: N818  (told to a person; not every problem is an error of the program)
    """What only the person at the keyboard can change: told in one sentence, in Korean and in English."""

    def __init__(self, korean: str, english: str) -> None:
        super().__init__(f"오류: {korean} / error: {english}")


def enter(*, dev: bool) -> None:
    """Return inside the project's environment with the packages of uv.lock, installing them first when needed."""
    if not _ready(dev=dev):
        with _alone():
            if not _ready(dev=dev):
                _install(dev=dev)
    if not _inside() and not _chosen(dev=dev):
        python = str(VENV / "bin" / "python")
        sys.stderr.flush()
        try:
            os.execv(python, [python, *sys.argv])  # noqa: S606
        except OSError as error:
            raise Problem(
                f"실행할 수 없습니다: {python}({error.strerror}).", f"cannot run {python} ({error.strerror})."
            ) from None


def _inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _chosen(*, dev: bool) -> bool:
    # An environment that somebody made himself (uv run, an image, an activated one) is used as it is.
    if sys.prefix == sys.base_prefix or importlib.util.find_spec("django") is None:
        return False
    return not dev or importlib.util.find_spec("pytest") is not None


def _ready(*, dev: bool) -> bool:
    if not STAMP.exists() or not (VENV / "bin" / "python").exists():
        return _chosen(dev=dev)
    return STAMP.read_text() in {_stamp(dev=True), _stamp(dev=dev)}


def _stamp(*, dev: bool) -> str:
    return hashlib.sha256((ROOT / "uv.lock").read_bytes()).hexdigest() + (" dev" if dev else "")


@contextmanager
def _alone() -> Iterator[None]:
    """Two first starts at once must not install over each other."""
    try:
        TOOLS.mkdir(exist_ok=True)
        lock = (TOOLS / "lock").open("w")
    except OSError as error:
        raise Problem(
            f"{ROOT} 폴더에 쓸 수 없습니다({error.strerror}). 쓰기 권한이 있는 폴더에서 실행하십시오.",
            f"cannot write in the folder {ROOT} ({error.strerror}); run it in a folder you may write in.",
        ) from None
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _install(*, dev: bool) -> None:
    sys.stderr.write("uv.lock의 패키지를 설치합니다. / Installing the packages of uv.lock.\n")
    sys.stderr.flush()
    # `--inexact`: a start for use must not take away what a developer's tests need.
    command = [_uv(), "sync", "--frozen", "--inexact", "--project", str(ROOT)]
    if not dev:
        command.append("--no-dev")
    if not (VENV / "bin" / "python").exists():
        command += ["--python", sys.executable]
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}
    environment.pop("VIRTUAL_ENV", None)
    _run(command, environment)
    STAMP.write_text(_stamp(dev=dev))


def _uv() -> str:
    found = shutil.which("uv") or shutil.which("uv", path=str(TOOLS / "bin"))
    if found:
        return found
    # Debian refuses both `pip install` into the system and `python3 -m venv`; a folder of our own is allowed.
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-warn-script-location",
    ]
    _run([*pip, "--retries", "2", "--upgrade", "--target", str(TOOLS), "uv"], dict(os.environ))
    return str(TOOLS / "bin" / "uv")


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603  (our own words)
            command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        cause = "" if done.returncode == 0 else _last_line(done.stderr)
    except OSError as error:
        cause = str(error)
    if cause:
        raise Problem(
            "패키지를 설치하지 못했습니다. 네트워크(또는 패키지 색인)와 쓰기 권한을 확인하십시오.",
            f"the packages could not be installed; check the network (or package index) and write permission: {cause}",
        )


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
