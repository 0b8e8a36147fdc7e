"""Scores against the announcing lock: what is published follows from what is committed, to the last digit."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from threading import Event as Signal
from typing import Any

import pytest

from core.errors import Refused
from core.operations.decisions import approve, prepare
from evaluation.models import Response, Round, Snapshot
from evaluation.operations.figures import record_responses
from evaluation.queries.digests import inputs_digest
from evaluation.queries.standings import as_text, computed_standings
from evaluation.verbs import ANNOUNCE
from tests.appeals.due import beside, drafted, respond
from tests.races.together import SECONDS, codes, together
from tests.story import Story

pytestmark = pytest.mark.usefixtures("server")
ROUNDS = {"embedded": 20, "real": 30}
MOST = 200
"""Marks of one scorer in a round: more than it ever gives before the lock, unless no announcement is let through."""


@dataclass
class Scorer:
    """Hands in one mark after another for a team until the round is locked."""

    story: Story
    team: str
    begun: Signal
    given: int = 0

    def __call__(self) -> Refused | None:
        entry, criterion = self.story.entry(self.team), self.story.criterion("user")
        official, now = self.story.actor("official-3"), self.story.now
        for number in range(MOST):
            mark = Decimal(number % 7) + Decimal(1) / 8
            try:
                record_responses(entry, criterion=criterion, marks=[mark], actor=official, now=now)
            except Refused as refusal:
                return refusal
            self.given += 1
            self.begun.set()
        return None


def announce(story: Story, begun: Signal) -> Any:
    """As soon as scores are coming in."""
    assert begun.wait(SECONDS)
    return story.decide(ANNOUNCE)


def differences(round: Round) -> list[str]:
    """In what the published snapshot differs from the standings that follow from the rows as they are now."""
    snapshot, now = Snapshot.objects.get(round=round), computed_standings(round)
    found = [] if snapshot.inputs_digest == inputs_digest(round) else ["inputs"]
    published = {row.entry.team.code: row for row in snapshot.rows.select_related("entry__team")}
    for row in now.standings.rows:
        as_published = published[row.team]
        scores = {code: as_text(points) for code, points in row.scores.items()}
        if (as_published.rank, as_text(as_published.total), as_published.outcome) != (
            row.rank,
            as_text(row.total),
            row.outcome,
        ) or as_published.scores != scores:
            found.append(row.team)
    return found


def opened(story: Story) -> Story:
    story.open()
    for team, mark in (("a", 90), ("b", 80)):
        respond(story, team, mark)
    return story


def test_no_snapshot_differs_from_the_locked_scores(server):
    first, rounds = drafted(), ROUNDS[server]
    refusals, late, differing = [], 0, []
    for number in range(2, rounds + 2):
        story, begun = opened(beside(first, number, gates=[])), Signal()
        scorers = [Scorer(story, team, begun) for team in ("a", "b")]
        _, *ends = together(partial(announce, story, begun), *scorers)
        refusals += [end.code for end in ends if end is not None]
        late += ends == [None, None]
        committed = Response.objects.filter(batch__entry__round=story.round).count()
        if differences(story.round) or committed != 2 + sum(scorer.given for scorer in scorers):
            differing.append(number)

    assert differing == []
    assert set(refusals) == {"locked"}
    assert late < rounds // 10  # nearly every round was announced while its scorers were still at it


def test_an_approval_meets_scores_that_nobody_prepared_for(server):
    """Prepared before the scores came: void, or announced without any of them. Never announced with one."""
    first = drafted()
    for number in range(2, ROUNDS[server] // 5 + 2):
        story, begun = opened(beside(first, number, gates=[])), Signal()
        actor, now = story.actor("official-1"), story.now
        decision = prepare(ANNOUNCE, story.round, actor=actor, now=now, reason="사유", arguments={})
        approving = partial(approve, decision, actor=story.actor("official-2"), now=now)
        result, end = together(approving, Scorer(story, "a", begun))
        marks = Response.objects.filter(batch__entry__round=story.round).count()
        if result.state == "approved":
            assert (marks, codes([end]), differences(story.round)) == (2, ["locked"], [])
        else:
            assert (result.state, end, story.fresh().state) == ("void", None, "scoring")
