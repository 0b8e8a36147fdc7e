import pytest

from appeals.policies import Majority, eligibility, eligible
from core.ledger.naming import named
from evaluation.operations.entries import withdraw
from tests.appeals.operations.answered import authorised, vacant
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db


def groups(story: Story, team: str, **given: object) -> set[str] | None:
    return eligibility(authorised(story, **given), story.teams[team])


@pytest.mark.parametrize(
    ("team", "belongs"),
    [("a", set()), ("b", {"eliminated"}), ("c", {"eliminated"}), ("x", {"earlier_applicants"}), ("y", {"newcomers"})],
)
def test_each_team_belongs_to_its_groups(team, belongs):
    assert groups(vacant(), team) == belongs


def test_a_team_that_took_part_and_applied_before_belongs_to_both():
    story = vacant()
    with named(actor="test", verb="test"):
        story.teams["c"].applied_before = True
        story.teams["c"].save(update_fields=["applied_before"])
    assert groups(story, "c") == {"eliminated", "earlier_applicants"}


def test_a_withdrawn_team_did_not_advance():
    story = told(teams="ab", seats=2).open().score_all({"a": 90, "b": 80})
    withdraw(story.entry("b"), reason="사정", actor=story.actor("official-1"), now=NOW)
    assert groups(story.announce(), "b") == {"eliminated"}


def test_while_there_is_no_result_an_entry_is_not_denied():
    story = told().open()
    call = authorised(story, eligible=["newcomers"])
    assert eligibility(call, story.teams["a"]) is None
    assert eligible(call, story.teams["a"])
    assert not eligible(call, story.teams["x"])


@pytest.mark.parametrize(("evaluators", "needed"), [(0, 1), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3)])
def test_a_majority_is_more_than_half_of_all(evaluators, needed):
    assert Majority(0, evaluators).needed == needed
    assert [Majority(n, evaluators).reached for n in (needed - 1, needed)] == [False, True]
