"""The sweep: what is due, at its minute and not before, once, whatever else fails."""

import logging
from datetime import timedelta

import pytest

from appeals.sweeps import sweep
from consortia.models import Call
from core.actors import Actor
from core.models import Event, Pulse
from core.roles import Role
from evaluation.models import LiveStanding, StaleMark, Vacancy
from evaluation.states import VacancyRule
from tests.appeals.due import ENDS, announced, authorise, beside, call_of, drafted, due, scored, swept
from tests.story import Story
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def settled(story: Story) -> Story:
    """Let a sweep bring up to date what the setting up has left."""
    swept(story.now)
    return story


def test_nothing_is_done_a_minute_before_the_window_ends():
    settled(due())
    with unchanged():
        done = swept(ENDS - MINUTE)

    assert (done.closed, done.opened, done.calls_closed) == ([], [], [])


def test_what_is_waited_for_is_logged(caplog):
    due()
    with caplog.at_level(logging.INFO, logger="appeals.sweeps"):
        done = swept(ENDS - MINUTE)

    assert done.waiting == ["1차 단계평가: 팀 b: 이의신청 기간이 끝나지 않았습니다(2026년 1월 26일(월) 24:00까지)."]
    assert done.waiting[0] in caplog.text


def test_the_round_is_final_when_its_window_ends():
    story = due()
    done = swept()

    assert done.closed == ["1차 단계평가"]
    assert (story.fresh().state, story.round.appeals_closed_at) == ("final", ENDS)
    assert story.round.vacancies.seats == 1


def test_the_authorised_call_opens_in_the_same_sweep():
    story = due()
    done = swept()

    call = call_of(story)
    assert (call.state, call.seats, call.opened_at) == ("open", 1, ENDS)
    assert done.opened == ["1차 단계평가 공석 1"]
    assert story.fresh().vacancies.call == call


def test_the_machine_opens_it_under_the_officials_decision():
    story = due()
    decision = story.round.authorisations.get().decision_id
    swept()

    opened = Event.objects.filter(verb="open_call")
    assert list(opened.values_list("actor", "mandate")) == [("system:sweep", f"decision:{decision}")]


def test_a_second_sweep_changes_nothing():
    due()
    swept()
    with unchanged():
        done = swept(ENDS + MINUTE)

    assert (done.closed, done.opened, done.calls_closed, done.recomputed) == ([], [], [], 0)


def test_a_late_sweep_does_it_all_the_same():
    story = due()
    swept(ENDS + timedelta(days=3))

    assert (story.fresh().state, call_of(story).opened_at) == ("final", ENDS + timedelta(days=3))


def test_a_late_authorisation_is_carried_out_by_the_next_sweep():
    story = announced()
    swept()
    authorise(story, now=ENDS + MINUTE)
    assert call_of(story).state == "authorised"
    done = swept(ENDS + 2 * MINUTE)

    assert (len(done.opened), call_of(story).state, call_of(story).opened_at) == (1, "open", ENDS + 2 * MINUTE)


def test_without_authorisation_no_call_opens():
    story = announced()
    done = swept()

    assert (done.opened, Call.objects.count(), story.fresh().vacancies.call) == ([], 0, None)


def test_without_a_vacancy_the_authorised_call_is_void():
    story = due(failed=())
    swept()

    assert (story.fresh().state, call_of(story).state, Vacancy.objects.count()) == ("final", "void", 0)


@pytest.mark.parametrize("rule", [VacancyRule.LEAVE, VacancyRule.PROMOTE])
def test_where_nobody_is_recruited_the_seat_is_counted_and_nothing_opens(rule):
    story = announced(vacancy=rule)
    done = swept()

    assert (story.fresh().state, story.round.vacancies.seats, story.round.vacancies.call) == ("final", 1, None)
    assert (done.opened, Call.objects.count()) == ([], 0)


def test_a_call_is_open_until_its_last_minute():
    story = due()
    swept()
    closes = call_of(story).closes_at
    with unchanged():
        swept(closes - MINUTE)

    assert call_of(story).state == "open"


def test_a_call_closes_at_its_minute():
    story = due()
    swept()
    done = swept(call_of(story).closes_at)

    assert (done.calls_closed, call_of(story).state) == (["추가 공모 additional-1"], "closed")


def test_a_call_waits_for_another_of_its_programme_to_end():
    story = announced()
    authorise(story, notice_days=20)
    swept()
    second = scored(beside(story, 2))
    second.now = ENDS
    second.announce()
    authorise(second, "additional-2")
    done = swept(second.round.appeals_close_at)

    call = Call.objects.get(code="additional-2")
    assert (second.fresh().state, call.state, done.failed, done.opened) == ("final", "authorised", [], [])
    first_of_all = "추가 공모 additional-1(2026년 2월 19일(목) 24:00까지)"
    assert done.waiting == [f"추가 공모 additional-2: 먼저 끝나야 하는 공모가 있습니다. {first_of_all}"]


def test_a_call_that_waited_opens_when_the_other_has_ended():
    story = announced()
    authorise(story, notice_days=20)
    swept()
    first = call_of(story)
    second = scored(beside(story, 2))
    second.now = ENDS
    second.announce()
    authorise(second, "additional-2")
    swept(second.round.appeals_close_at)
    done = swept(first.closes_at)

    assert done.opened == [str(second.round.vacancies)]
    assert list(Call.objects.values_list("code", "state", "opened_at")) == [
        ("additional-1", "closed", ENDS),
        ("additional-2", "open", first.closes_at),
    ]


def test_stale_standings_are_recomputed():
    story = scored(drafted())
    done = swept(story.now)

    assert (done.recomputed, StaleMark.objects.count()) == (1, 0)
    assert list(LiveStanding.objects.order_by("rank").values_list("entry__team__code", "total")) == [
        ("a", 90),
        ("b", 80),
    ]


def test_it_leaves_its_pulse():
    due()
    swept()

    pulse = Pulse.objects.get()
    assert (pulse.name, pulse.finished_at, pulse.found["closed"]) == ("sweep", ENDS, ["1차 단계평가"])


def test_one_programmes_sweep_leaves_the_others_alone():
    mine, other = due("mine"), due("other")
    for story in (mine, other):
        StaleMark.objects.create(round=story.round, at=ENDS)
    done = swept(programme=mine.programme.pk)

    assert (mine.fresh().state, call_of(mine).state) == ("final", "open")
    assert (other.fresh().state, call_of(other).state) == ("announced", "authorised")
    assert (done.recomputed, StaleMark.objects.filter(round=other.round).exists()) == (1, True)


def test_one_programmes_sweep_is_no_pulse():
    mine = due("mine")
    swept(programme=mine.programme.pk)

    assert Pulse.objects.count() == 0


def test_two_programmes_in_one_sweep():
    one, two = due("one"), due("two")
    done = swept()

    assert (len(done.closed), call_of(one).state, call_of(two).state) == (2, "open", "open")


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.REVIEWER, Role.APPLICANT, Role.AUDITOR])
def test_only_officials_operators_and_the_machine_ring_for_it(role):
    due()
    with refused("not_allowed"):
        sweep(actor=Actor("somebody", frozenset({role})), now=ENDS)


def test_whoever_rings_the_acts_are_the_machines():
    story = due()
    sweep(actor=story.actor("official-1"), now=ENDS)

    assert set(Event.objects.filter(at=ENDS).values_list("actor", flat=True)) == {"system:sweep"}
