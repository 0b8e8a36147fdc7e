"""Small scenarios played inside a test's own transaction, through the same reading, staging, playing and telling."""

from pathlib import Path
from typing import Any

from django.db import connection

from rehearsal.document import parse
from rehearsal.play import play
from rehearsal.report import report
from rehearsal.scenario import Scenario
from rehearsal.schema import build
from rehearsal.stage import Stage, set_stage
from tests.kept import step, undone

CAST = """\
schema: simsa/scenario@1
programme: {code: small, name: {ko: 작은 사업}}
people:
  official-1: {role: official}
  official-2: {role: official}
  expert-1: {role: evaluator, organisation: outside}
  expert-2: {role: evaluator, organisation: outside}
  expert-3: {role: evaluator, organisation: outside}
  insider: {role: evaluator, organisation: org-a}
  stranger: {role: evaluator}
  reviewer-1: {role: reviewer, organisation: outside}
  auditor-1: {role: auditor}
  operator-1: {role: operator}
  a-lead: {role: applicant, team: team-a}
  b-lead: {role: applicant, team: team-b}
  x-lead: {role: applicant, team: team-x}
organisations:
  outside: {name: {ko: 바깥 기관}}
  org-a: {name: {ko: 가 기관}}
teams:
  team-a: {name: {ko: 가 팀}, lead: org-a}
  team-b: {name: {ko: 나 팀}}
  team-c: {name: {ko: 다 팀}}
  team-d: {name: {ko: 라 팀}}
  team-x: {name: {ko: 엑스 팀}, applied_before: true}
"""
ROUND = """\
rounds:
  stage-1:
    number: 1
    name: {ko: 1차}
    starts: 2025-09-01
    ends: 2026-01-15
    evidence_closes: 2026-01-05T09:00+09:00
    %(rules)s
    entries: [%(entries)s]
    criteria:
%(criteria)s
"""
DIRECT = "      points: {points: 100, source: direct}"
BOTH = "[official-1, official-2]"


def scenario(
    events: str, *, rules: str = "seats: 1", entries: str = "team-a, team-b", criteria: str = DIRECT, cast: str = CAST
) -> str:
    """A scenario of one round. Events are lines "do: …", each at the given or the usual time."""
    written = []
    for line in filter(None, map(str.strip, events.splitlines())):
        at = "" if line.startswith("at:") else "at: 2026-01-15T14:00+09:00, "
        body = line if "round:" in line or not _of_a_round(line) else f"{line}, round: stage-1"
        written.append(f"  - {{{at}{body}}}\n")
    rounds = ROUND % {"rules": rules.replace("\n", "\n    "), "entries": entries, "criteria": criteria}
    return f"{cast}{rounds}events:\n{''.join(written)}" if written else f"{cast}{rounds}events: []\n"


def _of_a_round(line: str) -> bool:
    return not any(f"do: {do}" in line for do in ("answer", "apply", "sweep"))


def points(**given: object) -> str:
    """Points for teams: points(a=90, b=80)."""
    entered = "do: record_points, team: team-%s, criterion: points, points: %s, by: official-1"
    return "\n".join(["do: open_round, by: official-1", *(entered % pair for pair in given.items()), ""])


def told(text: str) -> dict[str, Any]:
    """The report of the scenario after its last event; what was played is undone."""
    scenario = build(parse(text), Path("small.yaml"))
    with undone():
        stage = staged(text, scenario)
        played = play(scenario, stage, None, lambda _: None)
        with connection.cursor() as cursor:
            # In life every event is committed, and with it sealed; here the test's transaction never is.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        return report(scenario, stage, played)


def staged(text: str, scenario: Scenario) -> Stage:
    """The stage of a scenario, which many share that differ in their events."""
    now = scenario.events[0].at
    return step("staged", lambda: set_stage(scenario, now), text.partition("\nevents:")[0], now)


def results(text: str) -> list[str]:
    """How each event ended: "done", or the code of its refusal."""
    return [event.get("code", event["result"]) for event in told(text)["events"]]


def last(events: str, **given: Any) -> str:
    """How the last event ended, when all before it were done."""
    *before, end = results(scenario(events, **given))
    assert before == ["done"] * len(before)
    return end


def standings(text: str) -> list[tuple[Any, ...]]:
    """Team, rank, total and outcome (or the reason for none) of each row."""
    rows = told(text)["rounds"]["stage-1"]["standings"]
    return [(row["team"], row["rank"], row["total"], row["outcome"] or row.get("reason")) for row in rows]
