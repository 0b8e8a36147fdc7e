"""Files that are hostile but honest: whatever can be read can be played, and ends as done or refused."""

import pytest

from tests.rehearsal.plays import BOTH, CAST, points, results, scenario, standings, told

pytestmark = pytest.mark.django_db
ANNOUNCE = f"do: announce, by: {BOTH}\n"
MEASURED = "      points: {points: 100, source: measurements, %s}"
MEASURE = "do: record_measurements, team: team-a, criterion: points, values: {%s}, by: official-1\n"
OPEN = "do: open_round, by: official-1\n"
ALONE = {"entries": "team-a"}
LONG = "가" * 200


def test_the_longest_names_are_recorded():
    cast = CAST.replace("{ko: 가 팀}", f"{{ko: {LONG}}}").replace(
        "official-1: {role: official}", (f"official-1: {{role: official, name: {{ko: {'나' * 100}}}}}")
    )
    events = (
        f"do: ask, team: team-a, id: {'q' * 64}, text: 질의, by: a-lead\n"
        f"do: declare_conflict, person: expert-1, team: team-a, kind: other, reason: {LONG}, by: official-1\n"
        f"do: file_document, team: team-a, kind: {'k' * 64}, title: {LONG}{'나' * 100}, by: a-lead\n"
        + points(a=90)
        + ANNOUNCE
    )
    text = scenario(events, cast=cast, **ALONE).replace("name: {ko: 1차}", f"name: {{ko: {LONG}}}")
    assert results(text) == ["done"] * 6


@pytest.mark.parametrize("digits", ["99." + "9" * 38, "0." + "0" * 38 + "1", "1e1", "0e39", "-0"])
def test_numbers_with_every_digit(digits):
    assert results(scenario(points(a=digits), **ALONE))[-1] == "done"


def test_a_number_that_rounds_up_to_the_full_points_is_no_more_than_them():
    text = scenario(points(a="99." + "9" * 38), **ALONE)
    assert standings(text) == [("team-a", 1, "100.0", "advanced")]


def test_huge_values_under_a_relative_scale():
    events = OPEN + MEASURE % f"x: {'9' * 40}" + MEASURE.replace("team-a", "team-b") % "x: 1" + ANNOUNCE
    text = scenario(events, criteria=MEASURED % "scale: {kind: share_of_best}")
    assert standings(text) == [("team-a", 1, "100.0", "advanced"), ("team-b", 2, "0.0", "eliminated")]


@pytest.mark.parametrize("rule", ["quorum: 2147483647", "aggregate: trimmed_mean, trim: 32767"])
def test_a_quorum_that_nobody_meets_is_incomplete(rule):
    events = OPEN + MEASURE % "x: 1" + ANNOUNCE
    assert results(scenario(events, criteria=MEASURED % rule, **ALONE))[-1] == "incomplete"


def test_the_longest_periods():
    events = points(a=90) + ANNOUNCE.replace("do:", "at: 2999-12-31T23:59:59+09:00, do:")
    found = told(scenario(events, rules="seats: 1\nappeal_days: 3650", **ALONE))["rounds"]["stage-1"]
    assert found["appeals_close_at"].startswith("3009-12-")


def test_the_most_seats():
    text = scenario(points(a=90) + ANNOUNCE + "at: 2026-01-27T00:00+09:00, do: sweep\n", rules="seats: 32767", **ALONE)
    assert told(text)["rounds"]["stage-1"]["vacancies"] == 32766


def test_the_most_places():
    text = scenario(
        points(a="1.2345675"),
        rules="seats: 1\nmean_places: 6",
        criteria="      points: {points: 100, source: direct, places: 6}",
    )
    assert standings(text)[0][2] == "1.234568"


def test_a_factor_as_fine_as_a_column_holds():
    events = OPEN + MEASURE % "x: 1"
    text = scenario(
        events, criteria=MEASURED % "scale: {kind: linear, factor: 9223372036854775807/9223372036854775806}"
    )
    assert standings(text)[0][2] == "1.0"


def test_an_empty_panel_hands_in_nothing():
    sheet = "do: submit_sheet, team: team-a, points: {points: 1}, person: expert-1"
    text = scenario(OPEN + sheet, rules="seats: 1\npanel: []", criteria="      points: {points: 100, source: sheets}")
    assert results(text) == ["done", "not_entitled"]


@pytest.mark.parametrize(
    "event",
    [
        "do: submit_sheet, team: team-a, points: {}, person: expert-1",
        "do: record_responses, team: team-a, criterion: points, marks: [], by: official-1",
        "do: record_measurements, team: team-a, criterion: points, values: {}, by: official-1",
        "do: break_tie, order: [], reason: 사유, by: [official-1, official-2]",
        "do: break_tie, order: [team-a, team-a], reason: 사유, by: [official-1, official-2]",
        "do: authorise_call, call: extra, seats: -5, notice_days: -5, eligible: [], by: [official-1, official-2]",
        f"do: authorise_call, call: extra, seats: 99999, notice_days: 99999, eligible: [newcomers], by: {BOTH}",
    ],
)
@pytest.mark.parametrize("source", ["sheets", "responses", "measurements", "direct"])
def test_empty_and_absurd_events_are_refused(event, source):
    criterion = f"      points: {{points: 100, source: {source}}}"
    assert results(scenario(OPEN + event, criteria=criterion))[-1] in {
        *("unknown", "incomplete", "out_of_range", "wrong_state"),
    }


def test_two_calls_of_a_programme_follow_one_another():
    """The second round ends while the first one's call is open: it becomes final, and its call waits."""
    second = """\
  stage-2:
    number: 2
    name: {ko: 2차}
    starts: 2026-02-01
    ends: 2026-06-30
    evidence_closes: 2026-06-01T09:00+09:00
    seats: 2
    entries: [team-a]
    criteria:
      points: {points: 100, source: direct}
events:
"""
    to_all = "seats: vacancies, notice_days: 30, eligible: [newcomers]"
    call = f"do: authorise_call, call: %s, round: %s, {to_all}, by: {BOTH}\n"
    later = points(a=90).replace("by: official-1", "by: official-1, round: stage-2")
    events = (
        points(a=90)
        + later
        + call % ("first", "stage-1")
        + call % ("second", "stage-2")
        + ANNOUNCE
        + f"do: announce, round: stage-2, delivered: {{team-a: 2026-01-20T09:00+09:00}}, by: {BOTH}\n"
        + "at: 2026-01-27T00:00+09:00, do: sweep\n"
        + "at: 2026-02-10T00:00+09:00, do: sweep\n"
    )
    text = scenario(events, rules="seats: 2", **ALONE).replace("events:\n", second)
    found = told(text)
    assert {event["result"] for event in found["events"]} == {"done"}
    assert [round["state"] for round in found["rounds"].values()] == ["final", "final"]
    assert [call["state"] for call in found["calls"].values()] == ["open", "authorised"]
    after = text + "  - {at: 2026-02-27T00:00+09:00, do: sweep}\n"
    assert [call["state"] for call in told(after)["calls"].values()] == ["closed", "open"]
