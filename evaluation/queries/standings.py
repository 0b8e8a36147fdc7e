"""Standings of a round: computed from its inputs, or as published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, prefetch_related_objects

from evaluation.models import Round, Snapshot, SnapshotRow
from evaluation.queries.criteria import criteria_version_of
from evaluation.queries.inputs import entry_inputs, inputs_digest, tie_orders
from evaluation.queries.names import names_at
from evaluation.queries.rules import round_rules
from evaluation.rules.standings import TOTAL, RoundRules, Standings, compute, tied_groups


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
        round.snapshots.select_related("announcement", "round", "criteria_version")
        .prefetch_related("rows__entry__team")
        .order_by("-number")
        .first()
    )


def published_outcomes(rounds: Collection[int]) -> dict[int, dict[int, str]]:
    """Round id -> team id -> outcome, as last published; a round without a result is not in it. One query."""
    newer = Snapshot.objects.filter(round=OuterRef("snapshot__round"), number__gt=OuterRef("snapshot__number"))
    rows = SnapshotRow.objects.filter(~Exists(newer), snapshot__round__in=rounds)
    found: dict[int, dict[int, str]] = {}
    for round, team, outcome in rows.values_list("snapshot__round_id", "entry__team_id", "outcome"):
        found.setdefault(round, {})[team] = outcome
    return found


@dataclass(frozen=True)
class BoardRow:
    """One line of a board, every figure as text with its own places. Without a rank there is a reason."""

    team: str
    name: str
    rank: int | None
    total: str | None
    scores: Mapping[str, str | None]
    gates: Mapping[str, str | None]
    outcome: str | None
    reason: str


@dataclass(frozen=True)
class Board:
    """The standings as people see them: the newest published (`snapshot` names it), or as computed now (None).

    `digest` is the published result's own; what is not published has none. `criteria_version` is the number of the
    criteria's version by which the standings are judged.
    """

    snapshot: int | None
    digest: str | None
    rows: Sequence[BoardRow]
    means: Mapping[str, str | None]
    advanced: int
    criteria_version: int


def board(round: Round) -> Board:
    """The newest published standings; before the announcement those that follow from the inputs as they are now."""
    snapshot = published(round)
    if snapshot is not None:
        return published_board(snapshot)
    return computed_board(round, computed_standings(round))


def computed_board(round: Round, computed: Computed) -> Board:
    """Computed standings as people see them."""
    names = dict(round.entries.values_list("team__code", "team__name_ko"))
    rows = [
        BoardRow(
            team=row.team,
            name=names[row.team],
            rank=row.rank,
            total=as_text(row.total),
            scores={code: as_text(points) for code, points in row.scores.items()},
            gates={gate: computed.verdicts[row.team].get(gate) for gate in computed.rules.gates},
            outcome=row.outcome,
            reason=row.reason or "",
        )
        for row in computed.standings.rows
    ]
    means = {code: as_text(mean) for code, mean in computed.standings.means.items()}
    return Board(None, None, rows, means, computed.standings.advanced, criteria_version_of(round).number)


def published_board(snapshot: Snapshot) -> Board:
    """A snapshot as people see it, with the names under which it was published."""
    # The database keeps a JSON object's keys in an order of its own.
    codes = list(snapshot.round.criteria.values_list("code", flat=True))
    gates = list(snapshot.round.gates.values_list("code", flat=True))
    prefetch_related_objects([snapshot], "rows__entry__team")
    published_rows = list(snapshot.rows.all())
    names = names_at([row.entry.team for row in published_rows], snapshot.made_at)
    rows = [
        BoardRow(
            team=row.entry.team.code,
            name=names[row.entry.team_id],
            rank=row.rank,
            total=as_text(row.total),
            scores={code: row.scores[code] for code in codes},
            gates={gate: row.gates[gate] for gate in gates},
            outcome=row.outcome,
            reason=row.reason,
        )
        for row in published_rows
    ]
    means = {code: snapshot.means[code] for code in (*codes, TOTAL)}
    return Board(snapshot.number, snapshot.digest, rows, means, snapshot.advanced, snapshot.criteria_version.number)


def as_text(points: Decimal | None) -> str | None:
    """A figure as it is published: its own digits, no others."""
    return None if points is None else str(points)
