"""How far the panel is: every expert and team, and what is still awaited."""

import pytest

from evaluation.admin import progress
from evaluation.admin.progress import SheetProgress, sheet_progress
from evaluation.models import Round
from evaluation.operations.conflicts import declare_conflict
from evaluation.operations.entries import withdraw
from evaluation.states import ConflictKind
from tests.clicking import part, said, signed_in
from tests.story import Story, told

pytestmark = pytest.mark.django_db


def seen(round: Round, story: Story) -> SheetProgress | None:
    return sheet_progress(round, list(round.entries.select_related("team")), story.now)


def states(story: Story) -> dict[str, list[str]]:
    found = seen(Round.objects.get(pk=story.round.pk), story)
    assert found is not None
    return {line.person.username.rpartition(".")[2]: [cell.state.value for cell in line.cells] for line in found.lines}


def test_every_expert_and_team_has_a_state():
    story = told(teams=("a", "b", "c")).open()
    story.score("a", 90)
    story.score("b", 80, expert="expert-2")
    facts = {"actor": story.actor("official-1"), "now": story.now}
    expert = story.people["expert-1"]
    declare_conflict(story.round, team=story.teams["b"], person=expert, kind=ConflictKind.OTHER, reason="지인", **facts)
    declare_conflict(story.round, team=story.teams["a"], person=expert, kind=ConflictKind.OTHER, reason="지인", **facts)
    withdraw(story.entry("c"), reason="사정", **facts)
    assert states(story) == {
        "expert-1": ["excluded", "conflict", "none"],
        "expert-2": ["awaited", "submitted", "none"],
        "expert-3": ["awaited", "awaited", "none"],
        "expert-4": ["conflict", "awaited", "none"],
        "expert-5": ["unknown", "unknown", "none"],
    }
    found = seen(story.round, story)
    assert found is not None
    assert [(line.submitted, line.due) for line in found.lines] == [(0, 0), (1, 2), (0, 2), (0, 1), (0, 2)]
    assert (found.submitted, found.due, found.counted) == (1, 7, [0, 1, 0])


def test_before_the_round_opens_nothing_is_shown_and_after_the_result_nothing_is_awaited():
    story = told(teams=("a",), seats=1)
    assert seen(story.round, story) is None
    story.open().score_all({"a": 90}).announce()
    assert states(story) == {
        "expert-1": ["submitted"],
        "expert-2": ["missing"],
        "expert-3": ["missing"],
        "expert-4": ["conflict"],
        "expert-5": ["missing"],
    }
    found = seen(story.fresh(), story)
    assert found is not None
    assert (found.submitted, found.due) == (1, 1)


def test_a_table_too_large_to_be_read_shows_each_expert_s_numbers_alone(monkeypatch):
    story = told(teams=("a", "b")).open()
    story.score("a", 90)
    page = part("progress", story.round)
    sheet = f"/admin/evaluation/sheet/{story.people['expert-1'].sheets.get().pk}/change/"
    assert said(signed_in(story, "official-1").get(page)).count(sheet) == 1
    monkeypatch.setattr(progress, "MOST_CELLS", 9)  # five experts and two teams are ten
    shown = said(signed_in(story, "official-1").get(page))
    assert sheet not in shown
    assert "팀이 많아 위원별 장수만 보입니다." in shown
    assert "1/2" in shown


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_as_many_queries_for_one_team_as_for_three(teams, django_assert_num_queries):
    story = told(teams=tuple(teams)).open()
    story.score("a", 90)
    round = Round.objects.select_related("programme").get(pk=story.round.pk)
    with django_assert_num_queries(5):
        seen(round, story)
