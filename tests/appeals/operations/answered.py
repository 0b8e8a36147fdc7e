"""A round with an empty seat, and the additional call that two officials authorised for it."""

from typing import Any

from appeals.operations.closing import close_round
from appeals.verbs import AUTHORISE_CALL
from consortia.models import Call
from core.actors import machine
from evaluation.states import VacancyRule
from tests.story import Story, told

SWEEP = machine("sweep")


def vacant(vacancy: VacancyRule = VacancyRule.RECRUIT, failed: str = "b", code: str = "test") -> Story:
    """Announced: a advances, b fails the gate within the two seats, c is eliminated."""
    story = told(code, teams="abc", seats=2, vacancy=vacancy).open()
    return story.score_all({"a": 90, "b": 80, "c": 70}, failed=list(failed)).announce()


def authorised(story: Story, **given: Any) -> Call:
    """The call that officials authorise for the story's round."""
    facts = {"call": "additional-1", "seats": "vacancies", "notice_days": 10, "eligible": ["eliminated"]}
    story.decide(AUTHORISE_CALL, **(facts | given))
    return Call.objects.get(programme=story.programme, code=(facts | given)["call"])


def closed(story: Story) -> Story:
    """The story after its last window."""
    close_round(story.round, actor=SWEEP, now=story.fresh().appeals_close_at)
    story.fresh()
    return story


def opened(story: Story, **given: Any) -> Call:
    """The authorised call after the closing that opened it."""
    call = authorised(story, **given)
    closed(story)
    call.refresh_from_db()
    return call
