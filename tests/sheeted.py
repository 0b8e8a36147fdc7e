"""A round in which experts give three marks for a team, two of them under one criterion."""

from decimal import Decimal
from typing import Any

from evaluation.models import Criterion
from evaluation.operations.conflicts import declare_conflicts
from evaluation.rules.criteria import Criterion as Rule
from evaluation.states import ConflictKind
from tests.story import Story, told

THREE = (
    Rule("tech", Decimal(60)),
    Rule("plan", Decimal(40), under="tech", source="sheets", quorum=1),
    Rule("people", Decimal(20), under="tech", source="sheets", quorum=1),
    Rule("growth", Decimal(40), source="sheets", quorum=1),
)
LEAVES = ("plan", "people", "growth")


def sheeted(code: str = "test", *, teams: str = "ab", opened: bool = True) -> Story:
    """The round, open for scoring unless said otherwise; experts 1 and 2 have declared that they have no conflict."""
    story = cleared(told(code, teams=teams, seats=1, criteria=THREE), "expert-1", "expert-2")
    return story.open() if opened else story


def cleared(story: Story, *people: str) -> Story:
    """The people have declared that they have no conflict with any of the teams, as they do before the first look."""

    def play() -> None:
        teams = story.round.entries.values_list("team__code", flat=True)
        for person in people:
            clears(story, person, *teams)

    story.step("cleared", play, *people)
    return story


def clears(story: Story, person: str, *teams: str) -> None:
    """A person declares that nothing ties him to these teams."""
    declared = {story.teams[team]: (ConflictKind.NONE, "평가에 앞서 확인") for team in teams}
    declare_conflicts(story.round, declared=declared, actor=story.actor(person), now=story.now)


def marked(story: Story, *marks: str, **more: Any) -> dict[str, Any]:
    """What is typed into a sheet's form: the marks in the order of criteria."""
    leaves = {leaf.code: leaf.pk for leaf in Criterion.objects.filter(round=story.round)}
    return {f"points_{leaves[code]}": mark for code, mark in zip(LEAVES, marks, strict=False)} | more
