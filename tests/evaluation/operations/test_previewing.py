"""A preview is the correction itself, undone: it agrees with what is then published, and writes nothing."""

import pytest

from evaluation.models import Snapshot
from evaluation.operations.previewing import preview
from evaluation.queries.comparing import OUTCOME, RANK, TOTAL, compared
from evaluation.queries.standings import published_board
from tests.appeals.after import contested
from tests.evaluation.operations.corrections import corrected, gate, measured, points, sheet, value
from tests.story import NOW, Story
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """a advances with 90, b fails the gate with 80, c is eliminated with 70; two seats."""
    return contested()


def seen(story: Story, *corrections):
    return preview(story.round, corrections, reason="사유", actor=story.actor("official-1"), now=NOW)


def test_it_writes_nothing_not_even_ledger_items(story):
    with unchanged():
        found = seen(story, gate("b", "passed"), points("c", "39"))
    assert found.refusal is None
    assert found.after.snapshot is None
    story.fresh()
    assert story.round.snapshots.count() == 1


@pytest.mark.parametrize(
    "batch",
    [
        [points("c", "39.5")],
        [gate("b", "passed")],
        [gate("b", "passed"), points("b", "38"), points("c", "39"), gate("c", "failed")],
        [points("c", "10"), points("c", "20")],
        [{"set_name": {"team": "b", "language": "ko", "name": "바른 이름"}}],
    ],
)
def test_what_is_foreseen_is_what_is_published(story, batch):
    found = seen(story, *batch)
    made = corrected(story, *batch)
    assert found.before.rows == published_board(made.before).rows
    published = published_board(made.after)
    assert (found.after.rows, found.after.means, found.after.advanced) == (
        published.rows,
        published.means,
        published.advanced,
    )


@pytest.mark.parametrize("batch", [[sheet("expert-1", "b")], [value("b", "m1", "12.5"), sheet("expert-2", "a")]])
def test_sheets_and_measurements_too(batch):
    story = measured()
    found = seen(story, *batch)
    assert found.after.rows == published_board(corrected(story, *batch).after).rows


def test_each_fact_names_the_corrections_that_move_it(story):
    found = seen(story, gate("b", "passed"), points("c", "39"), points("b", "20"))
    rows = {row.after.team: row for row in compared(found.before, found.after, found.moves)}
    assert rows["a"].shifts == []
    # b falls from 80 to 60, behind c with 69: its verdict comes from the first, its fall from the third.
    assert (rows["b"].shift("gate:originality").by, rows["b"].shift(TOTAL).by) == ([1], [3])
    assert (rows["b"].shift(RANK).by, rows["c"].shift(RANK).by) == ([3], [3])
    assert (rows["c"].shift(TOTAL).by, rows["c"].shift(OUTCOME).by) == ([2], [3])


def test_what_could_not_be_published_is_shown_with_the_reason(story):
    found = seen(story, points("c", "40"), points("b", "30"))
    assert found.refusal is not None
    assert found.refusal.code == "tie_at_cut"
    assert {row.team: row.total for row in found.after.rows} == {"a": "90.0", "b": "70.0", "c": "70.0"}
    assert seen(story, points("c", "41")).refusal.code == "out_of_range"


def test_names_that_do_not_exist_and_other_states_are_refused(story):
    with refused("unknown"):
        seen(story, points("z", "1"))
    with refused("not_allowed"):
        preview(story.round, [points("c", "1")], reason="사유", actor=story.actor("expert-1"), now=NOW)
    from tests.appeals.after import ENDS, swept

    swept(ENDS)
    with refused("wrong_state"):
        seen(story, points("c", "1"))


def test_nothing_is_left_of_it_for_the_next_correction(story):
    seen(story, points("c", "39"))
    made = corrected(story, gate("b", "passed"))
    assert made.after.number == Snapshot.objects.count() == 2
    assert made.after.rows.get(entry__team__code="c").total == made.before.rows.get(entry__team__code="c").total
