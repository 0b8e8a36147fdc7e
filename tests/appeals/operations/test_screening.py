import pytest

from appeals.models import Screening
from appeals.operations.selecting import screen_application
from consortia.models import Application, Call
from core.models import Event
from tests.appeals.after import TICK, answered, application, applied, chosen, contested, on_panel, opened, voted
from tests.story import Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


def screened(story: Story, call: Call, team="x", *, yes=True, reason="적합", who="official-1", now=None) -> Screening:
    return screen_application(
        application(call, team),
        eligible=yes,
        reason=reason,
        actor=story.actor(who),
        now=now or call.closes_at,
    )


@pytest.mark.parametrize(("yes", "state"), [(True, "submitted"), (False, "ineligible")])
def test_an_application_is_screened(yes, state):
    story = contested()
    call = answered(story, "x")
    with written() as changes:
        row = screened(story, call, yes=yes, reason=" 검토 결과 ")
    row.refresh_from_db()
    assert (row.eligible, row.reason, row.by.code, row.at) == (yes, "검토 결과", "official-1", call.closes_at)
    assert Application.objects.get().state == state
    assert [change.split()[0] for change in changes] == [
        "appeals_screening",
        *([] if yes else ["consortia_application"]),
        "core_event",
    ]
    assert Event.objects.latest("id").facts == {"eligible": yes}


@pytest.mark.parametrize("yes", [True, False])
def test_the_same_again_is_returned_and_the_opposite_is_duplicate(yes):
    story = contested()
    call = answered(story, "x")
    row = screened(story, call, yes=yes)
    with unchanged():
        assert screened(story, call, yes=yes, reason="다른 말") == row
    with refused("duplicate"):
        screened(story, call, yes=not yes)


def test_not_before_the_call_closes():
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    with refused("too_early"):
        screened(story, call, now=call.closes_at - TICK)
    assert screened(story, call).eligible


def test_not_after_it_is_concluded():
    story = contested()
    call = answered(story, "x")
    chosen(story, call, "none")
    with refused("wrong_state"):
        screened(story, call)


def test_whoever_was_selected_is_not_screened_out():
    story = contested(failed="abc", seats=2)
    call = answered(story, "x", "y")
    voted(story, call, "x", "expert-1", "expert-2", "expert-3")
    chosen(story, call, "x")
    with refused("wrong_state"):
        screened(story, call, yes=False)


@pytest.mark.parametrize("who", ["x-lead", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_officials_screen(who):
    story = contested()
    call = answered(story, "x")
    with refused("not_allowed"):
        screened(story, call, who=who)


def test_nobody_of_the_panel_screens():
    story = contested()
    call = answered(story, "x")
    on_panel(story, "official-1")
    with refused("conflict_of_interest"):
        screened(story, call)


def test_it_has_a_reason():
    story = contested()
    call = answered(story, "x")
    with refused("incomplete"):
        screened(story, call, reason=" ")


def test_refusals_in_their_order():
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    with refused("too_early"):
        screened(story, call, reason=" ", now=call.opened_at)
    screened(story, call)
    with refused("incomplete"):
        screened(story, call, yes=False, reason=" ")
