"""The rules of a round as one text, so that anyone can see that two results were made by the same."""

import hashlib
import json
from fractions import Fraction
from typing import Any

from evaluation.rules.criterion import Criterion, least_values
from evaluation.rules.digests import written
from evaluation.rules.scales import KINDS, Linear, Scale, ShareOfTarget
from evaluation.rules.standings import RoundRules
from evaluation.rules.tree import is_parent


def rules_text(rules: RoundRules) -> str:
    """JSON with sorted keys and no spaces; figures as text, a factor as "numerator/denominator"."""
    return json.dumps(rules_facts(rules), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def rules_digest(rules: RoundRules) -> str:
    """SHA-256 of that text in UTF-8."""
    return hashlib.sha256(rules_text(rules).encode()).hexdigest()


def rules_facts(rules: RoundRules) -> dict[str, Any]:
    """What a round lays down, as values that JSON has words for."""
    return {
        "criteria": [_criterion(rules, each) for each in rules.criteria],
        "gates": list(rules.gates),
        "seats": rules.seats,
        "vacancy": str(rules.vacancy),
        "floor": None if rules.floor is None else written(rules.floor),
        "ties": list(rules.ties),
        "mean_places": rules.mean_places,
    }


def _criterion(rules: RoundRules, criterion: Criterion) -> dict[str, Any]:
    facts: dict[str, Any] = {"code": criterion.code, "under": criterion.under, "points": written(criterion.points)}
    if is_parent(rules.criteria, criterion.code):
        return facts
    return facts | {
        "source": str(criterion.source),
        "aggregate": str(criterion.aggregate),
        "trim": criterion.trim,
        "least": least_values(criterion),
        "places": criterion.places,
        "scale": _scale(criterion.scale),
    }


def _scale(scale: Scale) -> dict[str, Any]:
    kind = next(name for name, of in KINDS.items() if of is type(scale))
    if isinstance(scale, Linear):
        return {"kind": kind, "factor": _fraction(scale.factor)}
    if isinstance(scale, ShareOfTarget):
        return {"kind": kind, "targets": {team: written(value) for team, value in sorted(scale.targets.items())}}
    return {"kind": kind}


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"
