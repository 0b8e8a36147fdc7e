"""A team leaves a round."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.models import Entry
from evaluation.operations.inputs import hold, mark_stale
from evaluation.policies import require_own_team
from evaluation.states import RoundState
from evaluation.verbs import WITHDRAW


@operation(WITHDRAW)
def withdraw(entry: Entry, *, reason: str, actor: Actor, now: datetime) -> Entry:
    """Withdraw an entry, until the announcement (`locked` after it). Withdrawing again returns what stands.

    The entry keeps its inputs but is neither ranked nor counted, and no longer sets a best or least value.
    """
    require_own_team(actor, entry.team)
    round = hold(entry.round_id)
    if round.state in {RoundState.ANNOUNCED, RoundState.FINAL}:
        raise Refused(Code.LOCKED, _("결과를 이미 발표했습니다."), state=round.state)
    entry = Entry.objects.select_for_update(of=("self",)).select_related("team", "round").get(pk=entry.pk)
    if entry.withdrawn_at is not None:
        return entry
    entry.withdrawn_at, entry.withdrawn_by = now, actor.person()
    entry.withdrawal_reason = stated(reason, _("사유"))
    entry.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    mark_stale(round, now)
    record(WITHDRAW, entry, at=now, team=entry.team.code)
    return entry
