"""The events that follow an announcement: every kind with its fields, and every refusal of the file."""

from datetime import date
from decimal import Decimal

import pytest

from tests.rehearsal.samples import SAMPLE, built, refusal, with_event

TWO = "by: [official-1, official-2]"
WHERE = "round: stage-1, team: team-a"
UPHELD = "appeal: a-1, outcome: upheld, reason: 가"
CORRECTIONS = (
    "{set_points: {team: team-a, criterion: nia, points: 9.5}}, "
    "{set_measurement: {team: team-a, criterion: common, name: m 1, value: 7}}, "
    "{exclude_sheet: {person: expert-1, team: team-a}}, "
    "{set_gate: {gate: originality, team: team-a, verdict: passed}}"
)

KINDS = [
    (f"do: waive_appeal, {WHERE}, by: a-lead", {"round": "stage-1", "team": "team-a"}),
    (f"do: close_appeals_early, round: stage-1, reason: 모두 포기, {TWO}", {"round": "stage-1", "reason": "모두 포기"}),
    (
        f"do: file_appeal, id: appeal-1, {WHERE}, ground: panel_choice, statement: 위원 선정, by: a-lead",
        {
            "id": "appeal-1",
            "round": "stage-1",
            "team": "team-a",
            "ground": "panel_choice",
            "statement": "위원 선정",
        },
    ),
    (
        "do: admit_appeal, appeal: appeal-1, admitted: true, reason: 적격, by: official-1",
        {"appeal": "appeal-1", "admitted": True, "reason": "적격"},
    ),
    (
        "do: assign_reviewers, appeal: appeal-1, people: [expert-1, expert-2], by: official-1",
        {"appeal": "appeal-1", "people": ("expert-1", "expert-2")},
    ),
    ("do: withdraw_appeal, appeal: appeal-1, by: a-lead", {"appeal": "appeal-1"}),
    (
        f"do: decide_appeal, appeal: appeal-1, outcome: dismissed, reason: 이유 없음, {TWO}",
        {"appeal": "appeal-1", "outcome": "dismissed", "reason": "이유 없음", "corrections": ()},
    ),
    (
        f"do: decide_appeal, appeal: appeal-1, outcome: upheld, reason: 재심의, corrections: [{CORRECTIONS}], {TWO}",
        {
            "appeal": "appeal-1",
            "outcome": "upheld",
            "reason": "재심의",
            "corrections": (
                {"set_points": {"team": "team-a", "criterion": "nia", "points": Decimal("9.5")}},
                {"set_measurement": {"team": "team-a", "criterion": "common", "name": "m 1", "value": Decimal(7)}},
                {"exclude_sheet": {"person": "expert-1", "team": "team-a"}},
                {"set_gate": {"gate": "originality", "team": "team-a", "verdict": "passed"}},
            ),
        },
    ),
    (
        "do: screen_application, call: extra-1, team: team-a, eligible: false, reason: 미달, by: official-1",
        {"call": "extra-1", "team": "team-a", "eligible": False, "reason": "미달"},
    ),
    (
        "do: vote_application, call: extra-1, team: team-a, person: expert-1, accept: true",
        {"call": "extra-1", "team": "team-a", "person": "expert-1", "accept": True},
    ),
    (
        f"do: select, call: extra-1, team: none, reason: 없음, {TWO}",
        {"call": "extra-1", "team": "none", "reason": "없음"},
    ),
    (
        f"do: move_end, round: stage-1, ends: 2026-01-31, reason: 늦은 시작, {TWO}",
        {"round": "stage-1", "ends": date(2026, 1, 31), "reason": "늦은 시작"},
    ),
]


@pytest.mark.parametrize(("body", "fields"), KINDS, ids=[f"{n}" for n, _ in enumerate(KINDS)])
def test_every_kind_with_its_fields(body: str, fields: dict[str, object]) -> None:
    found = built(with_event(body)).events[-1]
    assert found.do == body.split(",", maxsplit=1)[0].removeprefix("do: ")
    assert found.fields == fields


def test_where_person_stands_that_person_acts() -> None:
    vote = "do: vote_application, call: c, team: t, person: expert-1, accept: true"
    assert built(with_event(vote)).events[-1].by == ("expert-1",)
    assert built(with_event(f"{vote}, by: expert-2")).events[-1].by == ("expert-2",)


REFUSALS = [
    (f"do: close_appeals_early, round: stage-1, {TWO}", "reason", "필요한 키가 없습니다"),
    ("do: close_appeals_early, round: stage-1, reason: 가, by: official-1", "by", "두 사람의 목록이어야 합니다"),
    (f"do: file_appeal, id: a-1, {WHERE}, ground: mood, statement: 가, by: a-lead", "ground", "decisive_error"),
    (
        f"do: file_appeal, id: a-1, {WHERE}, ground: rules, statement: ' ', by: a-lead",
        "statement",
        "빈 글일 수 없습니다",
    ),
    (
        "do: admit_appeal, appeal: a-1, admitted: maybe, reason: 가, by: official-1",
        "admitted",
        "true 또는 false여야 합니다",
    ),
    ("do: assign_reviewers, appeal: a-1, people: expert-1, by: official-1", "people", "목록이 와야 합니다"),
    (f"do: decide_appeal, appeal: a-1, outcome: rejected, reason: 가, {TWO}", "outcome", "upheld, partly_upheld"),
    (f"do: decide_appeal, appeal: a-1, outcome: upheld, {TWO}", "reason", "필요한 키가 없습니다"),
    (f"do: decide_appeal, {UPHELD}, corrections: [{{}}], {TWO}", "corrections[1]", "다음 가운데 하나만"),
    (
        f"do: decide_appeal, {UPHELD}, corrections: [{{set_gate: {{gate: g, team: t, verdict: open}}}}], {TWO}",
        "corrections[1].set_gate.verdict",
        "passed, failed",
    ),
    (
        f"do: decide_appeal, {UPHELD}, corrections: [{{exclude_sheet: {{team: t}}}}], {TWO}",
        "corrections[1].exclude_sheet.person",
        "필요한 키가 없습니다",
    ),
    (
        f"do: decide_appeal, {UPHELD}, corrections: [{{add_points: {{}}}}], {TWO}",
        "corrections[1].add_points",
        "모르는 키",
    ),
    ("do: vote_application, call: c, team: t, person: p, accept: 1", "accept", "true 또는 false여야 합니다"),
    (f"do: move_end, round: stage-1, ends: soon, reason: 가, {TWO}", "ends", "날짜여야 합니다"),
    (f"do: select, call: c, reason: 가, {TWO}", "team", "필요한 키가 없습니다"),
]


@pytest.mark.parametrize(
    ("body", "key", "message"), REFUSALS, ids=[f"{case[1]}-{n}" for n, case in enumerate(REFUSALS)]
)
def test_refusals_name_line_and_key(body: str, key: str, message: str) -> None:
    refused = refusal(with_event(body))
    assert (refused.line, refused.key) == (SAMPLE.count("\n") + 1, f"events[2].{key}")
    assert message in refused.message
