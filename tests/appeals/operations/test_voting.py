from datetime import timedelta

import pytest

from appeals.models import Vote
from appeals.operations.selecting import screen_application, vote_application
from consortia.models import Call, Membership
from core.ledger.naming import named
from core.models import Event
from evaluation.operations.conflicts import declare_conflict
from evaluation.states import ConflictKind
from tests.appeals.after import TICK, answered, application, applied, chosen, contested, opened
from tests.story import Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


def cast(story: Story, call: Call, person="expert-1", team="x", *, accept=True, reason="", who=None, now=None) -> Vote:
    return vote_application(
        application(call, team),
        person=story.people[person],
        accept=accept,
        reason=reason,
        actor=story.actor(who or person),
        now=now or call.closes_at,
    )


def declared(story: Story, call: Call, person: str, team: str, kind: str) -> None:
    declare_conflict(
        story.round,
        team=story.teams[team],
        person=story.people[person],
        kind=ConflictKind(kind),
        reason="확인함",
        actor=story.actor("official-1"),
        now=call.closes_at,
    )


@pytest.mark.parametrize("accept", [True, False])
def test_an_evaluator_votes(accept):
    story = contested()
    call = answered(story, "x")
    with written() as changes:
        row = cast(story, call, accept=accept, reason=" 검토 의견 ")
    row.refresh_from_db()
    assert (row.account.code, row.accept, row.reason, row.at) == ("expert-1", accept, "검토 의견", call.closes_at)
    assert changes == [f"{table} I test.expert-1 vote_application" for table in ("appeals_vote", "core_event")]
    assert Event.objects.latest("id").facts == {"accept": accept}


def test_a_vote_is_given_once():
    story = contested()
    call = answered(story, "x")
    row = cast(story, call)
    with unchanged():
        assert cast(story, call, reason="다른 말") == row
    with refused("duplicate"):
        cast(story, call, accept=False)


def test_nobody_votes_for_another():
    story = contested()
    call = answered(story, "x")
    with refused("not_entitled"):
        cast(story, call, who="expert-2")


def test_nobody_off_the_panel_votes():
    story = contested()
    call = answered(story, "x")
    with refused("not_entitled"):
        cast(story, call, "expert-6")


@pytest.mark.parametrize("who", ["x-lead", "official-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_evaluators_vote(who):
    story = contested()
    call = answered(story, "x")
    with refused("not_allowed"):
        cast(story, call, who)


def test_what_was_screened_out_is_not_voted_on():
    story = contested()
    call = answered(story, "x", "y")
    screen_application(
        application(call, "x"), eligible=False, reason="미달", actor=story.actor("official-1"), now=call.closes_at
    )
    with refused("not_eligible"):
        cast(story, call)
    assert cast(story, call, team="y").accept


def test_an_interest_in_any_applicant_bars_from_all():
    story = contested()
    call = answered(story, "x", "y")
    declared(story, call, "expert-1", "y", "kinship")
    with refused("conflict_of_interest"):
        cast(story, call, team="x")


def test_an_interest_that_is_unknown_must_be_cleared_for_every_applicant():
    story = contested()
    call = answered(story, "x", "y")
    with refused("conflict_of_interest"):
        cast(story, call, "expert-5")
    declared(story, call, "expert-5", "x", "none")
    with refused("conflict_of_interest"):
        cast(story, call, "expert-5")
    declared(story, call, "expert-5", "y", "none")
    assert cast(story, call, "expert-5").accept


def test_the_consortium_is_as_it_is_that_day():
    """x takes in the experts' organisation on the day after the call closed, for one day."""
    story = contested()
    call = answered(story, "x")
    day = call.closes_at.astimezone(story.programme.zone).date() + timedelta(days=1)
    with named(actor="test", verb="test"):
        Membership.objects.create(
            team=story.teams["x"], organisation=story.organisations["outside"], since=day, until=day
        )
    with refused("conflict_of_interest"):
        cast(story, call, now=call.closes_at + timedelta(days=1))
    with refused("conflict_of_interest"):
        cast(story, call, now=call.closes_at + timedelta(days=2) - TICK)
    assert cast(story, call, now=call.closes_at + timedelta(days=2)).accept


def test_whom_an_applicant_employs_does_not_vote():
    """expert-4 belongs to org-a; a advanced and does not apply, so he may vote, unless org-a joins an applicant."""
    story = contested()
    call = answered(story, "x")
    assert cast(story, call, "expert-4").accept
    with named(actor="test", verb="test"):
        Membership.objects.create(team=story.teams["x"], organisation=story.organisations["org-a"])
    with refused("conflict_of_interest"):
        cast(story, call, "expert-4", accept=False)


def test_not_before_the_call_closes():
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    with refused("too_early"):
        cast(story, call, now=call.closes_at - TICK)
    assert cast(story, call).accept


def test_not_after_it_is_concluded():
    story = contested()
    call = answered(story, "x")
    chosen(story, call, "none")
    with refused("wrong_state"):
        cast(story, call)


def test_refusals_in_their_order():
    story = contested()
    call = opened(story)
    applied(story, call, "x")
    with refused("not_entitled"):
        cast(story, call, "expert-6", now=call.opened_at)
    with refused("conflict_of_interest"):
        cast(story, call, "expert-5", now=call.opened_at)
    with refused("too_early"):
        cast(story, call, now=call.opened_at)
