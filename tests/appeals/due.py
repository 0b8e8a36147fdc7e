"""Announced rounds with an empty seat, and the decision that a call be opened for it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from appeals.sweeps import Swept, sweep
from appeals.verbs import AUTHORISE_CALL
from consortia.models import Call
from core.actors import machine
from core.models import Decision, Event
from evaluation.models import Vacancy
from evaluation.operations.drafting import CriterionDraft, Named, RoundDraft, draft_round
from evaluation.operations.figures import record_responses
from evaluation.rules.criteria import Criterion as Rule
from tests.story import SYSTEM, Story, told

BEAT = machine("beat")
# Announced on Thursday 2026-01-15: the tenth day is Sunday the 25th, so the window ends with Monday the 26th.
ENDS = datetime(2026, 1, 26, 15, tzinfo=UTC)
# One source, which needs no expert: the cheapest round that can be announced.
USER = (Rule("user", Decimal(100), source="responses"),)


def drafted(code: str = "test", **options: Any) -> Story:
    """A programme with a round of two teams for two seats."""
    return told(code, **{"teams": ("a", "b"), "criteria": USER, "seats": 2} | options)


def beside(story: Story, number: int, criteria: Sequence[Rule] = USER, **options: Any) -> Story:
    """The next round of the same programme, drafted like the first."""
    draft = RoundDraft(
        code=f"stage-{number}",
        number=number,
        name_ko=f"{number}차 단계평가",
        name_en=f"Stage {number}",
        starts=date(2025, 9, 1),
        ends=date(2026, 1, 15),
        criteria=[CriterionDraft(rule, rule.code, rule.code) for rule in criteria],
        **{
            "seats": 2,
            "gates": [Named("originality", "독자성", "Originality")],
            "entries": [story.teams[team] for team in ("a", "b")],
            "panel": [story.people[f"expert-{each}"] for each in (1, 2, 3)],
        }
        | options,
    )
    return replace(story, round=draft_round(story.programme, draft, actor=SYSTEM, now=story.now))


def scored(story: Story, failed: Sequence[str] = ("b",)) -> Story:
    """Open the round; a leads, b follows; each has its verdict."""
    story.open()
    for team, mark in (("a", 90), ("b", 80)):
        respond(story, team, mark)
        story.judge(team, "failed" if team in failed else "passed")
    return story


def respond(story: Story, team: str, mark: int) -> None:
    """One more mark of the user panel."""
    official = story.actor("official-3")
    record_responses(
        story.entry(team), criterion=story.criterion("user"), marks=[Decimal(mark)], actor=official, now=story.now
    )


def announced(code: str = "test", *, failed: Sequence[str] = ("b",), **options: Any) -> Story:
    """An announced round; with `failed`, one of its two seats is empty."""
    return scored(drafted(code, **options), failed).announce()


def authorise(story: Story, call: str = "additional-1", now: datetime | None = None, **arguments: Any) -> Decision:
    """Two officials decide that a call be opened."""
    return story.decide(AUTHORISE_CALL, now=now, **{"call": call, "notice_days": 10} | arguments)


def due(code: str = "test", **options: Any) -> Story:
    """An announced round with an empty seat and an authorised call: due when its window ends."""
    story = announced(code, **options)
    authorise(story)
    return story


def swept(now: datetime = ENDS, **options: Any) -> Swept:
    """One sweep at that time."""
    return sweep(actor=BEAT, now=now, **options)


def call_of(story: Story) -> Call:
    """The programme's only call, read anew."""
    return story.programme.calls.get()


def events(verb: str, story: Story) -> int:
    """How often that was done to the story's round or call."""
    subjects = {"evaluation.round": [story.round.pk], "consortia.call": story.programme.calls.values("pk")}
    return sum(
        Event.objects.filter(verb=verb, subject_kind=kind, subject_id__in=keys).count()
        for kind, keys in subjects.items()
    )


def closed_once(story: Story) -> bool:
    """One closing, one final result, one vacancy, one call opened for it."""
    counts = [events(verb, story) for verb in ("close_round", "finalise_round", "open_call")]
    vacancy = Vacancy.objects.get(round=story.round)
    return counts == [1, 1, 1] and vacancy.call == call_of(story) and call_of(story).state == "open"
