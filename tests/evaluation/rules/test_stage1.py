"""The first real stage, recomputed from marks that agree with every published figure."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evaluation.rules.criteria import Criterion, faults
from evaluation.rules.scales import Linear, ShareOfBest
from evaluation.rules.standings import EntryInputs, RoundRules, compute
from tests.evaluation.rules import stage1_raters as raters

TEAMS = list(raters.EXPECTED)
VERDICTS = {"team-a": "passed", "team-b": "passed", "team-c": "passed", "team-d": "failed"}

RULES = RoundRules(
    criteria=(
        Criterion("benchmark", Decimal(40)),
        Criterion("nia", Decimal(10), under="benchmark", source="direct"),
        Criterion("common", Decimal(20), under="benchmark", source="measurements", scale=Linear(Fraction(20, 100))),
        Criterion("individual", Decimal(10), under="benchmark", source="direct"),
        Criterion("expert", Decimal(35), source="sheets", quorum=3),
        Criterion("user", Decimal(25), source="responses", scale=ShareOfBest()),
    ),
    gates=("originality",),
    seats=4,
    vacancy="recruit",
    floor=None,
    ties=("expert", "benchmark"),
    mean_places=2,
)


def entry(team):
    verdicts = {"originality": VERDICTS[team]} if team in VERDICTS else {}
    values = {
        "nia": [Decimal(raters.NIA[team])],
        "individual": [Decimal(raters.INDIVIDUAL[team])],
        "common": [Decimal(value) for value in raters.COMMON[team]],
        "expert": [Decimal(mark) for mark in raters.EXPERTS[team]],
        "user": [Decimal(mark) for mark in raters.USERS[team]],
    }
    return EntryInputs(team, values, verdicts)


STAGE_1 = [entry(team) for team in TEAMS]


@pytest.fixture(scope="module")
def standings():
    return compute(RULES, STAGE_1)


def test_the_criteria_have_no_fault():
    assert faults(RULES.criteria, TEAMS, ties=RULES.ties) == []


@pytest.mark.parametrize("team", TEAMS)
def test_every_score_is_reproduced_to_the_digit(standings, team):
    row = next(row for row in standings.rows if row.team == team)
    order = ["nia", "common", "individual", "benchmark", "expert", "user"]
    assert [*(str(row.scores[code]) for code in order), str(row.total)] == raters.EXPECTED[team]


def test_three_advance_to_four_seats_and_nobody_moves_up(standings):
    assert [(row.team, row.rank, str(row.total), row.outcome) for row in standings.rows] == [
        ("team-a", 1, "90.2", "advanced"),
        ("team-b", 2, "82.2", "advanced"),
        ("team-c", 3, "81.4", "advanced"),
        ("team-d", 4, "75.0", "gate_failed"),
        ("team-e", 5, "69.8", "eliminated"),
    ]
    assert (standings.advanced, standings.vacancies) == (3, 1)
    assert (standings.incomplete, standings.without_verdict, standings.ties_at_cut) == ((), (), ())


def test_the_published_means_are_those_of_all_five(standings):
    assert {code: str(mean) for code, mean in standings.means.items()} == {
        "benchmark": "30.40",
        "nia": "8.56",
        "common": "12.80",
        "individual": "9.04",
        "expert": "28.56",
        "user": "20.76",
        "total": "79.72",
    }


def test_a_figure_opens_down_to_its_marks(standings):
    cell = standings.rows[1].cells["user"]
    marks, best = (sum(map(int, raters.USERS[team])) for team in ("team-b", "team-a"))
    assert cell.count == 49
    assert cell.aggregate == Fraction(marks, 49)
    assert cell.scaled == Fraction(25 * marks, best)
    assert str(cell.points) == "21.2"


def test_under_promote_the_fifth_needs_a_verdict_and_then_takes_the_empty_seat():
    promoting = replace(RULES, vacancy="promote")
    waiting = compute(promoting, STAGE_1)
    assert waiting.without_verdict == (("team-e", "originality"),)
    assert (waiting.rows[4].outcome, waiting.advanced, waiting.vacancies) == (None, 3, 1)
    judged = [*STAGE_1[:4], replace(STAGE_1[4], verdicts={"originality": "passed"})]
    assert compute(promoting, judged).rows[4].outcome == "advanced"
    assert compute(promoting, judged).vacancies == 0
