"""The archive's program, which shares no code with the rules, finds the same by every one of them."""

import json
import random
import runpy
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from evaluation.rules.canonical import rules_text
from evaluation.rules.criterion import Criterion
from evaluation.rules.entries import EntryInputs
from evaluation.rules.scales import Linear, MinMax, ShareOfBest, ShareOfTarget
from evaluation.rules.standings import RoundRules, Standings, compute
from tests.architecture.sources import ROOT

TEAMS = ("a", "b", "c", "d", "e", "f", "g")
CRITERIA = (
    Criterion("direct", Decimal(20), source="direct"),
    Criterion("sheets", Decimal(40)),
    Criterion("trimmed", Decimal(20), under="sheets", source="sheets", aggregate="trimmed_mean", places=2),
    Criterion("middle", Decimal(20), under="sheets", source="sheets", aggregate="median", scale=Linear(Fraction(1, 3))),
    Criterion("best", Decimal(10), source="measurements", aggregate="sum", scale=ShareOfBest(), places=0),
    Criterion(
        *("target", Decimal(20)),
        source="measurements",
        scale=ShareOfTarget({team: Decimal(place + 5) for place, team in enumerate(TEAMS)}),
    ),
    Criterion("spread", Decimal(10), source="responses", scale=MinMax()),
)
TABLE_OF = {"direct": "points", "sheets": "sheets", "measurements": "measurements", "responses": "responses"}
VALUE_OF = {"points": "points", "sheets": "points", "measurements": "value", "responses": "mark"}


@pytest.mark.parametrize("vacancy", ["recruit", "promote", "leave"])
def test_random_rounds_come_out_alike(vacancy: str):
    program = runpy.run_path(str(ROOT / "templates/archive/verify.py"))
    compared = 0
    for seed in range(200):
        chance = random.Random(seed)
        rules = RoundRules(CRITERIA, ("g1", "g2"), 3, vacancy, Decimal(40), ("sheets",), 2)
        entries = [entry(team, chance) for team in TEAMS]
        orders = [chance.sample(TEAMS, len(TEAMS))]
        standings = compute(rules, entries, orders)
        assert (standings.incomplete, standings.ties_at_cut) == ((), ())
        found = program["result_of"](json.loads(rules_text(rules)), inputs(entries, orders))
        del found["digest"]
        assert found == shown(standings, entries)
        compared += len({row.outcome for row in standings.rows}) > 2
    assert compared > 100


def entry(team: str, chance: random.Random) -> EntryInputs:
    """Few different values, so that teams tie; every verdict is there."""
    values = {
        leaf.code: [Decimal(chance.choice([0, 4, 5, 9])) for _ in range(1 if leaf.source == "direct" else 4)]
        for leaf in CRITERIA
        if leaf.source
    }
    verdicts = {gate: chance.choice(["passed", "passed", "failed"]) for gate in ("g1", "g2")}
    return EntryInputs(team, values, verdicts, chance.randrange(7) == 0)


def inputs(entries: list[EntryInputs], orders: list[list[str]]) -> dict[str, Any]:
    tables: dict[str, list[dict[str, str]]] = {name: [] for name in (*VALUE_OF, "verdicts")}
    sources = {each.code: TABLE_OF[each.source] for each in CRITERIA if each.source}
    for each in entries:
        tables["verdicts"] += [{"team": each.team, "gate": gate, "verdict": of} for gate, of in each.verdicts.items()]
        for code, values in each.values.items():
            table = sources[code]
            tables[table] += [{"team": each.team, "criterion": code, VALUE_OF[table]: str(value)} for value in values]
    gone = [each.team for each in entries if each.withdrawn]
    return {"entries": [each.team for each in entries], "orders": orders, "withdrawn": gone, **tables}


def shown(standings: Standings, entries: list[EntryInputs]) -> dict[str, Any]:
    verdicts = {each.team: each.verdicts for each in entries}
    return {
        "advanced": standings.advanced,
        "vacancies": standings.vacancies,
        "means": {code: text(mean) for code, mean in standings.means.items()},
        "rows": {
            row.team: {
                "team": row.team,
                "rank": row.rank,
                "total": text(row.total),
                "outcome": row.outcome,
                "scores": {code: text(points) for code, points in row.scores.items()},
                "gates": dict(verdicts[row.team]),
            }
            for row in standings.rows
        },
    }


def text(figure: Decimal | None) -> str | None:
    return None if figure is None else str(figure)
