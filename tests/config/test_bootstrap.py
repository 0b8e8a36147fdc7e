"""The first start on a bare machine: what is installed when, and what a person is told when it cannot be."""

import os
import pwd
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.checkout import ROOT

# Found where the system keeps it: with nothing of the project's own environment.
PYTHON = shutil.which("python3", path="/usr/bin:/usr/local/bin") or sys.executable
FILES = ("manage.py", "bootstrap.py", "pyproject.toml", "uv.lock")
CLOSED = "http://127.0.0.1:1"
UNREACHABLE = {
    **dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "UV_DEFAULT_INDEX", "PIP_INDEX_URL"), CLOSED),
    "UV_HTTP_RETRIES": "0",
    "UV_NO_CONFIG": "1",
    "PIP_CONFIG_FILE": "/dev/null",
    "PIP_NO_CACHE_DIR": "1",
}
# Stands for uv: notes its words and makes an environment whose python only says what it would run.
UV = """#!/bin/sh
echo "$*" >> "$NOTES"
mkdir -p .venv/bin
printf '#!/bin/sh\\necho "$@"\\n' > .venv/bin/python
chmod +x .venv/bin/python
"""


@pytest.fixture
def bare(folder: Path) -> Path:
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def run(bare: Path, *words: str, path: str, **options: object) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": path, "HOME": str(bare), "NOTES": str(bare / "notes"), **UNREACHABLE}
    environment |= {"UV_CACHE_DIR": str(bare / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [PYTHON, "manage.py", *words], cwd=bare, env=environment, capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload]


def sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """The one sentence that was told; the exit code says that it is one of failure."""
    assert (done.returncode, done.stdout) == (1, "")
    told = [line for line in done.stderr.splitlines() if "Installing" not in line]
    assert len(told) == 1
    assert told[0].startswith("오류: ")
    return told[0].partition("/ error: ")[2]


def test_packages_are_installed_once_and_the_tests_own_only_for_the_tests(bare: Path) -> None:
    tools = bare / "bin"
    tools.mkdir()
    (tools / "uv").write_text(UV)
    (tools / "uv").chmod(0o755)
    path = f"{tools}:/usr/bin:/bin"
    ended = [run(bare, *words, path=path) for words in (["check"], ["check"], ["test", "-x"], ["test"], ["check"])]
    assert [done.stdout for done in ended] == [
        "manage.py check\n", "manage.py check\n", "manage.py test -x\n", "manage.py test\n", "manage.py check\n"
    ]  # fmt: skip
    notes = (bare / "notes").read_text().splitlines()
    assert [("--frozen" in note, "--no-dev" in note, "--python" in note) for note in notes] == [
        (True, True, True),
        (True, False, False),
    ]
    (bare / "uv.lock").write_text("changed")
    run(bare, "check", path=path)
    assert len((bare / "notes").read_text().splitlines()) == 3


def test_without_network_one_sentence_says_so_with_uv(bare: Path) -> None:
    uv = shutil.which("uv") or shutil.which("uv", path=str(ROOT / ".tools" / "bin"))
    if uv is None:
        pytest.skip("no uv on this machine")
    told = sentence(run(bare, "serve", path=f"{Path(uv).parent}:/usr/bin:/bin"))
    assert told.startswith("the packages could not be installed; check the network")


def test_without_network_one_sentence_says_so_without_uv(bare: Path) -> None:
    told = sentence(run(bare, "serve", path="/usr/bin:/bin"))
    assert told.startswith("the packages could not be installed; check the network")


def test_a_folder_without_write_permission_is_told(bare: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    options = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    bare.chmod(0o555)
    told = sentence(run(bare, "serve", path="/usr/bin:/bin", **options))
    bare.chmod(0o755)
    assert told.startswith(f"cannot write in the folder {bare}")


def test_an_older_python_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(ROOT / "manage.py"), run_name="__main__")
    assert end.value.code == 1
    assert capsys.readouterr().err.endswith("error: Python 3.11 or later is needed.\n")
