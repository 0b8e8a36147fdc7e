"""What is due in this package: live standings that no longer follow from their inputs."""

from datetime import datetime

from core.actors import Actor
from evaluation.models import Round
from evaluation.operations.recomputing import recompute


def recompute_round(round_id: int, *, actor: Actor, now: datetime) -> bool:
    """Recompute one round if it is stale; False where it is not, or is gone."""
    round = Round.objects.filter(pk=round_id).first()
    return round is not None and recompute(round, actor=actor, now=now)


def recompute_stale(rounds: "list[int] | None", *, actor: Actor, now: datetime) -> list[int]:
    """Recompute every stale round, or those among `rounds`; the ids of those that were."""
    stale = Round.objects.filter(stale_marks__isnull=False).distinct()
    if rounds is not None:
        stale = stale.filter(pk__in=rounds)
    return [round.pk for round in stale if recompute(round, actor=actor, now=now)]
