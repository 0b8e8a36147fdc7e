"""Corrections of an announced result, as one batch: each kind to the row, each refusal and that nothing changed."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from appeals.sweeps import sweep
from core.actors import machine
from core.models import Event
from evaluation.models import (
    Announcement,
    Correction,
    DirectPoints,
    Measurement,
    Notice,
    Round,
    SheetExclusion,
    Snapshot,
    Verdict,
)
from evaluation.operations.figures import record_measurements, record_points
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from evaluation.states import VacancyRule
from evaluation.verbs import ANNOUNCE, CORRECT
from tests.appeals.after import DAY, ENDS, contested
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
CRITERIA = (
    Rule("bench", Decimal(40), source="measurements", aggregate="sum", scale=Linear(Fraction(1))),
    Rule("expert", Decimal(60), source="sheets", quorum=2, scale=Linear(Fraction(3, 2))),
)


def points(team: str, figure: str, criterion: str = "bench") -> dict[str, Any]:
    return {"set_points": {"team": team, "criterion": criterion, "points": figure}}


def value(team: str, name: str, figure: str) -> dict[str, Any]:
    return {"set_measurement": {"team": team, "criterion": "bench", "name": name, "value": figure}}


def sheet(person: str, team: str) -> dict[str, Any]:
    return {"exclude_sheet": {"person": person, "team": team}}


def gate(team: str, verdict: str, code: str = "originality") -> dict[str, Any]:
    return {"set_gate": {"gate": code, "team": team, "verdict": verdict}}


def corrected(story: Story, *corrections: Mapping[str, Any], now=NOW + DAY, reason: str = "정정 사유") -> Correction:
    story.decide(CORRECT, now=now, reason=reason, corrections=list(corrections))
    return Correction.objects.latest("id")


def outcomes(snapshot: Snapshot) -> dict[str, str]:
    return dict(snapshot.rows.values_list("entry__team__code", "outcome"))


def notices() -> list[tuple[str, Any]]:
    rows = Notice.objects.filter(announcement__snapshot__number__gt=1).order_by("id")
    return list(rows.values_list("entry__team__code", "arrived_at"))


@pytest.fixture
def story() -> Story:
    """a advances with 90, b fails the gate with 80, c is eliminated with 70; two seats."""
    return contested()


def measured() -> Story:
    """Values that are added up, and marks of experts 1 to 3 that count one and a half times."""
    story = told(teams="ab", seats=1, criteria=CRITERIA).open()
    official = story.actor("official-1")
    for team, values in (("a", {"m1": 20, "m2": 15}), ("b", {"m1": 10, "m2": 5})):
        figures = {name: Decimal(figure) for name, figure in values.items()}
        criterion = story.criterion("bench")
        record_measurements(story.entry(team), criterion=criterion, values=figures, run="1", actor=official, now=NOW)
        for expert, mark in (("expert-1", 10), ("expert-2", 40), ("expert-3", 40)):
            person = story.people[expert]
            marks = {story.criterion("expert"): Decimal(mark)}
            submit_sheet(story.entry(team), person=person, points=marks, actor=story.actor(expert), now=NOW)
        story.judge(team)
    return story.announce()


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


def test_bounds_are_those_of_the_whole_batch():
    """Two values may change places though one of them alone would be too much."""
    story = measured()
    with refused("out_of_range"):
        corrected(story, value("a", "m1", "30"))
    made = corrected(story, value("a", "m1", "30"), value("a", "m2", "10"))
    assert made.after.rows.get(entry__team__code="a").scores["bench"] == "40.0"


def test_a_sheet_set_aside_may_not_raise_a_result_beyond_its_points():
    """(40 + 40) / 2 x 3/2 is 60, the most there is; (10 + 40 + 40) / 3 was 45."""
    story = measured()
    assert corrected(story, sheet("expert-1", "a")).after.rows.get(entry__team__code="a").scores["expert"] == "60.0"
    other = told("other", teams="a", seats=1, criteria=CRITERIA).open()
    record_measurements(
        other.entry("a"),
        criterion=other.criterion("bench"),
        values={"m1": Decimal(1)},
        actor=other.actor("official-1"),
        now=NOW,
    )
    for expert, mark in (("expert-1", 10), ("expert-2", 50), ("expert-3", 50)):
        submit_sheet(
            other.entry("a"),
            person=other.people[expert],
            points={other.criterion("expert"): Decimal(mark)},
            actor=other.actor(expert),
            now=NOW,
        )
    other.judge("a")
    other.announce()
    with refused("out_of_range"):
        corrected(other, sheet("expert-1", "a"))


@pytest.mark.parametrize("figure", ["-0.1", "-1", "40.1", "1000"])
def test_points_beyond_their_bounds_are_out_of_range(story, figure):
    with refused("out_of_range"):
        corrected(story, points("c", figure))


def test_a_negative_value_is_out_of_range():
    story = measured()
    with refused("out_of_range"):
        corrected(story, value("a", "m1", "-1"))


def test_all_or_nothing(story):
    with refused("out_of_range"):
        corrected(story, gate("b", "passed"), points("c", "39"), points("a", "41"))


@pytest.mark.parametrize("wrong", ["team", "criterion", "kind of criterion", "gate", "person", "sheet", "name", "kind"])
def test_a_name_that_does_not_exist_is_unknown(wrong):
    story = measured()
    item = {
        "team": value("z", "m1", "1"),
        "criterion": {"set_measurement": {"team": "a", "criterion": "none", "name": "m1", "value": "1"}},
        "kind of criterion": points("a", "1", "bench"),
        "gate": gate("a", "passed", "none"),
        "person": sheet("nobody", "a"),
        "sheet": sheet("expert-4", "b"),
        "name": value("a", "m9", "1"),
        "kind": {"set_rank": {"team": "a", "rank": "1"}},
    }[wrong]
    with refused("unknown"):
        corrected(story, value("a", "m1", "19"), item)


def test_a_batch_after_which_a_score_is_missing_is_incomplete():
    story = measured()
    with refused("incomplete"):
        corrected(story, sheet("expert-1", "a"), sheet("expert-2", "a"))


def test_a_batch_after_which_a_verdict_is_missing_is_incomplete():
    story = told(teams="abc", seats=1).open()
    for team, total in (("a", 90), ("b", 80), ("c", 70)):
        story.score(team, total)
    story.judge("a")
    story.announce()
    with refused("incomplete"):
        corrected(story, points("a", "10"))
    assert corrected(story, points("a", "10"), gate("b", "passed")).after.advanced == 1


def test_a_batch_that_leaves_a_tie_at_the_cut(story):
    with refused("tie_at_cut"):
        corrected(story, points("c", "40"), points("b", "30"))


def test_nothing_is_no_correction(story):
    with refused("incomplete"):
        corrected(story)


def test_a_correction_has_a_reason(story):
    with refused("incomplete"):
        corrected(story, gate("b", "passed"), reason=" ")


@pytest.mark.parametrize("state", ["draft", "scoring", "final"])
def test_only_an_announced_result_is_corrected(state):
    story = contested() if state == "final" else told(teams="ab", seats=1)
    if state == "scoring":
        story.open()
    if state == "final":
        sweep(actor=machine("test"), now=ENDS)
    with refused("wrong_state"):
        corrected(story, gate("b", "passed"), now=ENDS + DAY)


def test_refusals_in_their_order(story):
    with refused("unknown"):
        corrected(story, points("z", "1000"), points("c", "1000"), reason=" ")
    with refused("incomplete"):
        corrected(story, points("c", "1000"), reason=" ")
    with refused("out_of_range"):
        corrected(story, points("c", "1000"))
    sweep(actor=machine("test"), now=ENDS)
    with refused("unknown"):
        corrected(story, points("z", "1"), now=ENDS)
    with refused("wrong_state"):
        corrected(story, points("c", "1000"), reason=" ", now=ENDS)


def test_what_is_missing_is_told_before_what_is_out_of_range():
    story = measured()
    for figure in ("-1", "1000"):
        with refused("incomplete"):
            corrected(story, value("a", "m1", figure), sheet("expert-1", "a"), sheet("expert-2", "a"))


def test_an_announced_input_changes_by_a_correction_alone(story):
    with refused("locked"):
        record_points(
            story.entry("c"),
            criterion=story.criterion("bench"),
            points=Decimal(39),
            actor=story.actor("official-1"),
            now=NOW + DAY,
        )
    with refused("wrong_state"):
        story.decide(ANNOUNCE)


def test_a_sweep_after_it_finds_the_live_standings_stale_once(story):
    corrected(story, points("c", "39"))
    sweep(actor=machine("test"), now=NOW + DAY)
    assert story.entry("c").live.total == Decimal(69)
    with unchanged():
        assert Round.objects.get(pk=story.round.pk).state == "announced"
