"""Appeals with everything that may come with one: files, amendments, completions, reviewers, opinions, a decision."""

from datetime import datetime

from appeals.models import Appeal, Challenge
from appeals.operations.challenging import challenge_reviewer
from appeals.operations.completing import amend_appeal, ask_completion, complete_appeal
from appeals.operations.filing import file_appeal
from appeals.operations.opining import submit_opinion
from appeals.operations.reviewing import admit_appeal, assign_reviewers
from appeals.states import Ground
from appeals.verbs import DECIDE_APPEAL, DECIDE_CHALLENGE
from core.operations.decisions import decide
from tests.blindness.scored import DAY, Files
from tests.blindness.secrets import Told
from tests.story import Story


def filed(told: Told, story: Story, team: str, now: datetime, ground: Ground = Ground.CLERICAL_ERROR) -> Appeal:
    """Filed with a file, by the team's own person."""
    with Files(told, "appeal", team) as files:
        return file_appeal(
            story.entry(team),
            code=f"appeal-{story.round.code}-{team}",
            ground=ground,
            statement=told.says("appeal", team),
            files=files,
            actor=story.actor(f"{team}-lead"),
            now=now,
        )


def reviewed(told: Told, story: Story, appeal: Appeal, people: list[str], now: datetime) -> Appeal:
    """Amended, admitted, completed, and given to reviewers, of whom the team challenges the last in vain."""
    team, official = appeal.entry.team.code, story.actor("official-1")
    lead = story.actor(f"{team}-lead")
    amend_appeal(appeal, statement=told.says("appeal", team), actor=lead, now=now)
    admit_appeal(appeal, admitted=True, reason=told.says("appeal", team), actor=official, now=now)
    wanted = ask_completion(appeal, text=told.says("appeal", team), until=now + DAY, actor=official, now=now)
    with Files(told, "appeal", team) as files:
        complete_appeal(wanted, text=told.says("appeal", team), files=files, actor=lead, now=now)
    assign_reviewers(appeal, people=[story.people[each] for each in people], actor=official, now=now)
    last = appeal.reviewers.latest("pk")
    challenge_reviewer(last, reason=told.says("appeal", team), actor=lead, now=now)
    _two(story, DECIDE_CHALLENGE, Challenge.objects.get(reviewer=last), told.says("appeal", team), now, accepted=False)
    for person in people:
        words = told.says("words", team, person)
        submit_opinion(appeal, recommends="upheld", text=words, actor=story.actor(person), now=now)
    return appeal


def upheld(told: Told, story: Story, appeal: Appeal, points: str, now: datetime) -> None:
    """The appeal is upheld, and the team's points are corrected."""
    team = appeal.entry.team.code
    corrections = [{"set_points": {"team": team, "criterion": "bench", "points": points}}]
    reason = told.says("appeal", team)
    _two(story, DECIDE_APPEAL, appeal, reason, now, outcome="upheld", corrections=corrections)


def _two(story: Story, verb: object, subject: object, reason: str, now: datetime, **arguments: object) -> None:
    preparer, approver = story.actor("official-1"), story.actor("official-2")
    decide(verb, subject, preparer=preparer, approver=approver, now=now, reason=reason, arguments=arguments)  # type: ignore[arg-type]
