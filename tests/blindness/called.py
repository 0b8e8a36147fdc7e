"""A call with its applications: one that is over and chose nobody, one that takes applications now."""

from datetime import datetime

from appeals.operations.applying import Paper, apply
from appeals.operations.drafting import save_draft
from appeals.operations.selecting import screen_application, vote_application
from appeals.sweeps import sweep
from appeals.verbs import AUTHORISE_CALL, SELECT
from consortia.models import Application, Call
from core.actors import machine
from core.operations.decisions import decide
from tests.blindness.scored import DAY, Files
from tests.blindness.secrets import Told
from tests.story import Story


def opened(story: Story, code: str, at: datetime) -> Call:
    """Authorised by two officials, and opened by the sweep."""
    story.decide(AUTHORISE_CALL, now=at, call=code, notice_days=10)
    sweep(actor=machine("test"), now=at, programme=story.programme.pk)
    return Call.objects.get(programme=story.programme, code=code)


def applied(told: Told, call: Call, team: str, at: datetime) -> Application:
    """With a summary and a paper."""
    story = told.story
    with Files(told, "paper", team) as files:
        return apply(
            call,
            team=story.teams[team],
            summary=told.says("paper", team),
            papers=[Paper("report", each) for each in files],
            actor=story.actor(f"{team}-lead"),
            now=at,
        )


def drafted(told: Told, call: Call, team: str, at: datetime) -> None:
    """A draft that is not handed in."""
    story = told.story
    with Files(told, "draft", team) as files:
        save_draft(
            call,
            team=story.teams[team],
            summary=told.says("draft", team),
            papers=[Paper("report", each) for each in files],
            actor=story.actor(f"{team}-lead"),
            now=at,
        )


def over(told: Told, code: str, teams: str, at: datetime) -> Call:
    """A call to which the teams answered, of whom nobody was selected: one vote of three is no majority."""
    story = told.story
    call = opened(story, code, at)
    answers = [applied(told, call, team, at + DAY) for team in teams]
    closes = call.closes_at
    assert closes is not None
    sweep(actor=machine("test"), now=closes, programme=story.programme.pk)
    official = story.actor("official-1")
    for each in answers:
        screen_application(each, eligible=True, reason=told.says("paper", each.team.code), actor=official, now=closes)
        for expert in ("expert-1", "expert-3", "expert-4"):
            actor, accept = story.actor(expert), expert == "expert-3"
            vote_application(each, person=story.people[expert], accept=accept, actor=actor, now=closes)
    preparer, approver = story.actor("official-1"), story.actor("official-2")
    decide(
        SELECT,
        call,
        preparer=preparer,
        approver=approver,
        now=closes,
        reason="과반이 없음",
        arguments={"team": "none"},
    )
    return call
