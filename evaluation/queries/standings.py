"""Standings of a round: computed from its inputs, or as published."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.models import Round, Snapshot
from evaluation.queries.inputs import entry_inputs, inputs_digest, tie_orders
from evaluation.queries.rules import round_rules
from evaluation.rules.standings import RoundRules, Standings, compute, tied_groups


@dataclass(frozen=True)
class Computed:
    """Standings with the rules, the verdicts (team -> gate -> verdict) and the digest of what they follow from."""

    rules: RoundRules
    standings: Standings
    verdicts: Mapping[str, Mapping[str, str]]
    inputs_digest: str


def computed_standings(round: Round) -> Computed:
    """The standings that follow from the inputs as they are now, in a fixed number of queries."""
    rules, entries, orders = round_rules(round), entry_inputs(round), tie_orders(round)
    return Computed(
        rules=rules,
        standings=compute(rules, entries, orders),
        verdicts={entry.team: entry.verdicts for entry in entries},
        inputs_digest=inputs_digest(rules, entries, orders),
    )


def groups_tied(round: Round) -> tuple[tuple[str, ...], ...]:
    """The groups of teams that nothing tells apart, before any order that officials gave."""
    return tied_groups(round_rules(round), entry_inputs(round))


def published(round: Round) -> Snapshot | None:
    """The newest published snapshot, with its rows, teams and announcement; None before the first."""
    return (
        round.snapshots.select_related("announcement").prefetch_related("rows__entry__team").order_by("-number").first()
    )
