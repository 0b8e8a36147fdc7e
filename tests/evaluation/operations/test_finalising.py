import pytest

from core.actors import machine
from core.models import Event
from evaluation.models import Vacancy
from evaluation.operations.finalising import finalise_round
from evaluation.states import VacancyRule
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
SWEEP = machine("sweep")


def announced(failed: str = "", **given) -> Story:
    story = told(teams="abc", seats=2, **given).open()
    return story.score_all({"a": 90, "b": 80, "c": 70}, failed=list(failed)).announce()


def test_a_final_round_has_its_vacancy_counted():
    story = announced(failed="b")
    with written() as changes:
        vacancy = finalise_round(story.round, actor=SWEEP, now=NOW)
    assert (vacancy.round, vacancy.seats, vacancy.counted_at, vacancy.call) == (story.round, 1, NOW, None)
    assert (story.fresh().state, story.round.appeals_closed_at) == ("final", NOW)
    tables = ["evaluation_round U", "evaluation_vacancy I", "core_event I"]
    assert changes == [f"{table} system:sweep finalise_round" for table in tables]
    assert Event.objects.latest("id").facts == {"snapshot": 1, "vacancies": 1}


def test_without_an_empty_seat_there_is_no_vacancy():
    story = announced()
    assert finalise_round(story.round, actor=SWEEP, now=NOW) is None
    assert not Vacancy.objects.exists()


def test_a_round_that_leaves_its_seat_empty_counts_it_too():
    story = announced(failed="b", vacancy=VacancyRule.LEAVE)
    assert finalise_round(story.round, actor=SWEEP, now=NOW).seats == 1


def test_a_promoted_team_leaves_no_vacancy():
    story = announced(failed="b", vacancy=VacancyRule.PROMOTE)
    assert finalise_round(story.round, actor=SWEEP, now=NOW) is None


@pytest.mark.parametrize("state", ["draft", "scoring", "final"])
def test_only_an_announced_round_becomes_final(state):
    story = announced() if state == "final" else told()
    if state == "scoring":
        story.open()
    if state == "final":
        finalise_round(story.round, actor=SWEEP, now=NOW)
    with refused("wrong_state"):
        finalise_round(story.fresh(), actor=SWEEP, now=NOW)


@pytest.mark.parametrize("who", ["expert-1", "a-lead", "auditor-1", "operator-1"])
def test_others_make_nothing_final(who):
    story = announced()
    with refused("not_allowed"):
        finalise_round(story.round, actor=story.actor(who), now=NOW)
