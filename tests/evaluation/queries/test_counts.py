"""Reading a round takes the same number of queries however many teams take part."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actors import machine
from evaluation.operations.recomputing import recompute
from evaluation.queries.inputs import entry_inputs
from evaluation.queries.standings import board, computed_standings
from evaluation.verbs import ANNOUNCE
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db
SIZES = (1, 3, 10)
TEAMS = "abcdefghij"


def judged(size: int) -> Story:
    story = told(teams=TEAMS[:size], seats=1).open()
    return story.score_all({team: 90 - 5 * place for place, team in enumerate(TEAMS[:size])})


@pytest.fixture(params=SIZES)
def story(request: pytest.FixtureRequest) -> Story:
    return judged(request.param)


def test_entry_inputs(story, django_assert_num_queries):
    with django_assert_num_queries(6):
        entry_inputs(story.round)


def test_computed_standings(story, django_assert_num_queries):
    with django_assert_num_queries(6):
        computed_standings(story.round)


def test_the_board_before_the_announcement(story, django_assert_num_queries):
    with django_assert_num_queries(9):
        board(story.round)


def test_the_published_board(story, django_assert_num_queries):
    story.announce()
    with django_assert_num_queries(3):
        board(story.round)


def test_recomputing(story, django_assert_num_queries):
    with django_assert_num_queries(9):
        recompute(story.round, actor=machine("recompute"), now=NOW)


def test_announcing_takes_as_many_queries_for_ten_teams_as_for_one():
    counts = []
    for size in SIZES:
        story = told(f"size-{size}", teams=TEAMS[:size], seats=1).open()
        story.score_all({team: 90 - 5 * place for place, team in enumerate(TEAMS[:size])})
        with CaptureQueriesContext(
            connection,
        ) as asked:
            story.decide(ANNOUNCE)
        counts.append(len(asked))
    assert counts == [counts[0]] * len(SIZES)
