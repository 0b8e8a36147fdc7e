"""A result exported from the panel: made by a job, handed out on the record, and gone after a week."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from core.attachments.receiving import private_storage
from core.clock import database_now
from core.models import Event
from core.operations.attachments import DamagedFile
from core.sweeps import LOST, PATIENCE
from evaluation import sweeps, tasks
from evaluation.models import Export, Snapshot
from evaluation.operations import exporting, exports
from evaluation.operations.exports import FOLDER, ask_for_export, cancel_export, make_export
from evaluation.queries.exported import exported_rows
from evaluation.sweeps import resume_work
from evaluation.verbs import CORRECT
from tests.clicking import listing, page, part, press, said, signed_in, thing
from tests.evaluation.operations.corrections import points
from tests.story import Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
EXPORTS = 7
MARKS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}


@pytest.fixture
def story() -> Story:
    return told().open().score_all(MARKS).announce()


@pytest.fixture(autouse=True)
def _nothing_stored() -> None:
    """The storage in memory outlives a test."""
    for name in left_behind():
        private_storage().delete(f"{FOLDER}/{name}")


def left_behind() -> list[str]:
    return private_storage().listdir(FOLDER)[1] if private_storage().exists(FOLDER) else []


def asked(story: Story) -> Export:
    return ask_for_export(story.round, actor=story.actor("official-1"), now=database_now())


def made(story: Story) -> Export:
    export = asked(story)
    assert sweeps.make_export(export.pk, now=database_now())
    export.refresh_from_db()
    return export


def test_an_older_result_is_offered_beside_it_and_asked_for(story):
    story.decide(CORRECT, corrections=[points("a", "38")])
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    address = page("export_round", story.round)
    assert [f"{address}?number={n}" in shown for n in (1, 2, 3)] == [True, True, False]
    form = said(signed_in(story, "official-1").get(f"{address}?number=1"))
    assert '<option value="1" selected>순위표 1</option>' in form
    press(story, "official-1", "export_round", story.round, number="1")
    export = Export.objects.get()
    assert sweeps.make_export(export.pk, now=database_now())
    export.refresh_from_db()
    assert (export.phase, export.snapshot.number, export.name) == ("done", 1, "test.stage-1-1.zip")
    with zipfile.ZipFile(private_storage().open(export.stored_as)) as archive:
        assert json.loads(archive.read("snapshot.json"))["number"] == 1


def test_another_result_is_another_export_and_one_that_is_none_is_refused(story):
    story.decide(CORRECT, corrections=[points("a", "38")])
    official, now = story.actor("official-1"), database_now()
    first, again, newest = (ask_for_export(story.round, number=n, actor=official, now=now) for n in (1, 1, None))
    assert (first, newest.snapshot.number) == (again, 2)
    with refused("unknown"):
        ask_for_export(story.round, number=3, actor=official, now=now)


def file_of(export: Export) -> str:
    return reverse("export", args=[export.pk])


def test_an_export_is_asked_for_made_by_a_job_and_downloaded(story, bells, django_capture_on_commit_callbacks):
    client = signed_in(story, "official-1")
    for address in (thing(story.round), part("standings", story.round)):  # among its steps, and beside what counts
        assert said(client.get(address)).count(page("export_round", story.round)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        answer = press(story, "official-1", "export_round", story.round, number="1")
    export = Export.objects.get()
    assert (answer["Location"], bells.jobs()) == (thing(export), ["evaluation.tasks.make_export"])
    waiting = signed_in(story, "official-1").get(thing(export))
    assert 'hx-trigger="every 2s"' in said(waiting)
    assert file_of(export) not in said(waiting)
    tasks.make_export(export.pk)
    refreshed = signed_in(story, "official-1").get(thing(export), headers={"HX-Request": "true"})
    assert (refreshed["HX-Refresh"], file_of(export) in said(refreshed)) == ("true", True)
    export.refresh_from_db()
    assert (export.phase, export.snapshot) == ("done", Snapshot.objects.get())
    assert export.done == export.total == exported_rows(story.round) > 0
    answer = signed_in(story, "auditor-1").get(file_of(export))
    body = b"".join(answer.streaming_content)
    assert (hashlib.sha256(body).hexdigest(), len(body)) == (export.sha256, export.size)
    assert "verify.py" in zipfile.ZipFile(io.BytesIO(body)).namelist()
    assert answer["Content-Disposition"] == f'attachment; filename="{export.name}"'
    line = Event.objects.latest("id")
    assert (line.verb, line.actor, line.facts) == (
        "download_export",
        "test.auditor-1",
        {"export": export.pk, "sha256": export.sha256},
    )


def test_progress_is_told_by_rows(story, monkeypatch):
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    heard: list[int] = []
    exporting.export_round(
        story.round, io.BytesIO(), progress=heard.append, actor=story.actor("official-1"), now=database_now()
    )
    assert heard == sorted(heard)
    assert (min(heard), max(heard)) == (0, exported_rows(story.round))


def test_whoever_asks_again_is_led_to_the_one_under_way(story):
    first = asked(story)
    with unchanged():
        assert asked(story) == first
    assert make_export(first, actor=story.actor("official-1"), now=database_now())
    with unchanged():
        assert not make_export(first, actor=story.actor("official-1"), now=database_now())
    assert asked(story) != first


def test_nothing_is_exported_before_an_announcement():
    story = told().open()
    with refused("wrong_state"):
        asked(story)
    shown = said(signed_in(story, "official-1").get(page("export_round", story.round)))
    assert "아직 발표한 결과가 없습니다." in shown


def test_what_the_job_is_refused_is_told_on_the_page(story):
    export = asked(story)
    tampered(story)
    assert not sweeps.make_export(export.pk, now=database_now())
    export.refresh_from_db()
    assert (export.phase, export.stored_as, left_behind()) == ("refused", "", [])
    assert "맞지 않아 내보낼 수 없습니다" in said(signed_in(story, "official-1").get(thing(export)))


def tampered(story: Story) -> None:
    """A figure changed behind the announcement's back: the inputs are no longer those of the snapshot."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE evaluation_directpoints DISABLE TRIGGER ALL")
        cursor.execute("UPDATE evaluation_directpoints SET points = points - 1")


def test_who_has_lost_the_right_meanwhile_gets_no_file(story):
    export = asked(story)
    strip(story, "official-1")
    assert not sweeps.make_export(export.pk, now=database_now())
    export.refresh_from_db()
    assert (export.phase, "이 역할로는 할 수 없는 일입니다" in export.said) == ("refused", True)


def strip(story: Story, person: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE core_rolegrant DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM core_rolegrant WHERE account_id = %s", [story.people[person].pk])


def test_one_that_waits_is_cancelled_at_once(story):
    export = asked(story)
    answer = press(story, "official-2", "cancel_export", export)
    assert (answer.status_code, answer["Location"]) == (302, thing(export))
    assert Export.objects.get().phase == "cancelled"
    with unchanged():
        assert not sweeps.make_export(export.pk, now=database_now())
    with refused("wrong_state"):
        cancel_export(Export.objects.get(), actor=story.actor("official-1"), now=database_now())


def test_one_that_was_told_to_stop_leaves_no_file(story):
    export = asked(story)
    Export.objects.filter(pk=export.pk).update(cancelled=True)
    assert not sweeps.make_export(export.pk, now=database_now())
    export.refresh_from_db()
    assert (export.phase, export.stored_as, left_behind()) == ("cancelled", "", [])


def test_a_lost_ring_is_rung_again_and_what_never_ends_is_given_up(story, bells, django_capture_on_commit_callbacks):
    export = asked(story)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(export.at)
        resume_work(export.at + 2 * LOST)
    assert bells.jobs() == ["evaluation.tasks.make_export"]
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(export.at + 2 * PATIENCE)
    assert (Export.objects.get().phase, bells.jobs()) == ("refused", [])


def test_a_file_is_gone_when_its_time_is_over(story, django_capture_on_commit_callbacks):
    export = made(story)
    private_storage().save(f"{FOLDER}/stray", ContentFile(b"x"))
    later = export.kept_until
    assert later is not None
    resume_work(database_now())
    assert len(left_behind()) == 2
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(later - timedelta(seconds=1))
    assert [f"{FOLDER}/{name}" for name in left_behind()] == [export.stored_as]  # the stray is older than a day then
    Export.objects.update(kept_until=database_now())
    assert signed_in(story, "official-1").get(file_of(export)).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        resume_work(database_now())
    export.refresh_from_db()
    assert (export.phase, export.stored_as, left_behind()) == ("done", "", [])
    shown = said(signed_in(story, "official-1").get(thing(export)))
    assert (file_of(export) in shown, export.sha256 in shown) == (False, True)
    assert Event.objects.filter(verb="remove_export", actor="system:export").count() == 1


def overwritten(name: str) -> None:
    private_storage().delete(name)
    assert private_storage().save(name, ContentFile(b"PK")) == name


@pytest.mark.parametrize("damage", [lambda name: private_storage().delete(name), overwritten])
def test_a_damaged_file_is_not_handed_out(story, damage: Callable[[str], Any]):
    export = made(story)
    damage(export.stored_as)
    with unchanged(), pytest.raises(DamagedFile):
        exports.download_export(export.pk, actor=story.actor("official-1"), now=database_now())


@pytest.mark.parametrize("person", ["expert-1", "reviewer-1", "a-lead", "operator-1"])
def test_others_neither_ask_nor_read(story, person):
    export = made(story)
    waiting = asked(story)
    client = signed_in(story, person)
    with unchanged():
        assert press(story, person, "export_round", story.round).status_code in {403, 404}
        assert press(story, person, "cancel_export", waiting).status_code in {403, 404}
        assert [client.get(each).status_code for each in (thing(export), file_of(export))] == [404, 404]
    assert Client().get(file_of(export)).status_code == 302


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(story, django_assert_num_queries, times):
    for _each in range(times):
        made(story)
    client = signed_in(story, "official-1")
    client.get(listing(Export))
    with django_assert_num_queries(EXPORTS):
        assert said(client.get(listing(Export))).count("결과 묶음 ") >= times
