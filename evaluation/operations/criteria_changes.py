"""A later change of the criteria: proposed as the next version, signed off, adopted by two officials, or dropped."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from core.wording import joined_lazily
from evaluation.models import CriteriaVersion, Round
from evaluation.operations.criteria_consent import require_consent
from evaluation.operations.criteria_rows import put_in_force
from evaluation.operations.inputs import mark_stale, require_scoring
from evaluation.policies import bar_panelists
from evaluation.queries.criteria import criteria_version_of, documents_of, proposed_version, results_beyond
from evaluation.rules.amending import Changes, amended, differences
from evaluation.rules.criteria import Fault, describe, faults, panel_faults
from evaluation.rules.document import Document, digest, read
from evaluation.states import CRITERIA
from evaluation.verbs import ADOPT_CRITERIA, DROP_CRITERIA_PROPOSAL, PROPOSE_CRITERIA


@operation(PROPOSE_CRITERIA)
def propose_criteria(round: Round, *, changes: Changes, reason: str, actor: Actor, now: datetime) -> CriteriaVersion:
    """Write the next version of an open round's criteria, for the teams to see and two officials to adopt.

    `changes` is criterion -> field -> new value, figures as text: names, points, aggregate, trim, quorum, scale with
    factor or targets, places (`evaluation.rules.amending.FIELDS`); never a code, the tree or a source. The same
    proposal again is returned.

    Refused: `conflict_of_interest` for somebody on the panel, `wrong_state` before the round opens, `locked` once it
    is announced, `incomplete` without a reason or a change, `out_of_range` with every fault of the criteria at once,
    or naming each team and criterion whose result would leave its bounds, `duplicate` while another is proposed.
    """
    round = Round.objects.alone(round.pk)
    bar_panelists(round, actor=actor)
    require_scoring(round)
    reason = stated(reason, _("사유"))
    documents = amended_documents(round, changes)
    mark, standing = digest(documents), proposed_version(round)
    if standing is not None:
        if (standing.digest, standing.reason) == (mark, reason):
            return standing
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("이미 제안된 변경이 있습니다: {standing}"), standing=standing),
            version=standing.number,
        )
    version = CriteriaVersion.objects.create(
        round=round,
        number=round.criteria_versions.count() + 1,
        rules=documents,
        digest=mark,
        reason=reason,
        at=now,
    )
    record(PROPOSE_CRITERIA, version, at=now, number=version.number, digest=mark, changes=_facts(round, documents))
    return version


def _ground(version: CriteriaVersion, **__: object) -> list[object]:
    """What an adoption relies on: the version, what it changes, and who takes part. Consents may still come in."""
    standing = criteria_version_of(version.round)
    entries = version.round.entries.values_list("pk", "withdrawn_at")
    return [version.state, version.digest, standing.digest, list(entries)]


def _barred(version: CriteriaVersion, *, actor: Actor, **__: Any) -> None:
    bar_panelists(version.round, actor=actor)


def _held(pk: int) -> CriteriaVersion:
    Round.objects.alone(CriteriaVersion.objects.values_list("round_id", flat=True).get(pk=pk))
    return CriteriaVersion.objects.select_related("round").get(pk=pk)


@decided(ADOPT_CRITERIA, CriteriaVersion, relies_on=_ground, barred=_barred, held=_held)
def adopt_criteria(version: CriteriaVersion, *, reason: str = "", actor: Actor, now: datetime) -> CriteriaVersion:
    """Put a proposed version into force: the round is judged by it from now on, and its standings are computed anew.

    Refused: `wrong_state` unless it is proposed and the round is being scored (`locked` once announced), `incomplete`
    while a team that takes part has not consented where the round asks for it, `out_of_range` where the criteria no
    longer fit who takes part or what has been recorded since.
    """
    version = _held(version.pk)
    round = version.round
    CRITERIA.require(version.state, "adopt")
    require_scoring(round)
    require_consent(round, version)
    require_sound(round, version.rules)
    changes = _facts(round, version.rules)
    before = put_in_force(round, version, actor.decision_id())
    mark_stale(round, now)
    record(ADOPT_CRITERIA, version, at=now, number=version.number, before=before.number, changes=changes)
    return version


@operation(DROP_CRITERIA_PROPOSAL)
def drop_criteria_proposal(version: CriteriaVersion, *, reason: str, actor: Actor, now: datetime) -> CriteriaVersion:
    """Give up a proposed change; it stays to be read. `wrong_state` unless it is proposed, `incomplete` without reason.

    The first version is no proposal: a round that is not open yet has no other criteria.
    """
    version = _held(version.pk)
    if version.number == 1:
        raise Refused(Code.WRONG_STATE, _("처음 정한 평가기준은 폐기할 수 없습니다."), version=version.number)
    version.state = CRITERIA.require(version.state, "drop")
    reason = stated(reason, _("사유"))
    version.save(update_fields=["state"])
    record(DROP_CRITERIA_PROPOSAL, version, at=now, number=version.number)
    return version


def amended_documents(round: Round, changes: Changes) -> list[dict[str, Any]]:
    """The criteria with the changes made, sound as a whole and against what has been recorded."""
    standing = documents_of(round)
    documents, unread = amended(standing, changes)
    _refuse_faults(unread)
    if not differences(standing, documents):
        raise Refused(Code.INCOMPLETE, _("바꿀 것을 적어야 합니다."), field="changes")
    require_sound(round, documents)
    return documents


def require_sound(round: Round, documents: Sequence[Document]) -> None:
    """Refuse with `out_of_range` criteria with a fault, or under which a standing result would leave its bounds."""
    teams = dict(round.entries.values_list("team__code", "team__name_ko"))
    criteria = [read(document) for document in documents]
    _refuse_faults([*faults(criteria, list(teams), ties=round.ties), *panel_faults(criteria, round.panel.count())])
    beyond = results_beyond(round, documents)
    if beyond:
        names: Mapping[str, str] = {document["code"]: document["name"]["ko"] for document in documents}
        said = ", ".join(f"{teams[team]} · {names[code]}" for team, code in beyond)
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("이미 기록한 값으로는 결과가 배점을 벗어나는 항목이 있습니다: {said}"), said=said),
            team=beyond[0][0],
            criterion=beyond[0][1],
            beyond=[list(each) for each in beyond],
        )


def _refuse_faults(found: Sequence[Fault]) -> None:
    if found:
        codes = sorted({fault.criterion for fault in found if fault.criterion})
        told = joined_lazily([describe(fault) for fault in found], " ")
        raise Refused(Code.OUT_OF_RANGE, told, faults=len(found), criteria=codes)


def _facts(round: Round, documents: Sequence[Document]) -> list[list[str | None]]:
    """What changes, for the record: criterion, field, before, after."""
    found = differences(documents_of(round), documents)
    return [[each.criterion, each.field, each.before, each.after] for each in found]
