"""Gates: experts' findings, and the verdict that two officials give by what most of them found."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.models import Account
from core.operation import operation
from core.text import stated
from evaluation.models import Entry, Finding, Gate, Round, Verdict
from evaluation.operations.inputs import hold, hold_of, hold_panelist, mark_stale, require_scoring
from evaluation.policies import bar_panelists, require_no_conflict, require_panelist
from evaluation.queries.lookup import entry_of, gate_of
from evaluation.rules.gates import majority
from evaluation.states import FindingValue
from evaluation.verbs import DECIDE_GATE, FIND


@operation(FIND)
def find(
    entry: Entry,
    *,
    gate: Gate,
    person: Account,
    finding: FindingValue,
    reason: str,
    component: str = "",
    actor: Actor,
    now: datetime,
) -> Finding:
    """Give an expert's finding on a gate, perhaps for one component. One a person, gate, team and component.

    The same again is returned, another is `duplicate`; once the verdict is given no finding is taken (`wrong_state`).
    """
    round = hold_of(entry)
    require_panelist(hold_panelist(round, person), person, actor)
    require_no_conflict(round, person, entry.team, now)
    require_scoring(round, entry)
    standing = Finding.objects.filter(gate=gate, entry=entry, account=person, component=component).first()
    if standing is not None and (standing.finding, standing.reason) == (finding, reason.strip()):
        return standing
    require_undecided(gate, entry)
    reason = stated(reason, _("사유"))
    if standing is not None:
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("이미 낸 의견이 있습니다: {gate} · {entry}"), gate=gate, entry=entry),
            gate=gate.code,
        )
    given = Finding.objects.create(
        gate=gate, entry=entry, account=person, finding=finding, reason=reason, component=component, at=now
    )
    record(FIND, entry, at=now, gate=gate.code, finding=finding, component=component)
    return given


def require_undecided(gate: Gate, entry: Entry) -> None:
    """Refuse with `wrong_state` what a verdict was to rest on, once it is given."""
    if Verdict.objects.filter(gate=gate, entry=entry).exists():
        raise Refused(
            Code.WRONG_STATE,
            format_lazy(_("{gate} 판정이 이미 나왔습니다: {entry}"), gate=gate, entry=entry),
            gate=gate.code,
        )


def _findings(round: Round, *, gate: str, team: str, **__: object) -> list[str]:
    """What a verdict relies on: the findings given."""
    given = Finding.objects.filter(gate__round=round, gate__code=gate, entry__team__code=team)
    return list(given.values_list("finding", flat=True))


@decided(DECIDE_GATE, Round, relies_on=_findings, barred=bar_panelists)
def decide_gate(
    round: Round, *, gate: str, team: str, verdict: str, reason: str = "", actor: Actor, now: datetime
) -> Verdict:
    """Give the verdict on a gate: what more than half of the findings say, abstentions not counted (`no_majority`).

    The same verdict again is returned; another is `duplicate`, since only a correction may replace it.
    """
    round = hold(round.pk)
    entry, about = entry_of(round, team), gate_of(round, gate)
    require_scoring(round, entry)
    reason = stated(reason, _("사유"))
    standing = Verdict.objects.standing().filter(gate=about, entry=entry).first()
    if standing is not None:
        if standing.verdict == verdict:
            return standing
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("{about} 판정이 이미 있습니다: {entry}"), about=about, entry=entry),
            gate=gate,
            team=team,
        )
    if majority(_findings(round, gate=gate, team=team)) != verdict:
        raise Refused(
            Code.NO_MAJORITY,
            format_lazy(_("과반의 의견과 다르거나 과반이 없습니다: {about} · {entry}"), about=about, entry=entry),
            gate=gate,
        )
    given = Verdict.objects.create(
        gate=about, entry=entry, verdict=verdict, reason=reason, decision_id=actor.decision_id(), at=now
    )
    mark_stale(round, now)
    record(DECIDE_GATE, entry, at=now, gate=gate, verdict=verdict)
    return given
