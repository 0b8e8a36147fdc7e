"""Selections that are refused, each by its code."""

import pytest

from appeals.models import Selection
from appeals.operations.selecting import screen_application
from appeals.verbs import SELECT
from core.models import Event
from core.operations.decisions import approve, prepare
from tests.appeals.after import (
    DAY,
    TICK,
    answered,
    application,
    applied,
    authorised,
    chosen,
    contested,
    on_panel,
    opened,
    swept,
    voted,
)
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
THREE = ("expert-1", "expert-2", "expert-3")


def test_who_did_not_apply_is_unknown():
    story = contested()
    call = answered(story, "x")
    with refused("unknown"):
        chosen(story, call, "y")


def test_who_was_screened_out_is_not_eligible_and_that_comes_before_who_decides():
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *THREE)
    official = story.actor("official-1")
    screen_application(application(call, "x"), eligible=False, reason="미달", actor=official, now=call.closes_at)
    for by in (("official-1", "official-2"), ("official-1", "official-1")):
        with refused("not_eligible"):
            chosen(story, call, "x", by=by)
    assert chosen(story, call, "none").state == "approved"


def test_not_before_the_call_closes():
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    with refused("too_early"):
        chosen(story, call, "x", now=call.closes_at - TICK)


def test_over_by_the_clock_is_over_though_no_sweep_came_by():
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    voted(story, call, "x", *THREE)
    chosen(story, call, "x")
    call.refresh_from_db()
    assert call.state == "concluded"
    assert Event.objects.filter(verb="close_call").values_list("actor", flat=True).get() == "system:clock"
    with unchanged():
        swept(call.closes_at)


@pytest.mark.parametrize("state", ["authorised", "void", "concluded"])
def test_only_a_call_that_waits_for_its_selection(state):
    story = contested(failed="" if state == "void" else "b")
    if state == "authorised":
        call = authorised(story)
    elif state == "void":
        call = opened(story)
    else:
        call = answered(story, "x")
        chosen(story, call, "none")
    now = (call.closes_at or story.fresh().appeals_close_at) + DAY
    with refused("wrong_state"):
        chosen(story, call, "none", now=now)


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (("official-1", "official-1"), "same_person"),
        (("official-1", "expert-1"), "not_allowed"),
        (("x-lead", "official-1"), "not_allowed"),
    ],
)
def test_two_officials_decide(by, code):
    story = contested()
    call = answered(story, "x")
    with refused(code):
        chosen(story, call, "x", by=by)


def test_nobody_of_the_panel_decides():
    story = contested()
    call = answered(story, "x")
    on_panel(story, "official-2")
    with refused("conflict_of_interest"):
        chosen(story, call, "x")


def test_it_has_a_reason_before_it_has_a_majority():
    story = contested()
    call = answered(story, "x")
    with refused("incomplete"):
        chosen(story, call, "x", reason=" ")


def test_one_more_vote_voids_the_preparation():
    story = contested()
    call = answered(story, "x")
    voted(story, call, "x", *THREE)
    prepared = prepare(
        SELECT,
        call,
        actor=story.actor("official-1"),
        now=call.closes_at,
        reason="과반 인정",
        arguments={"team": "x"},
    )
    voted(story, call, "x", "expert-4", accept=False)
    assert approve(prepared, actor=story.actor("official-2"), now=call.closes_at).state == "void"
    assert not Selection.objects.exists()
