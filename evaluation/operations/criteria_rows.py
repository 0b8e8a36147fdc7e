"""A version of the criteria comes into force: the rows by which a round is judged are brought to what it lays down."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from evaluation.models import CriteriaVersion, Criterion, Round, Target
from evaluation.queries.criteria import criteria_version_of
from evaluation.rules.document import Document, read
from evaluation.rules.scales import Linear
from evaluation.states import CRITERIA

CHANGED = (
    *("name_ko", "name_en", "points", "aggregate", "trim", "quorum", "scale"),
    *("factor_numerator", "factor_denominator", "places", "version"),
)


def put_in_force(round: Round, version: CriteriaVersion, decision_id: int) -> CriteriaVersion:
    """Put a version into force by a decision, and return the one that it supersedes."""
    before = criteria_version_of(round)
    state = CRITERIA.require(version.state, "adopt")
    before.state = CRITERIA.require(before.state, "supersede")
    before.save(update_fields=["state"])
    version.state, version.decision_id = state, decision_id
    version.save(update_fields=["state", "decision"])
    _bring_to(round, version, before)
    return before


def _bring_to(round: Round, version: CriteriaVersion, before: CriteriaVersion) -> None:
    """Give the criteria in which the versions differ the new values; the database lets nothing else through."""
    was = {document["code"]: document for document in before.rules}
    documents = [each for each in version.rules if each != was[each["code"]]]
    rows = {row.code: row for row in round.criteria.all()}
    for document in documents:
        _put(rows[document["code"]], document, version.number)
    Criterion.objects.bulk_update([rows[each["code"]] for each in documents], CHANGED)
    _put_targets(round, rows, documents)


def _put(row: Criterion, document: Document, number: int) -> None:
    rule = read(document)
    factor = rule.scale.factor if isinstance(rule.scale, Linear) else None
    row.name_ko, row.name_en = document["name"]["ko"], document["name"]["en"]
    row.points, row.aggregate, row.trim, row.quorum = rule.points, rule.aggregate, rule.trim, rule.quorum
    row.scale, row.places, row.version = document["scale"]["kind"], rule.places, number
    row.factor_numerator = factor.numerator if factor is not None else None
    row.factor_denominator = factor.denominator if factor is not None else None


def _put_targets(round: Round, rows: Mapping[str, Criterion], documents: Sequence[Document]) -> None:
    """Targets are set or added; one that a new scale has no use for stays, and counts for nothing."""
    teams = dict(round.entries.values_list("team__code", "team_id"))
    known = {(each.criterion_id, each.team_id): each for each in Target.objects.filter(criterion__round=round)}
    changed, added = [], []
    for document in documents:
        for team, value in document["scale"].get("targets", {}).items():
            criterion, figure = rows[document["code"]], Decimal(value)
            target = known.get((criterion.pk, teams[team]))
            if target is None:
                added.append(Target(criterion=criterion, team_id=teams[team], value=figure))
            elif target.value != figure:
                target.value = figure
                changed.append(target)
    Target.objects.bulk_update(changed, ["value"])
    Target.objects.bulk_create(added)
