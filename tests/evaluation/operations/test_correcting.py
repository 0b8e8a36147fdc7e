"""Corrections of an announced result, as one batch: each kind to the row, each refusal and that nothing changed."""

from decimal import Decimal

import pytest

from core.models import Event
from evaluation.models import (
    Announcement,
    Correction,
    DirectPoints,
    Measurement,
    Notice,
    SheetExclusion,
    Snapshot,
    Verdict,
)
from evaluation.states import VacancyRule
from tests.appeals.after import DAY, ENDS, contested
from tests.evaluation.operations.corrections import (
    corrected,
    gate,
    measured,
    notices,
    outcomes,
    points,
    sheet,
    value,
)
from tests.story import NOW, Story, told
from tests.unchanged import written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """a advances with 90, b fails the gate with 80, c is eliminated with 70; two seats."""
    return contested()


def test_points_are_superseded_and_the_next_snapshot_is_published(story):
    with written() as changes:
        made = corrected(story, points("c", "39.5"))
    old, new = DirectPoints.objects.filter(entry=story.entry("c"), criterion=story.criterion("bench")).order_by("id")
    assert (old.points, new.points, new.supersedes) == (Decimal(40), Decimal("39.5"), old)
    assert (new.by, new.at) == (story.people["official-2"], NOW + DAY)
    assert (made.before.number, made.after.number, made.reason, made.at) == (1, 2, "정정 사유", NOW + DAY)
    assert made.items == [points("c", "39.5")]
    assert made.after.rows.get(entry__team__code="c").total == Decimal("69.5")
    assert "evaluation_directpoints I test.official-2 correct" in changes
    assert not [change for change in changes if " U " in change and "evaluation_directpoints" in change]
    event = Event.objects.get(verb="correct", subject_kind="evaluation.round")
    assert (event.facts["snapshot"], event.facts["corrections"]) == (2, [points("c", "39.5")])
    assert event.mandate == f"decision:{made.decision_id}"


def test_a_measurement_is_superseded():
    story = measured()
    corrected(story, value("b", "m1", "12.5"))
    old, new = Measurement.objects.filter(entry=story.entry("b"), name="m1").order_by("id")
    assert (old.value, new.value, new.supersedes, new.run) == (Decimal(10), Decimal("12.5"), old, old.run)


def test_a_sheet_is_set_aside():
    story = measured()
    corrected(story, sheet("expert-2", "b"))
    row = SheetExclusion.objects.get()
    assert (row.sheet.account.code, row.reason, row.by.code, row.at) == (
        "expert-2",
        "정정 사유",
        "official-2",
        NOW + DAY,
    )


def test_a_sheet_that_was_set_aside_stays_so():
    story = measured()
    corrected(story, sheet("expert-2", "b"))
    corrected(story, sheet("expert-2", "b"), now=NOW + 2 * DAY)
    assert SheetExclusion.objects.get().at == NOW + DAY


def test_a_verdict_is_superseded_whatever_the_first_panel_found(story):
    made = corrected(story, gate("b", "passed"))
    old, new = Verdict.objects.filter(entry=story.entry("b")).order_by("id")
    assert (old.verdict, new.verdict, new.supersedes, new.decision_id) == ("failed", "passed", old, made.decision_id)
    assert (new.reason, new.at) == ("정정 사유", NOW + DAY)
    assert (outcomes(made.after)["b"], made.after.advanced, made.after.vacancies) == ("advanced", 2, 0)


def test_several_in_one_batch_make_one_snapshot(story):
    made = corrected(story, gate("b", "passed"), points("b", "38"), points("c", "39"), gate("c", "failed"))
    assert Snapshot.objects.filter(round=story.round).count() == 2
    totals = dict(made.after.rows.values_list("entry__team__code", "total"))
    assert totals == {"a": Decimal(90), "b": Decimal(78), "c": Decimal(69)}
    assert outcomes(made.after) == {"a": "advanced", "b": "advanced", "c": "eliminated"}


def test_the_last_of_two_for_one_figure_counts(story):
    made = corrected(story, points("c", "10"), points("c", "20"))
    assert made.after.rows.get(entry__team__code="c").scores["bench"] == "20.0"
    assert DirectPoints.objects.standing().filter(entry=story.entry("c")).count() == 1


def test_only_a_team_whose_outcome_changes_gets_a_notice_and_a_window(story):
    corrected(story, gate("b", "passed"), points("c", "39"))
    assert notices() == [("b", NOW + DAY)]
    newest = Notice.objects.latest("id")
    # Friday 16 January: the tenth day is Monday the 26th.
    assert newest.window_closes_at == ENDS
    assert story.fresh().appeals_close_at == ENDS


def test_two_that_change_places_get_one_each():
    story = contested("abc", failed="", seats=1)
    corrected(story, points("a", "10"), now=NOW + 5 * DAY)
    assert notices() == [("a", NOW + 5 * DAY), ("b", NOW + 5 * DAY)]
    # Tuesday 20 January: the tenth day is Friday the 30th.
    assert story.fresh().appeals_close_at == ENDS + 4 * DAY


def test_where_no_outcome_changes_nobody_is_notified(story):
    corrected(story, points("c", "39"), now=NOW + 5 * DAY)
    assert notices() == []
    assert story.fresh().appeals_close_at == ENDS


def test_a_window_is_never_made_shorter():
    story = contested(delivered={"a": "2026-01-20T05:00:00+00:00"})
    corrected(story, gate("b", "passed"))
    assert story.fresh().appeals_close_at == ENDS + 4 * DAY


def test_the_earlier_snapshot_stays_as_it_was(story):
    first = story.round.snapshots.get()
    before = list(first.rows.values_list()), first.digest, first.inputs_digest
    corrected(story, gate("b", "passed"), points("a", "10"))
    first.refresh_from_db()
    assert (list(first.rows.values_list()), first.digest, first.inputs_digest) == before
    assert first.digest != story.round.snapshots.get(number=2).digest


def test_snapshots_are_numbered_one_after_another(story):
    for number in range(3):
        corrected(story, points("c", str(30 + number)), now=NOW + (number + 1) * DAY)
    assert list(story.round.snapshots.values_list("number", flat=True)) == [1, 2, 3, 4]
    pairs = Correction.objects.order_by("id").values_list("before__number", "after__number")
    assert list(pairs) == [(1, 2), (2, 3), (3, 4)]


def test_it_is_announced_as_widely_as_before():
    story = told(teams="ab", seats=1).open().score_all({"a": 90, "b": 80})
    story.announce(disclosure="totals")
    made = corrected(story, points("b", "39"))
    assert Announcement.objects.get(snapshot=made.after).disclosure == "totals"
    assert made.after.announcement.decision_id == made.decision_id


def test_a_promotion_follows_from_a_correction():
    story = contested("abc", failed="", seats=1, vacancy=VacancyRule.PROMOTE)
    made = corrected(story, gate("a", "failed"))
    assert outcomes(made.after) == {"a": "gate_failed", "b": "advanced", "c": "eliminated"}
    assert notices() == [("a", NOW + DAY), ("b", NOW + DAY)]
