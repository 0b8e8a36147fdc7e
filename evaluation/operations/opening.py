"""Opening a round: from here on its criteria and entries are frozen."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from evaluation.models import Round
from evaluation.operations.criteria_consent import require_consent
from evaluation.operations.inputs import mark_stale
from evaluation.operations.late_targets import lay_down_late_targets
from evaluation.queries.criteria import criteria_version_of
from evaluation.states import CRITERIA, ROUND
from evaluation.verbs import OPEN_ROUND


@operation(OPEN_ROUND)
def open_round(round: Round, *, reason: str = "", actor: Actor, now: datetime) -> Round:
    """Open a drafted round for scoring. Criteria, gates and entries can no longer change.

    The first version of its criteria comes into force, and after it one with the targets of each team that was let in
    late. A reason is kept in the record. `wrong_state` for a round that is open already; `incomplete` for one without
    entries, or whose teams must sign off the criteria and have not all done so.
    """
    round = Round.objects.alone(round.pk)
    round.state = ROUND.require(round.state, "open")
    if not round.entries.exists():
        raise Refused(Code.INCOMPLETE, _("참여팀이 없습니다."), round=round.code)
    version = criteria_version_of(round)
    require_consent(round, version)
    version.state = CRITERIA.require(version.state, "adopt")
    version.save(update_fields=["state"])
    round.opened_at = now
    round.save(update_fields=["state", "opened_at"])
    lay_down_late_targets(round, now)
    mark_stale(round, now)
    record(OPEN_ROUND, round, at=now)
    return round
