"""A round with a panel of five that has judged three teams, one sheet of it far from the others."""

from decimal import Decimal

from core.ledger.naming import named
from evaluation.models import Panelist, Sheet
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.sheets import submit_sheet
from evaluation.states import ConflictKind
from tests.story import Story, told

BENCH = {"a": 30, "b": 30, "c": 20}
USER = {"a": (18, 20, 22), "b": (20, 20, 20), "c": (15, 10, 5)}
# Team a belongs to expert-4's organisation.
SHEETS = {
    "a": {"expert-1": 25, "expert-2": 24, "expert-3": 26, "expert-5": 25},
    "b": {"expert-1": 26, "expert-2": 25, "expert-3": 27, "expert-4": 26, "expert-5": 2},
    "c": {"expert-1": 15, "expert-2": 16, "expert-3": 15, "expert-4": 14, "expert-5": 16},
}


def panelled(*, seats: int = 1, teams: str = "abc", code: str = "test") -> Story:
    """Every score and verdict: team a stands first only because of what expert-5 gave team b."""
    story = told(code, teams=teams, seats=seats).open()
    official = {"actor": story.actor("official-1"), "now": story.now}
    for team in teams:
        entry = story.entry(team)
        cleared = {"team": story.teams[team], "person": story.people["expert-5"], "reason": "확인함"}
        declare_conflict(story.round, kind=ConflictKind.NONE, **cleared, **official)
        record_points(entry, criterion=story.criterion("bench"), points=Decimal(BENCH[team]), **official)
        marks = [Decimal(mark) for mark in USER[team]]
        record_responses(entry, criterion=story.criterion("user"), marks=marks, **official)
        for person, mark in SHEETS[team].items():
            points = {story.criterion("expert"): Decimal(mark)}
            who = {"person": story.people[person], "actor": story.actor(person)}
            submit_sheet(entry, points=points, now=story.now, **who)
        story.judge(team)
    return story


def sits_on_the_panel(story: Story, person: str = "official-1") -> None:
    """Somebody who is an official too has come onto the panel."""
    with named(actor="test", verb="test"):
        Panelist.objects.create(round=story.round, account=story.people[person])


def sheet_of(story: Story, team: str = "b", person: str = "expert-5") -> Sheet:
    """An expert's sheet for a team."""
    return Sheet.objects.get(entry=story.entry(team), account=story.people[person])
