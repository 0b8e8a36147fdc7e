"""추가 선정팀의 다음 단계 참여: a team that filled a vacancy enters the round after it, with its own clock."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from consortia.queries import teams_named
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import Admission, Criterion, Entry, Filling, Round
from evaluation.operations.inputs import mark_stale, require_no_result
from evaluation.operations.late_targets import add_targets, require_nothing_proposed
from evaluation.policies import bar_panelists
from evaluation.queries.development import first_day, round_before, targets_of
from evaluation.verbs import ADMIT_TO_ROUND


def _seen(round: Round, **__: object) -> list[object]:
    """The decision stands on the round's dates and on who is in it already."""
    return [round.state, str(round.starts), str(round.ends), list(round.entries.values_list("pk", "withdrawn_at"))]


def _barred(round: Round, *, team: str, actor: Actor, targets: Mapping[str, str] | None = None, **__: Any) -> None:
    """Names and rights stand above the rest in the table of codes; nobody who decides sits on the panel."""
    _named(round, team, targets or {})
    bar_panelists(round, actor=actor)


@decided(ADMIT_TO_ROUND, Round, relies_on=_seen, barred=_barred)
def admit_to_round(
    round: Round,
    *,
    team: str,
    starts: str,
    targets: Mapping[str, str] | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Entry:
    """Let a team that was selected for the vacancy of the round before enter this one, drafted or open.

    `starts` (ISO 8601) is the first day of its development: its net time runs from there to the round's end, and
    `evaluation.queries.development` shows what that lacks. `targets` (criterion -> value, as text) are its own where a
    criterion is scored by targets, and make the next version of the criteria. The others' entries stay as they are.
    The same once more is returned.

    Refused: `unknown` names, `not_eligible` unless a call for that vacancy selected the team, `wrong_state` once the
    result is announced or, where there are targets, while a change of the criteria is proposed, `incomplete` without a
    reason or a target, `out_of_range` for a start before the round's or the selection, or after the round's end, or for
    a target that is not above 0, `duplicate` for a team that is in it.
    """
    round = Round.objects.alone(round.pk)
    found, filling = _named(round, team, targets or {})
    require_no_result(round)
    require_nothing_proposed(round)
    day, reason = date.fromisoformat(starts), stated(reason, _("사유"))
    values = _targets(round, targets or {})
    _require_in_time(round, filling, day)
    standing = round.entries.filter(team=found).first()
    if standing is not None:
        if standing.starts == day:
            return standing
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 참여하는 팀입니다: {found}"), found=found), team=team)
    admission = Admission.objects.create(
        round=round, filling=filling, reason=reason, decision_id=actor.decision_id(), at=now
    )
    entry = Entry.objects.create(
        round=round, team=found, position=_next_position(round), starts=day, admission=admission
    )
    add_targets(admission, values, now)
    mark_stale(round, now)
    record(ADMIT_TO_ROUND, entry, at=now, round=round.code, team=team, starts=starts, targets=dict(targets or {}))
    return entry


def _named(round: Round, team: str, targets: Mapping[str, str]) -> tuple[Team, Filling]:
    """The team, and the seat of the round before that it fills."""
    found = teams_named(round.programme, [team])[0]
    scored = set(targets_of(round).values_list("code", flat=True))
    for code in targets:
        if code not in scored:
            raise Refused(
                Code.UNKNOWN, format_lazy(_("목표값으로 환산하는 평가항목이 아닙니다: {code}"), code=code), name=code
            )
    before = round_before(round)
    filling = Filling.objects.filter(vacancy__round=before, application__team=found).first()
    if filling is None:
        raise Refused(
            Code.NOT_ELIGIBLE, format_lazy(_("앞 단계의 공석에 선정된 팀이 아닙니다: {found}"), found=found), team=team
        )
    return found, filling


def _targets(round: Round, targets: Mapping[str, str]) -> dict[Criterion, Decimal]:
    """A value above 0 for every criterion that is scored by targets: without one the team could have no score."""
    criteria = list(targets_of(round))
    for criterion in criteria:
        if criterion.code not in targets:
            raise Refused(
                Code.INCOMPLETE,
                format_lazy(_("{criterion}의 목표값이 없습니다."), criterion=criterion),
                criterion=criterion.code,
            )
    values = {criterion: Decimal(targets[criterion.code]) for criterion in criteria}
    for criterion, value in values.items():
        if value <= 0:
            raise Refused(
                Code.OUT_OF_RANGE,
                format_lazy(_("{criterion}의 목표값은 0보다 커야 합니다."), criterion=criterion),
                criterion=criterion.code,
            )
    return values


def _require_in_time(round: Round, filling: Filling, day: date) -> None:
    """A clock cannot have run before the team was selected, nor outside the round."""
    first = first_day(round, filling)
    if not first <= day <= round.ends:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("개발 시작일은 {first}부터 {ends}까지여야 합니다."), first=first, ends=round.ends),
            starts=str(day),
        )


def _next_position(round: Round) -> int:
    last = round.entries.order_by("-position").first()
    return 0 if last is None else last.position + 1
