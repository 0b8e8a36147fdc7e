"""The two shipped scenarios of what may follow an announcement, through the command itself: every value of the report.

Early: both losers waive, officials close on the eighth day, two teams answer the call and one is chosen by a majority.
Upheld: the gate's verdict is overturned, the fourth team takes the seat, and the call is void.
"""

import pytest

from tests.rehearsal.test_rehearse_shipped import TEAMS, Ended, begun

TOTALS = ["90.2", "82.2", "81.4", "75.0", "69.8"]
MEANS = {"benchmark": "30.40", "expert": "28.56", "user": "20.76", "total": "79.72"}


@pytest.fixture(scope="module")
def both(database_url: str) -> tuple[Ended, Ended]:
    running = [begun(f"scenarios/{name}.yaml", "--json", "-") for name in ("early_close", "appeal_upheld")]
    spoken = [process.communicate(timeout=120) for process in running]
    ended = [Ended(process.returncode, *said) for process, said in zip(running, spoken, strict=True)]
    return ended[0], ended[1]


@pytest.fixture(scope="module")
def early(both: tuple[Ended, Ended]) -> Ended:
    return both[0]


@pytest.fixture(scope="module")
def upheld(both: tuple[Ended, Ended]) -> Ended:
    return both[1]


def refusals(ended: Ended) -> list[tuple[int, str, str]]:
    return [(event["n"], event["do"], event["code"]) for event in ended.report["events"] if "code" in event]


def times(ended: Ended, do: str) -> list[str]:
    return [event["at"] for event in ended.report["events"] if (event["do"], event["result"]) == (do, "done")]


def test_both_end_as_expected(both):
    assert [(ended.code, len(ended.report["events"])) for ended in both] == [(0, 58), (0, 48)]
    assert [ended.report["illustrative"] for ended in both] == [True, True]
    assert [ended.report["audit"]["intact"] for ended in both] == [True, True]


def test_the_figures_are_the_published_ones(both):
    for ended in both:
        rows = ended.round["standings"]
        assert [row["team"] for row in rows] == TEAMS
        assert [row["rank"] for row in rows] == [1, 2, 3, 4, 5]
        assert [row["total"] for row in rows] == TOTALS
        assert rows[0]["scores"] == {"benchmark": "33.6", "expert": "31.6", "user": "25.0"}
        assert ended.round["means"] == MEANS


def test_what_the_early_close_refuses(early):
    assert refusals(early) == [
        (36, "close_appeals_early", "still_pending"),
        (38, "file_appeal", "not_entitled"),
        (44, "apply", "not_eligible"),
        (45, "screen_application", "too_early"),
        (46, "apply", "too_late"),
        (50, "vote_application", "conflict_of_interest"),
        (53, "select", "no_majority"),
    ]


def test_the_early_close_ends_the_windows_and_the_next_sweep_closes(early):
    found = early.round
    assert times(early, "waive_appeal") == ["2026-01-16T10:00:00+09:00", "2026-01-17T10:00:00+09:00"]
    assert times(early, "sweep")[:2] == ["2026-01-22T23:59:00+09:00", "2026-01-23T09:01:00+09:00"]
    assert (found["state"], found["snapshot"], found["ends"]) == ("final", 1, "2026-01-15")
    assert found["announced_at"] == "2026-01-15T14:00:00+09:00"
    assert found["appeals_close_at"] == "2026-01-23T09:00:00+09:00"
    assert found["appeals_closed_at"] == "2026-01-23T09:01:00+09:00"
    assert (found["seats"], found["advanced"], found["vacancies"]) == (4, 3, 1)
    assert [row["outcome"] for row in found["standings"]] == ["advanced"] * 3 + ["gate_failed", "eliminated"]
    assert [row["gates"]["originality"] for row in found["standings"]] == ["passed"] * 3 + ["failed", None]
    assert early.report["appeals"] == {}


def test_one_of_two_applicants_is_chosen_by_a_majority(early):
    assert early.report["calls"] == {
        "additional-1": {
            "state": "concluded",
            "seats": 1,
            "opened_at": "2026-01-23T09:01:00+09:00",
            "closes_at": "2026-02-13T00:00:00+09:00",
            "applications": [
                {"team": "team-f", "state": "selected"},
                {"team": "team-g", "state": "not_selected"},
            ],
            "selected": ["team-f"],
        }
    }


def test_what_the_upheld_appeal_meets_on_its_way(upheld):
    assert refusals(upheld) == [
        (36, "file_appeal", "duplicate"),
        (39, "admit_appeal", "inadmissible"),
        (41, "assign_reviewers", "conflict_of_interest"),
        (42, "assign_reviewers", "conflict_of_interest"),
        (44, "file_appeal", "too_late"),
    ]


def test_the_appeals_and_how_they_ended(upheld):
    """decide_by: the thirtieth days are Thursday 19 and Friday 20 February."""
    assert upheld.report["appeals"] == {
        "appeal-1": {
            "state": "upheld",
            "team": "team-d",
            "filed_at": "2026-01-20T10:00:00+09:00",
            "decide_by": "2026-02-20T00:00:00+09:00",
            "decided_at": "2026-02-03T10:00:00+09:00",
        },
        "appeal-3": {
            "state": "rejected",
            "team": "team-e",
            "filed_at": "2026-01-21T10:00:00+09:00",
            "decide_by": "2026-02-21T00:00:00+09:00",
            "decided_at": "2026-01-22T10:20:00+09:00",
        },
    }


def test_the_verdict_is_overturned_and_the_seat_is_filled(upheld):
    found = upheld.round
    assert (found["seats"], found["advanced"], found["vacancies"], found["snapshot"]) == (4, 4, 0, 2)
    assert [row["outcome"] for row in found["standings"]] == ["advanced"] * 4 + ["eliminated"]
    assert [row["gates"]["originality"] for row in found["standings"]] == ["passed"] * 4 + [None]


def test_the_round_is_final_when_the_window_of_the_new_notice_is_over(upheld):
    """Decided on 3 February: the tenth day is Friday the 13th."""
    found = upheld.round
    assert times(upheld, "sweep") == [
        "2026-01-27T00:01:00+09:00",
        "2026-02-13T23:59:00+09:00",
        "2026-02-14T00:01:00+09:00",
    ]
    assert found["state"] == "final"
    assert found["appeals_close_at"] == "2026-02-14T00:00:00+09:00"
    assert found["appeals_closed_at"] == "2026-02-14T00:01:00+09:00"


def test_the_call_is_void(upheld):
    nothing = {"opened_at": None, "closes_at": None, "applications": [], "selected": []}
    assert upheld.report["calls"] == {"additional-1": {"state": "void", "seats": None, **nothing}}
