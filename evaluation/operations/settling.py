"""Ranks and outcomes where a set is not enough: tied teams that officials have ordered, seats for the next in rank."""

from django.db import connection

from evaluation.models import LiveStanding, Round
from evaluation.queries.inputs import standing_verdicts, tie_orders
from evaluation.rules import gates as gate_rules
from evaluation.rules.outcomes import Contender
from evaluation.rules.ranks import ranks
from evaluation.rules.seats import decide
from evaluation.states import VacancyRule

_WRITE = """
UPDATE evaluation_livestanding l SET rank = d.rank, outcome = d.outcome
FROM unnest(%s::bigint[], %s::integer[], %s::text[]) AS d (entry_id, rank, outcome)
WHERE l.entry_id = d.entry_id AND (l.rank, l.outcome) IS DISTINCT FROM (d.rank, d.outcome)"""


def needs_settling(round: Round) -> bool:
    """Whether officials have ordered tied teams of the round, or an empty seat goes to the next in rank."""
    return round.vacancy == VacancyRule.PROMOTE or round.tie_breaks.exists()


def settle(round: Round) -> None:
    """Decide ranks and outcomes by the rules themselves, from the keys that stand."""
    rows = list(
        LiveStanding.objects.filter(round=round, key__isnull=False)
        .order_by("entry__position")
        .values_list("entry_id", "entry__team__code", "key", "total")
    )
    ranked = ranks({team: tuple(key or ()) for _, team, key, _ in rows}, tie_orders(round))
    given, gates = standing_verdicts(round), tuple(round.gates.values_list("code", flat=True))
    contenders = [
        Contender(
            team=team,
            rank=ranked[team],
            gate_failed=gate_rules.failed(gates, given.get(team, {})),
            below_floor=round.floor is not None and total < round.floor,
            awaiting=gate_rules.awaiting(gates, given.get(team, {})),
        )
        for _, team, _, total in rows
    ]
    outcomes = decide(contenders, seats=round.seats, vacancy=round.vacancy).outcomes
    if LiveStanding.objects.filter(round=round, reason="incomplete").exists():
        outcomes = {}
    with connection.cursor() as cursor:
        teams = [team for _, team, _, _ in rows]
        cursor.execute(
            _WRITE,
            [[row[0] for row in rows], [ranked[team] for team in teams], [outcomes.get(team) for team in teams]],
        )
