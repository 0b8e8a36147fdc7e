"""An exported archive unpacked, and its program run as a stranger runs it."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from django.core.management import call_command

from evaluation.operations.entries import withdraw
from evaluation.verbs import BREAK_TIE
from tests.story import NOW, Story, told


def ordered() -> Story:
    """b fails the gate, d and e share a rank that officials have ordered, and c has withdrawn."""
    story = told(seats=3).open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 60}, failed=["b"])
    withdraw(story.entry("c"), reason="사정", actor=story.actor("official-1"), now=NOW)
    story.decide(BREAK_TIE, order=["e", "d"])
    return story.announce()


def unpacked(story: Story, folder: Path, *which: str) -> Path:
    call_command("export_round", story.round.code, "--out", str(folder / "round.zip"), *which, stdout=io.StringIO())
    place = folder / "-".join(("round", *which))
    with zipfile.ZipFile(folder / "round.zip") as archive:
        archive.extractall(place)
    return place


def said(folder: Path, *place: str) -> tuple[int, list[str]]:
    """What the program of the archive says, run by itself with nothing of the project in reach."""
    run = subprocess.run(
        [sys.executable, "-I", "verify.py", *place],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    return run.returncode, [*run.stdout.splitlines(), *run.stderr.splitlines()]


def verified(folder: Path) -> tuple[int, str]:
    """Its verdict alone."""
    code, lines = said(folder)
    return code, lines[0]
