"""Published standings stay readable; one that a correction has superseded says so."""

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actors import machine
from core.models import Event
from evaluation.admin.snapshots import SnapshotAdmin
from evaluation.models import Correction, Snapshot
from tests.appeals.after import DAY, contested
from tests.clicking import listing, part, said, signed_in, thing
from tests.evaluation.operations.corrections import corrected, points
from tests.story import NOW, Story

pytestmark = pytest.mark.django_db
NAMED = {"set_name": {"team": "b", "language": "ko", "name": "바른 이름"}}


@pytest.fixture
def story() -> Story:
    return contested()


def test_the_earlier_snapshot_is_marked_and_leads_on(story: Story):
    made = corrected(story, points("c", "39.5"), NAMED)
    client = signed_in(story, "official-1")
    old, new = said(client.get(thing(made.before))), said(client.get(thing(made.after)))
    for words in ("대체된 순위표입니다.", thing(made.after), thing(made), "70.0", "팀 b"):
        assert words in old
    assert "69.5" not in old
    assert "바른 이름" not in old
    for words in ("지금 유효한 순위표입니다.", thing(made.before), thing(made), "69.5", "바른 이름"):
        assert words in new


def test_a_snapshot_says_who_made_it_and_why(story: Story):
    made = corrected(story, points("c", "39.5"))
    client = signed_in(story, "auditor-1")
    old, new = said(client.get(thing(made.before))), said(client.get(thing(made.after)))
    assert {made.before.made_by, made.after.made_by} == {"test.official-2"}
    assert ("test.official-2" in old, "정정 사유" in old) == (True, False)
    assert ("test.official-2" in new, "정정 사유" in new) == (True, True)


def test_what_the_machine_made_says_what_it_was_at():
    shown = SnapshotAdmin(Snapshot, site).maker(Snapshot(made_by=machine("command").name))
    assert shown == "시스템 · 서버에서 내린 명령 <small>system:command</small>"


def test_the_round_says_which_snapshot_counts(story: Story):
    made = corrected(story, points("c", "39.5"))
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    assert "발표한 순위표 2" in shown
    assert shown.index(thing(made.after)) < shown.index("유효") < shown.index(thing(made.before))
    assert shown.index(thing(made.before)) < shown.index("대체됨")
    assert "정정 사유" in shown


def test_a_correction_shows_before_and_after(story: Story):
    made = corrected(story, points("c", "39.5"), NAMED)
    corrected(story, points("c", "38"), now=NOW + 2 * DAY)
    shown = said(signed_in(story, "auditor-1").get(thing(made)))
    for words in ("<del>70.0</del>", "<ins>69.5</ins>", "<del>팀 b</del>", "<ins>바른 이름</ins>", "정정 사유"):
        assert words in shown
    assert "68.0" not in shown


def test_reading_a_snapshot_is_recorded(story: Story):
    snapshot = Snapshot.objects.get()
    signed_in(story, "auditor-1").get(thing(snapshot))
    event = Event.objects.get(verb="see_standings")
    assert (event.actor, event.facts["snapshot"], event.subject_id) == ("test.auditor-1", 1, story.round.pk)


@pytest.mark.parametrize("person", ["expert-1", "reviewer-1", "b-lead", "operator-1"])
def test_nobody_else_reads_them(story: Story, person: str):
    made = corrected(story, points("c", "39.5"))
    client = signed_in(story, person)
    for each in (made.before, made.after, made):
        assert client.get(thing(each)).status_code == 404
    for model in (Snapshot, Correction):
        assert client.get(listing(model)).status_code == 403


def queries(story: Story, address: str) -> int:
    client = signed_in(story, "official-1")
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_lists_ask_as_often_for_three_as_for_one(story: Story):
    snapshots, corrections = [queries(story, listing(Snapshot))], []
    for number in range(1, 4):
        corrected(story, points("c", str(30 + number)), now=NOW + number * DAY)
        snapshots.append(queries(story, listing(Snapshot)))
        corrections.append(queries(story, listing(Correction)))
    assert (snapshots, corrections) == ([7, 7, 7, 7], [7, 7, 7])


def test_the_page_of_a_snapshot_asks_as_often_for_five_teams_as_for_three():
    few, many = contested("abc", code="few"), contested("abcde", code="many")
    assert [queries(each, thing(each.round.snapshots.get())) for each in (few, many)] == [17, 17]
