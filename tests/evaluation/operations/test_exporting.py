"""A published result in one archive, and a stranger's program that computes it again."""

import io
import json
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from evaluation.models import Snapshot
from evaluation.operations.entries import withdraw
from evaluation.operations.exporting import export_round
from evaluation.operations.figures import record_responses
from evaluation.verbs import BREAK_TIE, CORRECT
from tests.evaluation.operations.corrections import points, responses
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


def verified(folder: Path) -> tuple[int, str]:
    """The program of the archive, run by itself with nothing of the project in reach."""
    run = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    return run.returncode, run.stdout.strip() or run.stderr


def unpacked(story: Story, folder: Path) -> Path:
    call_command("export_round", story.round.code, "--out", str(folder / "round.zip"), stdout=io.StringIO())
    with zipfile.ZipFile(folder / "round.zip") as archive:
        archive.extractall(folder / "round")
    return folder / "round"


@pytest.fixture
def story() -> Story:
    """b fails the gate, d and e share a rank that officials have ordered, and c has withdrawn."""
    story = told(seats=3).open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 60}, failed=["b"])
    withdraw(story.entry("c"), reason="사정", actor=story.actor("official-1"), now=NOW)
    story.decide(BREAK_TIE, order=["e", "d"])
    return story.announce()


def test_the_archive_recomputes_itself(story: Story, tmp_path: Path):
    folder = unpacked(story, tmp_path)
    assert verified(folder) == (0, "Everything agrees.")
    assert len((folder / "verify.py").read_text(encoding="utf-8").splitlines()) < 200
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())
    assert not [name for name in ("expert-", "official-", "-lead", "팀 a") if name in text]
    assert json.loads((folder / "snapshot.json").read_text())["digest"] == Snapshot.objects.get().digest


@pytest.mark.parametrize(
    ("file", "change", "found"),
    [
        ("inputs/points.csv", ("a,bench,40", "a,bench,39"), "DIFFERS: the digest of the inputs\nDIFFERS: a: total"),
        ("inputs/verdicts.csv", ("b,originality,failed", "b,originality,passed"), "DIFFERS: b: outcome"),
        ("inputs/decided.json", ('"withdrawn": [\n  "c"\n ]', '"withdrawn": []'), "DIFFERS: c: rank"),
        ("snapshot.json", ('"rank": 1,', '"rank": 2,'), "DIFFERS: a: rank"),
        ("rules.json", ('"seats":3', '"seats":1'), "DIFFERS: e: outcome"),
    ],
)
def test_whatever_is_changed_is_found(story: Story, tmp_path: Path, file: str, change: tuple[str, str], found: str):
    folder = unpacked(story, tmp_path)
    text = (folder / file).read_text(encoding="utf-8")
    assert change[0] in text
    (folder / file).write_text(text.replace(*change, 1), encoding="utf-8")
    code, said = verified(folder)
    assert code == 1
    assert all(line in said.splitlines() for line in found.splitlines())


def test_after_a_correction_the_newest_result_is_exported(story: Story, tmp_path: Path):
    story.decide(CORRECT, corrections=[points("a", "38")])
    folder = unpacked(story, tmp_path)
    assert json.loads((folder / "snapshot.json").read_text())["number"] == 2
    assert verified(folder) == (0, "Everything agrees.")


def test_responses_of_an_excluded_batch_are_not_in_it(tmp_path: Path):
    story = told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})
    record_responses(
        story.entry("b"),
        criterion=story.criterion("user"),
        marks=[Decimal("24.75")],
        batch="잘못",
        actor=story.actor("official-1"),
        now=NOW,
    )
    story.announce()
    assert "24.75" in (unpacked(story, tmp_path) / "inputs" / "responses.csv").read_text(encoding="utf-8")
    story.decide(CORRECT, corrections=[responses("b", "잘못")])
    folder = unpacked(story, tmp_path)
    assert verified(folder) == (0, "Everything agrees.")
    table = (folder / "inputs" / "responses.csv").read_text(encoding="utf-8")
    assert (len(table.splitlines()), "24.75" in table) == (3, False)


def test_before_an_announcement_there_is_nothing_to_export(tmp_path: Path):
    story = told().open()
    with refused("wrong_state"):
        export_round(story.round, io.BytesIO(), actor=SYSTEM, now=NOW)
    with unchanged(), pytest.raises(CommandError, match="아직 발표한 결과가 없습니다"):
        unpacked(story, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "a-lead", "operator-1"])
def test_others_export_nothing(story: Story, who: str):
    with refused("not_allowed"):
        export_round(story.round, io.BytesIO(), actor=story.actor(who), now=NOW)
