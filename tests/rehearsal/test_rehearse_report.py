"""The JSON report to the letter: keys, what is null before it exists, points with their places, times in the zone."""

import json
import re

import pytest

from rehearsal.table import tables
from tests.rehearsal.plays import BOTH, CAST, points, scenario, told

pytestmark = pytest.mark.django_db
ANNOUNCE = f"do: announce, by: {BOTH}\n"
CALL = f"do: authorise_call, call: extra, seats: %s, notice_days: 10, eligible: [eliminated], by: {BOTH}\n"
SHUT = "at: 2026-01-27T00:00+09:00, do: sweep\n"
ROUND_KEYS = [
    *("state", "seats", "advanced", "vacancies", "snapshot", "ends"),
    *("announced_at", "appeals_close_at", "appeals_closed_at", "standings", "means"),
]
NOT_YET = ("advanced", "vacancies", "snapshot", "announced_at", "appeals_close_at", "appeals_closed_at")


def the_round(events: str, **given: str) -> dict[str, object]:
    return told(scenario(events, **given))["rounds"]["stage-1"]


def test_the_report_has_its_keys_and_is_plain_json():
    found = told(scenario(points(a=90)))
    assert list(found) == [
        *("schema", "scenario", "illustrative", "events", "rounds", "documents", "appeals", "calls", "audit"),
    ]
    assert (found["schema"], found["scenario"], found["illustrative"]) == ("simsa/rehearsal@1", "small.yaml", False)
    assert (found["documents"], found["appeals"], found["calls"]) == ([], {}, {})
    assert json.loads(json.dumps(found)) == found


def test_events_are_told_as_they_ended():
    events = "do: open_round, by: official-1\nat: 2026-01-15T06:00:30Z, do: open_round, by: official-1\n"
    assert told(scenario(events))["events"] == [
        {"n": 1, "at": "2026-01-15T14:00:00+09:00", "do": "open_round", "result": "done"},
        {
            "n": 2,
            "at": "2026-01-15T15:00:30+09:00",
            "do": "open_round",
            "result": "refused",
            "code": "wrong_state",
            "message": "지금 상태(평가 중)에서는 할 수 없는 일입니다.",
        },
    ]


def test_before_it_opens_a_round_has_nothing_but_its_rules():
    assert the_round("at: 2025-12-01T00:00Z, do: sweep") == {
        "state": "draft",
        "seats": 1,
        "advanced": None,
        "vacancies": None,
        "snapshot": None,
        "ends": "2026-01-15",
        "announced_at": None,
        "appeals_close_at": None,
        "appeals_closed_at": None,
        "standings": [
            {
                "team": team,
                "rank": None,
                "total": None,
                "scores": {"points": None},
                "gates": {},
                "outcome": None,
                "reason": "incomplete",
            }
            for team in ("team-a", "team-b")
        ],
        "means": {"points": None, "total": None},
    }


def test_before_the_announcement_standings_are_the_newest_computed():
    found = the_round(points(a=80, b=90))
    assert list(found) == ROUND_KEYS
    assert {name: found[name] for name in NOT_YET} == dict.fromkeys(NOT_YET)
    assert found["state"] == "scoring"
    assert found["standings"] == [
        {
            "team": "team-b",
            "rank": 1,
            "total": "90.0",
            "scores": {"points": "90.0"},
            "gates": {},
            "outcome": "advanced",
        },
        {
            "team": "team-a",
            "rank": 2,
            "total": "80.0",
            "scores": {"points": "80.0"},
            "gates": {},
            "outcome": "eliminated",
        },
    ]
    assert found["means"] == {"points": "85.00", "total": "85.00"}


def test_an_announced_round_has_its_times_and_no_vacancy_yet():
    found = the_round(points(a=90, b=80) + ANNOUNCE, rules="seats: 3")
    assert (found["state"], found["advanced"], found["vacancies"], found["snapshot"]) == ("announced", 2, None, 1)
    assert found["announced_at"] == "2026-01-15T14:00:00+09:00"
    assert found["appeals_close_at"] == "2026-01-27T00:00:00+09:00"
    assert found["appeals_closed_at"] is None


def test_a_final_round_has_its_vacancies_and_the_time_of_the_sweep():
    found = the_round(points(a=90, b=80) + ANNOUNCE + SHUT.replace("00:00", "00:01"), rules="seats: 3")
    assert (found["state"], found["vacancies"]) == ("final", 1)
    assert found["appeals_closed_at"] == "2026-01-27T00:01:00+09:00"


@pytest.mark.parametrize("vacancy", ["recruit", "leave", "promote"])
def test_vacancies_are_seats_less_the_teams_that_advance_whatever_the_rule(vacancy):
    found = the_round(points(a=90, b=80) + ANNOUNCE + SHUT, rules=f"seats: 3\nvacancy: {vacancy}")
    assert (found["advanced"], found["vacancies"]) == (2, 1)


def test_without_a_vacancy_the_number_is_zero():
    found = the_round(points(a=90, b=80) + ANNOUNCE + SHUT)
    assert (found["advanced"], found["vacancies"]) == (1, 0)


def test_a_sweep_before_the_end_changes_nothing():
    found = the_round(points(a=90, b=80) + ANNOUNCE + "at: 2026-01-26T23:59:59+09:00, do: sweep\n")
    assert found["state"] == "announced"


def test_a_later_arrival_moves_the_end_of_the_appeals():
    later = ANNOUNCE.replace("announce,", "announce, delivered: {team-b: 2026-01-16T00:00+09:00},")
    # Friday the 16th: the tenth day is Monday the 26th all the same; from Saturday the 17th it is Tuesday.
    assert the_round(points(a=90, b=80) + later)["appeals_close_at"] == "2026-01-27T00:00:00+09:00"
    later = later.replace("01-16", "01-17")
    assert the_round(points(a=90, b=80) + later)["appeals_close_at"] == "2026-01-28T00:00:00+09:00"


def test_a_gate_without_a_verdict_is_null():
    (row, _) = the_round(points(a=90, b=80), rules="seats: 1\ngates:\n  originality: {}\n  safety: {}")["standings"]
    assert row["gates"] == {"originality": None, "safety": None}
    assert row["outcome"] is None


def test_those_without_a_rank_stand_last_in_the_order_of_entries():
    events = points(d=70, b=80) + "do: withdraw, team: team-a, reason: 사정, by: a-lead\n"
    rows = the_round(events, entries="team-c, team-a, team-b, team-d")["standings"]
    assert [(row["team"], row["rank"], row.get("reason")) for row in rows] == [
        ("team-b", 1, None),
        ("team-d", 2, None),
        ("team-c", None, "incomplete"),
        ("team-a", None, "withdrawn"),
    ]


def test_equal_ranks_stand_in_the_order_of_entries():
    rows = the_round(points(a=80, b=80, c=80), entries="team-c, team-a, team-b")["standings"]
    assert [(row["team"], row["rank"]) for row in rows] == [("team-c", 1), ("team-a", 1), ("team-b", 1)]


def test_times_are_told_in_the_programme_s_zone_and_its_days_decide():
    cast = CAST.replace("name: {ko: 작은 사업}", "name: {ko: 작은 사업}, timezone: America/New_York")
    found = told(scenario(points(a=90, b=80) + ANNOUNCE, cast=cast))
    assert found["events"][0]["at"] == "2026-01-15T00:00:00-05:00"
    # The 15th in New York as well; its tenth day, the 25th, is a Sunday.
    assert found["rounds"]["stage-1"]["appeals_close_at"] == "2026-01-27T00:00:00-05:00"


def test_a_programme_s_own_holiday_moves_the_end():
    cast = CAST.replace("name: {ko: 작은 사업}", "name: {ko: 작은 사업}, holidays: [2026-01-26]")
    found = told(scenario(points(a=90, b=80) + ANNOUNCE, cast=cast))
    assert found["rounds"]["stage-1"]["appeals_close_at"] == "2026-01-28T00:00:00+09:00"


def test_documents_are_told_in_the_order_of_their_arrival():
    file = "at: %s, do: file_document, team: team-a, kind: report, title: %s, by: a-lead\n"
    events = file % ("2026-01-05T08:59:59+09:00", "제때") + file % ("2026-01-05T09:00+09:00", "늦음")
    assert told(scenario(events))["documents"] == [
        {
            "round": "stage-1",
            "team": "team-a",
            "title": "제때",
            "received_at": "2026-01-05T08:59:59+09:00",
            "late": False,
            "considered": True,
        },
        {
            "round": "stage-1",
            "team": "team-a",
            "title": "늦음",
            "received_at": "2026-01-05T09:00:00+09:00",
            "late": True,
            "considered": False,
        },
    ]


def test_an_authorised_call_has_no_times_yet():
    assert told(scenario(points(a=90) + CALL % "vacancies"))["calls"] == {
        "extra": {
            "state": "authorised",
            "seats": None,
            "opened_at": None,
            "closes_at": None,
            "applications": [],
            "selected": [],
        }
    }


def test_an_open_call_has_its_window_and_its_applications():
    apply = "at: 2026-01-28T09:00+09:00, do: apply, call: extra, team: team-b, by: b-lead\n"
    events = points(a=90, b=50) + CALL % "vacancies" + ANNOUNCE + SHUT + apply
    assert told(scenario(events, rules="seats: 2\nfloor: 60"))["calls"]["extra"] == {
        "state": "open",
        "seats": 1,
        "opened_at": "2026-01-27T00:00:00+09:00",
        "closes_at": "2026-02-07T00:00:00+09:00",
        "applications": [{"team": "team-b", "state": "submitted"}],
        "selected": [],
    }


def test_a_call_opens_for_no_more_seats_than_authorised():
    events = points(a=90, b=50) + CALL % "1" + ANNOUNCE + SHUT
    assert told(scenario(events, rules="seats: 3\nfloor: 60"))["calls"]["extra"]["seats"] == 1


def test_a_call_authorised_after_the_end_is_opened_by_the_next_sweep_only():
    authorise = (CALL % "vacancies").replace("do:", "at: 2026-01-27T01:00+09:00, do:")
    events = points(a=90, b=50) + ANNOUNCE + SHUT + authorise
    assert told(scenario(events, rules="seats: 2\nfloor: 60"))["calls"]["extra"]["state"] == "authorised"
    later = "at: 2026-01-27T02:00+09:00, do: sweep\n"
    found = told(scenario(events + later + later, rules="seats: 2\nfloor: 60"))["calls"]["extra"]
    assert (found["state"], found["opened_at"]) == ("open", "2026-01-27T02:00:00+09:00")


def test_a_call_closes_with_the_sweep_after_its_window():
    events = points(a=90, b=50) + CALL % "vacancies" + ANNOUNCE + SHUT + "at: 2026-02-07T00:00+09:00, do: sweep\n"
    assert told(scenario(events, rules="seats: 2\nfloor: 60"))["calls"]["extra"]["state"] == "closed"


def test_without_a_vacancy_the_call_is_void():
    found = told(scenario(points(a=90, b=80) + CALL % "vacancies" + ANNOUNCE + SHUT))["calls"]["extra"]
    assert (found["state"], found["opened_at"], found["closes_at"]) == ("void", None, None)


def test_the_ledger_is_intact_and_its_head_is_told():
    audit = told(scenario(points(a=90)))["audit"]
    assert list(audit) == ["records", "intact", "head"]
    assert audit["intact"] is True
    assert audit["records"] > 50
    assert re.fullmatch("[0-9a-f]{64}", audit["head"])


def test_a_refused_event_leaves_no_record():
    records = [
        told(scenario(points(a=90, b=80) + wrong))["audit"]["records"]
        for wrong in ("", "do: announce, by: [official-1, official-1]\n", "do: open_round, by: official-1\n")
    ]
    assert records == [records[0]] * 3


@pytest.mark.parametrize(
    "repeated",
    [
        "do: record_points, team: team-a, criterion: points, points: 90, by: official-1\n",
        "do: open_round, by: expert-1\n",
    ],
)
def test_what_changes_nothing_leaves_no_record(repeated):
    once, again = (told(scenario(points(a=90) + more))["audit"]["records"] for more in ("", repeated))
    assert once == again


def test_the_table_says_why_a_team_has_no_rank_and_what_is_not_yet_known():
    withdrawn = "do: withdraw, team: team-c, reason: 사정, by: official-1\n"
    found = told(scenario(points(a=90) + withdrawn, entries="team-a, team-b, team-c"))
    lines = [line.split() for line in tables(found).splitlines()]
    assert lines[1] == ["stage-1:", "평가", "중,", "자리", "1,", "진출", "-,", "공석", "-,", "이의신청", "마감", "-"]
    assert lines[4:7] == [
        ["1", "team-a", "90.0", "90.0", "-"],
        ["team-b", "점수", "미완"],
        ["team-c", "참여", "철회"],
    ]
    assert not {"이의신청", "추가"} & {line[0] for line in lines if line}, "no title without a row"
