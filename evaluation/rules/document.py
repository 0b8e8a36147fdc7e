"""Criteria as they are laid down in a version: plain values with every figure as text, and back again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from core.points import plain
from evaluation.rules.criterion import Criterion
from evaluation.rules.scales import KINDS, Linear, MinMax, Points, Scale, ShareOfBest, ShareOfTarget

Document = Mapping[str, Any]


def written(criterion: Criterion, name_ko: str, name_en: str) -> dict[str, Any]:
    """A criterion with its names as plain values; the same figure is always written in the same way."""
    return {
        "code": criterion.code,
        "name": {"ko": name_ko, "en": name_en},
        "points": plain(criterion.points),
        "under": criterion.under,
        "source": criterion.source,
        "aggregate": str(criterion.aggregate),
        "trim": criterion.trim,
        "quorum": criterion.quorum,
        "scale": scale_written(criterion.scale),
        "places": criterion.places,
    }


def read(document: Document) -> Criterion:
    """The criterion that a document lays down."""
    return Criterion(
        code=document["code"],
        points=Decimal(document["points"]),
        under=document["under"],
        source=document["source"],
        aggregate=document["aggregate"],
        trim=document["trim"],
        quorum=document["quorum"],
        scale=_scale_read(document["scale"]),
        places=document["places"],
    )


def digest(documents: Sequence[Document]) -> str:
    """SHA-256 of the documents in their order, as `canonical` writes them, in UTF-8."""
    return hashlib.sha256(canonical(documents).encode()).hexdigest()


def canonical(facts: object) -> str:
    """Facts as JSON in one way only: keys sorted, no spaces."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def scale_written(scale: Scale) -> dict[str, Any]:
    """A scale as plain values: its kind, and its factor as "numerator/denominator" or its targets by team."""
    kind = next(name for name, made in KINDS.items() if isinstance(scale, made))
    if isinstance(scale, Linear):
        return {"kind": kind, "factor": f"{scale.factor.numerator}/{scale.factor.denominator}"}
    if isinstance(scale, ShareOfTarget):
        return {"kind": kind, "targets": {team: plain(value) for team, value in sorted(scale.targets.items())}}
    return {"kind": kind}


def _scale_read(document: Document) -> Scale:
    if document["kind"] == "linear":
        return Linear(Fraction(document["factor"]))
    if document["kind"] == "share_of_target":
        return ShareOfTarget({team: Decimal(value) for team, value in document["targets"].items()})
    without_figures: Mapping[str, Scale] = {
        "points": Points(),
        "share_of_best": ShareOfBest(),
        "min_max": MinMax(),
    }
    return without_figures[document["kind"]]
