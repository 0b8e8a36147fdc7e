"""What the report and the table say of appeals and calls, to the letter."""

import re

import pytest

from tests.rehearsal.after import played
from tests.rehearsal.test_appeal_events import (
    ADMIT,
    DISMISS,
    EARLY,
    FILE,
    PASSED,
    REJECT,
    TAKE_BACK,
    UPHOLD,
    WAIVE_B,
    WAIVE_C,
)
from tests.rehearsal.test_call_events import ANSWERED, CALL, NOBODY, OPENED, OUT, OVER, SELECT, SHUT, TWO_VOTES

pytestmark = pytest.mark.django_db
FILED = {
    "state": "filed",
    "team": "team-b",
    "filed_at": "2026-01-16T10:00:00+09:00",
    "decide_by": "2026-02-20T00:00:00+09:00",  # the thirtieth day is Sunday 15 February; Seollal is over on the 19th
    "decided_at": None,
}
AT = {"decided_at": "2026-01-16T10:00:00+09:00"}
AUTHORISED = {
    "state": "authorised",
    "seats": None,
    "opened_at": None,
    "closes_at": None,
    "applications": [],
    "selected": [],
}
RUNNING = AUTHORISED | {
    "state": "open",
    "seats": 1,
    "opened_at": "2026-01-27T00:00:00+09:00",
    "closes_at": "2026-02-07T00:00:00+09:00",
}


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (FILE, FILED),
        (FILE + ADMIT, FILED | {"state": "admitted"}),
        (FILE + TAKE_BACK, FILED | {"state": "withdrawn"}),
        (FILE + REJECT, FILED | AT | {"state": "rejected"}),
        (FILE + ADMIT + DISMISS, FILED | AT | {"state": "dismissed"}),
        (FILE + ADMIT + UPHOLD % PASSED, FILED | AT | {"state": "upheld"}),
        (FILE + ADMIT + (UPHOLD % PASSED).replace("upheld", "partly_upheld"), FILED | AT | {"state": "partly_upheld"}),
    ],
)
def test_an_appeal(events: str, told: dict[str, object]) -> None:
    assert played(events)["appeals"] == {"p-1": told}


def test_without_appeals_and_calls_both_are_empty() -> None:
    report = played("do: sweep")
    assert (report["appeals"], report["calls"]) == ({}, {})


def applications(**states: str) -> dict[str, object]:
    return {"applications": [{"team": f"team-{team}", "state": state} for team, state in states.items()]}


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (CALL, AUTHORISED),
        (CALL.replace("vacancies", "2"), AUTHORISED | {"seats": 2}),
        (OPENED, RUNNING),
        (ANSWERED, RUNNING | applications(x="submitted", b="submitted")),
        (
            ANSWERED + OVER + "do: sweep\n",
            RUNNING | {"state": "closed"} | applications(x="submitted", b="submitted"),
        ),
        (
            ANSWERED + TWO_VOTES + SELECT,
            RUNNING | {"state": "concluded", "selected": ["team-x"]} | applications(x="selected", b="not_selected"),
        ),
        (
            ANSWERED + OUT + NOBODY,
            RUNNING | {"state": "concluded"} | applications(x="ineligible", b="not_selected"),
        ),
        (FILE + ADMIT + UPHOLD % PASSED + CALL + SHUT + "do: sweep\n", AUTHORISED | {"state": "void"}),
    ],
)
def test_a_call(events: str, told: dict[str, object]) -> None:
    assert played(events)["calls"] == {"c-1": told}


def test_a_round_that_was_corrected_and_closed() -> None:
    report = played(FILE + ADMIT + "at: 2026-01-20T09:00+09:00, " + UPHOLD % PASSED)
    told = report["rounds"]["stage-1"]
    assert (told["state"], told["snapshot"], told["advanced"], told["vacancies"]) == ("announced", 2, 2, None)
    # Tuesday 20 January: the tenth day is Friday the 30th.
    assert (told["appeals_close_at"], told["appeals_closed_at"]) == ("2026-01-31T00:00:00+09:00", None)
    assert [(row["team"], row["gates"], row["outcome"]) for row in told["standings"]] == [
        ("team-a", {"originality": "passed"}, "advanced"),
        ("team-b", {"originality": "passed"}, "advanced"),
        ("team-c", {"originality": None}, "eliminated"),
    ]
    assert report["audit"]["intact"]


def test_a_round_that_was_closed_early() -> None:
    early = WAIVE_B + WAIVE_C + "at: 2026-01-23T09:00+09:00, " + EARLY
    told = played(CALL + early)["rounds"]["stage-1"]
    assert (told["state"], told["appeals_close_at"], told["appeals_closed_at"]) == (
        "announced",
        "2026-01-23T09:00:00+09:00",
        None,
    )
    report = played(CALL + early + "at: 2026-01-23T09:00+09:00, do: sweep")
    told = report["rounds"]["stage-1"]
    assert (told["state"], told["vacancies"], told["appeals_closed_at"]) == ("final", 1, "2026-01-23T09:00:00+09:00")
    assert report["calls"]["c-1"]["opened_at"] == "2026-01-23T09:00:00+09:00"


def test_refusals_say_why() -> None:
    event = played(WAIVE_B + FILE)["events"][-1]
    assert {name: event[name] for name in ("do", "result", "code")} == {
        "do": "file_appeal",
        "result": "refused",
        "code": "not_entitled",
    }
    assert "포기" in event["message"]


def test_the_table_shows_appeals_and_calls() -> None:
    table = played(FILE + ADMIT + DISMISS + ANSWERED + TWO_VOTES + SELECT)["table"]
    lines = [re.split(r"  +", line.strip()) for line in table.splitlines()]
    filed, due = "2026년 1월 16일(금) 10:00", "2026년 2월 19일(목) 24:00"
    assert ["p-1", "team-b", "기각", filed, due, filed] in lines
    # The call closes with the end of Friday 6 February: 24:00 of that day, not 00:00 of the next.
    opened, closes = "2026년 1월 27일(화) 00:00", "2026년 2월 6일(금) 24:00"
    assert ["c-1", "종결", "1", opened, closes, "team-x(선정), team-b(미선정)"] in lines
    assert lines[1] == ["stage-1: 확정, 자리 2, 진출 1, 공석 1, 이의신청 마감 2026년 1월 26일(월) 24:00"]
    assert [line[-2:] for line in lines[4:7]] == [
        ["originality=충족", "진출"],
        ["originality=미충족", "요건 미충족"],
        ["originality=-", "탈락"],
    ]
