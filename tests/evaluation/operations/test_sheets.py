from decimal import Decimal
from fractions import Fraction

import pytest

from core.models import Event
from evaluation.models import Mark, Sheet
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.marking import marks_of
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from evaluation.states import ConflictKind
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
TWO = (
    Rule("plan", Decimal(60), source="sheets"),
    Rule("people", Decimal(40), source="sheets"),
)


@pytest.fixture
def story() -> Story:
    return told(criteria=TWO).open()


def handed_in(
    story: Story, who: str = "expert-1", team: str = "a", person: str | None = None, comment: str = "", **points: object
) -> Sheet:
    return submit_sheet(
        story.entry(team),
        person=story.people[person or who],
        points={
            story.criterion(code): Decimal(str(mark)) for code, mark in (points or {"plan": 50, "people": 30}).items()
        },
        comment=comment,
        actor=story.actor(who),
        now=NOW,
    )


def test_a_sheet_is_handed_in_with_a_mark_for_each_criterion(story):
    with written() as changes:
        sheet = handed_in(story, comment="좋음", plan="50.50", people=30)
    sheet.refresh_from_db()
    assert (sheet.entry.team.code, sheet.account, sheet.comment, sheet.at) == (
        "a",
        story.people["expert-1"],
        "좋음",
        NOW,
    )
    marks = Mark.objects.order_by("pk").values_list("criterion__code", "points")
    assert [(code, str(mark)) for code, mark in marks] == [("plan", "50.50"), ("people", "30")]
    tables = ["evaluation_sheet", "evaluation_mark", "evaluation_mark", "core_event"]
    assert changes == [f"{table} I test.expert-1 submit_sheet" for table in tables]
    assert Event.objects.latest("id").facts == {"points": {"plan": "50.50", "people": "30"}}


def test_the_same_sheet_again_is_returned(story):
    first = handed_in(story, plan=50, people=30)
    with unchanged():
        assert handed_in(story, plan="50.0", people=30) == first


@pytest.mark.parametrize("other", [{"plan": 51, "people": 30}, {"plan": 50, "people": 30, "comment": "다름"}])
def test_a_sheet_is_final_once_handed_in(story, other):
    handed_in(story, plan=50, people=30)
    with refused("duplicate"):
        handed_in(story, **other)


def test_every_expert_has_a_sheet_for_every_team(story):
    for who in ("expert-1", "expert-2"):
        for team in ("a", "b"):
            handed_in(story, who, team)
    assert Sheet.objects.count() == 4


@pytest.mark.parametrize("points", [{"plan": 50}, {"people": 30}])
def test_a_criterion_without_its_mark_is_incomplete(story, points):
    with refused("incomplete"):
        handed_in(story, **points)


def test_a_criterion_that_no_sheet_of_the_round_scores_is_unknown(story):
    points = {story.criterion(code): Decimal(30) for code in ("plan", "people")}
    points[told("other", criteria=TWO).criterion("plan")] = Decimal(1)
    actor = story.actor("expert-1")
    with refused("unknown"):
        submit_sheet(story.entry("a"), person=actor.person(), points=points, actor=actor, now=NOW)


@pytest.mark.parametrize("points", [{"plan": "1"}, {"plan": "1", "people": "2"}])
def test_marks_by_the_codes_of_their_criteria_take_one_query(story, django_assert_num_queries, points):
    with django_assert_num_queries(1):
        marks = marks_of(story.round, points)
    assert {leaf.code: str(mark) for leaf, mark in marks.items()} == points


def test_a_sheet_without_marks_is_incomplete(story):
    with refused("incomplete"):
        submit_sheet(
            story.entry("a"), person=story.people["expert-1"], points={}, actor=story.actor("expert-1"), now=NOW
        )


@pytest.mark.parametrize("mark", ["-0.1", "60.1", "60.01"])
def test_a_mark_beyond_its_bounds_is_out_of_range(story, mark):
    with refused("out_of_range"):
        handed_in(story, plan=mark, people=30)


@pytest.mark.parametrize("mark", ["0", "60"])
def test_the_bounds_themselves_are_marks(story, mark):
    assert handed_in(story, plan=mark, people=30).pk


@pytest.mark.parametrize("who", ["official-1", "reviewer-1", "a-lead", "auditor-1", "operator-1"])
def test_only_evaluators_hand_in_sheets(story, who):
    with refused("not_allowed"):
        handed_in(story, who)


def test_nobody_hands_in_another_s_sheet(story):
    with refused("not_entitled"):
        handed_in(story, "expert-1", person="expert-2")


def test_an_evaluator_off_the_panel_is_not_entitled(story):
    with refused("not_entitled"):
        handed_in(story, "expert-6")


@pytest.mark.parametrize(("who", "team"), [("expert-4", "a"), ("expert-5", "a"), ("expert-5", "b")])
def test_a_conflict_and_an_unknown_one_are_refused(story, who, team):
    with refused("conflict_of_interest"):
        handed_in(story, who, team)


def test_an_expert_scores_the_teams_without_a_conflict(story):
    assert handed_in(story, "expert-4", "b").pk


def test_a_cleared_unknown_may_score(story):
    declare_conflict(
        story.round,
        team=story.teams["a"],
        person=story.people["expert-5"],
        kind=ConflictKind.NONE,
        reason="확인함",
        actor=story.actor("official-1"),
        now=NOW,
    )
    assert handed_in(story, "expert-5").pk
    with refused("conflict_of_interest"):
        handed_in(story, "expert-5", "b")


@pytest.mark.parametrize(
    "rule",
    [
        Rule("plan", Decimal(60), source="sheets", aggregate="sum", quorum=2),
        Rule("plan", Decimal(60), source="sheets", quorum=2, scale=Linear(Fraction(3, 2))),
    ],
    ids=["sum", "linear"],
)
def test_marks_within_their_bounds_may_not_come_to_more_than_the_points(rule):
    story = told(criteria=(rule, TWO[1])).open()
    handed_in(story, "expert-1", plan=50, people=30)
    with refused("out_of_range"):
        handed_in(story, "expert-2", plan=41, people=30)
    assert handed_in(story, "expert-2", plan=10, people=30).pk
