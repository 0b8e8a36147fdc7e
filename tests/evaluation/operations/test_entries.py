from collections.abc import Callable
from decimal import Decimal

import pytest

from core.models import Event
from evaluation.models import Entry
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.gates import find
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.standings import computed_standings
from evaluation.states import FindingValue
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


def points_of(story: Story, entry: Entry) -> object:
    facts = {"criterion": story.criterion("bench"), "points": Decimal(10)}
    return record_points(entry, **facts, actor=story.actor("official-1"), now=NOW)


def responses_of(story: Story, entry: Entry) -> object:
    facts = {"criterion": story.criterion("user"), "marks": [Decimal(10)]}
    return record_responses(entry, **facts, actor=story.actor("official-1"), now=NOW)


def sheet_of(story: Story, entry: Entry) -> object:
    facts = {"person": story.people["expert-1"], "points": {story.criterion("expert"): Decimal(10)}}
    return submit_sheet(entry, **facts, actor=story.actor("expert-1"), now=NOW)


def draft_of(story: Story, entry: Entry) -> object:
    facts = {"person": story.people["expert-1"], "points": {"expert": "10"}}
    return save_sheet_draft(entry, **facts, actor=story.actor("expert-1"), now=NOW)


def finding_of(story: Story, entry: Entry) -> object:
    facts = {"gate": story.gate, "person": story.people["expert-1"], "finding": FindingValue.MET, "reason": "검토"}
    return find(entry, **facts, actor=story.actor("expert-1"), now=NOW)


@pytest.mark.parametrize("put_in", [points_of, responses_of, sheet_of, draft_of, finding_of])
def test_what_was_read_before_the_team_withdrew_counts_no_more(put_in: Callable[[Story, Entry], object]):
    """A page reads the entry, the team withdraws, and then the input comes: what stands under the lock decides."""
    story = told().open()
    read_before = story.entry("a")
    left(story)
    with refused("wrong_state"):
        put_in(story, read_before)
