"""The rules of a round as one text, so that anyone can see that two results were made by the same."""

import hashlib
from typing import Any

from core.points import plain
from evaluation.rules.criterion import Criterion, least_values
from evaluation.rules.document import canonical, scale_written
from evaluation.rules.standings import RoundRules
from evaluation.rules.tree import is_parent


def rules_text(rules: RoundRules) -> str:
    """All that a round lays down, as `document.canonical` writes it; figures are text."""
    return canonical(
        {
            "criteria": [_criterion(rules, each) for each in rules.criteria],
            "gates": list(rules.gates),
            "seats": rules.seats,
            "vacancy": str(rules.vacancy),
            "floor": None if rules.floor is None else plain(rules.floor),
            "ties": list(rules.ties),
            "mean_places": rules.mean_places,
        }
    )


def rules_digest(rules: RoundRules) -> str:
    """SHA-256 of that text in UTF-8."""
    return hashlib.sha256(rules_text(rules).encode()).hexdigest()


def _criterion(rules: RoundRules, criterion: Criterion) -> dict[str, Any]:
    facts: dict[str, Any] = {"code": criterion.code, "under": criterion.under, "points": plain(criterion.points)}
    if is_parent(rules.criteria, criterion.code):
        return facts
    return facts | {
        "source": str(criterion.source),
        "aggregate": str(criterion.aggregate),
        "trim": criterion.trim,
        "least": least_values(criterion),
        "places": criterion.places,
        "scale": scale_written(criterion.scale),
    }
