"""Small scenarios of what follows an announcement, as strings, played inside a test's own transaction.

The round was announced on Thursday 2026-01-15 at 14:00 with two seats: a advances, b fails the gate, c is eliminated.
Every window ends with Monday the 26th. Each line of events stands at 2026-01-16T10:00 unless it begins with `at:`.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import connection

from rehearsal.document import parse
from rehearsal.play import play
from rehearsal.report import report
from rehearsal.schema import build
from rehearsal.table import tables
from tests.kept import step, undone
from tests.rehearsal.plays import staged

CAST = """\
schema: simsa/scenario@1
programme: {code: after, name: {ko: 뒷일}}
people:
  official-1: {role: official}
  official-2: {role: official}
  expert-1: {role: evaluator, organisation: outside}
  expert-2: {role: evaluator, organisation: outside}
  expert-3: {role: evaluator, organisation: outside}
  spare: {role: evaluator, organisation: outside}
  insider: {role: evaluator, organisation: org-b}
  reviewer-1: {role: reviewer, organisation: outside}
  stranger: {role: reviewer}
  both: {role: official}
  auditor-1: {role: auditor}
  operator-1: {role: operator}
  a-lead: {role: applicant, team: team-a}
  b-lead: {role: applicant, team: team-b}
  c-lead: {role: applicant, team: team-c}
  x-lead: {role: applicant, team: team-x}
  y-lead: {role: applicant, team: team-y}
organisations:
  outside: {name: {ko: 바깥 기관}}
  org-b: {name: {ko: 나 기관}}
  org-y: {name: {ko: 와이 기관}}
teams:
  team-a: {name: {ko: 가 팀}}
  team-b: {name: {ko: 나 팀}, lead: org-b}
  team-c: {name: {ko: 다 팀}}
  team-x: {name: {ko: 엑스 팀}, applied_before: true}
  team-y: {name: {ko: 와이 팀}, lead: org-y}
rounds:
  stage-1:
    number: 1
    name: {ko: 1차}
    starts: 2025-09-01
    ends: 2026-01-15
    latest_end: 2026-01-31
    evidence_closes: 2026-01-05T09:00+09:00
    seats: 2
    panel: [%(panel)s]
    entries: [team-a, team-b, team-c]
    gates:
      originality: {}
    criteria:
      points: {points: 60, source: direct}
      runs: {points: 40, source: measurements, aggregate: sum}
events:
"""
SCORED = """\
do: open_round, round: stage-1, by: official-1
do: record_points, round: stage-1, team: team-a, criterion: points, points: 50, by: official-1
do: record_points, round: stage-1, team: team-b, criterion: points, points: 40, by: official-1
do: record_points, round: stage-1, team: team-c, criterion: points, points: 30, by: official-1
do: record_measurements, round: stage-1, team: team-a, criterion: runs, values: {m-1: 20, m-2: 10}, by: official-1
do: record_measurements, round: stage-1, team: team-b, criterion: runs, values: {m-1: 15, m-2: 15}, by: official-1
do: record_measurements, round: stage-1, team: team-c, criterion: runs, values: {m-1: 10, m-2: 20}, by: official-1
do: find, round: stage-1, gate: originality, team: team-a, person: expert-1, finding: met, reason: 가
do: find, round: stage-1, gate: originality, team: team-b, person: expert-1, finding: not_met, reason: 가
do: decide_gate, round: stage-1, gate: originality, team: team-a, verdict: passed, reason: 가, by: BOTH
do: decide_gate, round: stage-1, gate: originality, team: team-b, verdict: failed, reason: 가, by: BOTH
"""
ANNOUNCED = "do: announce, round: stage-1, by: BOTH%s\n"
FRIDAY = "2026-01-16T10:00+09:00"
PANEL = "expert-1, expert-2, expert-3"


def scenario(events: str, *, panel: str = PANEL, delivered: str = "", before: str | None = None) -> str:
    """The file: what led to the announcement (or `before` in its place), then these events."""
    set_up = SCORED + ANNOUNCED % (f", delivered: {{{delivered}}}" if delivered else "") if before is None else before
    led = set_up.replace("by: BOTH", "by: [official-1, official-2]").splitlines()
    written = [f"  - {{at: 2026-01-15T14:00+09:00, {line}}}\n" for line in led]
    for line in filter(None, map(str.strip, events.splitlines())):
        written.append(f"  - {{{line}}}\n" if line.startswith("at:") else f"  - {{at: {FRIDAY}, {line}}}\n")
    return CAST % {"panel": panel} + "".join(written)


def played(events: str, **given: Any) -> dict[str, Any]:
    """The report after the last event, with what the table shows as `table`; what was played is undone."""
    text = scenario(events, **given)
    told = build(parse(text), Path("after.yaml"))
    asked = len([line for line in events.splitlines() if line.strip()])
    led, rest = told.events[: len(told.events) - asked], told.events[len(told.events) - asked :]
    with undone():
        stage = staged(text, told)
        set_up = "".join(text.splitlines(keepends=True)[: -asked or None])
        ended = step("led", lambda: play(replace(told, events=led), stage, None, lambda _: None), set_up)
        ended += play(replace(told, events=rest), stage, None, lambda _: None)
        with connection.cursor() as cursor:
            # In life every event is committed, and with it sealed; here the test's transaction never is.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        found = report(told, stage, ended)
    return {**found, "table": tables(found)}


def codes(events: str, **given: Any) -> list[str]:
    """How each of these events ended, when all that led to them were done: `done`, or the code of its refusal."""
    asked = len([line for line in events.splitlines() if line.strip()])
    ended = [event.get("code", event["result"]) for event in played(events, **given)["events"]]
    assert ended[:-asked] == ["done"] * (len(ended) - asked), ended
    return ended[-asked:]


def last(events: str, **given: Any) -> str:
    """How the last event ended, when all before it were done."""
    *before, end = codes(events, **given)
    assert before == ["done"] * len(before), before
    return end
