"""For which inputs a recomputation is rung for, and what whoever comes then does."""

from datetime import timedelta

import pytest

from core.actors import machine
from evaluation import tasks
from evaluation.models import StaleMark
from evaluation.operations.inputs import mark_stale
from evaluation.operations.recomputing import recompute
from evaluation.operations.recounts import ask_for_recount
from evaluation.sweeps import make_recount, recompute_stale
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db(transaction=True)
SYSTEM = machine("recompute")


@pytest.fixture
def story() -> Story:
    """A round that is being scored and whose standings are up to date."""
    story = told(teams="ab", seats=1).open()
    recompute(story.round, actor=SYSTEM, now=NOW)
    return story


def test_the_first_input_rings_and_the_next_find_it_waiting(story, bells):
    for _ in range(3):
        mark_stale(story.round, NOW, story.entry("a"), [story.criterion("user"), story.criterion("bench")])
        mark_stale(story.round, NOW)

    assert bells.rung() == [[story.round.pk]]
    assert StaleMark.objects.count() == 9


def test_an_input_after_a_recomputation_rings_again(story, bells):
    for _ in range(2):
        mark_stale(story.round, NOW)
        recompute(story.round, actor=SYSTEM, now=NOW)

    assert bells.rung() == [[story.round.pk]] * 2


def test_marks_that_nobody_came_for_do_not_silence_an_input(story, bells):
    mark_stale(story.round, NOW)
    mark_stale(story.round, NOW + timedelta(seconds=9))
    mark_stale(story.round, NOW + timedelta(seconds=30))

    assert bells.rung() == [[story.round.pk]] * 2


def test_another_rounds_inputs_ring_for_themselves(story, bells):
    other = told("other", teams="ab", seats=1).open()
    recompute(other.round, actor=SYSTEM, now=NOW)
    bells.rung()
    for each in (story, other):
        mark_stale(each.round, NOW)

    assert bells.rung() == [[story.round.pk], [other.round.pk]]


def test_an_input_without_a_criterion_changes_nothing(story, bells):
    mark_stale(story.round, NOW, story.entry("a"), [])

    assert (StaleMark.objects.count(), bells.rung()) == (0, [])


def test_who_has_recomputed_looks_again_and_leaves_the_rest_to_others(story, bells, monkeypatch):
    """An input comes in each pause: the job gives up its turn after so many, and rings for the next."""
    pauses = []

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        mark_stale(story.round, NOW)

    monkeypatch.setattr("evaluation.tasks.time.sleep", pause)
    mark_stale(story.round, NOW)
    bells.rung()
    tasks.recompute(story.round.pk)

    assert pauses == [tasks.PAUSE.total_seconds()] * tasks.AT_MOST
    assert StaleMark.objects.count() == 1
    # Each input's own, since none waited when it came, and the job's.
    assert bells.rung() == [[story.round.pk]] * (tasks.AT_MOST + 1)


def test_a_job_that_finds_nothing_more_is_over(story, bells, monkeypatch):
    pauses = []
    monkeypatch.setattr("evaluation.tasks.time.sleep", pauses.append)
    mark_stale(story.round, NOW)
    bells.rung()
    tasks.recompute(story.round.pk)

    assert (len(pauses), StaleMark.objects.count(), bells.rung()) == (1, 0, [])


def test_the_sweep_rings_for_what_may_have_come_meanwhile(story, bells):
    mark_stale(story.round, NOW)
    bells.rung()

    assert recompute_stale(None, actor=SYSTEM, now=NOW) == ([story.round.pk], [])
    assert bells.rung() == [[story.round.pk]]


def test_so_does_a_recount(story, bells):
    recount = ask_for_recount(story.round, actor=story.actor("official-1"), now=NOW)
    mark_stale(story.round, NOW)
    bells.rung()

    assert make_recount(recount.pk, now=NOW) is True
    assert (StaleMark.objects.count(), bells.rung()) == (0, [[story.round.pk]])
