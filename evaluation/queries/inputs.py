"""Every counted input of a round: read set-based, one query a source, whatever the number of entries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg

from evaluation.models import DirectPoints, Mark, Measurement, Response, Round, Verdict
from evaluation.queries.later import NOTHING, Later
from evaluation.rules.standings import EntryInputs

Values = dict[str, dict[str, Sequence[Decimal]]]


def entry_inputs(round: Round) -> list[EntryInputs]:
    """What each entry is judged by, in the order of entries. Superseded and excluded rows are left out."""
    values, verdicts = _values(round), standing_verdicts(round)
    return [
        EntryInputs(team, values.get(team, {}), verdicts.get(team, {}), withdrawn is not None)
        for team, withdrawn in round.entries.values_list("team__code", "withdrawn_at")
    ]


def standing_verdicts(round: Round) -> Mapping[str, Mapping[str, str]]:
    """Team -> gate -> verdict, as they stand; a team without any is not in it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    given = Verdict.objects.standing().filter(entry__round=round)
    for team, gate, verdict in given.values_list("entry__team__code", "gate__code", "verdict"):
        found[team][gate] = verdict
    return found


def tie_orders(round: Round, later: Later = NOTHING) -> list[list[str]]:
    """The orders that officials gave to tied teams, in time; `later` leaves out what was added after a snapshot."""
    return [given.order for given in round.tie_breaks.exclude(pk__in=later.get("evaluation_tiebreak", ()))]


def _values(round: Round) -> Values:
    found: Values = defaultdict(dict)
    sources = [
        (DirectPoints.objects.standing().filter(entry__round=round), "entry", "criterion", "points"),
        (Measurement.objects.standing().filter(entry__round=round), "entry", "criterion", "value"),
        (
            Mark.objects.filter(sheet__entry__round=round, sheet__exclusion__isnull=True),
            "sheet__entry",
            "criterion",
            "points",
        ),
        (
            Response.objects.filter(batch__entry__round=round, batch__exclusion__isnull=True),
            "batch__entry",
            "batch__criterion",
            "mark",
        ),
    ]
    for rows, entry, criterion, value in sources:
        grouped = rows.values_list(f"{entry}__team__code", f"{criterion}__code").annotate(given=ArrayAgg(value))
        for team, code, values in grouped.order_by():
            found[team][code] = values
    return found
