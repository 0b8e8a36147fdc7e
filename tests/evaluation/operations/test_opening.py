import pytest

from core.models import Event
from evaluation.models import StaleMark
from evaluation.operations.opening import open_round
from tests.later import later_round
from tests.story import NOW, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db


def test_a_round_opens_for_scoring():
    story = told()
    with written() as changes:
        open_round(story.round, actor=story.actor("official-1"), now=NOW)
    round = story.fresh()
    assert (round.state, round.opened_at) == ("scoring", NOW)
    tables = ("evaluation_criteriaversion U", "evaluation_round U", "core_event I")
    assert changes == [f"{table} test.official-1 open_round" for table in tables]
    assert StaleMark.objects.filter(round=round).count() == 1


def test_why_it_was_opened_is_kept():
    story = told()
    open_round(story.round, reason="계획대로", actor=story.actor("official-1"), now=NOW)
    assert Event.objects.get(verb="open_round").reason == "계획대로"


@pytest.mark.parametrize("state", ["scoring", "announced"])
def test_a_round_opens_once(state):
    story = told(teams="a", seats=1).open()
    if state == "announced":
        story.score_all({"a": 90}).announce()
    with refused("wrong_state"):
        open_round(story.round, actor=story.actor("official-1"), now=NOW)


def test_a_round_without_entries_does_not_open():
    story = told()
    empty = later_round(story, entries=[])
    with refused("incomplete"):
        open_round(empty, actor=story.actor("official-1"), now=NOW)


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "a-lead", "auditor-1", "operator-1"])
def test_only_officials_open(who):
    story = told()
    with refused("not_allowed"):
        open_round(story.round, actor=story.actor(who), now=NOW)


def test_who_may_not_open_is_told_so_whatever_the_state():
    story = told().open()
    with refused("not_allowed"):
        open_round(story.round, actor=story.actor("expert-1"), now=NOW)
