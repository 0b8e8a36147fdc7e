"""A long export: it tells how far it is, one job at a time is at it, and whoever cancels it does not wait."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import transaction

from core.attachments.receiving import private_storage
from core.clock import database_now
from evaluation import sweeps
from evaluation.models import Correction, Export, Round
from evaluation.operations import exporting
from evaluation.operations.exports import FOLDER, ask_for_export, cancel_export
from tests.evaluation.operations.corrections import corrected, points
from tests.races.together import own_connection
from tests.story import Story, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    return told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()


def aside(act: Any) -> Any:
    """Done by somebody else, on a connection of his own."""

    def run() -> Any:
        with own_connection():
            return act()

    with ThreadPoolExecutor(1) as person:
        return person.submit(run).result(60)


def held_alone() -> Round:
    """The round, as filing takes it; OperationalError where somebody else holds it."""
    with transaction.atomic():
        return Round.objects.select_for_update(nowait=True).get()


def stored() -> int:
    return len(private_storage().listdir(FOLDER)[1]) if private_storage().exists(FOLDER) else 0


def test_a_job_tells_how_far_it_is_and_stops_when_it_is_told_to(story, monkeypatch):
    before, seen, stream = stored(), [], exporting._stream

    def looked(*args: Any) -> int:
        seen.append(aside(lambda: Export.objects.values_list("phase", "done").latest("id")))
        assert not aside(lambda: sweeps.make_export(Export.objects.latest("id").pk, now=database_now()))
        assert aside(held_alone) == story.round, "whoever files an objection waits for no export"
        return stream(*args)

    def cancelled(*args: Any) -> int:
        facts = {"actor": story.actor("official-2"), "now": database_now()}
        aside(lambda: cancel_export(Export.objects.latest("id"), **facts))
        return stream(*args)

    for replaced in (looked, cancelled):
        monkeypatch.setattr(exporting, "_stream", replaced)
        export = ask_for_export(story.round, actor=story.actor("official-1"), now=database_now())
        assert sweeps.make_export(export.pk, now=database_now()) == (replaced is looked)
    assert {phase for phase, _ in seen} == {"running"}
    assert [done for _, done in seen] == sorted(done for _, done in seen)
    assert seen[-1][1] > seen[0][1] == 0
    rows = Export.objects.order_by("pk").values_list("phase", "cancelled", "said")
    assert [phase for phase, _, _ in rows] == ["done", "cancelled"]
    assert stored() == before + 1


def test_what_changes_while_it_is_made_ends_it_and_no_file_remains(story, monkeypatch):
    before, stream = stored(), exporting._stream

    def meanwhile(*args: Any) -> int:
        if not Correction.objects.exists():
            aside(lambda: corrected(story, points("e", "39")))
        return stream(*args)

    export = ask_for_export(story.round, actor=story.actor("official-1"), now=database_now())
    monkeypatch.setattr(exporting, "_stream", meanwhile)
    assert not sweeps.make_export(export.pk, now=database_now())
    export.refresh_from_db()
    assert (export.phase, export.said, stored()) == (
        "refused",
        "내보내는 동안 결과가 정정되었습니다. 다시 내보내 주십시오: 1차 단계평가 순위표 1",
        before,
    )
