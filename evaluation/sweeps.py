"""What is due in this package: live standings that no longer follow from their inputs."""

import logging
from datetime import datetime

from core.actors import Actor
from evaluation.models import Round
from evaluation.operations.recomputing import recompute

logger = logging.getLogger(__name__)


def recompute_round(round_id: int, *, actor: Actor, now: datetime) -> bool:
    """Recompute one round if it is stale; False where it is not, or is gone."""
    round = Round.objects.filter(pk=round_id).first()
    return round is not None and recompute(round, actor=actor, now=now)


def recompute_stale(rounds: "list[int] | None", *, actor: Actor, now: datetime) -> tuple[list[int], list[Exception]]:
    """Recompute every stale round, or those among `rounds`: the ids of those that were, and what went wrong."""
    stale = Round.objects.filter(stale_marks__isnull=False).distinct()
    if rounds is not None:
        stale = stale.filter(pk__in=rounds)
    done, faults = [], []
    for round in stale:
        try:
            if recompute(round, actor=actor, now=now):
                done.append(round.pk)
        except Exception as fault:
            logger.exception("the standings of round %s could not be recomputed", round.pk)
            faults.append(fault)
    return done, faults
