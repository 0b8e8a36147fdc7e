"""A version of the criteria coming into force against inputs: no result ever stands beyond the points in force."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from core.errors import Refused
from core.operations.decisions import approve, prepare
from evaluation.models import CriteriaVersion, StaleMark
from evaluation.operations.criteria_changes import propose_criteria
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.recomputing import recompute
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.criteria import criteria_version_of, documents_of, results_beyond
from evaluation.rules.criteria import Criterion as Rule
from evaluation.verbs import ADOPT_CRITERIA
from tests.appeals.due import beside, drafted
from tests.races.test_recomputing import computed, live
from tests.races.together import codes, together
from tests.story import SYSTEM, Story

pytestmark = pytest.mark.usefixtures("server")
CRITERIA = (
    Rule("bench", Decimal(40), source="direct"),
    Rule("expert", Decimal(40), source="sheets", quorum=1),
    Rule("user", Decimal(20), source="responses"),
)
LOWER = {"bench": {"points": "30"}, "expert": {"points": "35"}, "user": {"points": "35"}}
HIGH = Decimal(38)
"""Within the points of the first version, beyond those of the second."""


def bench(story: Story) -> Any:
    criterion, official = story.criterion("bench"), story.actor("official-3")
    return record_points(story.entry("a"), criterion=criterion, points=HIGH, actor=official, now=story.now)


def sheet(story: Story) -> Any:
    person, marks = story.people["expert-1"], {story.criterion("expert"): HIGH}
    return submit_sheet(story.entry("a"), person=person, points=marks, actor=story.actor("expert-1"), now=story.now)


def response(story: Story) -> Any:
    """Of a criterion whose points rise: too high before, good afterwards."""
    criterion, official = story.criterion("user"), story.actor("official-3")
    return record_responses(story.entry("a"), criterion=criterion, marks=[Decimal(30)], actor=official, now=story.now)


def prepared(story: Story) -> Callable[[], Any]:
    """The approval of a change that lowers some points, ready to be given."""
    actor, now = story.actor("official-1"), story.now
    version = propose_criteria(story.round, changes=LOWER, reason="배점 조정", actor=actor, now=now)
    decision = prepare(ADOPT_CRITERIA, version, actor=actor, now=now, reason="배점 조정", arguments={})
    return partial(approve, decision, actor=story.actor("official-2"), now=now)


def stories(server: str) -> list[Story]:
    first, rounds = drafted(), {"embedded": 8, "real": 20}[server]
    return [beside(first, number, criteria=CRITERIA, gates=[]).open() for number in range(2, rounds + 2)]


def sound(story: Story) -> bool:
    """Nothing stands beyond its bounds by the version in force; the live standings follow from it."""
    recompute(story.round, actor=SYSTEM, now=story.now)
    quiet = not StaleMark.objects.filter(round=story.round).exists()
    return quiet and not results_beyond(story.round, documents_of(story.round)) and live(story) == computed(story)


@pytest.mark.parametrize("given", [bench, sheet])
def test_either_the_input_or_the_lower_points_are_refused(server, given):
    for story in stories(server):
        adopting, giving = together(prepared(story), partial(given, story))
        assert codes([adopting, giving]) == ["done", "out_of_range"]
        number = 1 if isinstance(adopting, Refused) else 2
        assert criteria_version_of(story.round).number == number
        assert CriteriaVersion.objects.get(round=story.round, number=2).state == ("proposed", "in_force")[number - 1]
        assert sound(story)


def test_what_only_the_new_points_allow_is_judged_by_the_version_that_it_meets(server):
    for story in stories(server):
        adopting, giving = together(prepared(story), partial(response, story))
        assert not isinstance(adopting, Refused)
        assert isinstance(giving, Refused) is (not story.entry("a").batches.exists())
        assert criteria_version_of(story.round).number == 2
        assert sound(story)
