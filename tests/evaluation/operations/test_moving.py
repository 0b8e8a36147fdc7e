from datetime import date

import pytest

from core.models import Event
from evaluation.verbs import MOVE_END
from tests.appeals.after import contested, on_panel, swept
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
LATER = "2026-01-31"


def moved(story: Story, ends: str = LATER, reason: str = "늦은 시작", now=NOW) -> Story:
    story.decide(MOVE_END, ends=ends, reason=reason, now=now)
    story.fresh()
    return story


@pytest.mark.parametrize("state", ["draft", "scoring"])
def test_the_end_is_moved(state):
    story = told() if state == "draft" else told().open()
    with written() as changes:
        moved(story)
    assert story.round.ends == date(2026, 1, 31)
    assert changes[4:] == [
        "evaluation_round U test.official-2 move_end",
        "core_event I test.official-2 move_end",
    ]
    assert Event.objects.latest("id").facts == {"before": "2026-01-15", "after": "2026-01-31"}


def test_by_less_than_the_most():
    assert moved(told(), "2026-01-16").round.ends == date(2026, 1, 16)


def test_the_same_day_again_changes_nothing():
    story = moved(told())
    with written() as changes:
        moved(story)
    assert not [change for change in changes if "evaluation_round" in change]


@pytest.mark.parametrize("ends", ["2026-02-01", "2027-01-31", "2026-01-14", "2025-08-31"])
def test_no_further_than_laid_down_and_never_back(ends):
    story = told()
    with refused("out_of_range"):
        moved(story, ends)


def test_where_no_most_is_laid_down_two_decide_how_far():
    story = told()
    story.round = later_round(story)
    assert moved(story, "2026-12-31").round.ends == date(2026, 12, 31)
    with refused("out_of_range"):
        moved(story, "2026-12-30")


@pytest.mark.parametrize("state", ["announced", "final"])
def test_after_the_announcement_it_stays(state):
    story = contested()
    if state == "final":
        swept(story.round.appeals_close_at)
    with refused("wrong_state"):
        moved(story)


def test_it_has_a_reason():
    story = told()
    with refused("incomplete"):
        moved(story, reason=" ")


def test_refusals_in_their_order():
    story = contested()
    with refused("wrong_state"):
        moved(story, "2027-01-01", reason=" ")
    other = told("other")
    with refused("incomplete"):
        moved(other, "2027-01-01", reason=" ")


def test_nobody_of_the_panel_decides():
    story = told()
    on_panel(story, "official-1")
    with refused("conflict_of_interest"):
        moved(story)
