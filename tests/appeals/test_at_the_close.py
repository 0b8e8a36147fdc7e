"""A call closes at its minute: what counts is when an application has been received, not when the request began."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from time import monotonic, sleep

import pytest
from django.db import connections, transaction

from appeals.operations.applying import apply, hold_open_call
from consortia.models import Application, Call
from core.admin.receiving import received_at
from core.clock import database_now
from core.errors import Refused
from core.ledger.naming import named
from tests.appeals.after import contested, opened
from tests.appeals.live import taking
from tests.clicking import press, said
from tests.sessions import waiting_sessions
from tests.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


def pressed(story: Story, call: Call) -> str:
    """The same through the panel's page: what a team's person sees."""
    try:
        return said(press(story, "x-lead", "apply", call, summary="요지", other_kind=""))
    finally:
        connections.close_all()


def handed_in(story: Story, call: Call) -> str:
    """An application as a door receives it; the code of its refusal, or "done"."""
    try:
        with received_at(partial(hold_open_call, call.pk)) as now:
            apply(call, team=story.teams["x"], actor=story.actor("x-lead"), now=now)
    except Refused as refused:
        return refused.code.value
    finally:
        connections.close_all()
    return "done"


@contextmanager
def begun_while_held(
    story: Story, call: Call, act: Callable[[Story, Call], str] = handed_in
) -> Iterator["Future[str]"]:
    """The request begins and waits for the call, which somebody holds until the block ends."""
    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        hold_open_call(call.pk)
        result = threads.submit(act, story, call)
        wait_until_somebody_waits()
        yield result


def wait_until_somebody_waits() -> None:
    until = monotonic() + 30
    while monotonic() < until:
        if waiting_sessions():
            return
        sleep(0.02)
    pytest.fail("the request does not wait")


def closing_at(call: Call, at: datetime) -> None:
    with named(actor="test", verb="test"):
        Call.objects.filter(pk=call.pk).update(closes_at=at)


def test_a_request_that_began_before_the_close_and_ends_after_it_is_late():
    story = contested()
    call = opened(story)
    with begun_while_held(story, call) as result:
        closing_at(call, database_now())
    assert result.result() == "too_late"
    assert not Application.everything.exists()


def test_a_request_that_is_received_before_the_close_is_in_time():
    story = contested()
    call = opened(story)
    with begun_while_held(story, call) as result:
        waiting = database_now()
        closing_at(call, waiting + timedelta(hours=1))
    assert result.result() == "done"
    assert Application.objects.get().submitted_at > waiting


def test_a_page_sent_before_the_close_and_received_after_it_is_late_and_nothing_is_kept():
    story, call = taking(documents=[])
    with begun_while_held(story, call, pressed) as result:
        closing_at(call, database_now())
    assert "접수가 마감되었습니다." in result.result()
    assert not Application.everything.exists()


def test_a_page_received_before_the_close_is_in_time():
    story, call = taking(documents=[])
    with begun_while_held(story, call, pressed) as result:
        pass
    result.result()
    assert Application.objects.get().team == story.teams["x"]
