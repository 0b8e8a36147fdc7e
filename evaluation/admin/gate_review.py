"""A team's gates as its page shows them: by component what was declared and found, and the verdict in two hands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from core.actors import Actor
from core.sight import sees_all, visible
from evaluation.models import ComponentDeclaration, Document, Entry, Finding, Gate, Verdict
from evaluation.queries.components import Declared, by_component
from evaluation.rules.gates import majority
from evaluation.states import FindingValue, VerdictValue


@dataclass(frozen=True)
class Component:
    """One component of a team's model with what was declared and found of it; the gate as a whole has no name."""

    component: str
    declared: Declared
    findings: Sequence[Finding]

    @property
    def name(self) -> str:
        return self.component or str(_("요건 전체"))

    @property
    def votes(self) -> list[tuple[str, str, int]]:
        """Value, label and number of every kind of finding."""
        given = [finding.finding for finding in self.findings]
        return [(value.value, str(value.label), given.count(value)) for value in FindingValue]


@dataclass(frozen=True)
class Review:
    """A gate's components, the verdict that the findings call for so far, and the one given.

    `called_for` is empty while nothing has a majority, and None for who does not see every finding.
    """

    gate: Gate
    components: Sequence[Component]
    called_for: str | None
    verdict: Verdict | None


def reviews_of_gates(entry: Entry, actor: Actor, now: datetime) -> list[Review]:
    """Every gate of the round, as far as the actor may see its declarations, findings and verdicts.

    Six queries for those who see all, four where nothing is declared; an expert's sight takes some more a round.
    """
    findings = visible(Finding.objects.filter(entry=entry), actor, now).select_related("account")
    verdicts = visible(Verdict.objects.standing().filter(entry=entry), actor, now)
    related = verdicts.select_related("decision__prepared_by", "decision__settled_by")
    given: Mapping[int, Verdict] = {verdict.gate_id: verdict for verdict in related}
    of_gate: dict[int, list[Finding]] = {}
    for finding in findings.order_by("pk"):
        of_gate.setdefault(finding.gate_id, []).append(finding)
    declared = by_component(declarations_of(ComponentDeclaration.objects.filter(entry=entry), actor, now))
    return [
        Review(
            gate=gate,
            components=_components(
                {name: each for (_entry, of, name), each in declared.items() if of == gate.pk},
                of_gate.get(gate.pk, []),
            ),
            called_for=_called_for(of_gate.get(gate.pk, [])) if sees_all(Finding, actor) else None,
            verdict=given.get(gate.pk),
        )
        for gate in entry.round.gates.all()
    ]


def findings_in(reviews: Sequence[Review]) -> list[Finding]:
    """Every finding that they show."""
    return [finding for review in reviews for component in review.components for finding in component.findings]


def declarations_of(
    declarations: "QuerySet[ComponentDeclaration]", actor: Actor, now: datetime
) -> "QuerySet[ComponentDeclaration]":
    """Those that the actor may see, in the order in which they came, with the papers and files that he may see."""
    papers = visible(Document.objects.order_by("received_at", "pk"), actor, now).prefetch_related("files")
    related = visible(declarations, actor, now).select_related("by", "entry__round__programme")
    return related.prefetch_related(Prefetch("papers", papers)).order_by("pk")


def _components(declared: Mapping[str, Declared], findings: Sequence[Finding]) -> list[Component]:
    """Declared ones without a finding and found ones without a declaration stand there alike, by name."""
    return [
        Component(name, declared.get(name, Declared()), [each for each in findings if each.component == name])
        for name in sorted({*declared, *(each.component for each in findings)})
    ]


def _called_for(findings: Sequence[Finding]) -> str:
    verdict = majority([finding.finding for finding in findings])
    return str(VerdictValue(verdict).label) if verdict else ""
