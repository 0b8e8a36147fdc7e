"""What follows an announcement, for tests: teams that object, officials who decide, a call that is answered.

`contested()`: a advances, b fails the gate within the two seats, c, d and e are eliminated; announced on Thursday
2026-01-15 at 14:00 in Seoul, so that every window ends with Monday the 26th.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from appeals.models import Appeal
from appeals.operations.applying import apply
from appeals.operations.filing import file_appeal
from appeals.operations.reviewing import admit_appeal
from appeals.operations.selecting import vote_application
from appeals.states import Ground
from appeals.sweeps import sweep
from appeals.verbs import AUTHORISE_CALL, DECIDE_APPEAL, SELECT
from consortia.models import Application, Call
from core.actors import machine
from core.ledger.naming import named
from core.models import Decision
from core.operations.decisions import decide
from tests.story import NOW, Story, told

DAY, TICK = timedelta(days=1), timedelta(microseconds=1)
ENDS = datetime(2026, 1, 26, 15, tzinfo=UTC)
TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
BEAT = machine("beat")


def contested(
    teams: str = "abc", *, failed: str = "b", delivered: Mapping[str, str] | None = None, **options: Any
) -> Story:
    """An announced round with, unless said otherwise, one seat that nobody fills."""
    story = told(teams=tuple(teams), **{"seats": 2} | options).open()
    story.score_all({team: TOTALS[team] for team in teams}, failed=list(failed))
    return story.announce(delivered=dict(delivered or {}))


def filed(
    story: Story,
    team: str = "b",
    *,
    code: str = "appeal-1",
    ground: str = "decisive_error",
    statement: str = "계산이 다릅니다",
    who: str | None = None,
    now: datetime = NOW,
) -> Appeal:
    """A team's appeal, by its own person."""
    person = story.actor(who or f"{team}-lead")
    return file_appeal(story.entry(team), code=code, ground=Ground(ground), statement=statement, actor=person, now=now)


def admitted(appeal: Appeal, story: Story, *, yes: bool = True, reason: str = "적격", now: datetime = NOW) -> Appeal:
    """The appeal, admitted or rejected by an official."""
    return admit_appeal(appeal, admitted=yes, reason=reason, actor=story.actor("official-1"), now=now)


def decided_on(
    appeal: Appeal,
    story: Story,
    outcome: str = "upheld",
    corrections: Sequence[Mapping[str, Any]] = (),
    *,
    reason: str = "재심의 결과",
    now: datetime = NOW,
    by: tuple[str, str] = ("official-1", "official-2"),
) -> Decision:
    """Two officials decide the appeal."""
    return decide(
        DECIDE_APPEAL,
        appeal,
        preparer=story.actor(by[0]),
        approver=story.actor(by[1]),
        now=now,
        reason=reason,
        arguments={"outcome": outcome, "corrections": [dict(each) for each in corrections]},
    )


def authorised(story: Story, call: str = "additional-1", now: datetime = NOW, **given: Any) -> Call:
    """The call that two officials authorise for the round's vacancy."""
    facts = {"seats": "vacancies", "notice_days": 10, "eligible": ["eliminated", "earlier_applicants", "newcomers"]}
    story.decide(AUTHORISE_CALL, now=now, **({"call": call} | facts | given))
    return Call.objects.get(programme=story.programme, code=call)


def opened(story: Story, **given: Any) -> Call:
    """The call after the sweep that closed the round and opened it."""
    closes = story.fresh().appeals_close_at

    def play() -> Call:
        authorised(story, **given)
        swept(closes)
        return Call.objects.get(programme=story.programme)

    return story.step("opened", play, given)


def swept(now: datetime) -> None:
    """One sweep at that time."""
    sweep(actor=BEAT, now=now)


def applied(story: Story, call: Call, team: str) -> Application:
    """A team's application, a day after the call opened. Teams x and y get somebody who acts for them."""
    return apply(call, team=story.teams[team], actor=story.actor(f"{team}-lead"), now=call.opened_at + DAY)


def answered(story: Story, *teams: str, **given: Any) -> Call:
    """The call after its close, with these applicants."""
    call = opened(story, **given)

    def play() -> Call:
        for team in teams:
            applied(story, call, team)
        swept(call.closes_at)
        return Call.objects.get(pk=call.pk)

    return story.step("answered", play, teams)


def application(call: Call, team: str) -> Application:
    """A team's application, read anew."""
    return Application.objects.select_related("team", "call").get(call=call, team__code=team)


def voted(story: Story, call: Call, team: str, *experts: str, accept: bool = True) -> None:
    """Votes of these experts on the team's application."""
    for expert in experts:
        vote_application(
            application(call, team),
            person=story.people[expert],
            accept=accept,
            actor=story.actor(expert),
            now=call.closes_at,
        )


def chosen(
    story: Story,
    call: Call,
    team: str,
    *,
    reason: str = "과반 인정",
    by: tuple[str, str] = ("official-1", "official-2"),
    now: datetime | None = None,
) -> Decision:
    """Two officials select a team, or nobody ("none")."""
    return decide(
        SELECT,
        call,
        preparer=story.actor(by[0]),
        approver=story.actor(by[1]),
        now=now or call.closes_at,
        reason=reason,
        arguments={"team": team},
    )


def on_panel(story: Story, person: str) -> None:
    """Put somebody on the round's panel, as no operation does any more."""
    with named(actor="test", verb="test"):
        story.round.panel.create(account=story.people[person])
