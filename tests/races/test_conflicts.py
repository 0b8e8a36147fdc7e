"""A conflict declared while its person hands in a sheet: whichever is first, no such sheet counts."""

from decimal import Decimal
from functools import partial

import pytest

from evaluation.models import Sheet
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.states import ConflictKind
from tests.appeals.due import beside, drafted
from tests.races.together import codes, together
from tests.story import Story

pytestmark = pytest.mark.usefixtures("embedded")
SHEETS = (Rule("expert", Decimal(100), source="sheets", quorum=1),)
ROUNDS = 5


def race(story: Story, expert: str, team: str) -> list[str]:
    """The person hands in the sheet while an official declares the conflict; how both ended."""
    person, entry = story.people[expert], story.entry(team)
    submitting = partial(
        submit_sheet,
        entry,
        person=person,
        points={story.criterion("expert"): Decimal(50)},
        actor=story.actor(expert),
        now=story.now,
    )
    declaring = partial(
        declare_conflict,
        story.round,
        team=entry.team,
        person=person,
        kind=ConflictKind.KINSHIP,
        reason="신고",
        actor=story.actor("official-1"),
        now=story.now,
    )
    return codes(together(submitting, declaring))


def test_no_sheet_of_a_conflicted_person_counts(embedded):
    first = drafted()
    for number in range(2, ROUNDS + 2):
        story = beside(first, number, criteria=SHEETS).open()
        for team in ("a", "b"):
            for expert in ("expert-1", "expert-2", "expert-3"):
                assert race(story, expert, team) in (["done", "done"], ["conflict_of_interest", "done"])

    assert Sheet.objects.filter(exclusion__isnull=True).count() == 0
