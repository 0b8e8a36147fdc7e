"""The criteria of a round: read by their table, then judged as a whole by the rules that the round itself obeys."""

from collections.abc import Mapping
from typing import Any

from evaluation.rules.criteria import describe, faults
from evaluation.rules.criterion import AGGREGATES, DIRECT, MEAN, SOURCES, TRIMMED_MEAN, Criterion
from evaluation.rules.scales import Linear, MinMax, Points, Scale, ShareOfBest, ShareOfTarget
from rehearsal.document import Node, Unusable
from rehearsal.fields import Names, by_name, child, mapping, may, names, need, record
from rehearsal.scalars import SMALL, choice, code, fraction, number, whole
from rehearsal.scenario import CriterionSpec

SUMS = ("children_points", "full_marks")
BARE: Mapping[str, Scale] = {"points": Points(), "share_of_best": ShareOfBest(), "min_max": MinMax()}
KIND = need("kind", choice((*BARE, "linear", "share_of_target")))
FACTOR, TARGETS = need("factor", fraction), need("targets", by_name(number))


def scale(node: Node) -> Scale:
    """A scale with just the numbers of its kind: one that has no effect would be believed to have one."""
    kind = _kind(node)
    if kind == "linear":
        return Linear(record(node, (KIND, FACTOR))["factor"])
    if kind == "share_of_target":
        return ShareOfTarget(record(node, (KIND, TARGETS))["targets"])
    record(node, (KIND,))
    return BARE[kind]


def _kind(node: Node) -> str:
    stated = child(node, "kind")
    found: str = record(node, (KIND,))["kind"] if stated is None else KIND.read(stated)
    return found


CRITERION = (
    may("name", names),
    may("under", code),
    need("points", number),
    may("source", choice(SOURCES)),
    may("aggregate", choice(AGGREGATES)),
    may("trim", whole(most=SMALL)),
    may("quorum", whole()),
    may("scale", scale, Points()),
    may("places", whole(), 1),
)


def criteria(node: Node) -> tuple[CriterionSpec, ...]:
    """Every criterion in the file's order, not yet judged as a tree."""
    return tuple(_criterion(code(key), key.line, body) for key, body in mapping(node).entries)


def _criterion(criterion: str, line: int, body: Node) -> CriterionSpec:
    values = record(body, CRITERION)
    _check_aggregate(body, values)
    name = values.pop("name") or Names(criterion, criterion)
    aggregate, trim = values.pop("aggregate"), values.pop("trim")
    rule = Criterion(code=criterion, aggregate=aggregate or MEAN, trim=1 if trim is None else trim, **values)
    return CriterionSpec(criterion, name.ko, name.en, rule, line)


def _check_aggregate(body: Node, values: Mapping[str, Any]) -> None:
    """What is stated must have an effect, even where it equals the default that the rules would not notice."""
    stated = child(body, "aggregate")
    if stated and values["aggregate"] and values["source"] == DIRECT:
        raise Unusable(stated.line, stated.key, "점수를 직접 입력하는 항목에는 집계 방식을 둘 수 없습니다")
    stated = child(body, "trim")
    if stated and values["trim"] is not None and values["aggregate"] != TRIMMED_MEAN:
        raise Unusable(stated.line, stated.key, "aggregate가 trimmed_mean일 때만 둘 수 있습니다")


def check(node: Node, specs: tuple[CriterionSpec, ...], entries: tuple[str, ...]) -> None:
    """Refuses a tree with a fault, at the line of the criterion that it concerns.

    Wrong sums come last: a parent that is misspelt also makes the sums wrong, and the cause is what helps.
    """
    lines = {spec.code: (spec.line, f"{node.key}.{spec.code}") for spec in specs}
    found = faults([spec.rule for spec in specs], entries)
    for fault in sorted(found, key=lambda fault: fault.kind in SUMS):
        line, key = lines.get(fault.criterion or "", (node.line, node.key))
        raise Unusable(line, key, str(describe(fault)).removesuffix("."))
