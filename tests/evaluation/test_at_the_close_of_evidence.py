"""Evidence closes at its minute: what counts is when a paper has been received, not when the request began."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, transaction

from core.clock import database_now
from evaluation.models import Document, Round
from tests.appeals.test_at_the_close import wait_until_somebody_waits
from tests.clicking import press
from tests.files import PDF
from tests.story import Story, told

pytestmark = pytest.mark.django_db(transaction=True)
WHO: dict[str, Callable[[Story], Any]] = {
    "b-lead": lambda story: story.teams["b"],
    "official-1": lambda story: story.entry("b"),
}


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

    with ThreadPoolExecutor(1) as threads, transaction.atomic():
        Round.objects.alone(story.round.pk)
        result = threads.submit(sent)
        wait_until_somebody_waits()
        began = database_now()
        sleep(max(0.0, (closes - began).total_seconds()))
    assert result.result() == 302
    paper = Document.objects.get()
    assert (paper.late, paper.received_at >= closes, paper.files.count()) == (True, True, 1)
