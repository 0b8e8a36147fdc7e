"""The shipped scenarios: read whole, and their marks add up to the published figures by arithmetic written out here."""

from collections import Counter
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evaluation.rules.scales import Linear
from rehearsal.scenario import Event, Scenario
from rehearsal.schema import read

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TEAMS = ("team-a", "team-b", "team-c", "team-d", "team-e")


@pytest.fixture(scope="module")
def stage1() -> Scenario:
    return read(SCENARIOS / "stage1.yaml")


@pytest.fixture(scope="module")
def no_gate() -> Scenario:
    return read(SCENARIOS / "stage1_no_gate.yaml")


def of(scenario: Scenario, do: str, **wanted: object) -> list[Event]:
    return [
        event
        for event in scenario.events
        if event.do == do and all(event.fields[name] == value for name, value in wanted.items())
    ]


def half_up(value: Fraction) -> Decimal:
    """To one place; the figures here are no ties in the 28th digit, which is where the division is cut."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def whole_sum(marks: list[Decimal]) -> int:
    return int(sum(marks))


def totals(scenario: Scenario) -> dict[str, dict[str, Decimal]]:
    responses = {e.fields["team"]: whole_sum(e.fields["marks"]) for e in of(scenario, "record_responses")}
    found = {}
    for team in TEAMS:
        direct = {e.fields["criterion"]: e.fields["points"] for e in of(scenario, "record_points", team=team)}
        runs = [list(e.fields["values"].values()) for e in of(scenario, "record_measurements", team=team)]
        sheets = [e.fields["points"]["expert"] for e in of(scenario, "submit_sheet", team=team) if not e.expect]
        common = half_up(Fraction(whole_sum(runs[0]), 13) / 5)
        user = half_up(Fraction(25 * responses[team], max(responses.values())))
        found[team] = {
            "benchmark": direct["nia"] + common + direct["individual"],
            "expert": half_up(Fraction(whole_sum(sheets), 10)),
            "user": user,
        }
    return found


def test_stage1_adds_up_to_the_published_figures(stage1: Scenario) -> None:
    scores = totals(stage1)
    assert [sum(scores[team].values()) for team in TEAMS] == [
        Decimal(n) for n in ("90.2", "82.2", "81.4", "75", "69.8")
    ]
    means = {name: sum(scores[team][name] for team in TEAMS) / 5 for name in ("benchmark", "expert", "user")}
    assert means == {"benchmark": Decimal("30.4"), "expert": Decimal("28.56"), "user": Decimal("20.76")}
    assert sum(means.values()) == Decimal("79.72")
    assert scores["team-a"] == {"benchmark": Decimal("33.6"), "expert": Decimal("31.6"), "user": Decimal("25")}


def test_stage1_has_every_mark(stage1: Scenario) -> None:
    assert len(of(stage1, "submit_sheet")) == 51
    assert all(len(event.fields["marks"]) == 49 for event in of(stage1, "record_responses"))
    assert all(len(event.fields["values"]) == 13 for event in of(stage1, "record_measurements"))
    assert Counter(event.fields["team"] for event in of(stage1, "submit_sheet") if not event.expect) == dict.fromkeys(
        TEAMS, 10
    )


def test_stage1_tells_the_whole_story(stage1: Scenario) -> None:
    assert stage1.illustrative
    assert stage1.label_ko.startswith("예시")
    assert [(e.do, e.expect) for e in stage1.events if e.expect] == [
        ("submit_sheet", "conflict_of_interest"),
        ("apply", "not_eligible"),
        ("apply", "duplicate"),
    ]
    assert [(e.fields["team"], e.fields["verdict"]) for e in of(stage1, "decide_gate")] == [
        ("team-a", "passed"),
        ("team-b", "passed"),
        ("team-c", "passed"),
        ("team-d", "failed"),
    ]
    late = [e for e in of(stage1, "file_document") if e.at >= stage1.rounds[0].evidence_closes]
    assert [e.fields["team"] for e in late] == ["team-d"]
    assert [e.at.isoformat() for e in of(stage1, "sweep")][:2] == [
        "2026-01-26T23:59:00+09:00",
        "2026-01-27T00:01:00+09:00",
    ]


def test_in_stage1_nobody_scores_a_team_of_their_own_organisation(stage1: Scenario) -> None:
    """Nor is anyone's interest unknown: every evaluator has an organisation."""
    bodies = {team.code: {team.lead, *(member.organisation for member in team.members)} for team in stage1.teams}
    belongs = {person.code: person.organisation for person in stage1.people}
    assert all(belongs[person] for person in stage1.rounds[0].panel)
    for event in (*of(stage1, "submit_sheet"), *of(stage1, "find")):
        inside = belongs[event.fields["person"]] in bodies[event.fields["team"]]
        assert inside == (event.expect == "conflict_of_interest")


def test_in_stage1_nobody_asked_about_the_encoder(stage1: Scenario) -> None:
    asked = of(stage1, "ask")
    assert [event.fields["team"] for event in asked] == ["team-e"]
    assert "인코더" not in asked[0].fields["text"]


def test_every_find_agrees_with_its_verdict(stage1: Scenario, no_gate: Scenario) -> None:
    for scenario in (stage1, no_gate):
        for decision in of(scenario, "decide_gate"):
            findings = Counter(e.fields["finding"] for e in of(scenario, "find", team=decision.fields["team"]))
            given = findings["met"] + findings["not_met"]
            wanted = "met" if decision.fields["verdict"] == "passed" else "not_met"
            assert 2 * findings[wanted] > given


def test_the_rules_of_stage1(stage1: Scenario) -> None:
    (stage,) = stage1.rounds
    assert (stage.seats, stage.vacancy, stage.appeal_days, stage.mean_places) == (4, "recruit", 10, 2)
    assert stage.evidence_closes == datetime.fromisoformat("2026-01-05T09:00+09:00")
    rules = {spec.code: spec.rule for spec in stage.criteria}
    assert rules["common"].scale == Linear(Fraction(1, 5))
    assert [(rules[name].points, rules[name].quorum) for name in ("expert", "user")] == [
        (Decimal(35), 10),
        (Decimal(25), 49),
    ]


def test_without_the_gate_all_four_pass_with_the_same_totals(stage1: Scenario, no_gate: Scenario) -> None:
    scores = totals(stage1)
    entered = {(e.fields["team"], e.fields["criterion"]): e.fields["points"] for e in of(no_gate, "record_points")}
    assert entered == {(team, name): points for team in TEAMS for name, points in scores[team].items()}
    assert [e.fields["verdict"] for e in of(no_gate, "decide_gate")] == ["passed"] * 4
    assert len(of(no_gate, "authorise_call")) == 1
    assert not of(no_gate, "apply")


def test_the_two_can_be_kept_side_by_side(stage1: Scenario, no_gate: Scenario) -> None:
    assert stage1.programme.code != no_gate.programme.code
