"""Suppositions too large for a request: asked for, computed by a job, looked at on the record, and removed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.jobs import ring
from core.models import WorkPhase
from core.operation import operation, reading
from core.operations.working import Cancelled, end_work, free, reporting, stop_work
from evaluation import jobs
from evaluation.models import Round, Supposing
from evaluation.operations.supposing import as_fact, change_of, require_known, suppose
from evaluation.policies import bar_panelists
from evaluation.queries.criteria import criteria_version_of
from evaluation.queries.names import names_shown
from evaluation.queries.rules import round_rules
from evaluation.queries.supposed import Seen, document_of, seen_in, seen_of
from evaluation.queries.supposing import Steps, steps_of
from evaluation.rules.supposing import Change
from evaluation.verbs import CANCEL_SUPPOSING, REMOVE_SUPPOSING, SEE_SUPPOSING, SUPPOSE

LIFE = timedelta(days=7)
"""So long a result is kept: it can be computed again, and what lies about is one more thing to be guarded."""


@operation(SUPPOSE)
def ask_for_supposing(round: Round, *, changes: Sequence[Change], actor: Actor, now: datetime) -> Supposing:
    """Ask for a supposition; a job computes it. Whoever asks for the same again meanwhile is led to the one under way.

    Refused as `suppose` refuses, and `incomplete` where nothing is supposed.
    """
    round = Round.objects.select_for_update(no_key=True).get(pk=round.pk)
    bar_panelists(round, actor=actor)
    require_known(round, round_rules(round), round.entries.values_list("team__code", flat=True), changes)
    if not changes:
        raise Refused(Code.INCOMPLETE, _("가정한 것이 없습니다."))
    facts = {"round": round, "changes": [as_fact(each) for each in changes], "by": actor.person()}
    under_way = Supposing.objects.filter(**facts, phase__in=Supposing.going, cancelled=False).first()
    if under_way is not None:
        return under_way
    supposing = Supposing.objects.create(**facts, at=now)
    record(SUPPOSE, round, at=now, supposing=supposing.pk, changes=supposing.changes)
    ring(jobs.COMPUTE_SUPPOSING, supposing.pk)
    return supposing


@operation(SUPPOSE)
def compute_supposing(supposing: Supposing, *, actor: Actor, now: datetime) -> bool:
    """Compute what somebody has asked for, and keep it; False where that is done, or a job is at it.

    What is refused is told in the supposition, in a transaction of its own: see `give_up_supposing`.
    """
    if not free(supposing) or not Supposing.objects.filter(pk=supposing.pk, phase__in=Supposing.going).exists():
        return False
    entries, total = steps_of(supposing.round)
    changes = [change_of(each) for each in supposing.changes]
    # Read first: where other criteria come into force meanwhile, the result is out of date rather than wrong.
    version = criteria_version_of(supposing.round).number
    with reporting(supposing, phase=WorkPhase.RUNNING, total=total) as progress:
        found = suppose(supposing.round, changes=changes, steps=Steps(entries, progress), actor=actor, now=now)
    kept = {"found": {"criteria_version": version, **document_of(seen_of(found))}, "kept_until": now + LIFE}
    if not end_work(supposing, WorkPhase.DONE, "계산했습니다.", done=total, total=total, **kept):
        raise Cancelled
    record(SUPPOSE, supposing.round, at=now, supposing=supposing.pk, snapshot=found.before.snapshot, kept=LIFE.days)
    return True


@operation(CANCEL_SUPPOSING)
def cancel_supposing(supposing: Supposing, *, actor: Actor, now: datetime) -> Supposing:
    """Give a supposition up. Where a job is at it, the job stops at its next step, and no result remains.

    `wrong_state` where it is over.
    """
    stop_work(supposing, "취소했습니다.")
    record(CANCEL_SUPPOSING, supposing.round, at=now, supposing=supposing.pk)
    supposing.refresh_from_db()
    return supposing


@operation(SUPPOSE)
def give_up_supposing(supposing: Supposing, *, said: str, cancelled: bool = False, actor: Actor, now: datetime) -> None:
    """Note why nothing came of a supposition."""
    if end_work(supposing, WorkPhase.CANCELLED if cancelled else WorkPhase.REFUSED, said):
        record(SUPPOSE, supposing.round, at=now, supposing=supposing.pk, said=said)


@reading(SEE_SUPPOSING)
def see_supposing(supposing: Supposing, *, actor: Actor, now: datetime) -> Seen:
    """What was found, and a line that says who looked at it.

    Refused: `unknown` where there is none, or its time is over; `conflict_of_interest` for whoever has come onto the
    panel; `wrong_state` once the round is judged by other criteria, by which it would be another result.
    """
    if supposing.found is None or supposing.kept_until is None or supposing.kept_until <= now:
        raise Refused(Code.UNKNOWN, _("보관하고 있는 계산 결과가 없습니다."), supposing=supposing.pk)
    round = supposing.round
    bar_panelists(round, actor=actor)
    if supposing.found["criteria_version"] != criteria_version_of(round).number:
        raise Refused(
            Code.WRONG_STATE, _("계산한 뒤에 평가기준이 바뀌었습니다. 다시 계산해 보십시오."), supposing=supposing.pk
        )
    seen = seen_in(supposing.found, names_shown(round, supposing.found["snapshot"]))
    record(SEE_SUPPOSING, round, at=now, supposing=supposing.pk, snapshot=seen.snapshot)
    return seen


@operation(REMOVE_SUPPOSING)
def remove_supposing(supposing: Supposing, *, actor: Actor, now: datetime) -> bool:
    """Take away a result whose time is over; what was supposed stays told. False where there is none any more."""
    due = Supposing.objects.filter(pk=supposing.pk, kept_until__lte=now, found__isnull=False)
    if not due.update(found=None, said="보관 기한이 지나 결과를 지웠습니다."):
        return False
    record(REMOVE_SUPPOSING, supposing.round, at=now, supposing=supposing.pk)
    return True
