"""The program of an archive names whatever in it is false, and says plainly what it cannot know."""

import json
import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluation.models import Snapshot
from tests.evaluation.operations.archives import ordered, said, unpacked
from tests.evaluation.operations.corrections import measured
from tests.story import Story

pytestmark = pytest.mark.django_db
OBJECTS = ("snapshot.json", "rules.json", "inputs/decided.json")
TABLES = ("points", "measurements", "sheets", "responses", "verdicts")
STORIES = pytest.mark.parametrize("play", [ordered, measured])
NOT_COVERED = {
    *(("snapshot.json", name) for name in ("round", "number", "made_at", "criteria_version")),
    *(("inputs/sheets.csv", "sheet"), ("inputs/responses.csv", "batch")),
}
"""What README.txt says that no digest covers, as far as a single value of the archive states it."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked(ordered(), tmp_path)


def test_a_clean_archive_agrees_and_says_what_to_compare(folder: Path):
    snapshot = Snapshot.objects.get()
    published = f"round stage-1, snapshot 1, digest {snapshot.digest}, inputs_digest {snapshot.inputs_digest}"
    agrees = [
        "Everything agrees.",
        "No digest covers round, number, made_at and criteria_version, nor what else README.txt names.",
        f"Compare with what was published: {published}",
    ]
    assert said(folder) == (0, agrees)
    assert said(folder, "../round.zip") == (0, agrees)


@pytest.mark.parametrize(
    ("file", "before", "after", "found"),
    [
        ("snapshot.json", '"advanced": 2', '"advanced": 3', "advanced: 3 is said, 2 follows"),
        ("snapshot.json", '"vacancies": 1', '"vacancies": 0', "vacancies: 0 is said, 1 follows"),
        ("snapshot.json", '"total": "90.0"', '"total": "91.0"', 'rows: a: total: "91.0" is said, "90.0" follows'),
        ("snapshot.json", '"rank": 1,', '"rank": 2,', "rows: a: rank: 2 is said, 1 follows"),
        ("snapshot.json", '"rank": 1,', '"rank": true,', "rows: a: rank: true is said, 1 follows"),
        ("snapshot.json", '"means": {', '"means": {"other": "1.0",', 'means: other: "1.0" is said, nothing follows'),
        (
            "snapshot.json",
            '"scores": {',
            '"scores": {"x": "1.0",',
            'rows: a: scores: x: "1.0" is said, nothing follows',
        ),
        ("snapshot.json", '"round"', '"note": "", "round"', 'note: "" is said, nothing follows'),
    ],
)
def test_a_false_statement_of_the_snapshot_is_named(folder: Path, file: str, before: str, after: str, found: str):
    changed(folder / file, before, after)
    code, lines = said(folder)
    assert (code, lines[0]) == (1, f"DIFFERS: snapshot.json: {found} from rules.json and inputs/")


INPUTS = "DIFFERS: snapshot.json: inputs_digest: is not that of rules.json and inputs/ as they stand here"


@pytest.mark.parametrize(
    ("file", "before", "after", "found"),
    [
        ("inputs/points.csv", "a,bench,40", "a,bench,39", 'rows: a: total: "90.0" is said, "89.0" follows'),
        ("inputs/verdicts.csv", "b,originality,failed", "b,originality,passed", "rows: b: gates: originality:"),
        (
            "inputs/decided.json",
            '"withdrawn": [\n  "c"\n ]',
            '"withdrawn": []',
            "rows: c: rank: null is said, 3 follows",
        ),
        ("inputs/decided.json", '"e",\n   "d"', '"d",\n   "e"', "rows: e: rank: 3 is said, 4 follows"),
        ("rules.json", '"seats":3', '"seats":1', 'rows: e: outcome: "advanced" is said, "eliminated" follows'),
        ("rules.json", '"mean_places":2', '"mean_places":1', 'means: bench: "40.00" is said, "40.0" follows'),
    ],
)
def test_a_changed_input_is_named_with_what_differs_by_it(folder: Path, file: str, before: str, after: str, found: str):
    changed(folder / file, before, after)
    code, lines = said(folder)
    assert (code, lines[0]) == (1, INPUTS)
    assert [line for line in lines if line.startswith(f"DIFFERS: snapshot.json: {found}")] != []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda rows: rows.reverse(), 'row: 1: "c" is said, "a" follows'),
        (lambda rows: rows.append(rows[0]), 'row: 6: "a" is said, nothing follows'),
        (lambda rows: rows.insert(0, {**rows[0], "rank": 7}), 'row: 2: "a" is said, "b" follows'),
        (lambda rows: rows.pop(1), "rows: b: nothing is said, "),
    ],
)
def test_rows_are_one_a_team_and_in_their_order(folder: Path, change: Callable[[list[Any]], Any], found: str):
    snapshot = json.loads((folder / "snapshot.json").read_text(encoding="utf-8"))
    change(snapshot["rows"])
    (folder / "snapshot.json").write_text(json.dumps(snapshot), encoding="utf-8")
    code, lines = said(folder)
    assert code == 1
    assert [line for line in lines if line.startswith(f"DIFFERS: snapshot.json: {found}")] != []


@pytest.mark.parametrize(
    ("file", "before", "after", "found"),
    [
        ("rules.json", '"least":1', '"least":0,"trim":9', "rules.json: ValueError a name stands twice among"),
        (
            "rules.json",
            '"aggregate":"mean"',
            '"aggregate":"trimmed_mean"',
            "rules.json or inputs/: criterion bench: Zero",
        ),
        ("rules.json", '"trim":', '"trims":', "rules.json or inputs/: criterion bench: KeyError 'trim'"),
        ("inputs/points.csv", "a,bench,40", "a,bench,many", "rules.json or inputs/: criterion bench: ValueError"),
        ("inputs/points.csv", "a,bench,40", "a,bench", "inputs/points.csv: TypeError"),
        ("inputs/points.csv", "a,bench,40", "a,bench,40,1", "inputs/points.csv: TypeError"),
        ("inputs/decided.json", '"orders"', '"order"', "rules.json or inputs/: KeyError 'orders'"),
        ("inputs/decided.json", '"orders"', '"more": [], "orders"', "inputs/decided.json: ValueError too many values"),
        ("snapshot.json", '"rows"', '"lines"', "snapshot.json: KeyError 'rows'"),
        ("snapshot.json", '"team"', '"group"', "snapshot.json: KeyError 'team'"),
        ("snapshot.json", "{", "[{", "snapshot.json: JSONDecodeError"),
    ],
)
def test_what_cannot_be_read_is_named(folder: Path, file: str, before: str, after: str, found: str):
    changed(folder / file, before, after)
    code, lines = said(folder)
    assert (code, lines[-1][: len(CANNOT + found)]) == (1, CANNOT + found)


CANNOT = "DIFFERS: the archive cannot be read: "


@pytest.mark.parametrize("file", [*OBJECTS, *(f"inputs/{table}.csv" for table in TABLES)])
def test_a_file_that_is_missing_cut_off_or_empty_is_named(folder: Path, file: str):
    whole = (folder / file).read_bytes()
    (folder / file).unlink()
    code, lines = said(folder)
    assert (code, lines[-1].startswith(f"{CANNOT}{file}: FileNotFoundError")) == (1, True)
    for text in (b"", whole[: len(whole) // 2], b"\xff\xfe"):
        (folder / file).write_bytes(text)
        code, lines = said(folder)
        assert code == 1
        assert [line for line in lines if line.startswith("DIFFERS: ") and file.split("/", maxsplit=1)[0] in line] != []


def test_a_cell_that_could_be_read_as_two_is_named(folder: Path):
    changed(folder / "inputs/points.csv", "a,bench,40", "a,bench 4,0")
    changed(folder / "inputs/verdicts.csv", "team,gate", "team,gates")
    code, lines = said(folder)
    otherwise = "its columns are not ['team', 'criterion', 'points'], or there is a space in a cell"
    assert (code, lines[0]) == (1, f"DIFFERS: inputs/points.csv: {otherwise}")
    assert lines[1].startswith("DIFFERS: inputs/verdicts.csv: its columns are not ['team', 'gate', 'verdict']")


@STORIES
def test_whatever_value_is_changed_is_found(
    play: Callable[[], Story], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    """Each value of each file, one at a time: found, or among what README.txt says that no digest covers."""
    folder = unpacked(play(), tmp_path)
    monkeypatch.setattr(sys, "argv", ["verify.py"])
    stayed = set()
    for file, name, text in mutations(folder):
        whole = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text, encoding="utf-8")
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(folder / "verify.py"), run_name="__main__")
        differing = [line for line in capsys.readouterr().out.splitlines() if line.startswith("DIFFERS: ")]
        assert bool(ended.value.code) == bool(differing)
        if not differing:
            stayed.add((file, name))
        (folder / file).write_text(whole, encoding="utf-8")
    assert stayed == {each for each in NOT_COVERED if each != ("inputs/responses.csv", "batch") or play is ordered}


def test_what_is_not_covered_is_named_in_the_readme(folder: Path):
    readme = (folder / "README.txt").read_text(encoding="utf-8")
    assert [name for _, name in NOT_COVERED if name not in readme] == []


def changed(file: Path, before: str, after: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")


def mutations(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(file, name of the value, text of the file with it changed or taken away)."""
    for file in OBJECTS:
        whole = (folder / file).read_text(encoding="utf-8")
        separate: dict[str, Any] = (
            {"separators": (",", ":"), "sort_keys": True} if file == "rules.json" else {"indent": 1}
        )
        assert json.dumps(json.loads(whole), ensure_ascii=False, **separate) == whole
        for path in paths(json.loads(whole)):
            for act in (altered, removed):
                document = json.loads(whole)
                act(document, path)
                name = str(next(key for key in reversed(path) if isinstance(key, str)))
                yield file, f"{name} taken away" if act is removed else name, json.dumps(document, **separate)
    for table in TABLES:
        header, *rows = (folder / "inputs" / f"{table}.csv").read_text(encoding="utf-8").splitlines()
        for place, row in enumerate(rows):
            for column, name in enumerate(header.split(",")):
                cells = row.split(",")
                cells[column] = "1" + cells[column]
                text = "\n".join([header, *rows[:place], ",".join(cells), *rows[place + 1 :], ""])
                yield f"inputs/{table}.csv", name, text
            yield f"inputs/{table}.csv", "a row", "\n".join([header, *rows[:place], *rows[place + 1 :], ""])


def paths(document: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value that holds no others."""
    inner = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in inner:
        if isinstance(value, dict | list):
            yield from paths(value, (*above, key))
        else:
            yield (*above, key)


def altered(document: Any, path: tuple[Any, ...]) -> None:
    *above, last = path
    for key in above:
        document = document[key]
    value = document[last]
    document[last] = value + 1 if isinstance(value, int) else "1" + (value or "")


def removed(document: Any, path: tuple[Any, ...]) -> None:
    *above, last = path
    for key in above:
        document = document[key]
    del document[last]
