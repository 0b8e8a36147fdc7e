"""구성 요소 신고: where each component of a team's model comes from, with the papers that show it."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated
from evaluation.models import ComponentDeclaration, DeclaredEvidence, Document, Entry, Gate, Round
from evaluation.operations.gates import require_undecided
from evaluation.operations.inputs import hold_with_entry, require_no_result, require_taking_part
from evaluation.policies import require_own_team
from evaluation.queries.lookup import entry_of
from evaluation.states import Origin
from evaluation.verbs import DECLARE_COMPONENT

MOST_COMPONENT = 100
"""Characters of a component's name."""


@operation(DECLARE_COMPONENT)
def declare_component(
    entry: Entry,
    *,
    gate: Gate,
    component: str,
    origin: Origin,
    statement: str,
    documents: Sequence[Document] = (),
    actor: Actor,
    now: datetime,
) -> ComponentDeclaration:
    """Receive a team's declaration of a component, by its own people or by an official who has it on paper.

    It is taken before the round opens too, as papers are: evidence closes when scoring begins. At or after the close
    it is late: kept, stamped, not considered. A later one replaces the earlier for reading; the same as the newest
    again is returned.

    Refused: `unknown` for a gate of another round or a paper of another team or round, `not_entitled` for another's
    team, `wrong_state` once the team has withdrawn, the verdict on the gate is given or the result is announced,
    `incomplete` without a name or a statement, `out_of_range` for a name that is too long.
    """
    round = hold_with_entry(entry)
    entry = entry_of(round, entry.team.code)
    _require_of(entry, gate, documents)
    require_own_team(actor, entry.team)
    component, statement = component.strip(), statement.strip()
    newest = ComponentDeclaration.objects.filter(entry=entry, gate=gate, component=component).last()
    if newest is not None and _says(newest, origin, statement, documents):
        return newest
    _require_open(round, entry, gate)
    _require_words(component, statement)
    why = round.lateness(now)
    declared = ComponentDeclaration.objects.create(
        entry=entry,
        gate=gate,
        component=component,
        origin=origin,
        statement=statement,
        by=actor.person(),
        at=now,
        late=bool(why),
        not_considered_because=why,
    )
    papers = {document.pk: document for document in documents}.values()
    DeclaredEvidence.objects.bulk_create(DeclaredEvidence(declaration=declared, document=each) for each in papers)
    facts = {"gate": gate.code, "component": component, "origin": origin, "papers": [each.title for each in papers]}
    record(DECLARE_COMPONENT, declared, at=now, team=entry.team.code, late=bool(why), **facts)
    return declared


def _require_of(entry: Entry, gate: Gate, documents: Sequence[Document]) -> None:
    """A gate of the round, and papers of the team in it: of any other not even that they are there is told."""
    if gate.round_id != entry.round_id:
        raise Refused(Code.UNKNOWN, format_lazy(_("이 단계에 없는 요건입니다: {name}"), name=gate.code), name=gate.code)
    for each in documents:
        if (each.round_id, each.team_id) != (entry.round_id, entry.team_id):
            raise Refused(Code.UNKNOWN, _("이 단계에 이 팀이 낸 자료가 아닙니다."), document=each.pk)


def _require_open(round: Round, entry: Entry, gate: Gate) -> None:
    require_no_result(round)
    require_taking_part(entry)
    require_undecided(gate, entry)


def _require_words(component: str, statement: str) -> None:
    stated(component, _("구성 요소"))
    stated(statement, _("신고 내용"))
    if len(component) > MOST_COMPONENT:
        said = format_lazy(_("구성 요소의 이름은 {most}자까지 적을 수 있습니다."), most=MOST_COMPONENT)
        raise Refused(Code.OUT_OF_RANGE, said, component=component)


def _says(declared: ComponentDeclaration, origin: Origin, statement: str, documents: Sequence[Document]) -> bool:
    papers = set(declared.evidence.values_list("document_id", flat=True))
    return (declared.origin, declared.statement, papers) == (origin, statement, {each.pk for each in documents})
