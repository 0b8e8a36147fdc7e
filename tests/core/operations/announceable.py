"""A round of two teams that could be announced, and the decision to do so."""

from decimal import Decimal

from core.models import Decision
from core.operations.decisions import prepare
from evaluation.operations.figures import record_responses
from evaluation.rules.criteria import Criterion as Rule
from evaluation.verbs import ANNOUNCE
from tests.story import Story, told

# Marks of a user panel can be added, which makes one more input a single call.
USER = (Rule("user", Decimal(100), source="responses"),)


def announceable(code: str = "test") -> Story:
    """A round of two teams that could be announced."""
    story = told(code, teams=("a", "b"), criteria=USER, seats=1).open()
    for team, mark in (("a", 20), ("b", 10)):
        one_more_mark(story, team, mark)
        story.judge(team)
    return story


def one_more_mark(story: Story, team: str = "b", mark: int = 12) -> None:
    criterion, official = story.criterion("user"), story.actor("official-3")
    record_responses(story.entry(team), criterion=criterion, marks=[mark], actor=official, now=story.now)


def prepared(story: Story, by: str = "official-1", **arguments: object) -> Decision:
    return prepare(ANNOUNCE, story.round, actor=story.actor(by), now=story.now, reason="평가 완료", arguments=arguments)
