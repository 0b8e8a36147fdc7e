"""A long export: it tells how far it is, one job at a time is at it, and whoever cancels it does not wait."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from core.attachments.receiving import private_storage
from core.clock import database_now
from evaluation import sweeps
from evaluation.models import Export
from evaluation.operations import exporting
from evaluation.operations.exports import FOLDER, ask_for_export, cancel_export
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


def stored() -> int:
    return len(private_storage().listdir(FOLDER)[1]) if private_storage().exists(FOLDER) else 0


def test_a_job_tells_how_far_it_is_and_stops_when_it_is_told_to(story, monkeypatch):
    before, seen, stream = stored(), [], exporting._stream

    def looked(*args: Any) -> int:
        seen.append(aside(lambda: Export.objects.values_list("phase", "done").latest("id")))
        assert not aside(lambda: sweeps.make_export(Export.objects.latest("id").pk, now=database_now()))
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
