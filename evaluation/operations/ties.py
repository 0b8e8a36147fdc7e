"""Ties that nothing in the rules decides are decided by two officials, with a reason."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import Round, TieBreak
from evaluation.operations.changes import Change, Item
from evaluation.operations.inputs import hold, mark_stale, require_scoring
from evaluation.policies import bar_panelists
from evaluation.queries.lookup import entry_of
from evaluation.queries.standings import groups_tied
from evaluation.rules.ranks import order_for
from evaluation.verbs import BREAK_TIE

ALL_OF_THEM = _("동점인 팀을 모두 적어야 합니다.")


def _tied(round: Round, **__: object) -> list[list[str]]:
    return [sorted(group) for group in groups_tied(round)]


@decided(BREAK_TIE, Round, relies_on=_tied, barred=bar_panelists)
def break_tie(round: Round, *, order: Sequence[str], reason: str = "", actor: Actor, now: datetime) -> TieBreak:
    """Put tied teams in order: the first named ranks first.

    The teams must be tied as the scores stand (`wrong_state`), and the order must name every team of the tied group
    (`incomplete`), each once (`out_of_range`). The same order again returns what stands; a newer one replaces it. Of an
    announced result it is a correction (`changed_order`).
    """
    round = hold(round.pk)
    for team in order:
        entry_of(round, team)
    require_scoring(round)
    broken, made = _put_in_order(round, order, reason, actor, now)
    if made:
        mark_stale(round, now)
        record(BREAK_TIE, round, at=now, order=list(order))
    return broken


def changed_order(round: Round, item: Item) -> Change:
    """`{order: [team, team]}`: a kind of correction, for a tie across the last seat that the others leave behind.

    `unknown` for a team that does not take part. When it is written, after the corrections before it in the batch: the
    same refusals as `break_tie`.
    """
    order = list(item["order"])
    if not order:
        raise Refused(Code.INCOMPLETE, ALL_OF_THEM, tied=[])
    first, *_others = [entry_of(round, team) for team in order]

    def write(reason: str, actor: Actor, now: datetime) -> TieBreak:
        return _put_in_order(round, order, reason, actor, now)[0]

    return Change(first, write)


def _put_in_order(
    round: Round, order: Sequence[str], reason: str, actor: Actor, now: datetime
) -> tuple[TieBreak, bool]:
    """The order as it stands now, and whether it is new."""
    group = next((set(group) for group in groups_tied(round) if order and order[0] in group), set())
    if not set(order) <= group:
        raise Refused(Code.WRONG_STATE, _("동점인 팀이 아닙니다."), order=list(order))
    if not order or set(order) != group:
        raise Refused(Code.INCOMPLETE, ALL_OF_THEM, tied=sorted(group))
    reason = stated(reason, _("사유"))
    if len(order) != len(group):
        raise Refused(Code.OUT_OF_RANGE, _("같은 팀을 두 번 적을 수 없습니다."), order=list(order))
    given = list(round.tie_breaks.all())
    if order_for(tuple(group), [each.order for each in given]) == tuple(order):
        return next(each for each in reversed(given) if group <= set(each.order)), False
    facts = {"reason": reason, "decision_id": actor.decision_id(), "at": now}
    return TieBreak.objects.create(round=round, order=list(order), **facts), True
