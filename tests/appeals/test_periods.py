"""When a period is over: the row itself and the table say the same, to the microsecond."""

from datetime import datetime

import pytest

from appeals.models import CompletionRequest
from appeals.operations.completing import ask_completion, complete_appeal
from consortia.models import Call
from evaluation.models import Notice
from evaluation.verbs import STOP_CLOCK
from tests.appeals.after import DAY, ENDS, TICK, authorised, contested, filed
from tests.appeals.live import taking
from tests.story import NOW, Story

pytestmark = pytest.mark.django_db
UNTIL = NOW + 3 * DAY


def asked(story: Story) -> CompletionRequest:
    official = story.actor("official-1")
    return ask_completion(filed(story), text="산출 근거를 내십시오", until=UNTIL, actor=official, now=NOW)


def a_notice() -> tuple[Notice, datetime]:
    return Notice.objects.get(entry=contested().entry("b")), ENDS


def a_call() -> tuple[Call, datetime]:
    _story, call = taking()
    return call, call.closes_at


def a_request() -> tuple[CompletionRequest, datetime]:
    return asked(contested()), UNTIL


@pytest.mark.parametrize("given", [a_notice, a_call, a_request])
@pytest.mark.parametrize(("later", "over"), [(-TICK, False), (0 * TICK, True), (TICK, True)])
def test_a_period_is_over_from_its_end_on(given, later, over):
    row, ends = given()
    now, alone = ends + later, type(row).objects.filter(pk=row.pk)
    assert row.is_over(now) is over
    assert (alone.over(now).exists(), alone.ending_after(now).exists()) == (over, not over)


def test_what_has_no_end_is_in_neither_part():
    story = contested()
    call = authorised(story)
    story.decide(STOP_CLOCK, teams=["b"], reason="재난", now=NOW + DAY)
    for row in call, Notice.objects.get(entry=story.entry("b")):
        alone = type(row).objects.filter(pk=row.pk)
        assert not row.is_over(ENDS)
        assert not (alone.over(ENDS) | alone.ending_after(ENDS)).exists()


def test_a_call_takes_applications_until_its_end():
    _story, call = taking()
    assert list(Call.objects.taking(call.closes_at - TICK)) == [call]
    assert not Call.objects.taking(call.closes_at).exists()


def test_a_completion_is_awaited_until_its_end_or_its_answer():
    story = contested()
    request = asked(story)
    assert list(CompletionRequest.objects.awaited(UNTIL - TICK)) == [request]
    assert not CompletionRequest.objects.awaited(UNTIL).exists()
    complete_appeal(request, text="산출 근거", actor=story.actor("b-lead"), now=NOW + DAY)
    assert not CompletionRequest.objects.awaited(UNTIL - TICK).exists()
