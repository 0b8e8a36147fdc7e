"""Taking responses of a user panel out while the round is being scored; after the announcement it is a correction."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.events import record
from core.text import stated
from evaluation.models import ResponseBatch, ResponseBatchExclusion, Round
from evaluation.operations.corrections import require_results_within_bounds
from evaluation.operations.inputs import mark_stale, require_scoring
from evaluation.operations.response_changes import exclusion_of
from evaluation.policies import bar_panelists
from evaluation.verbs import EXCLUDE_RESPONSES


def _held(pk: int) -> ResponseBatch:
    Round.objects.alone(ResponseBatch.objects.values_list("entry__round_id", flat=True).get(pk=pk))
    return ResponseBatch.objects.select_related("entry__round__programme", "entry__team", "criterion").get(pk=pk)


def _ground(batch: ResponseBatch, **__: object) -> list[object]:
    """Its marks never change: the decision stands on whether they count."""
    return [hasattr(batch, "exclusion"), batch.digest]


def _barred(batch: ResponseBatch, *, actor: Actor, **__: Any) -> None:
    bar_panelists(batch.entry.round, actor=actor)


@decided(EXCLUDE_RESPONSES, ResponseBatch, relies_on=_ground, barred=_barred, held=_held)
def exclude_responses(batch: ResponseBatch, *, reason: str = "", actor: Actor, now: datetime) -> ResponseBatchExclusion:
    """Let the responses of a batch count no more. It stays with its code; the right ones come in under another.

    One that has been excluded already is returned as it stands. Refused: `wrong_state` for a team that has withdrawn,
    `locked` once announced (a correction may), `incomplete` without a reason, `out_of_range` where what is left has a
    result beyond its bounds.
    """
    batch = _held(batch.pk)
    entry, leaf = batch.entry, batch.criterion
    if hasattr(batch, "exclusion"):
        return batch.exclusion
    require_scoring(entry.round, entry)
    change = exclusion_of(batch)
    made: ResponseBatchExclusion = change.write(stated(reason, _("사유")), actor, now)  # type: ignore[assignment]
    require_results_within_bounds([change])
    mark_stale(entry.round, now, entry, [leaf])
    record(EXCLUDE_RESPONSES, entry, at=now, criterion=leaf.code, batch=batch.number, responses=batch.size)
    return made
