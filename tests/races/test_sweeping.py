"""Several sweeps at once, and sweeps beside people: each closing happens once, each call opens once."""

from functools import partial

import pytest
from django.db import transaction

from appeals.operations.applying import apply
from appeals.operations.closing import close_round
from appeals.sweeps import Swept
from consortia.models import Application, Call
from core.errors import Refused
from core.models import Event, Pulse
from evaluation.models import Round
from tests.appeals.due import BEAT, ENDS, announced, authorise, call_of, closed_once, due, events, swept
from tests.races.together import codes, together
from tests.story import Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.usefixtures("server")
TIMES = 2
SWEEPS = 4


def test_four_sweeps_at_once_close_one_round_once(server):
    for number in range(TIMES):
        story = due(f"test-{number}")
        results: list[Swept] = together(*[swept] * SWEEPS)

        assert closed_once(story)
        assert sorted(len(result.closed) for result in results) == [0, 0, 0, 1]


def test_four_sweeps_at_once_carry_out_a_late_authorisation_once(server):
    for number in range(TIMES):
        story = announced(f"test-{number}")
        swept()
        authorise(story, now=ENDS)
        results: list[Swept] = together(*[swept] * SWEEPS)

        assert closed_once(story)
        assert sorted(len(result.opened) for result in results) == [0, 0, 0, 1]


def test_four_sweeps_at_once_and_two_programmes(server):
    for number in range(TIMES):
        stories = [due(f"one-{number}"), due(f"two-{number}")]
        results: list[Swept] = together(*[swept] * SWEEPS)

        assert [closed_once(story) for story in stories] == [True, True]
        assert sum(len(result.closed) for result in results) == 2


def test_four_sweeps_at_once_close_a_call_once(server):
    story = due()
    swept()
    closes = call_of(story).closes_at
    together(*[partial(swept, closes)] * SWEEPS)

    assert (call_of(story).state, events("close_call", story)) == ("closed", 1)


def test_after_a_race_a_sweep_changes_nothing(server):
    due()
    together(*[swept] * SWEEPS)
    swept()
    with unchanged():
        swept()


def test_four_sweeps_leave_one_pulse(server):
    together(*[swept] * SWEEPS)

    assert Pulse.objects.count() == 1


def test_the_button_beside_the_sweeps(server):
    """Whoever closes first, the others find the round final."""
    story = due()
    together(*[partial(close_round, story.round, actor=BEAT, now=ENDS)] * 2, swept, swept)

    assert closed_once(story)


def test_an_authorisation_beside_the_closing(server):
    """Decided just before or just after: the call opens in this sweep or in the next, once."""
    for number in range(TIMES):
        story = announced(f"test-{number}")
        together(partial(authorise, story, now=ENDS), swept)
        swept()

        assert closed_once(story)


def test_a_round_that_somebody_holds_is_left_for_the_next_sweep(server):
    held, free = due("held"), due("free")
    with transaction.atomic():
        Round.objects.alone(held.round.pk)
        (result,) = together(swept)
    assert (result.failed, held.fresh().state, free.fresh().state) == ([], "announced", "final")
    swept()

    assert closed_once(held)


def application(story: Story, call: Call, team: str) -> partial[Application]:
    """In the last second in which it may be handed in."""
    return partial(apply, call, team=story.teams[team], actor=story.actor(f"{team}-lead"), now=call.closes_at)


def test_an_application_at_the_closing_instant_is_too_late(server):
    for number in range(TIMES):
        story = due(f"test-{number}")
        swept()
        call = call_of(story)
        late = application(story, call, "y")
        results = together(late, partial(swept, call.closes_at))
        swept(call.closes_at)  # the first has left the call alone if the application held it

        assert codes(results) == ["done", "too_late"]
        assert (call_of(story).state, Application.objects.count()) == ("closed", 0)


def test_an_application_a_moment_before_is_in_or_told(server):
    """Beside the closing sweep it is either handed in and counted, or refused: never in without being counted."""
    for number in range(TIMES):
        story = due(f"test-{number}")
        swept()
        call = call_of(story)
        earlier = application(story, call, "y").keywords | {"now": call.opened_at}
        result, _ = together(partial(apply, call, **earlier), partial(swept, call.closes_at))
        swept(call.closes_at)

        handed_in = not isinstance(result, Refused)
        assert handed_in or result.code == "too_late"
        assert call.applications.count() == handed_in
        closing = Event.objects.get(verb="close_call", subject_id=call.pk)
        assert closing.facts == {"applications": int(handed_in)}


def test_two_people_of_a_team_apply_at_once(server):
    story = due()
    swept()
    call = call_of(story)
    acts = [partial(application(story, call, "y"), now=call.opened_at)] * 4

    assert codes(together(*acts)) == ["done", "duplicate", "duplicate", "duplicate"]
    assert Application.objects.count() == 1
