"""The shipped scenarios through the command itself, both at the same time: every figure that was published."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TEAMS = ["team-a", "team-b", "team-c", "team-d", "team-e"]


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> Any:
        return json.loads(self.out)

    @property
    def round(self) -> Any:
        return self.report["rounds"]["stage-1"]


def begun(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "manage.py", "rehearse", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    return subprocess.Popen(command, cwd=ROOT, text=True, env=environment, **pipes)


@pytest.fixture(scope="module")
def both(database_url: str) -> tuple[Ended, Ended]:
    running = [begun(f"scenarios/{name}.yaml", "--json", "-") for name in ("stage1", "stage1_no_gate")]
    spoken = [process.communicate(timeout=120) for process in running]
    ended = [Ended(process.returncode, *said) for process, said in zip(running, spoken, strict=True)]
    return ended[0], ended[1]


@pytest.fixture(scope="module")
def stage1(both: tuple[Ended, Ended]) -> Ended:
    return both[0]


@pytest.fixture(scope="module")
def no_gate(both: tuple[Ended, Ended]) -> Ended:
    return both[1]


def test_both_end_as_expected_at_the_same_time(both):
    assert [ended.code for ended in both] == [0, 0]
    assert [ended.report["audit"]["intact"] for ended in both] == [True, True]


def test_standard_output_is_the_report_alone_and_the_table_stands_beside(stage1):
    assert stage1.out.startswith("{\n")
    assert stage1.report["schema"] == "simsa/rehearsal@1"
    assert "90.2" in stage1.err
    assert "예상대로 끝났습니다" in stage1.err


def test_the_scenario_is_marked_as_illustrative(stage1):
    assert stage1.report["illustrative"] is True


def test_ranks_totals_and_outcomes(stage1):
    rows = [(row["team"], row["rank"], row["total"], row["outcome"]) for row in stage1.round["standings"]]
    assert rows == [
        ("team-a", 1, "90.2", "advanced"),
        ("team-b", 2, "82.2", "advanced"),
        ("team-c", 3, "81.4", "advanced"),
        ("team-d", 4, "75.0", "gate_failed"),
        ("team-e", 5, "69.8", "eliminated"),
    ]


def test_verdicts(stage1):
    verdicts = [row["gates"]["originality"] for row in stage1.round["standings"]]
    assert verdicts == ["passed", "passed", "passed", "failed", None]


def test_the_leader_s_scores(stage1):
    assert stage1.round["standings"][0]["scores"] == {
        "benchmark": "33.6",
        "nia": "9.2",
        "common": "14.4",
        "individual": "10.0",
        "expert": "31.6",
        "user": "25.0",
    }


def test_means(stage1):
    means = stage1.round["means"]
    assert [means[name] for name in ("benchmark", "expert", "user", "total")] == ["30.40", "28.56", "20.76", "79.72"]


def test_three_advance_to_four_seats(stage1):
    found = stage1.round
    assert (found["state"], found["seats"], found["advanced"], found["vacancies"]) == ("final", 4, 3, 1)
    assert (found["snapshot"], found["ends"]) == (1, "2026-01-15")


def test_the_window_and_the_closing_by_the_sweep(stage1):
    found = stage1.round
    assert found["announced_at"] == "2026-01-15T14:00:00+09:00"
    assert found["appeals_close_at"] == "2026-01-27T00:00:00+09:00"
    assert found["appeals_closed_at"] == "2026-01-27T00:01:00+09:00"


def test_the_late_paper_is_received_and_not_considered(stage1):
    late = [paper for paper in stage1.report["documents"] if paper["late"]]
    assert late == [
        {
            "round": "stage-1",
            "team": "team-d",
            "title": "인코더 사용에 관한 소명서",
            "received_at": "2026-01-12T11:00:00+09:00",
            "late": True,
            "considered": False,
        }
    ]
    assert all(paper["considered"] for paper in stage1.report["documents"] if not paper["late"])


def test_the_call_is_opened_once_by_the_sweep_after_the_window(stage1):
    (call,) = stage1.report["calls"].values()
    assert (call["state"], call["seats"]) == ("open", 1)
    assert call["opened_at"] == "2026-01-27T00:01:00+09:00"
    assert [each["team"] for each in call["applications"]] == ["team-g", "team-f"]
    sweeps = [event for event in stage1.report["events"] if event["do"] == "sweep"]
    assert [(event["at"], event["result"]) for event in sweeps] == [
        ("2026-01-26T23:59:00+09:00", "done"),
        ("2026-01-27T00:01:00+09:00", "done"),
        ("2026-01-27T00:02:00+09:00", "done"),
    ]


def test_what_was_refused(stage1):
    refused = [(event["do"], event["code"]) for event in stage1.report["events"] if event["result"] == "refused"]
    assert refused == [
        ("submit_sheet", "conflict_of_interest"),
        ("apply", "not_eligible"),
        ("apply", "duplicate"),
    ]


def test_without_the_gate_four_advance_and_the_call_is_void(no_gate):
    found = no_gate.round
    assert (found["state"], found["advanced"], found["vacancies"]) == ("final", 4, 0)
    assert [row["outcome"] for row in found["standings"]] == ["advanced"] * 4 + ["eliminated"]
    assert [row["total"] for row in found["standings"]] == ["90.2", "82.2", "81.4", "75.0", "69.8"]
    (call,) = no_gate.report["calls"].values()
    assert (call["state"], call["opened_at"], call["closes_at"], call["applications"]) == ("void", None, None, [])
