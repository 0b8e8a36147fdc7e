"""The end of a round: its result is final, and its vacancy is counted."""

from datetime import datetime

from core.actors import Actor
from core.events import record
from core.operation import operation
from evaluation.models import Round, Vacancy
from evaluation.states import ROUND
from evaluation.verbs import FINALISE_ROUND


@operation(FINALISE_ROUND)
def finalise_round(round: Round, *, actor: Actor, now: datetime) -> Vacancy | None:
    """Make the newest snapshot of an announced round final and count the seats that nobody fills.

    The caller holds the round alone and has checked that nothing is pending. The vacancy is returned, None where
    every seat is taken.
    """
    round.state = ROUND.require(round.state, "finalise")
    round.appeals_closed_at = now
    round.save(update_fields=["state", "appeals_closed_at"])
    newest = round.snapshots.order_by("-number")[0]
    vacancy = None
    if newest.vacancies:
        vacancy = Vacancy.objects.create(round=round, seats=newest.vacancies, counted_at=now)
    record(FINALISE_ROUND, round, at=now, snapshot=newest.number, vacancies=newest.vacancies)
    return vacancy
