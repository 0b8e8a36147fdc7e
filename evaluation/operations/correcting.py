"""Correcting an announced result: new rows beside the old, then the next snapshot and announcement."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import (
    Announcement,
    Correction,
    DirectPoints,
    Measurement,
    Round,
    Sheet,
    SheetExclusion,
    Snapshot,
    Verdict,
)
from evaluation.operations.announcing import notify
from evaluation.operations.inputs import mark_stale, require_within_bounds
from evaluation.operations.snapshots import require_complete, require_untied, take_snapshot
from evaluation.policies import bar_panelists
from evaluation.queries.lookup import entry_of, gate_of, leaf_of
from evaluation.queries.standings import computed_standings, published
from evaluation.states import RoundState, Source
from evaluation.verbs import CORRECT


def _inputs(round: Round, **_: object) -> str:
    return computed_standings(round).inputs_digest


@decided(CORRECT, Round, relies_on=_inputs, barred=bar_panelists)
def correct_round(
    round: Round, *, corrections: Sequence[Mapping[str, Any]], reason: str = "", actor: Actor, now: datetime
) -> Correction:
    """Apply corrections to an announced result as one batch, and publish what follows.

    A correction is one of `{set_points: {team, criterion, points}}`, `{set_measurement: {team, criterion, name,
    value}}`, `{exclude_sheet: {person, team}}`, `{set_gate: {gate, team, verdict}}`, figures as text. Each adds a row
    that supersedes; none edits. The majority of the first panel does not bind it. The standings are computed anew under
    the round's lock and published as the next snapshot; a team whose outcome changes gets a new notice, and a window of
    its own from it.

    Refused: `unknown` names, `wrong_state` unless the result is announced and not final, `incomplete` or `tie_at_cut`
    where the corrected standings could not be announced, `out_of_range` points.
    """
    round = Round.objects.alone(round.pk)
    if round.state != RoundState.ANNOUNCED:
        raise Refused(Code.WRONG_STATE, "발표되어 확정되지 않은 결과만 정정합니다.", state=round.state)
    reason = stated(reason, "사유")
    before = published(round)
    if before is None:
        raise ValueError("an announced round has a snapshot")  # announcing makes both or neither
    for correction in corrections:
        for kind, item in correction.items():
            _CORRECTIONS[kind](round, item, reason, actor, now)
    computed = computed_standings(round)
    require_complete(computed.standings)
    require_untied(computed.standings)
    after = take_snapshot(round, computed, now)
    made = Correction.objects.create(
        round=round,
        items=[dict(correction) for correction in corrections],
        reason=reason,
        before=before,
        after=after,
        decision_id=actor.decision_id(),
        at=now,
    )
    _publish(round, before, after, actor, now)
    mark_stale(round, now)
    record(CORRECT, round, at=now, snapshot=after.number, corrections=made.items, outcomes=_outcomes(after))
    return made


def _publish(round: Round, before: Snapshot, after: Snapshot, actor: Actor, now: datetime) -> None:
    """Announce the next snapshot as widely as the one before, and notify the teams whose outcome changed."""
    announcement = Announcement.objects.create(
        round=round,
        snapshot=after,
        disclosure=before.announcement.disclosure,
        decision_id=actor.decision_id(),
        announced_at=now,
    )
    was, is_now = _outcomes(before), _outcomes(after)
    changed = [team for team, outcome in is_now.items() if was[team] != outcome]
    entries = list(round.entries.filter(team__code__in=changed))
    notices = notify(announcement, entries, {}, now)
    latest = [notice.window_closes_at for notice in notices]
    if round.appeals_close_at is not None:
        latest.append(round.appeals_close_at)
    round.appeals_close_at = max(latest)
    round.save(update_fields=["appeals_close_at"])


def _outcomes(snapshot: Snapshot) -> dict[str, str]:
    return dict(snapshot.rows.values_list("entry__team__code", "outcome"))


def _set_points(round: Round, item: Mapping[str, Any], reason: str, actor: Actor, now: datetime) -> None:
    entry = entry_of(round, item["team"])
    criterion = leaf_of(round, item["criterion"], Source.DIRECT)
    points = Decimal(item["points"])
    require_within_bounds(entry, criterion, [points])
    standing = DirectPoints.objects.standing().filter(entry=entry, criterion=criterion).first()
    DirectPoints.objects.create(
        entry=entry, criterion=criterion, points=points, by=actor.person(), at=now, supersedes=standing
    )


def _set_measurement(round: Round, item: Mapping[str, Any], reason: str, actor: Actor, now: datetime) -> None:
    entry = entry_of(round, item["team"])
    criterion = leaf_of(round, item["criterion"], Source.MEASUREMENTS)
    values = Measurement.objects.standing().filter(entry=entry, criterion=criterion)
    standing = values.filter(name=item["name"]).first()
    if standing is None:
        raise Refused(Code.UNKNOWN, f"없는 측정값입니다: {item['name']}", name=item["name"])
    value = Decimal(item["value"])
    others = values.exclude(pk=standing.pk).values_list("value", flat=True)
    require_within_bounds(entry, criterion, [*others, value])
    Measurement.objects.create(
        run=standing.run, entry=entry, criterion=criterion, name=standing.name, value=value, supersedes=standing
    )


def _exclude_sheet(round: Round, item: Mapping[str, Any], reason: str, actor: Actor, now: datetime) -> None:
    entry = entry_of(round, item["team"])
    username = f"{round.programme.code}.{item['person']}"
    sheet = Sheet.objects.filter(entry=entry, account__username=username).first()
    if sheet is None:
        raise Refused(Code.UNKNOWN, f"없는 평가표입니다: {item['person']} · {entry}", person=item["person"])
    SheetExclusion.objects.get_or_create(sheet=sheet, defaults={"reason": reason, "by": actor.person(), "at": now})


def _set_gate(round: Round, item: Mapping[str, Any], reason: str, actor: Actor, now: datetime) -> None:
    entry, gate = entry_of(round, item["team"]), gate_of(round, item["gate"])
    standing = Verdict.objects.standing().filter(gate=gate, entry=entry).first()
    Verdict.objects.create(
        gate=gate,
        entry=entry,
        verdict=item["verdict"],
        reason=reason,
        decision_id=actor.decision_id(),
        at=now,
        supersedes=standing,
    )


_CORRECTIONS: Mapping[str, Callable[[Round, Mapping[str, Any], str, Actor, datetime], None]] = {
    "set_points": _set_points,
    "set_measurement": _set_measurement,
    "exclude_sheet": _exclude_sheet,
    "set_gate": _set_gate,
}
