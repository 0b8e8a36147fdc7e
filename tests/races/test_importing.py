"""A long import: its progress is seen from outside, whoever cancels it does not wait, and nothing of it remains."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.files.base import ContentFile

from core.attachments.receiving import private_storage
from evaluation import sweeps, tasks
from evaluation.models import Response, ResponseImport, Upload
from evaluation.operations import importing, uploads
from evaluation.operations.importing import import_responses, listed
from evaluation.operations.staging import FOLDER, staged
from evaluation.operations.uploads import cancel_upload, confirm_upload, upload_responses
from tests.races.together import codes, own_connection, together
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db(transaction=True)
LINES = 7


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    _small_steps(monkeypatch)
    return told().open()


def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "AT_ONCE", 10)
    monkeypatch.setattr(importing, "AT_ONCE", 1)


def aside(act: Any) -> Any:
    """Done by somebody else, on a connection of his own."""

    def run() -> Any:
        with own_connection():
            return act()

    with ThreadPoolExecutor(1) as person:
        return person.submit(run).result(60)


def confirmed(story: Story, key: str) -> Upload:
    """An upload that waits for its job."""
    file = ContentFile(b"team,criterion,mark\n" + b"a,user,20\n" * LINES, name="a.csv")
    facts = {"actor": story.actor("official-1"), "now": NOW}
    with staged([file], most_files=1, most_bytes=10_000) as (one,):
        upload = upload_responses(story.round, one, key=key, **facts)
    tasks.check_upload(upload.pk)
    assert confirm_upload(upload, **facts).phase == "confirmed"
    return upload


def left_behind() -> list[str]:
    return private_storage().listdir(FOLDER)[1] if private_storage().exists(FOLDER) else []


def test_a_job_tells_how_far_it_is_and_stops_when_it_is_told_to(story, monkeypatch):
    before, seen = len(left_behind()), []

    def look(*_: Any) -> None:
        """After the rows are written and before anything is committed."""
        seen.append(aside(lambda: Upload.objects.values_list("done", "total", "phase").first()))
        assert not sweeps_aside()

    def sweeps_aside() -> bool:
        return aside(lambda: sweeps.carry_out_upload(Upload.objects.latest("id").pk, now=NOW))

    waiting = confirmed(story, "1차")
    monkeypatch.setattr(importing, "require_responses_within_bounds", look)
    assert sweeps.carry_out_upload(waiting.pk, now=NOW)
    monkeypatch.undo()
    assert seen == [(2 * LINES, 2 * LINES, "confirmed")]
    done = Upload.objects.get()
    assert (done.phase, done.said, len(left_behind())) == ("done", f"응답 {LINES}개를 반영했습니다.", before)
    assert ResponseImport.objects.get().by == story.people["official-1"]

    def cancel(*_: Any) -> None:
        facts = {"actor": story.actor("official-2"), "now": NOW}
        aside(lambda: cancel_upload(Upload.objects.latest("id"), **facts))

    _small_steps(monkeypatch)
    waiting = confirmed(story, "2차")
    monkeypatch.setattr(importing, "require_responses_within_bounds", cancel)
    assert not sweeps.carry_out_upload(waiting.pk, now=NOW)
    monkeypatch.undo()
    _small_steps(monkeypatch)
    stopped = confirmed(story, "3차")
    Upload.objects.filter(pk=stopped.pk).update(cancelled=True)
    assert not sweeps.carry_out_upload(stopped.pk, now=NOW)
    assert list(Upload.objects.order_by("pk").values_list("phase", flat=True)) == ["done", "cancelled", "cancelled"]
    assert (Response.objects.count(), ResponseImport.objects.count(), len(left_behind())) == (LINES, 1, before)


def test_what_a_job_is_refused_is_told_in_the_upload(story):
    upload = confirmed(story, "1차")
    story.score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    tasks.carry_out_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.phase, "이미 발표했습니다" in upload.said) == ("refused", True)
    assert not ResponseImport.objects.exists()


def test_who_sends_the_same_twice_at_once_learns_that_it_counts(story):
    """As a client does that had no answer: three times one import, and no refusal."""

    def send(person: str, key: str, mark: int) -> ResponseImport:
        rows = [(team, "user", Decimal(mark)) for team in "ab" for _ in range(200)]
        return import_responses(story.round, listed(rows), key=key, actor=story.actor(person), now=NOW)

    people = ("official-1", "official-2", "official-3")
    for key in ("1차", "2차", "3차"):
        found = together(*(partial(send, person, key, 20) for person in people))
        assert codes(found) == ["done"] * 3
        assert len({each.pk for each in found}) == 1
    other = together(partial(send, "official-1", "4차", 20), partial(send, "official-2", "4차", 21))
    assert codes(other) == ["done", "duplicate"]
    assert (ResponseImport.objects.count(), Response.objects.count()) == (4, 1600)
