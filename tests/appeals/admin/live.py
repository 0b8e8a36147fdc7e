"""An announced round whose windows run now, by the clock that the pages ask."""

from typing import Any

from appeals.models import Appeal
from appeals.operations.reviewing import assign_reviewers
from evaluation.models import Notice
from tests.appeals.after import admitted, contested, filed
from tests.story import Story, today


def live(teams: str = "abc", **options: Any) -> Story:
    """a advances, b fails the gate within the two seats, c is eliminated; announced today."""
    return contested(teams, now=today(), **options)


def notice(story: Story, team: str = "b") -> Notice:
    """The team's newest notice."""
    return Notice.objects.filter(entry__round=story.round, entry__team__code=team).latest("pk")


def appealed(story: Story, team: str = "b", **given: Any) -> Appeal:
    """The team's appeal, as it was filed."""
    return filed(story, team, now=story.now, **given)


def under_review(story: Story, *reviewers: str, **given: Any) -> Appeal:
    """b's appeal, admitted and given to these people."""
    appeal = admitted(appealed(story, **given), story, now=story.now)
    if reviewers:
        people = [story.people[person] for person in reviewers]
        assign_reviewers(appeal, people=people, actor=story.actor("official-1"), now=story.now)
    return Appeal.objects.get(pk=appeal.pk)
