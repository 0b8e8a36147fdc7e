"""A decision whose ground has changed since it was prepared is void: kept as such, and nothing is done."""

from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from appeals.verbs import AUTHORISE_CALL
from consortia.models import Call
from core.models import Event
from core.operations.decisions import approve, hand_back, prepare
from evaluation.models import Announcement, Snapshot
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.entries import withdraw
from tests.core.operations.announceable import announceable, one_more_mark, prepared
from tests.story import Story
from tests.unchanged import refused, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return announceable()


def test_one_more_mark_makes_the_announcement_void(story):
    decision = prepared(story)
    one_more_mark(story)
    later = story.now + timedelta(hours=1)
    voided = approve(decision, actor=story.actor("official-2"), now=later)

    assert (voided.state, voided.settled_by.code, voided.settled_at, voided.settled_reason) == (
        "void",
        "official-2",
        later,
        "기안한 뒤에 근거가 바뀌었습니다.",
    )


def test_a_void_decision_does_nothing_but_say_so(story):
    decision = prepared(story)
    one_more_mark(story)
    before = rows()
    approve(decision, actor=story.actor("official-2"), now=story.now)

    assert {table: n - before[table] for table, n in rows().items() if n != before[table]} == {
        "core_event": 1,
        "core_ledgeritem": 2,
    }
    assert (story.fresh().state, Announcement.objects.count(), Snapshot.objects.count()) == ("scoring", 0, 0)
    assert Event.objects.latest("id").facts == {"state": "void", "note": "기안한 뒤에 근거가 바뀌었습니다."}


def test_a_withdrawal_changes_the_ground(story):
    decision = prepared(story)
    withdraw(story.entry("b"), reason="사정", actor=story.actor("official-3"), now=story.now)

    assert approve(decision, actor=story.actor("official-2"), now=story.now).state == "void"


def test_what_does_not_count_leaves_the_ground_as_it_was(story):
    decision = prepared(story)
    declare_conflict(
        story.round,
        team=story.teams["b"],
        person=story.people["expert-3"],
        kind="other",
        reason="지인",
        actor=story.actor("expert-3"),
        now=story.now,
    )

    assert approve(decision, actor=story.actor("official-2"), now=story.now).state == "approved"


def test_prepared_anew_it_can_be_approved(story):
    decision = prepared(story)
    one_more_mark(story)
    approve(decision, actor=story.actor("official-2"), now=story.now)
    again = approve(prepared(story), actor=story.actor("official-2"), now=story.now)

    assert (again.state, story.fresh().state) == ("approved", "announced")


@pytest.mark.parametrize("step", ["approve", "hand_back"])
def test_a_void_decision_is_settled(story, step):
    decision = prepared(story)
    one_more_mark(story)
    approve(decision, actor=story.actor("official-2"), now=story.now)
    with refused("wrong_state"):
        if step == "approve":
            approve(decision, actor=story.actor("official-2"), now=story.now)
        else:
            hand_back(decision, actor=story.actor("official-2"), now=story.now, reason="사유")


def test_the_preparer_cannot_make_it_void(story):
    """Approving is another's business, also when nothing will come of it."""
    decision = prepared(story)
    one_more_mark(story)
    with refused("same_person"):
        approve(decision, actor=story.actor("official-1"), now=story.now)


def test_an_authorisation_is_void_once_the_result_is_announced(story):
    decision = prepare(
        AUTHORISE_CALL,
        story.round,
        actor=story.actor("official-1"),
        now=story.now,
        reason="공석 대비",
        arguments={"call": "additional-1", "notice_days": 10},
    )
    story.announce()

    assert approve(decision, actor=story.actor("official-2"), now=story.now).state == "void"
    assert Call.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_that_it_is_void_is_committed():
    story = announceable()
    decision = prepared(story)
    one_more_mark(story)
    approve(decision, actor=story.actor("official-2"), now=story.now)

    with psycopg.connect(**connection.get_connection_params()) as another:
        assert another.execute("SELECT state FROM core_decision ORDER BY id DESC LIMIT 1").fetchall() == [("void",)]
        assert another.execute("SELECT state FROM evaluation_round").fetchall() == [("scoring",)]
