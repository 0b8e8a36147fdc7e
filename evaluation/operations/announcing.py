"""Announcing a round: the snapshot, the announcement, a notice for each team, and each team's window to object."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from evaluation.models import Announcement, Round
from evaluation.operations.recomputing import recompute_all
from evaluation.operations.serving import notify
from evaluation.operations.snapshots import require_complete, require_untied, take_snapshot, undecided
from evaluation.policies import bar_panelists
from evaluation.queries.digests import inputs_digest
from evaluation.queries.lookup import entry_of
from evaluation.queries.service import without_consent
from evaluation.states import ROUND, Disclosure
from evaluation.verbs import ANNOUNCE


def _ground(round: Round, on_paper: Sequence[str] = (), **__: object) -> list[object]:
    """What an announcement relies on: every counted input, and whose notices its officials vouch for.

    One more mark, and the preparation is void; so it is where a team takes back the consent by which it was not to be
    served on paper: its notice would count as arrived at once.
    """
    return [inputs_digest(round), sorted(set(without_consent(round)) - set(on_paper))]


@decided(ANNOUNCE, Round, relies_on=_ground, barred=bar_panelists)
def announce(
    round: Round,
    *,
    disclosure: str = Disclosure.OUTCOMES,
    delivered: Mapping[str, str] | None = None,
    on_paper: Sequence[str] = (),
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Announcement:
    """Announce the result of a round.

    Side effects, in this order: the round is held alone, so that inputs under way are waited for; standings are
    computed here and published as the next snapshot; every entry gets its own notice, which arrives now or when
    `delivered` (team -> ISO 8601 time) says, while one that goes out on paper (`on_paper`: teams) arrives when that is
    recorded; each team's window ends by the calendar from its own arrival, and the latest of them becomes the round's
    `appeals_close_at`.

    Refused: `unknown` team in `delivered` or `on_paper`, `wrong_state` unless the round is being scored, `incomplete`,
    `out_of_range` for an arrival before the announcement, `tie_at_cut`.
    """
    round = Round.objects.alone(round.pk)
    arrivals = {entry_of(round, team).pk: datetime.fromisoformat(at) for team, at in (delivered or {}).items()}
    papers = {entry_of(round, team).pk for team in on_paper}
    state = ROUND.require(round.state, "announce")
    recompute_all(round)
    standings = undecided(round)
    require_complete(standings)
    _require_after(now, arrivals)
    require_untied(standings)
    snapshot = take_snapshot(round, now)
    announcement = Announcement.objects.create(
        round=round, snapshot=snapshot, disclosure=disclosure, decision_id=actor.decision_id(), announced_at=now
    )
    notices = notify(announcement, list(round.entries.all()), arrivals, now, papers)
    round.state, round.announced_at = state, now
    ends = [notice.window_closes_at for notice in notices if notice.window_closes_at]
    round.appeals_close_at = max(ends, default=None)  # `latest_window`, of the notices in hand
    round.save(update_fields=["state", "announced_at", "appeals_close_at"])
    record(
        ANNOUNCE,
        round,
        at=now,
        snapshot=snapshot.number,
        digest=snapshot.digest,
        disclosure=disclosure,
        outcomes=dict(snapshot.rows.values_list("entry__team__code", "outcome")),
        appeals_close_at=round.appeals_close_at,
        on_paper=sorted(on_paper),
    )
    return announcement


def _require_after(now: datetime, arrivals: Mapping[int, datetime]) -> None:
    early = [at for at in arrivals.values() if at < now]
    if early:
        raise Refused(Code.OUT_OF_RANGE, _("통지는 발표보다 먼저 도달할 수 없습니다."), arrived_at=early[0])
