"""평가기준 동의: a team signs off a version of the criteria, itself or on paper."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Team
from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.roles import Role
from core.text import stated
from evaluation.models import CriteriaConsent, CriteriaVersion, Round
from evaluation.operations.inputs import hold, require_no_result, require_taking_part
from evaluation.policies import require_own_team
from evaluation.queries.criteria import lacking_consent
from evaluation.queries.lookup import entry_of
from evaluation.states import CriteriaState
from evaluation.verbs import CONSENT_TO_CRITERIA


@operation(CONSENT_TO_CRITERIA)
def consent_to_criteria(
    version: CriteriaVersion, *, team: Team, evidence: str = "", actor: Actor, now: datetime
) -> CriteriaConsent:
    """Keep a team's consent to a version of the criteria, proposed or in force.

    By the team's own people, or by an official who has it in writing: `evidence` then names the paper. It is given
    once and never taken back; the same again is returned.

    Refused: `unknown` for a team that does not take part, `not_entitled` for another's team, `wrong_state` where the
    round asks for no consent, is announced, the team has withdrawn or the version is superseded or dropped,
    `incomplete` where an official names no paper.
    """
    round = hold(version.round_id)
    entry = entry_of(round, team.code)
    require_own_team(actor, team)
    version = CriteriaVersion.objects.get(pk=version.pk)
    if not round.criteria_consent:
        raise Refused(Code.WRONG_STATE, _("평가기준 동의를 받지 않는 단계입니다."), round=round.code)
    require_no_result(round)
    require_taking_part(entry)
    if version.state not in {CriteriaState.PROPOSED, CriteriaState.IN_FORCE}:
        raise Refused(Code.WRONG_STATE, _("대체되거나 폐기된 평가기준입니다."), version=version.number)
    standing = version.consents.filter(team=team).first()
    if standing is not None:
        return standing
    paper = stated(evidence, _("서면 근거")) if Role.OFFICIAL in actor.roles else ""
    consent = CriteriaConsent.objects.create(version=version, team=team, by=actor.person(), evidence=paper, at=now)
    record(CONSENT_TO_CRITERIA, version, at=now, team=team.code, evidence=paper, digest=version.digest)
    return consent


def require_consent(round: Round, version: CriteriaVersion) -> None:
    """Refuse with `incomplete` while a team that takes part has not consented, where the round asks for it."""
    lacking = lacking_consent(version) if round.criteria_consent else []
    if lacking:
        names = ", ".join(str(team) for team in lacking)
        raise Refused(
            Code.INCOMPLETE,
            format_lazy(_("평가기준에 동의하지 않은 팀이 있습니다: {names}"), names=names),
            teams=[team.code for team in lacking],
        )
