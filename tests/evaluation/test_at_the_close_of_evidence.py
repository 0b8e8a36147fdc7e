"""Evidence closes at its minute: what counts is when a paper has been received, not when the request began."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from core.clock import database_now
from core.operations.decisions import prepare
from evaluation.models import ComponentDeclaration, Document, Round
from evaluation.verbs import ANNOUNCE
from tests.appeals.test_at_the_close import wait_until_somebody_waits
from tests.clicking import press
from tests.files import PDF
from tests.story import Story, told

pytestmark = pytest.mark.django_db(transaction=True)
WHO: dict[str, Callable[[Story], Any]] = {
    "b-lead": lambda story: story.teams["b"],
    "official-1": lambda story: story.entry("b"),
}


@contextmanager
def while_held(round: Round, act: Callable[[], int]) -> Iterator["Future[int]"]:
    """The request begins and waits for the round, which somebody holds until the block ends."""
    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        Round.objects.alone(round.pk)
        result = threads.submit(act)
        wait_until_somebody_waits()
        yield result


@pytest.mark.parametrize("person", WHO)
def test_a_page_sent_before_the_close_and_received_after_it_is_late(person: str):
    closes = database_now() + timedelta(seconds=5)
    story = told(teams="ab", seats=1, evidence_closes=closes)

    def sent() -> int:
        paper = SimpleUploadedFile("보고서.pdf", PDF)
        given = {"round": story.round.pk, "kind": "보고서", "title": "기술 보고서", "papers": [paper]}
        try:
            return press(story, person, "file_document", WHO[person](story), **given).status_code
        finally:
            connections.close_all()

    with while_held(story.round, sent) as result:
        sleep(max(0.0, (closes - database_now()).total_seconds()))
    assert result.result() == 302
    paper = Document.objects.get()
    assert (paper.late, paper.received_at >= closes, paper.files.count()) == (True, True, 1)


@pytest.mark.parametrize("person", WHO)
def test_a_declaration_sent_before_the_close_and_received_after_it_is_late(person: str):
    closes = database_now() + timedelta(seconds=5)
    story = told(teams="ab", seats=1, evidence_closes=closes)

    def sent() -> int:
        given = {"gate": story.gate.pk, "component": "비전 인코더", "origin": "frozen", "statement": "공개 가중치"}
        try:
            return press(story, person, "declare_component", WHO[person](story), **given).status_code
        finally:
            connections.close_all()

    with while_held(story.round, sent) as result:
        sleep(max(0.0, (closes - database_now()).total_seconds()))
    assert result.result() == 302
    declared = ComponentDeclaration.objects.get()
    assert (declared.late, declared.at >= closes) == (True, True)


def test_an_announcement_is_of_the_moment_at_which_its_approval_held_the_round():
    """One that waits past midnight lies on the day on which it was done: windows are counted from it."""
    story = told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})
    decision = prepare(ANNOUNCE, story.round, actor=story.actor("official-1"), now=database_now(), arguments={})

    def approved() -> int:
        try:
            return press(story, "official-2", "approve", decision).status_code
        finally:
            connections.close_all()

    with while_held(story.round, approved) as result:
        waiting = database_now()
    assert result.result() == 302
    decision.refresh_from_db()
    assert decision.settled_at == story.fresh().announced_at > waiting
