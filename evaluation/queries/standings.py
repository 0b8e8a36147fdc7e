"""Standings of a round: computed from its inputs, or as published."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from core.models import Decision
from core.names import name_field
from core.wording import language
from evaluation.models import Round, Snapshot, SnapshotRow
from evaluation.queries.aggregates import entry_aggregates
from evaluation.queries.criteria import criteria_version_of
from evaluation.queries.inputs import tie_orders
from evaluation.queries.names import name_at
from evaluation.queries.rules import round_rules
from evaluation.rules.standings import TOTAL, RoundRules, Standings, compute_gathered, tied_groups


@dataclass(frozen=True)
class Computed:
    """Standings with the rules and the verdicts (team -> gate -> verdict) that they follow from."""

    rules: RoundRules
    standings: Standings
    verdicts: Mapping[str, Mapping[str, str]]


def computed_standings(round: Round) -> Computed:
    """The standings that follow from the inputs as they are now, in a fixed number of queries."""
    rules = round_rules(round)
    entries, orders = entry_aggregates(round, rules), tie_orders(round)
    return Computed(
        rules=rules,
        standings=compute_gathered(rules, entries, orders),
        verdicts={entry.team: entry.verdicts for entry in entries},
    )


def groups_tied(round: Round) -> tuple[tuple[str, ...], ...]:
    """The groups of teams that nothing tells apart, before any order that officials gave."""
    rules = round_rules(round)
    return tied_groups(rules, entry_aggregates(round, rules))


def published(round: Round, number: int | None = None) -> Snapshot | None:
    """The newest published snapshot with its announcement, or the one with that number; None where there is none."""
    snapshots = round.snapshots.select_related("announcement", "criteria_version").order_by("-number")
    return (snapshots if number is None else snapshots.filter(number=number)).first()


def published_before(round: Round, decision: Decision) -> Snapshot | None:
    """The newest result that was published when a decision was prepared, with its announcement; not its own."""
    earlier = round.snapshots.filter(made_at__lte=decision.prepared_at).exclude(announcement__decision=decision)
    return earlier.select_related("announcement").order_by("-number").first()


def published_outcomes(rounds: Collection[int]) -> dict[int, dict[int, str]]:
    """Round id -> team id -> outcome, as last published; a round without a result is not in it. One query."""
    newer = Snapshot.objects.filter(round=OuterRef("snapshot__round"), number__gt=OuterRef("snapshot__number"))
    rows = SnapshotRow.objects.filter(~Exists(newer), snapshot__round__in=rounds)
    found: dict[int, dict[int, str]] = {}
    for round, team, outcome in rows.values_list("snapshot__round_id", "entry__team_id", "outcome"):
        found.setdefault(round, {})[team] = outcome
    return found


_COLUMNS = """
SELECT ARRAY(SELECT code FROM evaluation_criterion WHERE round_id = %s ORDER BY position, id),
    ARRAY(SELECT code FROM evaluation_gate WHERE round_id = %s ORDER BY position, id)"""


class BoardRow(NamedTuple):
    """One line of a board, every figure as text with its own places. Without a rank there is a reason."""

    entry: int
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
    criteria's version by which the standings are judged. `computed` is what a board that is not published shows.
    """

    snapshot: int | None
    digest: str | None
    rows: Sequence[BoardRow]
    means: Mapping[str, str | None]
    advanced: int
    criteria_version: int
    computed: Computed | None = field(default=None, compare=False)


def board(round: Round) -> Board:
    """The newest published standings; before the announcement those that follow from the inputs as they are now."""
    snapshot = published(round)
    if snapshot is not None:
        return published_board(snapshot)
    return computed_board(round, computed_standings(round))


def computed_board(round: Round, computed: Computed) -> Board:
    """Computed standings as people see them."""
    known = round.entries.values_list("team__code", "pk", name_field("team__"))
    entries = {team: {"entry": pk, "name": name} for team, pk, name in known}
    rows = [
        BoardRow(
            **entries[row.team],
            team=row.team,
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
    return Board(None, None, rows, means, computed.standings.advanced, criteria_version_of(round).number, computed)


def published_board(snapshot: Snapshot) -> Board:
    """A snapshot as people see it, with the names under which it was published."""
    return published_boards([snapshot])[0]


def published_boards(snapshots: Sequence[Snapshot]) -> list[Board]:
    """The same of several snapshots of one round; in two queries, however many there are and whatever their size."""
    codes, gates = _columns(snapshots[0].round_id)
    rows: dict[int, list[BoardRow]] = {snapshot.pk: [] for snapshot in snapshots}
    for snapshot, entry, team, name, rank, total, points, given, outcome, reason in _published_rows(
        snapshots, codes, gates
    ):
        # Not strict: the query asks for as many as there are names, and to count them takes as long as to pair them.
        scores, verdicts = dict(zip(codes, points, strict=False)), dict(zip(gates, given, strict=False))
        rows[snapshot].append(BoardRow(entry, team, name, rank, total, scores, verdicts, outcome, reason))
    return [
        Board(
            snapshot=each.number,
            digest=each.digest,
            rows=rows[each.pk],
            means={code: each.means[code] for code in (*codes, TOTAL)},
            advanced=each.advanced,
            criteria_version=each.criteria_version.number,
        )
        for each in snapshots
    ]


def _published_rows(
    snapshots: Sequence[Snapshot], codes: Sequence[str], gates: Sequence[str]
) -> QuerySet[SnapshotRow, tuple[Any, ...]]:
    """A snapshot's id and the columns of `BoardRow`, rows in their order, all figures as text.

    The ids are given as a set: of one that is named PostgreSQL believes, until it next takes statistics, that it has
    hardly a row, and reads a thousand of them one by one.
    """
    among = RawSQL("SELECT unnest(%s::bigint[])", [[each.pk for each in snapshots]])
    rows = SnapshotRow.objects.filter(snapshot__in=among).order_by("snapshot_id", "position")
    return rows.values_list(
        "snapshot",
        "entry",
        "entry__team__code",
        name_at("entry__team", "snapshot__made_at", language()),
        "rank",
        Cast("total", TextField()),
        _texts("scores", codes),
        _texts("gates", gates),
        "outcome",
        "reason",
    )


def _texts(column: str, keys: Sequence[str]) -> RawSQL:
    """The values of an object in the order of these keys: as one array they are read faster than as a document."""
    values = ", ".join([f'"evaluation_snapshotrow"."{column}" ->> %s'] * len(keys))
    return RawSQL(f"ARRAY[{values}]::text[]", keys)  # noqa: S611 - our own names; the keys are given


def _columns(round_id: int) -> tuple[list[str], list[str]]:
    """Codes of the round's criteria and of its gates, each in their order, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [round_id, round_id])
        ((codes, gates),) = cursor.fetchall()
    return codes, gates


def as_text(points: Decimal | None) -> str | None:
    """A figure as it is published: its own digits, no others."""
    return None if points is None else str(points)
