"""A story that has come to a selection: a vacancy of the first round, a call for it, and the team it selected."""

from datetime import UTC, datetime, timedelta

from appeals.operations.applying import apply
from appeals.operations.selecting import vote_application
from appeals.sweeps import sweep
from appeals.verbs import AUTHORISE_CALL, SELECT
from consortia.models import Call
from core.actors import machine
from core.operations.decisions import decide
from tests.story import Story, told

SELECTED = datetime(2026, 2, 20, 1, 0, tzinfo=UTC)  # 10:00 in Seoul, a Friday
TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}


def vacant(seats: int = 3) -> Story:
    """Final, with one seat empty: the last of `seats` ranks fails its gate."""
    failed = list(TOTALS)[seats - 1]
    story = told(seats=seats).open().score_all(TOTALS, failed=[failed]).announce()
    sweep(actor=machine("test"), now=story.round.appeals_close_at)
    story.fresh()
    return story


def called(story: Story, team: str, code: str = "additional-1") -> Call:
    """A call for the vacancy, which `team` has answered, over by SELECTED; expert-1, 2 and 3 are for it."""
    story.decide(AUTHORISE_CALL, call=code, notice_days=10, now=story.round.appeals_closed_at)
    sweep(actor=machine("test"), now=story.round.appeals_closed_at)
    call = Call.objects.get(programme=story.programme, code=code)
    during = call.opened_at + timedelta(days=1)
    application = apply(call, team=story.teams[team], actor=story.actor(f"{team}-lead"), now=during)
    for number in (1, 2, 3, 4):
        expert = f"expert-{number}"
        vote_application(application, person=story.people[expert], accept=True, actor=story.actor(expert), now=SELECTED)
    return call


def selected(team: str = "y", seats: int = 3) -> Story:
    """`team` has been selected for the one vacancy of the first round."""
    story = vacant(seats)
    call = called(story, team)
    decide(
        SELECT,
        call,
        preparer=story.actor("official-1"),
        approver=story.actor("official-2"),
        now=SELECTED,
        reason="과반 의견",
        arguments={"team": team},
    )
    story.now = SELECTED
    return story
