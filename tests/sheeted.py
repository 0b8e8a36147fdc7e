"""A round in which experts give three marks for a team, two of them under one criterion."""

from decimal import Decimal
from typing import Any

from evaluation.models import Criterion
from evaluation.rules.criteria import Criterion as Rule
from tests.story import Story, told

THREE = (
    Rule("tech", Decimal(60)),
    Rule("plan", Decimal(40), under="tech", source="sheets", quorum=1),
    Rule("people", Decimal(20), under="tech", source="sheets", quorum=1),
    Rule("growth", Decimal(40), source="sheets", quorum=1),
)
LEAVES = ("plan", "people", "growth")


def sheeted(code: str = "test", *, teams: str = "ab", opened: bool = True) -> Story:
    """The round, open for scoring unless said otherwise."""
    story = told(code, teams=teams, seats=1, criteria=THREE)
    return story.open() if opened else story


def marked(story: Story, *marks: str, **more: Any) -> dict[str, Any]:
    """What is typed into a sheet's form: the marks in the order of criteria."""
    leaves = {leaf.code: leaf.pk for leaf in Criterion.objects.filter(round=story.round)}
    return {f"points_{leaves[code]}": mark for code, mark in zip(LEAVES, marks, strict=False)} | more
