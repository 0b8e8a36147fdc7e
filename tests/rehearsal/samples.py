"""A small scenario that is right in every line, for tests that spoil one of them."""

from pathlib import Path

import pytest

from rehearsal.document import Unusable, parse
from rehearsal.scenario import Scenario
from rehearsal.schema import build

SAMPLE = """\
schema: simsa/scenario@1
programme:
  code: demo
  name: {ko: 시범, en: Demo}
people:
  official-1: {role: official, name: {ko: 담당관, en: Official}}
  official-2: {role: official}
  expert-1: {role: evaluator, organisation: kaist}
  expert-2: {role: evaluator}
  a-lead: {role: applicant, team: team-a}
organisations:
  kaist: {name: {ko: 한국과학기술원, en: KAIST}}
  org-a: {name: {ko: 예시 기관 가}}
teams:
  team-a: {name: {ko: 가 팀, en: Team A}, lead: org-a, members: [kaist]}
  team-b:
    name: {ko: 나 팀, en: Team B}
    members: [{organisation: kaist, from: 2025-08-01, until: 2026-01-31}]
    applied_before: true
rounds:
  stage-1:
    number: 1
    name: {ko: 1차 단계평가, en: Stage 1}
    starts: 2025-09-01
    ends: 2026-01-15
    evidence_closes: 2026-01-05T09:00+09:00
    seats: 1
    entries: [team-a, team-b]
    gates:
      originality: {name: {ko: 독자성, en: Originality}, rule: majority}
    criteria:
      benchmark: {name: {ko: 벤치마크 평가, en: Benchmark}, points: 40}
      nia: {under: benchmark, points: 20, source: direct}
      common: {under: benchmark, points: 20, source: measurements, scale: {kind: linear, factor: 20/100}}
      expert: {points: 60, source: sheets, quorum: 3}
events:
  - {at: 2026-01-05T09:00+09:00, do: open_round, round: stage-1, by: official-1}
"""


def lines(text: str, found: str) -> int:
    """The line on which `found` stands for the first time."""
    return text[: text.index(found)].count("\n") + 1


def spoilt(old: str, new: str) -> str:
    """The sample with one part replaced."""
    assert SAMPLE.count(old) == 1, old
    return SAMPLE.replace(old, new)


def built(text: str) -> Scenario:
    """The scenario that the text tells."""
    return build(parse(text), Path("sample.yaml"))


def refusal(text: str) -> Unusable:
    """Why the text cannot be used."""
    with pytest.raises(Unusable) as caught:
        built(text)
    return caught.value


def with_event(body: str) -> str:
    """The sample with one more event, after the opening."""
    return f"{SAMPLE}  - {{at: 2026-01-06T09:00+09:00, {body}}}\n"
