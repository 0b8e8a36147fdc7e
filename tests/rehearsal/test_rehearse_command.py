"""The command: exit codes, what goes where, and databases that come and go."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consortia.models import Programme
from rehearsal.scratch import PREFIX
from tests.rehearsal.plays import BOTH, points, scenario
from tests.unchanged import unchanged

ANNOUNCE = f"do: announce, by: {BOTH}\n"
PLAYED = scenario(points(a=90, b=80) + ANNOUNCE)
# The third and the fifth event end otherwise than the file says.
WRONG = scenario(
    "do: open_round, by: official-1\n"
    "do: open_round, by: official-1, expect: wrong_state\n"
    "do: open_round, by: official-1\n"
    "do: record_points, team: team-a, criterion: points, points: 90, by: official-1\n"
    "do: record_points, team: team-b, criterion: points, points: 80, by: official-1, expect: too_early\n"
)


@pytest.fixture
def beside(transactional_db: None) -> Iterator[None]:
    """The real database is at hand and nothing may be written to it."""
    with unchanged():
        yield


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "small.yaml"


def rehearse(file: Path, text: str | None, *arguments: str) -> int:
    """The exit code of the command on a file with this text."""
    if text is not None:
        file.write_text(text, encoding="utf-8")
    try:
        call_command("rehearse", str(file), *arguments)
    except SystemExit as ended:
        return int(str(ended.code))
    return 0


def left_behind() -> list[str]:
    """Scratch databases that nobody holds; one of a rehearsal under way is held."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database"
            " WHERE datname LIKE %s AND pg_try_advisory_lock(hashtextextended(datname, 0))",
            [PREFIX + "%"],
        )
        found = [name for (name,) in cursor.fetchall()]
        cursor.execute("SELECT pg_advisory_unlock_all()")
    return found


def test_as_expected_is_exit_0_with_a_readable_table(beside, file, capsys):
    assert rehearse(file, PLAYED) == 0
    said = capsys.readouterr()
    assert "사건 4개가 모두 예상대로 끝났습니다." in said.out
    assert "90.0" in said.out
    assert said.err == ""
    assert left_behind() == []


def test_years_without_holidays_are_told(beside, file, capsys):
    assert rehearse(file, PLAYED.replace("at: 2026-", "at: 2023-"), "--until", "0", "--json", "-") == 0
    assert "공휴일이 달력에 없는 해입니다(2023)" in capsys.readouterr().err


def test_a_quorum_that_no_panel_reaches_is_told_and_played(beside, file, capsys):
    """SCENARIO.md's own example asks for three sheets of a panel of one, and opens."""
    sheets = "      expert: {points: 100, source: sheets, quorum: 3}"
    asked = scenario("do: open_round, by: official-1", rules="seats: 1\npanel: [expert-1]", criteria=sheets)
    assert rehearse(file, asked) == 0
    said = "주의: stage-1 평가항목 ‘expert’: 평가위원이 1명이어서 최소 값 수(3)를 채울 수 없습니다.\n"
    assert capsys.readouterr().err == said


def test_the_report_is_written_to_a_file(beside, file, tmp_path, capsys):
    out = tmp_path / "report.json"
    assert rehearse(file, PLAYED, "--json", str(out)) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["rounds"]["stage-1"]["state"] == "announced"
    assert "90.0" in capsys.readouterr().out


def test_with_a_dash_standard_output_is_the_report_alone(beside, file, capsys):
    assert rehearse(file, PLAYED, "--json", "-") == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["scenario"] == "small.yaml"
    assert "90.0" in said.err


@pytest.mark.parametrize(("until", "played"), [(0, 0), (1, 1), (3, 3), (99, 4)])
def test_until_stops_after_that_event(beside, file, capsys, until, played):
    assert rehearse(file, PLAYED, "--until", str(until), "--json", "-") == 0
    assert len(json.loads(capsys.readouterr().out)["events"]) == played


@pytest.mark.parametrize("until", ["-1", "x", "1.5"])
def test_until_is_a_number_of_events(beside, file, until):
    with pytest.raises(CommandError):
        rehearse(file, PLAYED, f"--until={until}")


def test_otherwise_than_expected_is_exit_1_with_the_first_named(beside, file, capsys):
    assert rehearse(file, WRONG, "--json", "-") == 1
    said = capsys.readouterr()
    line = WRONG[: WRONG.index("record_points")].count("\n")
    cause = said.err.strip().splitlines()[-1]
    assert cause == (
        f"3번째 사건(open_round, {line}행): 처리되어야 하나 거부(wrong_state)되었습니다: "
        "지금 상태(평가 중)에서는 할 수 없는 일입니다."
    )
    told: dict[str, Any] = json.loads(said.out)
    assert [event["result"] for event in told["events"]] == ["done", "refused", "refused", "done", "done"]
    assert left_behind() == []


def test_done_instead_of_refused_is_told(beside, file, capsys):
    body = "do: open_round, by: official-1, expect: too_early\n"
    assert rehearse(file, scenario(body)) == 1
    assert capsys.readouterr().err.strip().endswith("거부(too_early)되어야 하나 처리되었습니다")


def test_another_code_than_expected_is_told(beside, file, capsys):
    body = "do: open_round, by: expert-1, expect: too_early\n"
    assert rehearse(file, scenario(body)) == 1
    assert "거부(too_early)되어야 하나 거부(not_allowed)되었습니다" in capsys.readouterr().err


def test_what_stands_after_until_is_not_judged(beside, file):
    assert rehearse(file, WRONG, "--until", "2") == 0


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("    seats: 1", "    seat: 1", "rounds.stage-1.seat: 모르는 키"),
        ("    seats: 1", "    seats: 1\n    seats: 1", "rounds.stage-1.seats: 같은 키가 두 번"),
        ("    seats: 1", "    seats: 1\n    floor: -1", "rounds.stage-1.floor: 0 이상"),
        ("do: announce", "do: file_objection", "events[4].do: 알 수 없는 사건"),
        ("do: open_round, by", "do: open_round, bye", "events[1].bye: 모르는 키"),
        (f"by: {BOTH}", "by: official-1", "events[4].by: 기안자와 결재자"),
    ],
)
@pytest.mark.usefixtures("beside")
def test_a_file_that_cannot_be_used_is_exit_2_with_line_and_key(file, capsys, right, wrong, said):
    assert PLAYED.count(right) == 1
    text = PLAYED.replace(right, wrong)
    assert rehearse(file, text, "--json", "-") == 2
    heard = capsys.readouterr()
    line = text[: text.rindex(wrong.splitlines()[-1].strip())].count("\n") + 1
    assert heard.err.startswith(f"{file}: {line}행 {said}")
    assert heard.out == ""


def test_a_file_that_is_not_there_is_exit_2(beside, file, capsys):
    assert rehearse(file, None) == 2
    assert "파일을 읽을 수 없습니다" in capsys.readouterr().err


def test_a_stage_that_cannot_be_set_is_exit_2_and_leaves_no_database(beside, file, capsys):
    assert rehearse(file, PLAYED.replace("code: small", "code: kr")) == 2
    assert "이미 있는 사업입니다: kr" in capsys.readouterr().err
    assert left_behind() == []


def test_a_report_that_cannot_be_written_is_exit_2(beside, file, tmp_path, capsys):
    assert rehearse(file, PLAYED, "--json", str(tmp_path / "nowhere" / "report.json")) == 2
    assert "보고서를 쓸 수 없습니다" in capsys.readouterr().err


def test_a_scenario_without_events_sets_its_stage(beside, file, capsys):
    assert rehearse(file, scenario(""), "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["rounds"]["stage-1"]["state"] == "draft"


def test_rehearsals_find_a_database_like_the_first_one(beside, file, capsys):
    """The same programme again: what one has played the next does not find."""
    assert [rehearse(file, PLAYED), rehearse(file, PLAYED)] == [0, 0]
    assert not Programme.objects.exists()
