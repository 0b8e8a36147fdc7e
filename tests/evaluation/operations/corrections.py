"""Corrections as two officials decide them, and a round of measurements and sheets to correct."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from evaluation.models import (
    Correction,
    Notice,
    Snapshot,
)
from evaluation.operations.figures import record_measurements
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from evaluation.verbs import CORRECT
from tests.appeals.after import DAY
from tests.story import NOW, Story, told

CRITERIA = (
    Rule("bench", Decimal(40), source="measurements", aggregate="sum", scale=Linear(Fraction(1))),
    Rule("expert", Decimal(60), source="sheets", quorum=2, scale=Linear(Fraction(3, 2))),
)


def points(team: str, figure: str, criterion: str = "bench") -> dict[str, Any]:
    return {"set_points": {"team": team, "criterion": criterion, "points": figure}}


def value(team: str, name: str, figure: str) -> dict[str, Any]:
    return {"set_measurement": {"team": team, "criterion": "bench", "name": name, "value": figure}}


def sheet(person: str, team: str) -> dict[str, Any]:
    return {"exclude_sheet": {"person": person, "team": team}}


def responses(team: str, batch: str, criterion: str = "user") -> dict[str, Any]:
    return {"exclude_responses": {"team": team, "criterion": criterion, "batch": batch}}


def gate(team: str, verdict: str, code: str = "originality") -> dict[str, Any]:
    return {"set_gate": {"gate": code, "team": team, "verdict": verdict}}


def corrected(story: Story, *corrections: Mapping[str, Any], now=NOW + DAY, reason: str = "정정 사유") -> Correction:
    story.decide(CORRECT, now=now, reason=reason, corrections=list(corrections))
    return Correction.objects.latest("id")


def outcomes(snapshot: Snapshot) -> dict[str, str]:
    return dict(snapshot.rows.values_list("entry__team__code", "outcome"))


def notices() -> list[tuple[str, Any]]:
    rows = Notice.objects.filter(announcement__snapshot__number__gt=1).order_by("id")
    return list(rows.values_list("entry__team__code", "arrived_at"))


def measured() -> Story:
    """Values that are added up, and marks of experts 1 to 3 that count one and a half times."""
    story = told(teams="ab", seats=1, criteria=CRITERIA).open()
    official = story.actor("official-1")
    for team, values in (("a", {"m1": 20, "m2": 15}), ("b", {"m1": 10, "m2": 5})):
        figures = {name: Decimal(figure) for name, figure in values.items()}
        criterion = story.criterion("bench")
        record_measurements(story.entry(team), criterion=criterion, values=figures, run="1", actor=official, now=NOW)
        for expert, mark in (("expert-1", 10), ("expert-2", 40), ("expert-3", 40)):
            person = story.people[expert]
            marks = {story.criterion("expert"): Decimal(mark)}
            submit_sheet(story.entry(team), person=person, points=marks, actor=story.actor(expert), now=NOW)
        story.judge(team)
    return story.announce()
