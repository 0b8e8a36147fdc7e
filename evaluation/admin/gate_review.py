"""A team's gates as its page shows them: component by component, who found what, and the verdict in two hands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from core.actors import Actor
from core.sight import sees_all, visible
from evaluation.models import Entry, Finding, Gate, Verdict
from evaluation.rules.gates import majority
from evaluation.states import FindingValue, VerdictValue


@dataclass(frozen=True)
class Component:
    """One component of a team's model (the gate as a whole where it has no name) with what was found of it."""

    name: str
    findings: Sequence[Finding]

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
    """Every gate of the round, as far as the actor may see its findings and verdicts; three queries."""
    findings = visible(Finding.objects.filter(entry=entry), actor, now).select_related("account")
    verdicts = visible(Verdict.objects.standing().filter(entry=entry), actor, now)
    related = verdicts.select_related("decision__prepared_by", "decision__settled_by")
    given: Mapping[int, Verdict] = {verdict.gate_id: verdict for verdict in related}
    of_gate: dict[int, list[Finding]] = {}
    for finding in findings.order_by("component", "pk"):
        of_gate.setdefault(finding.gate_id, []).append(finding)
    return [
        Review(
            gate=gate,
            components=_components(of_gate.get(gate.pk, [])),
            called_for=_called_for(of_gate.get(gate.pk, [])) if sees_all(Finding, actor) else None,
            verdict=given.get(gate.pk),
        )
        for gate in entry.round.gates.all()
    ]


def _components(findings: Sequence[Finding]) -> list[Component]:
    names = dict.fromkeys(finding.component for finding in findings)
    return [
        Component(name or str(_("요건 전체")), [each for each in findings if each.component == name]) for name in names
    ]


def _called_for(findings: Sequence[Finding]) -> str:
    verdict = majority([finding.finding for finding in findings])
    return str(VerdictValue(verdict).label) if verdict else ""
