"""A round's criteria: in their order, their versions, who has not signed off one, and what a change would break."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q

from consortia.models import Team
from evaluation.models import CriteriaVersion, Criterion, Round
from evaluation.queries.inputs import entry_inputs
from evaluation.queries.rules import criteria_rows, criterion_rule
from evaluation.rules.criteria import Fault, panel_faults
from evaluation.rules.document import Document, read, written
from evaluation.rules.scores import out_of_bounds
from evaluation.rules.tree import leaves
from evaluation.states import CriteriaState


def from_the_top(criteria: Iterable[Criterion]) -> Iterator[tuple[Criterion, int]]:
    """A round's criteria from the top, each followed by its own parts, which are one deeper; in the given order."""
    under: dict[int | None, list[Criterion]] = {}
    for criterion in criteria:
        under.setdefault(criterion.parent_id, []).append(criterion)

    def laid(parent: int | None, depth: int) -> Iterator[tuple[Criterion, int]]:
        for criterion in under.get(parent, ()):
            yield criterion, depth
            yield from laid(criterion.pk, depth + 1)

    return laid(None, 0)


def criteria_version_of(round: Round) -> CriteriaVersion:
    """The version by which the round is judged: the one in force; before the round opens the first."""
    by_now = Q(state=CriteriaState.IN_FORCE) | Q(number=1, state=CriteriaState.PROPOSED)
    return round.criteria_versions.get(by_now)


def documents_of(round: Round) -> list[dict[str, Any]]:
    """The criteria as they stand in their rows, written as a version lays them down."""
    return [written(criterion_rule(row), row.name_ko, row.name_en) for row in criteria_rows(round)]


def panel_faults_of(round: Round) -> list[Fault]:
    """Criteria as they stand for which the round's panel can never hand in enough sheets."""
    return panel_faults([criterion_rule(row) for row in criteria_rows(round)], round.panel.count())


def version_before(version: CriteriaVersion) -> CriteriaVersion | None:
    """The version that this one changes: the last before it that was ever in force; None for the first."""
    taken = (CriteriaState.IN_FORCE, CriteriaState.SUPERSEDED)
    earlier = CriteriaVersion.objects.filter(round=version.round_id, number__lt=version.number, state__in=taken)
    return earlier.order_by("-number").first()


def proposed_version(round: Round) -> CriteriaVersion | None:
    """The change that has been proposed and neither adopted nor dropped."""
    return round.criteria_versions.filter(state=CriteriaState.PROPOSED, number__gt=1).first()


def lacking_consent(version: CriteriaVersion) -> list[Team]:
    """The teams that take part and have not consented to the version, in the order of entries."""
    taking_part = Team.objects.filter(entries__round=version.round_id, entries__withdrawn_at__isnull=True)
    return list(taking_part.exclude(criteria_consents__version=version).order_by("entries__position"))


def results_beyond(round: Round, documents: Sequence[Document]) -> list[tuple[str, str]]:
    """(team, criterion) of every result that the values recorded so far would put beyond its bounds.

    Withdrawn entries have no result. Only criteria that differ from the rows as they stand are asked about.
    """
    standing: Mapping[str, Document] = {each["code"]: each for each in documents_of(round)}
    rules = [read(document) for document in documents]
    touched = [leaf for leaf, document in _leaves(rules, documents) if document != standing[leaf.code]]
    return [
        (entry.team, leaf.code)
        for entry in entry_inputs(round)
        for leaf in touched
        if not entry.withdrawn and out_of_bounds(leaf, entry.team, entry.values.get(leaf.code, ()))
    ]


def _leaves(rules: Sequence[Any], documents: Sequence[Document]) -> list[tuple[Any, Document]]:
    by_code = {document["code"]: document for document in documents}
    return [(leaf, by_code[leaf.code]) for leaf in leaves(rules)]
