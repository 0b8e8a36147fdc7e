"""Correcting an announced result: new rows beside the old, then the next snapshot and announcement."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import Announcement, Correction, Round, Snapshot
from evaluation.operations.changes import Change, apply_in_turn
from evaluation.operations.corrections import changes_of, require_results_within_bounds
from evaluation.operations.recomputing import recompute_all
from evaluation.operations.serving import notify
from evaluation.operations.snapshots import require_complete, require_untied, take_snapshot, undecided
from evaluation.operations.windows import note_latest_window
from evaluation.policies import bar_panelists
from evaluation.queries.comparing import Moves, moves_of
from evaluation.queries.digests import inputs_digest
from evaluation.queries.names import names_of
from evaluation.queries.standings import published
from evaluation.rules.standings import Standings
from evaluation.states import RoundState
from evaluation.verbs import CORRECT


def published_ground(round: Round, **__: object) -> list[object]:
    """What a correction relies on: every counted input, and the names under which results are shown."""
    return [inputs_digest(round), names_of(round)]


@decided(CORRECT, Round, relies_on=published_ground, barred=bar_panelists)
def correct_round(
    round: Round, *, corrections: Sequence[Mapping[str, Any]], reason: str = "", actor: Actor, now: datetime
) -> Correction:
    """Apply corrections to an announced result as one batch, and publish what follows.

    A correction is one of `{set_points: {team, criterion, points}}`, `{set_measurement: {team, criterion, name,
    value}}`, `{exclude_sheet: {person, team}}`, `{replace_sheet: {person, team, points: {criterion: figure}}}`,
    `{exclude_responses: {team, criterion, batch}}`, `{set_gate: {gate, team, verdict}}`, `{set_name: {team, language,
    name}}`, `{break_tie: {order}}`, figures as text; an order is of teams that are tied when what stands before it is
    done. Each adds a row beside the old one, which stays. The majority of the first panel does not
    bind it. The standings are computed anew under the round's lock and published as the next snapshot; a team whose
    outcome changes gets a new notice, and a window of its own from it.

    Refused: `unknown` names, `wrong_state` unless the result is announced and not final, `incomplete` for no
    correction or where the corrected standings could not be announced, `out_of_range` where a result lies beyond its
    bounds when all is applied, `tie_at_cut` where a tie across the last seat is left without an order.
    """
    round = Round.objects.alone(round.pk)
    changes = changes_of(round, corrections)
    require_correctable(round)
    reason = stated(reason, _("사유"))
    before = published(round)
    if before is None:
        raise ValueError("an announced round has a snapshot")  # announcing makes both or neither
    if not changes:
        raise Refused(Code.INCOMPLETE, _("정정할 것을 적어야 합니다."))
    moves = moves_of(apply_in_turn(round, changes, reason, actor, now))
    recompute_all(round)
    require_publishable(changes, undecided(round))
    after = take_snapshot(round, now)
    made = Correction.objects.create(
        round=round,
        items=[dict(correction) for correction in corrections],
        moves=_by_team(moves),
        reason=reason,
        before=before,
        after=after,
        decision_id=actor.decision_id(),
        at=now,
    )
    _publish(round, before, after, actor, now)
    record(CORRECT, round, at=now, snapshot=after.number, corrections=made.items, outcomes=_outcomes(after))
    return made


def require_correctable(round: Round) -> None:
    """Refuse with `wrong_state` a result that is not announced, or is final."""
    if round.state != RoundState.ANNOUNCED:
        raise Refused(Code.WRONG_STATE, _("발표되어 확정되지 않은 결과만 정정합니다."), state=round.state)


def require_publishable(changes: Sequence[Change], standings: Standings | None) -> None:
    """Refuse a batch after which the standings could not be announced: `incomplete`, `out_of_range`, `tie_at_cut`."""
    require_complete(standings)
    require_results_within_bounds(changes)
    require_untied(standings)


def _by_team(moves: Moves) -> dict[str, dict[str, list[int]]]:
    """As `Correction.moves` keeps it."""
    found: dict[str, dict[str, list[int]]] = {}
    for (team, fact), numbers in moves.items():
        found.setdefault(team, {})[fact] = list(numbers)
    return found


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
    notify(announcement, entries, {}, now)
    note_latest_window(round)


def _outcomes(snapshot: Snapshot) -> dict[str, str]:
    return dict(snapshot.rows.values_list("entry__team__code", "outcome"))
