"""The round from which the machine sets out: a leads, b failed the gate within the two seats, c and d follow."""

from datetime import UTC, datetime
from decimal import Decimal

from evaluation.operations.figures import record_points, record_responses
from evaluation.rules.criteria import Criterion as Rule
from tests.story import Story, told

EARLY = datetime(2025, 11, 3, 1, 0, tzinfo=UTC)
CRITERIA = (Rule("bench", Decimal(60), source="direct"), Rule("user", Decimal(40), source="responses"))
POINTS = {"a": 50, "b": 45, "c": 35, "d": 25}
FAILED = frozenset({"b"})
SEATS = 2


def scored() -> Story:
    """A round that could be announced. Later responses of 20 points leave the order as it is."""
    story = told("proof", teams=tuple(POINTS), seats=SEATS, criteria=CRITERIA, now=EARLY).open()
    official = story.actor("official-1")
    for team, points in POINTS.items():
        entry = story.entry(team)
        record_points(entry, criterion=story.criterion("bench"), points=Decimal(points), actor=official, now=EARLY)
        record_responses(entry, criterion=story.criterion("user"), marks=[Decimal(20)], actor=official, now=EARLY)
        story.judge(team, "failed" if team in FAILED else "passed")
    return story
