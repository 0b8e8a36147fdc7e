from datetime import timedelta

import pytest

from appeals.models import Appeal
from appeals.operations.filing import withdraw_appeal
from appeals.verbs import DECIDE_APPEAL
from core.models import Decision, Event
from core.operations.decisions import approve, prepare
from evaluation.models import Correction, Notice, Vacancy
from tests.appeals.after import (
    DAY,
    ENDS,
    TICK,
    admitted,
    authorised,
    contested,
    decided_on,
    filed,
    on_panel,
    swept,
)
from tests.story import NOW, Story
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
PASSED = {"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}
FEWER = {"set_points": {"team": "c", "criterion": "bench", "points": "39"}}
TOO_MUCH = {"set_points": {"team": "c", "criterion": "bench", "points": "41"}}


def standing(story: Story, **given) -> Appeal:
    """An admitted appeal."""
    return admitted(filed(story, **given), story)


@pytest.mark.parametrize("outcome", ["upheld", "partly_upheld", "dismissed"])
def test_an_appeal_is_decided(outcome):
    story = contested()
    row = standing(story)
    with written() as changes:
        decision = decided_on(row, story, outcome, now=NOW + DAY)
    row.refresh_from_db()
    assert (row.state, row.decided_at, row.decision, row.decision_reason) == (
        outcome,
        NOW + DAY,
        decision,
        "재심의 결과",
    )
    assert changes[4:] == [
        "appeals_appeal U test.official-2 decide_appeal",
        "appeals_decisiontext I test.official-2 decide_appeal",
        "core_event I test.official-2 decide_appeal",
    ]
    event = Event.objects.latest("id")
    assert event.facts == {"outcome": outcome, "corrections": []}
    assert (event.mandate, event.reason) == (f"decision:{decision.pk}", "재심의 결과")
    assert not Correction.objects.exists()
    assert story.round.snapshots.count() == 1


def test_its_corrections_are_one_batch_under_its_decision():
    story = contested()
    row = standing(story)
    decision = decided_on(row, story, "partly_upheld", [PASSED, FEWER], now=NOW + DAY)
    made = Correction.objects.get()
    assert (made.decision, made.reason, made.items) == (decision, "재심의 결과", [PASSED, FEWER])
    assert (made.before.number, made.after.number) == (1, 2)
    assert made.after.announcement.decision == decision
    notice = Notice.objects.latest("id")
    assert (notice.announcement.snapshot, notice.entry.team.code) == (made.after, "b")
    assert notice.window_closes_at == ENDS
    assert Event.objects.latest("id").facts == {"outcome": "partly_upheld", "corrections": [PASSED, FEWER]}


def test_an_upheld_appeal_may_fill_the_seat_and_void_the_call():
    story = contested()
    call = authorised(story)
    decided_on(standing(story), story, "upheld", [PASSED])
    swept(ENDS)
    call.refresh_from_db()
    assert (story.fresh().state, call.state, Vacancy.objects.count()) == ("final", "void", 0)
    assert call.void_reason


def test_decided_after_its_window_gives_the_team_a_window_of_its_own():
    story = contested()
    call = authorised(story)
    row = standing(story)
    swept(ENDS)
    assert story.fresh().state == "announced"
    # Tuesday 3 February; the tenth day is Friday the 13th.
    decided_on(row, story, "upheld", [PASSED], now=ENDS + 7 * DAY)
    closes = ENDS + 18 * DAY
    assert story.fresh().appeals_close_at == closes
    with refused("too_late"):
        filed(story, "c", code="appeal-2", now=ENDS + 7 * DAY)
    assert filed(story, "b", code="appeal-3", ground="other", now=closes - TICK).state == "filed"
    swept(closes)
    assert story.fresh().state == "announced"
    call.refresh_from_db()
    assert call.state == "authorised"


def test_late_and_dismissed_the_next_sweep_closes():
    story = contested()
    row = standing(story)
    swept(ENDS + DAY)
    decided_on(row, story, "dismissed", now=ENDS + 2 * DAY)
    swept(ENDS + 2 * DAY)
    assert (story.fresh().state, story.round.appeals_closed_at) == ("final", ENDS + 2 * DAY)


@pytest.mark.parametrize("state", ["filed", "rejected", "withdrawn", "upheld", "partly_upheld", "dismissed"])
@pytest.mark.parametrize("outcome", ["upheld", "dismissed"])
def test_only_an_admitted_appeal_is_decided_and_once(state, outcome):
    story = contested()
    row = filed(story)
    if state == "withdrawn":
        withdraw_appeal(row, actor=story.actor("b-lead"), now=NOW)
    elif state != "filed":
        admitted(row, story, yes=state != "rejected")
    if state in {"upheld", "partly_upheld", "dismissed"}:
        decided_on(row, story, state)
    with refused("wrong_state"):
        decided_on(row, story, outcome)


def test_a_dismissed_appeal_corrects_nothing():
    story = contested()
    row = standing(story)
    with refused("out_of_range"):
        decided_on(row, story, "dismissed", [PASSED])


@pytest.mark.parametrize(
    ("corrections", "code"),
    [
        ([PASSED, TOO_MUCH], "out_of_range"),
        ([PASSED, {"set_gate": {"gate": "none", "team": "b", "verdict": "passed"}}], "unknown"),
        ([PASSED, {"exclude_sheet": {"person": "expert-1", "team": "c"}}], "incomplete"),
        (
            [
                {"set_points": {"team": "c", "criterion": "bench", "points": "40"}},
                {"set_points": {"team": "b", "criterion": "bench", "points": "30"}},
            ],
            "tie_at_cut",
        ),
    ],
)
def test_all_or_nothing(corrections, code):
    story = contested()
    row = standing(story)
    with refused(code):
        decided_on(row, story, "upheld", corrections)


def test_it_has_a_reason():
    story = contested()
    row = standing(story)
    with refused("incomplete"):
        decided_on(row, story, reason=" ")


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (("official-1", "official-1"), "same_person"),
        (("official-1", "reviewer-1"), "not_allowed"),
        (("expert-1", "official-1"), "not_allowed"),
        (("official-1", "auditor-1"), "not_allowed"),
    ],
)
def test_two_officials_decide(by, code):
    story = contested()
    row = standing(story)
    with refused(code):
        decided_on(row, story, by=by)


def test_nobody_of_the_first_panel_decides():
    story = contested()
    row = standing(story)
    on_panel(story, "official-1")
    with refused("conflict_of_interest"):
        decided_on(row, story, by=("official-1", "official-1"))


def test_refusals_in_their_order():
    story = contested()
    row = filed(story)
    with refused("same_person"):
        decided_on(row, story, "upheld", [TOO_MUCH], reason=" ", by=("official-1", "official-1"))
    with refused("wrong_state"):
        decided_on(row, story, "dismissed", [TOO_MUCH], reason=" ")
    admitted(row, story)
    with refused("incomplete"):
        decided_on(row, story, "dismissed", [TOO_MUCH], reason=" ")
    with refused("out_of_range"):
        decided_on(row, story, "dismissed", [TOO_MUCH])


def _prepared(story: Story, row: Appeal) -> Decision:
    return prepare(
        DECIDE_APPEAL,
        row,
        actor=story.actor("official-1"),
        now=NOW,
        reason="재심의 결과",
        arguments={"outcome": "upheld", "corrections": [PASSED]},
    )


def test_another_correction_in_between_voids_the_preparation():
    story = contested()
    row, other = standing(story), standing(story, team="c", code="appeal-2")
    prepared = _prepared(story, row)
    decided_on(other, story, "upheld", [FEWER])
    decision = approve(prepared, actor=story.actor("official-2"), now=NOW + timedelta(hours=1))
    row.refresh_from_db()
    assert (decision.state, row.state) == ("void", "admitted")


def test_a_withdrawal_in_between_voids_the_preparation():
    story = contested()
    row = standing(story)
    prepared = _prepared(story, row)
    withdraw_appeal(row, actor=story.actor("b-lead"), now=NOW)
    assert approve(prepared, actor=story.actor("official-2"), now=NOW).state == "void"


def test_preparing_tries_what_it_prepares():
    story = contested()
    row = filed(story)
    with refused("wrong_state"):
        _prepared(story, row)
