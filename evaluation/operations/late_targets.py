"""The targets of a team that enters late are laid down in the next version of the criteria, like everybody else's."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused
from evaluation.models import Admission, CriteriaVersion, Criterion, Round, Target
from evaluation.operations.criteria_rows import put_in_force
from evaluation.queries.criteria import criteria_version_of, proposed_version
from evaluation.queries.development import targets_of
from evaluation.rules.amending import with_targets
from evaluation.rules.document import digest
from evaluation.states import RoundState


def require_nothing_proposed(round: Round) -> None:
    """Refuse with `wrong_state` a team with targets while another version is proposed: that was written without it."""
    proposed = proposed_version(round)
    if proposed is not None and targets_of(round).exists():
        raise Refused(
            Code.WRONG_STATE,
            format_lazy(_("제안된 평가기준 변경을 먼저 시행하거나 폐기해야 합니다: {proposed}"), proposed=proposed),
            version=proposed.number,
        )


def add_targets(admission: Admission, targets: Mapping[Criterion, Decimal], now: datetime) -> None:
    """Lay the targets down by the decision that lets the team enter: in an open round by a version in force.

    For the others nothing changes, so nobody is asked to consent. While a round is drafted its first version stands as
    the teams were shown it, and `lay_down_late_targets` follows as it opens.
    """
    if admission.round.state == RoundState.DRAFT:
        team = admission.entry.team
        Target.objects.bulk_create(Target(criterion=each, team=team, value=value) for each, value in targets.items())
    elif targets:
        _lay_down(admission, {criterion.code: value for criterion, value in targets.items()}, now)


def lay_down_late_targets(round: Round, now: datetime) -> None:
    """As the round opens: a version for each team that was let in after the first had been written."""
    admissions = list(Admission.objects.filter(round=round).select_related("round", "entry__team").order_by("pk"))
    late: dict[int, dict[str, Decimal]] = {admission.entry.team_id: {} for admission in admissions}
    if not late:
        return
    rows = Target.objects.filter(criterion__round=round, team__in=late)
    for team, code, value in rows.values_list("team_id", "criterion__code", "value"):
        late[team][code] = value
    for admission in admissions:
        if late[admission.entry.team_id]:
            _lay_down(admission, late[admission.entry.team_id], now)


def _lay_down(admission: Admission, targets: Mapping[str, Decimal], now: datetime) -> None:
    round = admission.round
    # The version in force, not the rows: in these stand the targets of all who were let in while it was drafted.
    documents = with_targets(criteria_version_of(round).rules, admission.entry.team.code, targets)
    version = CriteriaVersion.objects.create(
        round=round,
        number=round.criteria_versions.count() + 1,
        rules=documents,
        digest=digest(documents),
        reason=admission.reason,
        at=now,
    )
    put_in_force(round, version, admission.decision_id)
