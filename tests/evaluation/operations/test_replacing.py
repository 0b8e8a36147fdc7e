"""A handed-in sheet put right by two officials: while the round is scored, and as a correction of its result."""

from decimal import Decimal
from typing import Any

import pytest

from core.models import Decision
from evaluation.models import Mark, Sheet, SheetExclusion
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.standings import board
from evaluation.rules.criteria import Criterion as Rule
from evaluation.states import ConflictKind
from evaluation.verbs import REPLACE_SHEET
from tests.evaluation.operations.corrections import corrected, measured, sheet
from tests.story import NOW, Story, told
from tests.support import decided
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
TWO = (Rule("plan", Decimal(60), source="sheets", quorum=2), Rule("people", Decimal(40), source="sheets"))


@pytest.fixture
def story() -> Story:
    """Experts 1 and 2 have marked both teams: 50 and 30."""
    story = told(teams="ab", seats=1, criteria=TWO).open()
    for team in "ab":
        for who in ("expert-1", "expert-2"):
            handed_in(story, who, team)
    return story


def handed_in(story: Story, who: str, team: str, plan: int = 50) -> Sheet:
    marks = {story.criterion("plan"): Decimal(plan), story.criterion("people"): Decimal(30)}
    actor = story.actor(who)
    return submit_sheet(story.entry(team), person=story.people[who], points=marks, comment="좋음", actor=actor, now=NOW)


def mine(story: Story, who: str = "expert-1", team: str = "a") -> Sheet:
    return Sheet.objects.filter(entry=story.entry(team), account=story.people[who]).latest("pk")


def replaced(story: Story, old: Sheet, reason: str = "오기", **points: str) -> Decision:
    return decided(story, REPLACE_SHEET, old, reason=reason, points=points)


def scores(story: Story, criterion: str = "plan") -> list[str | None]:
    return [row.scores[criterion] for row in sorted(board(story.round).rows, key=lambda row: row.team)]


def test_a_new_sheet_supersedes_and_the_old_one_stays(story):
    old = mine(story)
    decision = replaced(story, old, plan="40.5")
    new = mine(story)
    assert (new.supersedes, new.decision, new.account, new.comment) == (old, decision, old.account, "좋음")
    assert [str(points) for points in new.marks.order_by("criterion__position").values_list("points", flat=True)] == [
        "40.5",
        "30",
    ]
    assert list(old.marks.order_by("pk").values_list("points", flat=True)) == [50, 30]
    assert (old.exclusion.reason, old.exclusion.by.username) == ("오기", "test.official-2")
    assert scores(story) == ["45.3", "50.0"]
    replaced(story, new, plan="41")
    assert (scores(story), Sheet.objects.filter(exclusion__isnull=True).count()) == (["45.5", "50.0"], 4)
    with refused("duplicate"):
        handed_in(story, "expert-1", "a")


def test_what_cannot_be_put_right(story):
    old = mine(story)
    for code, points in (
        ("out_of_range", {"plan": "60.1"}),
        ("out_of_range", {"plan": "x"}),
        ("unknown", {"other": "1"}),
    ):
        with refused(code):
            replaced(story, old, **points)
    with refused("incomplete"):
        replaced(story, old)
    with refused("incomplete"):
        replaced(story, old, reason=" ", plan="1")
    replaced(story, old, plan="40")
    with refused("wrong_state"):
        replaced(story, old, plan="41")


def test_a_sheet_of_somebody_with_a_conflict_is_not_brought_back(story):
    declare_conflict(
        story.round,
        team=story.teams["a"],
        person=story.people["expert-1"],
        kind=ConflictKind.KINSHIP,
        reason="배우자",
        actor=story.actor("official-1"),
        now=NOW,
    )
    with refused("wrong_state"):
        replaced(story, mine(story), plan="40")
    assert SheetExclusion.objects.count() == 1


def resheet(person: str, team: str, **points: str) -> dict[str, Any]:
    return {"replace_sheet": {"person": person, "team": team, "points": points}}


def test_after_the_announcement_it_is_a_correction():
    story = measured()
    with refused("locked"):
        replaced(story, mine(story), expert="20")
    made = corrected(story, resheet("expert-1", "a", expert="20"))
    assert made.items == [resheet("expert-1", "a", expert="20")]
    assert scores(story, "expert") == ["50.0", "45.0"]
    assert mine(story).supersedes is not None
    # Two of one batch follow each other, and an exclusion meets the sheet that counts.
    corrected(story, resheet("expert-2", "b", expert="30"), resheet("expert-2", "b", expert="35"))
    assert scores(story, "expert") == ["50.0", "42.5"]
    corrected(story, resheet("expert-1", "b", expert="40"), sheet("expert-1", "b"))
    assert scores(story, "expert") == ["50.0", "56.3"]
    assert Mark.objects.filter(sheet__exclusion__isnull=True).count() == 5


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        (resheet("expert-4", "a", expert="20"), "unknown"),
        (resheet("expert-1", "a", other="20"), "unknown"),
        (resheet("expert-1", "a"), "incomplete"),
        (resheet("expert-1", "a", expert="60.5"), "out_of_range"),
        (resheet("expert-1", "a", expert="NaN"), "out_of_range"),
        (resheet("expert-1", "a", expert="60"), "out_of_range"),
    ],
)
def test_a_correction_that_cannot_be(correction, code):
    story = measured()
    with refused(code):
        corrected(story, correction)
