"""A published result in one archive, and a stranger's program that computes it again."""

import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError

from evaluation.models import Snapshot
from evaluation.operations.exporting import export_round
from evaluation.operations.figures import record_responses
from evaluation.verbs import BREAK_TIE, CORRECT
from tests.appeals.after import DAY
from tests.evaluation.operations.archives import ordered, unpacked, verified
from tests.evaluation.operations.corrections import corrected, gate, measured, points, responses, sheet, value
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return ordered()


def test_the_archive_recomputes_itself(story: Story, tmp_path: Path):
    folder = unpacked(story, tmp_path)
    assert verified(folder) == (0, "Everything agrees.")
    assert len((folder / "verify.py").read_text(encoding="utf-8").splitlines()) < 200
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file())
    assert not [name for name in ("expert-", "official-", "-lead", "팀 a") if name in text]
    assert json.loads((folder / "snapshot.json").read_text())["digest"] == Snapshot.objects.get().digest


def test_after_a_correction_the_newest_result_is_exported(story: Story, tmp_path: Path):
    story.decide(CORRECT, corrections=[points("a", "38")])
    folder = unpacked(story, tmp_path)
    assert json.loads((folder / "snapshot.json").read_text())["number"] == 2
    assert verified(folder) == (0, "Everything agrees.")


def test_an_older_result_is_exported_with_its_inputs_as_they_were(tmp_path: Path):
    story = measured()
    corrected(story, value("a", "m1", "21"), sheet("expert-1", "a"), gate("b", "failed"))
    replaced = {"replace_sheet": {"person": "expert-2", "team": "b", "points": {"expert": "30"}}}
    corrected(story, value("a", "m1", "22"), replaced, gate("b", "passed"), now=NOW + 2 * DAY)
    folders = {number: unpacked(story, tmp_path, "--snapshot", str(number)) for number in (1, 2, 3)}
    assert {number: verified(folder) for number, folder in folders.items()} == dict.fromkeys(
        folders, (0, "Everything agrees.")
    )
    told = {
        number: [
            json.loads((folder / "snapshot.json").read_text())["number"],
            lines(folder, "measurements", "a,bench,m1,"),
            lines(folder, "verdicts", "b,"),
            len(lines(folder, "sheets", ",a,expert,")),
            len(lines(folder, "sheets", ",b,expert,30")),
        ]
        for number, folder in folders.items()
    }
    assert told == {
        1: [1, ["a,bench,m1,20"], ["b,originality,passed"], 3, 0],
        2: [2, ["a,bench,m1,21"], ["b,originality,failed"], 2, 0],
        3: [3, ["a,bench,m1,22"], ["b,originality,passed"], 2, 1],
    }


def test_an_older_result_is_exported_without_an_order_that_a_correction_gave(tmp_path: Path):
    story = told(seats=1).open().score_all({"a": 90, "b": 90, "c": 80, "d": 70, "e": 60})
    story.decide(BREAK_TIE, order=["a", "b"])
    story.announce()
    corrected(story, {"break_tie": {"order": ["b", "a"]}})
    folders = [unpacked(story, tmp_path, "--snapshot", number) for number in ("1", "2")]
    assert [verified(folder) for folder in folders] == [(0, "Everything agrees.")] * 2
    orders = [json.loads((folder / "inputs" / "decided.json").read_text())["orders"] for folder in folders]
    assert orders == [[["a", "b"]], [["a", "b"], ["b", "a"]]]


def lines(folder: Path, table: str, part: str) -> list[str]:
    """The lines of a table of inputs in which that stands."""
    text = (folder / "inputs" / f"{table}.csv").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if part in line]


def test_what_no_snapshot_has_as_its_number_is_refused(story: Story, tmp_path: Path):
    with refused("unknown"):
        export_round(story.round, io.BytesIO(), number=2, actor=SYSTEM, now=NOW)
    with unchanged(), pytest.raises(CommandError, match="없는 순위표입니다: 2"):
        unpacked(story, tmp_path, "--snapshot", "2")
    assert list(tmp_path.iterdir()) == []


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
    before = unpacked(story, tmp_path, "--snapshot", "1")
    assert verified(before) == (0, "Everything agrees.")
    assert "24.75" in (before / "inputs" / "responses.csv").read_text(encoding="utf-8")


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
