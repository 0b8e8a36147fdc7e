"""Figures that officials enter: direct points, benchmark values, responses of a user panel."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from evaluation.models import Criterion, DirectPoints, Entry, Measurement, MeasurementRun, Response, ResponseBatch
from evaluation.operations.inputs import (
    beyond_bounds,
    hold_of,
    hold_with_entry,
    mark_stale,
    require_not_excluded,
    require_responses_within_bounds,
    require_scoring,
    require_within_bounds,
)
from evaluation.rules.digests import batch_digest
from evaluation.verbs import RECORD_MEASUREMENTS, RECORD_POINTS, RECORD_RESPONSES


@operation(RECORD_POINTS, often=True)
def record_points(entry: Entry, *, criterion: Criterion, points: Decimal, actor: Actor, now: datetime) -> DirectPoints:
    """Enter a team's points in a criterion whose source is `direct`.

    The same points again return what stands; others are `duplicate`, since only a correction may replace them.
    """
    round = hold_of(entry)
    require_scoring(round, entry)
    require_within_bounds(entry, criterion, [points])
    standing = DirectPoints.objects.standing().filter(entry=entry, criterion=criterion).first()
    if standing is not None:
        if standing.points == points:
            return standing
        raise Refused(
            Code.DUPLICATE,
            format_lazy(
                _("{entry} · {criterion}: 이미 {points}점이 있습니다."),
                entry=entry,
                criterion=criterion,
                points=standing.points,
            ),
            criterion=criterion.code,
        )
    row = DirectPoints.objects.create(entry=entry, criterion=criterion, points=points, by=actor.person(), at=now)
    mark_stale(round, now, entry, [criterion])
    record(RECORD_POINTS, entry, at=now, criterion=criterion.code, points=points)
    return row


@operation(RECORD_MEASUREMENTS, often=True)
def record_measurements(
    entry: Entry,
    *,
    criterion: Criterion,
    values: Mapping[str, Decimal],
    run: str | None = None,
    actor: Actor,
    now: datetime,
) -> MeasurementRun | None:
    """Enter named raw values of a benchmark run. The same run id again changes nothing.

    A name whose value stands already is left as it is; another value for it is `duplicate`. None is returned where
    every value stood already without a run id.
    """
    round = hold_with_entry(entry)
    require_scoring(round, entry)
    known = MeasurementRun.objects.filter(entry=entry, criterion=criterion, code=run).first() if run else None
    if known is not None:
        return known
    if not values:
        raise Refused(Code.INCOMPLETE, _("측정값이 없습니다."), criterion=criterion.code)
    standing = dict(
        Measurement.objects.standing().filter(entry=entry, criterion=criterion).values_list("name", "value")
    )
    require_within_bounds(entry, criterion, [*(standing | dict(values)).values()])
    differing = sorted(name for name, value in values.items() if standing.get(name, value) != value)
    if differing:
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("이미 다른 값이 있습니다: {differing}"), differing=", ".join(differing)),
            names=differing,
        )
    new = {name: value for name, value in values.items() if name not in standing}
    if not new and run is None:
        return None
    delivery = MeasurementRun.objects.create(entry=entry, criterion=criterion, code=run, by=actor.person(), at=now)
    Measurement.objects.bulk_create(
        Measurement(run=delivery, entry=entry, criterion=criterion, name=name, value=value)
        for name, value in new.items()
    )
    mark_stale(round, now, entry, [criterion])
    record(RECORD_MEASUREMENTS, entry, at=now, criterion=criterion.code, values=new, run=run)
    return delivery


@operation(RECORD_RESPONSES)
def record_responses(
    entry: Entry,
    *,
    criterion: Criterion,
    marks: Sequence[Decimal],
    batch: str | None = None,
    actor: Actor,
    now: datetime,
) -> ResponseBatch:
    """Enter marks of a user panel. The same batch id again changes nothing; without one, marks are added.

    The id of a batch that has been excluded is `duplicate`: nothing under it counts.
    """
    round = hold_with_entry(entry)
    require_scoring(round, entry)
    known = ResponseBatch.objects.filter(entry=entry, criterion=criterion, code=batch).first() if batch else None
    if known is not None:
        require_not_excluded([known])
        return known
    if not marks:
        raise Refused(Code.INCOMPLETE, _("응답이 없습니다."), criterion=criterion.code)
    if min(marks) < 0:
        raise beyond_bounds(entry, criterion)
    delivery = ResponseBatch.objects.create(
        entry=entry,
        criterion=criterion,
        code=batch,
        size=len(marks),
        digest=batch_digest(marks),
        by=actor.person(),
        at=now,
    )
    Response.objects.bulk_create((Response(batch=delivery, mark=mark) for mark in marks), batch_size=5000)
    require_responses_within_bounds(criterion, [entry])
    mark_stale(round, now, entry, [criterion])
    record(RECORD_RESPONSES, entry, at=now, criterion=criterion.code, responses=len(marks), batch=batch)
    return delivery
