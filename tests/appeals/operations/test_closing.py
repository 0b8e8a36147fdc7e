from datetime import UTC, datetime, timedelta

import pytest

from appeals.operations.closing import close_round, open_for
from core.models import Event
from evaluation.models import Vacancy
from tests.appeals.operations.answered import SWEEP, authorised, closed, opened, vacant
from tests.story import told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
ENDS = datetime(2026, 1, 26, 15, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def test_while_a_window_is_open_a_round_does_not_close():
    story = vacant()
    with refused("too_early") as caught:
        close_round(story.round, actor=SWEEP, now=ENDS - TICK)
    assert caught.value.facts == {"until": ENDS}


def test_the_last_of_the_windows_counts():
    story = told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})
    story.announce(delivered={"a": "2026-01-20T00:00:00+00:00"})
    with refused("too_early"):
        close_round(story.round, actor=SWEEP, now=ENDS)
    assert close_round(story.round, actor=SWEEP, now=story.round.appeals_close_at).state == "final"


def test_closing_makes_final_counts_the_vacancy_and_opens_the_call_at_once():
    story = vacant()
    call = authorised(story)
    with written() as changes:
        close_round(story.round, actor=SWEEP, now=ENDS)
    call.refresh_from_db()
    assert (story.fresh().state, story.round.appeals_closed_at) == ("final", ENDS)
    assert (call.state, call.seats, call.opened_at) == ("open", 1, ENDS)
    vacancy = Vacancy.objects.get()
    assert (vacancy.round, vacancy.seats, vacancy.call) == (story.round, 1, call)
    assert changes == [
        "core_event I system:sweep close_round",
        "evaluation_round U system:sweep finalise_round",
        "evaluation_vacancy I system:sweep finalise_round",
        "core_event I system:sweep finalise_round",
        "consortia_call U system:sweep open_call",
        "consortia_callnotice I system:sweep open_call",
        "core_event I system:sweep open_call",
        "evaluation_vacancy U system:sweep open_call",
    ]


def test_the_machine_opens_under_the_decision_of_two_officials():
    story = vacant()
    call = opened(story)
    event = Event.objects.get(verb="open_call")
    assert (event.actor, event.mandate) == ("system:sweep", f"decision:{call.authorisation.decision_id}")


def test_a_round_that_is_final_is_returned():
    story = vacant()
    opened(story)
    with unchanged():
        assert close_round(story.round, actor=SWEEP, now=ENDS + TICK).state == "final"


def test_without_a_vacancy_the_call_is_void():
    story = vacant(failed="")
    call = opened(story)
    assert (call.state, call.void_reason, call.opened_at) == ("void", "공석 없이 확정되었습니다.", None)
    assert not Vacancy.objects.exists()


def test_without_an_authorised_call_the_vacancy_waits():
    story = closed(vacant())
    assert Vacancy.objects.get().call is None
    with unchanged():
        assert open_for(Vacancy.objects.get(), actor=SWEEP, now=ENDS) is None
    call = authorised(story)
    assert open_for(Vacancy.objects.get(), actor=SWEEP, now=ENDS + TICK) == call
    assert Vacancy.objects.get().call.opened_at == ENDS + TICK


def test_a_vacancy_has_one_call():
    story = vacant()
    call = opened(story)
    with unchanged():
        assert open_for(Vacancy.objects.get(), actor=SWEEP, now=ENDS + TICK) == call


@pytest.mark.parametrize("state", ["draft", "scoring"])
def test_before_the_announcement_nothing_closes(state):
    story = told() if state == "draft" else told().open()
    with refused("wrong_state"):
        close_round(story.round, actor=SWEEP, now=ENDS)


@pytest.mark.parametrize("who", ["official-1", "expert-1", "a-lead", "auditor-1", "operator-1"])
def test_only_the_machine_closes(who):
    story = vacant()
    with refused("not_allowed"):
        close_round(story.round, actor=story.actor(who), now=ENDS)
