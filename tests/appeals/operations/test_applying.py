from datetime import timedelta

import pytest

from appeals.operations.applying import apply
from consortia.models import Application, Call
from consortia.operations.calls import close_call
from core.models import Event
from tests.appeals.operations.answered import SWEEP, authorised, opened, vacant
from tests.story import NOW, Story
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
EVERYBODY = ["eliminated", "earlier_applicants", "newcomers"]
DAY = timedelta(days=1)
_WRITTEN = ("consortia_application", "consortia_applicationreceipt", "core_event")


def applied(story: Story, call: Call, team: str = "c", who: str | None = None, now=None) -> Application:
    now = now or (call.opened_at or NOW) + DAY
    return apply(call, team=story.teams[team], actor=story.actor(who or f"{team}-lead"), now=now)


def test_a_team_applies():
    story = vacant()
    call = opened(story)
    with written() as changes:
        row = applied(story, call)
    row.refresh_from_db()
    assert (row.call, row.team.code, row.state) == (call, "c", "submitted")
    assert (row.submitted_by, row.submitted_at) == (story.people["c-lead"], call.opened_at + DAY)
    assert changes == [f"{table} I test.c-lead apply" for table in _WRITTEN]
    facts = {"call": "additional-1", "team": "c", "receipt": "2026-응모-0001", "files": {}}
    assert Event.objects.latest("id").facts == facts


def test_a_second_application_is_duplicate_also_when_identical():
    story = vacant()
    call = opened(story)
    applied(story, call)
    with refused("duplicate"):
        applied(story, call)


def test_the_window_is_half_open():
    story = vacant()
    call = opened(story)
    with refused("too_late"):
        applied(story, call, now=call.closes_at)
    assert applied(story, call, now=call.closes_at - timedelta(microseconds=1)).pk


def test_a_call_that_is_over_is_too_late_whether_or_not_it_was_swept():
    story = vacant()
    call = opened(story)
    applied(story, call)
    close_call(call, actor=SWEEP, now=call.closes_at)
    with refused("too_late"):
        applied(story, call, "b", now=call.closes_at)
    with refused("too_late"):
        applied(story, call, "c", now=call.closes_at)


def test_before_the_call_opens_it_takes_no_application():
    story = vacant()
    call = authorised(story)
    with refused("wrong_state"):
        applied(story, call)


def test_a_void_call_takes_no_application():
    story = vacant(failed="")
    call = opened(story)
    with refused("wrong_state"):
        applied(story, call)


@pytest.mark.parametrize("who", ["official-1", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_a_team_s_own_person_applies(who):
    story = vacant()
    call = opened(story)
    with refused("not_allowed"):
        applied(story, call, who=who)


def test_nobody_applies_for_another_team():
    story = vacant()
    call = opened(story)
    with refused("not_entitled"):
        applied(story, call, who="b-lead")


@pytest.mark.parametrize("team", ["a", "x", "y"])
def test_a_team_outside_the_groups_is_not_eligible(team):
    story = vacant()
    call = opened(story, eligible=["eliminated"])
    with refused("not_eligible"):
        applied(story, call, team)


@pytest.mark.parametrize("team", ["b", "c", "x", "y"])
def test_every_group_may_apply_where_all_are_named(team):
    story = vacant()
    call = opened(story, eligible=EVERYBODY)
    assert applied(story, call, team).team.code == team


def test_a_team_that_advanced_is_never_eligible():
    story = vacant()
    call = opened(story, eligible=EVERYBODY)
    with refused("not_eligible"):
        applied(story, call, "a")


def test_rights_are_told_before_the_state_of_the_call():
    story = vacant()
    call = authorised(story, eligible=["eliminated"])
    with refused("not_allowed"):
        applied(story, call, who="official-1")
    with refused("not_entitled"):
        applied(story, call, "y", who="c-lead")
    with refused("not_eligible"):
        applied(story, call, "y")
