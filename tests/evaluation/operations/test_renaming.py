"""A published name put right: old and new kept, the next snapshot made, the earlier one shown as it was published."""

import pytest

from consortia.models import Team
from evaluation.models import NameCorrection, Notice
from evaluation.queries.notices import notice_content
from evaluation.queries.standings import board, published_board
from evaluation.verbs import CORRECT
from tests.appeals.after import DAY, contested
from tests.evaluation.operations.corrections import corrected, notices, points
from tests.story import NOW, Story
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db


def named(team: str = "b", name: str = "바른 이름", language: str = "ko"):
    return {"set_name": {"team": team, "language": language, "name": name}}


@pytest.fixture
def story() -> Story:
    return contested()


def names(shown) -> dict[str, str]:
    return {row.team: row.name for row in shown.rows}


def test_old_and_new_are_kept_and_the_next_snapshot_is_published(story):
    with written() as changes:
        made = corrected(story, named(), reason="오기")
    row = NameCorrection.objects.get()
    assert (row.team.code, row.language, row.was, row.name) == ("b", "ko", "팀 b", "바른 이름")
    assert (row.reason, row.decision_id, row.at) == ("오기", made.decision_id, NOW + DAY)
    assert Team.objects.get(pk=story.teams["b"].pk).name_ko == "바른 이름"
    assert (made.before.number, made.after.number, made.items) == (1, 2, [named()])
    assert "evaluation_namecorrection I test.official-2 correct" in changes
    assert notices() == []


def test_each_snapshot_is_shown_with_its_own_names(story):
    made = corrected(story, named())
    again = corrected(story, named(name="더 바른 이름"), now=NOW + 2 * DAY)
    assert [names(published_board(each))["b"] for each in (made.before, made.after, again.after)] == [
        "팀 b",
        "바른 이름",
        "더 바른 이름",
    ]
    assert names(board(story.fresh()))["b"] == "더 바른 이름"


def test_a_notice_stays_as_it_was_given(story):
    notice = Notice.objects.get(entry__team__code="b")
    corrected(story, named())
    assert notice_content(notice).team == "팀 b"


def test_an_english_name_leaves_the_korean_one(story):
    corrected(story, named(name="Right", language="en"))
    team = Team.objects.get(pk=story.teams["b"].pk)
    assert (team.name_ko, team.name_en) == ("팀 b", "Right")
    assert names(board(story.fresh()))["b"] == "팀 b"


def test_a_name_goes_with_figures_in_one_batch(story):
    made = corrected(story, named(), points("c", "39"))
    assert made.after.number == 2
    assert names(published_board(made.after)) == {"a": "팀 a", "b": "바른 이름", "c": "팀 c"}


def test_another_name_since_voids_the_preparation(story):
    from core.operations.decisions import approve, prepare

    first = prepare(
        CORRECT,
        story.round,
        actor=story.actor("official-1"),
        now=NOW + DAY,
        reason="오기",
        arguments={"corrections": [named(name="첫째")]},
    )
    corrected(story, named())
    assert approve(first, actor=story.actor("official-2"), now=NOW + 2 * DAY).state == "void"


def test_refusals(story):
    with refused("unknown"):
        corrected(story, named(team="z"))
    with refused("unknown"):
        corrected(story, named(language="fr"))
    with refused("incomplete"):
        corrected(story, named(name=" "))
