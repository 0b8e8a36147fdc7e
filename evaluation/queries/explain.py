"""What stands behind a figure: its values, who gave them, which of them do not count and why, and every step."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import BooleanField, ExpressionWrapper, Q, Sum
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from evaluation.models import (
    Criterion,
    DirectPoints,
    Entry,
    Mark,
    Measurement,
    Response,
    ResponseBatch,
    SnapshotRow,
)
from evaluation.queries.standings import Computed, as_text, computed_standings
from evaluation.rules.criterion import TRIMMED_MEAN, least_values
from evaluation.rules.explanation import Step, steps, sum_steps
from evaluation.rules.outcomes import WITHDRAWN
from evaluation.rules.scales import Spread, spread
from evaluation.rules.scores import Cell
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


@dataclass(frozen=True)
class Published:
    """A figure as it stands in the newest snapshot, whose number it is."""

    snapshot: int
    points: str | None


@dataclass(frozen=True)
class Explained:
    """A figure as it follows from the inputs as they are now, with all that it comes from.

    Without a criterion it is the total. A leaf has a cell, the values needed and those given, `AT_ONCE` a page; what
    adds up others has them in `below`. `points` None has a `reason` or too few values. `published` None: nothing is.
    """

    criterion: Criterion | None
    points: str | None
    reason: str
    steps: Sequence[Step]
    below: Sequence[tuple[Criterion, str | None]]
    cell: Cell | None
    needed: int | None
    values: Sequence[Value]
    page: int
    pages: int
    published: Published | None

    @property
    def differs(self) -> bool:
        """Whether another figure has been published than follows from today's inputs."""
        return self.published is not None and self.published.points != self.points


def page_of(asked: Mapping[str, str]) -> int:
    """The page of values that an address asks for, by default the first; `out_of_range` for what is none."""
    page = asked.get("page", "1")
    if not re.fullmatch("[1-9][0-9]{0,5}", page):
        raise _no_page(page[:40])
    return int(page)


def _no_page(page: object) -> Refused:
    return Refused(Code.OUT_OF_RANGE, format_lazy(_("없는 쪽입니다: {page}"), page=page), page=str(page))


def explained(entry: Entry, code: str | None, page: int = 1) -> Explained:
    """An entry's score in a criterion, or its total where `code` is None; `unknown` for a code that is none.

    Its values come `AT_ONCE` at a time; a page beyond the last is `out_of_range`: whoever reads on until nothing is
    left must not go on for ever, and whoever adds up must not count twice.
    """
    criteria = {each.code: each for each in entry.round.criteria.select_related("parent")}
    if code is not None and code not in criteria:
        raise Refused(Code.UNKNOWN, format_lazy(_("이 단계에 없는 평가항목입니다: {code}"), code=code), name=code)
    computed = computed_standings(entry.round)
    row = next(each for each in computed.standings.rows if each.team == entry.team.code)
    rules = computed.rules.criteria
    criterion = criteria[code] if code is not None else None
    below = [each for each in criteria.values() if each.parent == criterion]
    found = Explained(
        criterion=criterion,
        points=as_text(row.total if criterion is None else row.scores[criterion.code]),
        reason=row.reason or "",
        steps=sum_steps(rules, code, row.scores, row.total),
        below=[(each, as_text(row.scores[each.code])) for each in below],
        cell=None,
        needed=None,
        values=(),
        page=page,
        pages=1,
        published=_published(entry, code),
    )
    if criterion is not None and not below:
        rule, cell = next(each for each in rules if each.code == code), row.cells[criterion.code]
        values, number = values_of(entry, criterion, cell, page)
        if row.reason == WITHDRAWN:
            values = [replace(each, left_out=each.left_out or str(_("참여 철회"))) for each in values]
        found = replace(
            found,
            steps=steps(rule, entry.team.code, cell, spread_of(computed, criterion.code)),
            cell=cell,
            needed=least_values(rule),
            values=values,
            pages=max(1, -(-number // AT_ONCE)),
        )
    if page > found.pages:
        raise _no_page(page)
    return found


def _published(entry: Entry, code: str | None) -> Published | None:
    row = SnapshotRow.objects.filter(entry=entry).select_related("snapshot").order_by("-snapshot__number").first()
    if row is None:
        return None
    return Published(row.snapshot.number, as_text(row.total) if code is None else row.scores.get(code))


def values_of(entry: Entry, leaf: Criterion, cell: Cell, page: int = 1) -> tuple[Sequence[Value], int]:
    """A page of the values of an entry in a leaf, and how many there are, of which the cell says how many count.

    They stand in time, but responses by their figure; those of excluded batches come after those that count. Where
    nothing is computed of them, no highest and no lowest is left out.
    """
    trims = leaf.aggregate == TRIMMED_MEAN and cell.aggregate is not None
    if leaf.source == Source.RESPONSES:
        return _responses(entry, leaf, page, cell.count if trims else None), cell.count + _left_out(entry, leaf)
    values = _GIVEN[leaf.source or ""](entry, leaf)
    if trims:
        values = _trimmed(leaf, values)
    return values[(page - 1) * AT_ONCE : page * AT_ONCE], len(values)


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
    return _("제외된 평가표: {reason}").format(reason=exclusion.reason) if exclusion else ""


def _measurements(entry: Entry, leaf: Criterion) -> list[Value]:
    rows = Measurement.objects.filter(entry=entry, criterion=leaf).select_related("run__by", "superseded_by")
    return [Value(row.value, _named(row), str(row.run.by), row.run.at, _superseded(row)) for row in rows.order_by("pk")]


def _named(measurement: Measurement) -> str:
    run = measurement.run.code
    return _("{name} (실행 {run})").format(name=measurement.name, run=run) if run else measurement.name


def _superseded(row: Measurement | DirectPoints) -> str:
    return str(_("정정되어 쓰지 않는 값")) if getattr(row, "superseded_by", None) else ""


def _direct(entry: Entry, leaf: Criterion) -> list[Value]:
    rows = DirectPoints.objects.filter(entry=entry, criterion=leaf).select_related("by", "superseded_by")
    return [Value(row.points, str(leaf), str(row.by), row.at, _superseded(row)) for row in rows.order_by("pk")]


def _responses(entry: Entry, leaf: Criterion, page: int, trimmed_of: int | None) -> list[Value]:
    rows = Response.objects.filter(batch__entry=entry, batch__criterion=leaf)
    excluded = ExpressionWrapper(Q(batch__exclusion__isnull=False), output_field=BooleanField())
    in_order = rows.select_related("batch__by", "batch__exclusion").order_by(excluded, "mark", "pk")
    first = (page - 1) * AT_ONCE
    found = [_response(row.mark, row.batch) for row in in_order[first : first + AT_ONCE]]
    if trimmed_of is None:
        return found
    places = enumerate(found, start=first)
    return [value if value.left_out else _cut(value, at, trimmed_of, leaf.trim) for at, value in places]


def _response(mark: Decimal, batch: ResponseBatch) -> Value:
    exclusion = getattr(batch, "exclusion", None)
    why = _("제외된 묶음: {reason}").format(reason=exclusion.reason) if exclusion else ""
    return Value(mark, _("묶음 {batch}").format(batch=batch.number), str(batch.by), batch.at, why)


def _left_out(entry: Entry, leaf: Criterion) -> int:
    """How many responses do not count."""
    out = ResponseBatch.objects.filter(entry=entry, criterion=leaf, exclusion__isnull=False)
    left_out: int = out.aggregate(all=Sum("size", default=0))["all"]
    return left_out


def _trimmed(leaf: Criterion, values: Sequence[Value]) -> list[Value]:
    """The same values, the highest and lowest that a trimmed mean leaves out told so."""
    counted = sorted(_counted(values), key=lambda place: values[place].figure)
    cut = {place: _cut(values[place], at, len(counted), leaf.trim) for at, place in enumerate(counted)}
    return [cut.get(place, value) for place, value in enumerate(values)]


def _counted(values: Sequence[Value]) -> Iterable[int]:
    return (place for place, value in enumerate(values) if not value.left_out)


def _cut(value: Value, at: int, count: int, trim: int) -> Value:
    if at < trim:
        return replace(value, left_out=str(_("최저점 제외")))
    return replace(value, left_out=str(_("최고점 제외"))) if at >= count - trim else value


_GIVEN: Mapping[str, Callable[[Entry, Criterion], list[Value]]] = {
    Source.SHEETS: _marks,
    Source.MEASUREMENTS: _measurements,
    Source.DIRECT: _direct,
}
