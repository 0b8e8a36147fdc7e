"""Announcing a round: the snapshot, the announcement, a notice for each team, and each team's window to object."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from consortia.queries import non_working_days
from core.actors import Actor
from core.calendar.window import window_end
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from evaluation.models import Announcement, Entry, Notice, Round
from evaluation.operations.snapshots import require_complete, require_untied, take_snapshot
from evaluation.policies import bar_panelists
from evaluation.queries.lookup import entry_of
from evaluation.queries.standings import computed_standings
from evaluation.states import ROUND, Disclosure
from evaluation.verbs import ANNOUNCE


def _inputs(round: Round, **_: object) -> str:
    """What an announcement relies on: every counted input. One more mark, and the preparation is void."""
    return computed_standings(round).inputs_digest


@decided(ANNOUNCE, Round, relies_on=_inputs, barred=bar_panelists)
def announce(
    round: Round,
    *,
    disclosure: str = Disclosure.OUTCOMES,
    delivered: Mapping[str, str] | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Announcement:
    """Announce the result of a round.

    Side effects, in this order: the round is held alone, so that inputs under way are waited for; standings are
    computed here and published as the next snapshot; every entry gets its own notice, which arrives now or when
    `delivered` (team -> ISO 8601 time) says; each team's window ends by the calendar from its own arrival, and the
    latest of them becomes the round's `appeals_close_at`.

    Refused: `unknown` team in `delivered`, `wrong_state` unless the round is being scored, `incomplete`,
    `out_of_range` for an arrival before the announcement, `tie_at_cut`.
    """
    round = Round.objects.alone(round.pk)
    arrivals = {entry_of(round, team).pk: datetime.fromisoformat(at) for team, at in (delivered or {}).items()}
    state = ROUND.require(round.state, "announce")
    computed = computed_standings(round)
    require_complete(computed.standings)
    _require_after(now, arrivals)
    require_untied(computed.standings)
    snapshot = take_snapshot(round, computed, now)
    announcement = Announcement.objects.create(
        round=round, snapshot=snapshot, disclosure=disclosure, decision_id=actor.decision_id(), announced_at=now
    )
    notices = notify(announcement, list(round.entries.all()), arrivals, now)
    round.state, round.announced_at = state, now
    round.appeals_close_at = max(notice.window_closes_at for notice in notices)
    round.save(update_fields=["state", "announced_at", "appeals_close_at"])
    record(
        ANNOUNCE,
        round,
        at=now,
        snapshot=snapshot.number,
        digest=snapshot.digest,
        disclosure=disclosure,
        outcomes={row.team: row.outcome for row in computed.standings.rows},
        appeals_close_at=round.appeals_close_at,
    )
    return announcement


def _require_after(now: datetime, arrivals: Mapping[int, datetime]) -> None:
    early = [at for at in arrivals.values() if at < now]
    if early:
        raise Refused(Code.OUT_OF_RANGE, "통지는 발표보다 먼저 도달할 수 없습니다.", arrived_at=early[0])


def notify(
    announcement: Announcement, entries: Sequence[Entry], arrivals: Mapping[int, datetime], now: datetime
) -> list[Notice]:
    """A notice for each of these entries (entry id -> arrival, else now), and its window from its own arrival."""
    round = announcement.round
    zone, holidays = round.programme.zone, non_working_days(round.programme)
    notices = []
    for entry in entries:
        arrived_at = arrivals.get(entry.pk, now)
        closes = window_end(arrived_at, round.appeal_days, holidays, zone)
        notices.append(Notice(announcement=announcement, entry=entry, arrived_at=arrived_at, window_closes_at=closes))
    return Notice.objects.bulk_create(notices)
