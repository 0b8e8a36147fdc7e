"""What stands behind a figure: the values of one entry in one leaf, who gave them, and which of them do not count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from evaluation.models import Criterion, DirectPoints, Entry, Mark, Measurement, Response
from evaluation.queries.standings import Computed
from evaluation.rules.criterion import TRIMMED_MEAN
from evaluation.rules.scales import Spread, spread
from evaluation.states import Source

AT_ONCE = 200
"""Values shown at once: a user panel may have given a million."""


@dataclass(frozen=True)
class Value:
    """One value: its figure, what it is, who gave it and when; `left_out` says why it does not count."""

    figure: Decimal
    what: str
    by: str
    at: datetime
    left_out: str = ""


def values_of(entry: Entry, leaf: Criterion, page: int = 1) -> Sequence[Value]:
    """The values of an entry in a leaf: in time, but responses by their figure and `AT_ONCE` at a time from page 1."""
    if leaf.source == Source.SHEETS:
        return _trimmed(leaf, _marks(entry, leaf))
    if leaf.source == Source.MEASUREMENTS:
        return _trimmed(leaf, _measurements(entry, leaf))
    if leaf.source == Source.RESPONSES:
        return _responses(entry, leaf, page)
    return _direct(entry, leaf)


def spread_of(computed: Computed, leaf: str) -> Spread | None:
    """The least and the best aggregate of a leaf among the entries that have not withdrawn."""
    cells = (row.cells[leaf] for row in computed.standings.rows if leaf in row.cells)
    return spread(cell.aggregate for cell in cells if cell.aggregate is not None)


def _marks(entry: Entry, leaf: Criterion) -> list[Value]:
    rows = Mark.objects.filter(sheet__entry=entry, criterion=leaf).select_related("sheet__account", "sheet__exclusion")
    return [
        Value(row.points, str(row.sheet._meta.verbose_name), str(row.sheet.account), row.sheet.at, _excluded(row))
        for row in rows.order_by("sheet__at", "pk")
    ]


def _excluded(mark: Mark) -> str:
    exclusion = getattr(mark.sheet, "exclusion", None)
    return f"제외된 평가표: {exclusion.reason}" if exclusion else ""


def _measurements(entry: Entry, leaf: Criterion) -> list[Value]:
    rows = Measurement.objects.filter(entry=entry, criterion=leaf).select_related("run__by", "superseded_by")
    return [Value(row.value, _named(row), str(row.run.by), row.run.at, _superseded(row)) for row in rows.order_by("pk")]


def _named(measurement: Measurement) -> str:
    run = measurement.run.code
    return f"{measurement.name} (실행 {run})" if run else measurement.name


def _superseded(row: Measurement | DirectPoints) -> str:
    return "정정되어 쓰지 않는 값" if getattr(row, "superseded_by", None) else ""


def _direct(entry: Entry, leaf: Criterion) -> list[Value]:
    rows = DirectPoints.objects.filter(entry=entry, criterion=leaf).select_related("by", "superseded_by")
    return [Value(row.points, str(leaf), str(row.by), row.at, _superseded(row)) for row in rows.order_by("pk")]


def _responses(entry: Entry, leaf: Criterion, page: int) -> list[Value]:
    rows = Response.objects.filter(batch__entry=entry, batch__criterion=leaf).select_related("batch__by")
    first = (page - 1) * AT_ONCE
    found = [
        Value(row.mark, f"묶음 {row.batch.code or row.batch_id}", str(row.batch.by), row.batch.at)
        for row in rows.order_by("mark", "pk")[first : first + AT_ONCE]
    ]
    if leaf.aggregate != TRIMMED_MEAN:
        return found
    count = rows.count()
    return [_cut(value, first + place, count, leaf.trim) for place, value in enumerate(found)]


def _trimmed(leaf: Criterion, values: Sequence[Value]) -> Sequence[Value]:
    """The same values, the highest and lowest that a trimmed mean leaves out told so."""
    if leaf.aggregate != TRIMMED_MEAN:
        return values
    counted = sorted(_counted(values), key=lambda place: values[place].figure)
    cut = {place: _cut(values[place], at, len(counted), leaf.trim) for at, place in enumerate(counted)}
    return [cut.get(place, value) for place, value in enumerate(values)]


def _counted(values: Sequence[Value]) -> Iterable[int]:
    return (place for place, value in enumerate(values) if not value.left_out)


def _cut(value: Value, at: int, count: int, trim: int) -> Value:
    if at < trim:
        return replace(value, left_out="최저점 제외")
    return replace(value, left_out="최고점 제외") if at >= count - trim else value
