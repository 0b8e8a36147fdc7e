import pytest

from core.models import Event
from evaluation.operations.entries import withdraw
from evaluation.queries.standings import computed_standings
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


def left(story: Story, who: str = "a-lead", team: str = "a", reason: str = "사정"):
    return withdraw(story.entry(team), reason=reason, actor=story.actor(who), now=NOW)


@pytest.mark.parametrize("who", ["a-lead", "official-1"])
def test_an_entry_is_withdrawn_with_person_time_and_reason(who):
    story = told().open()
    with written() as changes:
        left(story, who)
    entry = story.entry("a")
    assert (entry.withdrawn_at, entry.withdrawn_by, entry.withdrawal_reason) == (NOW, story.people[who], "사정")
    assert changes == [f"evaluation_entry U test.{who} withdraw", f"core_event I test.{who} withdraw"]
    event = Event.objects.latest("id")
    assert (event.facts, event.reason) == ({"team": "a"}, "사정")


def test_an_entry_may_be_withdrawn_before_the_round_opens():
    assert left(told()).withdrawn_at == NOW


def test_withdrawing_again_changes_nothing():
    story = told().open()
    left(story)
    with unchanged():
        assert left(story, "official-1", reason="다른 사정").withdrawal_reason == "사정"


def test_a_team_s_person_withdraws_no_other_team():
    story = told().open()
    with refused("not_entitled"):
        left(story, "b-lead")


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_others_withdraw_nothing(who):
    story = told().open()
    with refused("not_allowed"):
        left(story, who)


def test_withdrawing_has_a_reason():
    story = told().open()
    with refused("incomplete"):
        left(story, reason=" ")


def test_after_the_announcement_nobody_withdraws():
    story = told(teams="a", seats=1).open().score_all({"a": 80}).announce()
    with refused("locked"):
        left(story)


def test_a_withdrawn_entry_has_neither_rank_nor_score_and_keeps_its_inputs():
    story = told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})
    left(story)
    standings = computed_standings(story.round).standings
    assert [(row.team, row.rank, row.total, row.outcome, row.reason) for row in standings.rows] == [
        ("b", 1, 80, "advanced", None),
        ("a", None, None, "withdrawn", "withdrawn"),
    ]
    assert story.entry("a").direct_points.count() == 1
