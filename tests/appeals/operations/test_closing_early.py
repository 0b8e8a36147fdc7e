from datetime import datetime, timedelta

import pytest

from appeals.models import EarlyClosing
from appeals.operations.filing import withdraw_appeal
from appeals.operations.waiving import waive_appeal
from appeals.verbs import CLOSE_APPEALS_EARLY
from core.models import Decision, Event
from core.operations.decisions import decide
from evaluation.models import Notice, Vacancy
from evaluation.verbs import CORRECT
from tests.appeals.after import DAY, ENDS, TICK, admitted, contested, decided_on, filed, on_panel, opened, swept
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
LATE = {"c": "2026-01-20T05:00:00+00:00"}


def waived(story: Story, *teams: str, now=NOW) -> Story:
    for team in teams:
        waive_appeal(story.entry(team), actor=story.actor(f"{team}-lead"), now=now)
    return story


def closed(story: Story, now=NOW + DAY, by=("official-1", "official-2"), reason="모두 포기") -> Decision:
    preparer, approver = (story.actor(each) for each in by)
    return decide(
        CLOSE_APPEALS_EARLY,
        story.round,
        preparer=preparer,
        approver=approver,
        now=now,
        reason=reason,
        arguments={},
    )


def test_the_windows_end_at_this_moment():
    story = waived(contested(), "b", "c")
    with written() as changes:
        decision = closed(story)
    row = EarlyClosing.objects.get()
    assert (row.round, row.decision, row.reason, row.closed_at) == (story.round, decision, "모두 포기", NOW + DAY)
    assert set(Notice.objects.values_list("window_closes_at", flat=True)) == {NOW + DAY}
    assert (story.fresh().state, story.round.appeals_close_at) == ("announced", NOW + DAY)
    assert sorted(changes[4:]) == sorted(
        [
            *["evaluation_notice U test.official-2 close_appeals_early"] * 3,
            "evaluation_round U test.official-2 close_appeals_early",
            "appeals_earlyclosing I test.official-2 close_appeals_early",
            "core_event I test.official-2 close_appeals_early",
        ]
    )
    assert Event.objects.latest("id").facts == {"teams": ["a", "b", "c"]}


def test_the_next_sweep_closes_and_opens_the_call():
    story = waived(contested(), "b", "c")
    closed(story)
    call = opened(story)
    assert (story.fresh().state, story.round.appeals_closed_at) == ("final", NOW + DAY)
    assert (call.state, call.opened_at) == ("open", NOW + DAY)


def test_who_advanced_need_not_waive():
    story = waived(contested(failed=""), "c")
    closed(story)
    swept(NOW + DAY)
    assert story.fresh().state == "final"
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize("teams", ["", "b", "c", "a"])
def test_a_waiver_that_is_missing_keeps_them_open(teams):
    story = waived(contested(), *teams)
    with refused("still_pending"):
        closed(story)


@pytest.mark.parametrize("state", ["filed", "admitted"])
def test_an_appeal_that_is_undecided_keeps_them_open(state):
    """The team that advanced objects too; what it filed stands though the others have waived."""
    story = waived(contested(), "b", "c")
    appeal = filed(story, "a")
    if state == "admitted":
        admitted(appeal, story)
    with refused("still_pending"):
        closed(story)


@pytest.mark.parametrize("end", ["withdrawn", "rejected", "dismissed"])
def test_an_appeal_that_has_ended_does_not(end):
    story = waived(contested(), "b", "c")
    appeal = filed(story, "a")
    if end == "withdrawn":
        withdraw_appeal(appeal, actor=story.actor("a-lead"), now=NOW)
    else:
        admitted(appeal, story, yes=end != "rejected")
    if end == "dismissed":
        decided_on(appeal, story, "dismissed")
    assert closed(story).state == "approved"


def test_an_advancing_team_whose_notice_arrives_later_keeps_nothing_open():
    """Whether everybody who did not advance has waived is all that is asked; its window ends before it begins."""
    story = waived(contested(delivered={"a": LATE["c"]}), "b", "c")
    assert closed(story, now=NOW + TICK).state == "approved"
    assert set(Notice.objects.values_list("window_closes_at", flat=True)) == {NOW + TICK}
    swept(NOW + 2 * TICK)
    story.round.refresh_from_db()
    assert story.round.state == "final"
    with refused("not_entitled"):
        filed(story, "a", now=NOW + 2 * TICK)
    with refused("too_late"):
        filed(story, "a", now=datetime.fromisoformat(LATE["c"]))


def test_a_window_may_end_as_it_begins():
    story = waived(contested(), "b", "c")
    assert closed(story, now=NOW).state == "approved"
    story.round.refresh_from_db()
    assert story.round.appeals_close_at == NOW


def test_a_window_that_is_over_already_stays_as_it_was():
    story = contested(delivered=LATE)
    waived(story, "b")
    waived(story, "c", now=NOW + 5 * DAY)
    closed(story, now=ENDS + DAY)
    ends = dict(Notice.objects.values_list("entry__team__code", "window_closes_at"))
    assert ends == {"a": ENDS, "b": ENDS, "c": ENDS + DAY}


@pytest.mark.parametrize("state", ["draft", "scoring"])
def test_before_the_announcement_there_is_no_window(state):
    story = told(teams="ab") if state == "draft" else told(teams="ab").open()
    with refused("wrong_state"):
        closed(story)


@pytest.mark.parametrize("swept_by_then", [False, True])
def test_when_the_windows_are_over_it_is_too_late(swept_by_then):
    story = waived(contested(), "b", "c")
    if swept_by_then:
        swept(ENDS)
    with refused("too_late"):
        closed(story, now=ENDS)
    with refused("too_late"):
        closed(story, now=ENDS + timedelta(days=30))


def test_twice_is_too_late():
    story = waived(contested(), "b", "c")
    closed(story)
    with refused("too_late"):
        closed(story, now=NOW + DAY + TICK)


def test_after_it_nobody_objects():
    story = waived(contested(), "b", "c")
    closed(story)
    with refused("too_late"):
        filed(story, "a", now=NOW + DAY)


def test_it_has_a_reason():
    story = waived(contested(), "b", "c")
    with refused("incomplete"):
        closed(story, reason=" ")


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (("official-1", "official-1"), "same_person"),
        (("official-1", "expert-1"), "not_allowed"),
        (("b-lead", "official-1"), "not_allowed"),
        (("official-1", "operator-1"), "not_allowed"),
    ],
)
def test_two_officials_decide(by, code):
    story = waived(contested(), "b", "c")
    with refused(code):
        closed(story, by=by)


def test_nobody_of_the_panel_decides():
    story = waived(contested(), "b", "c")
    on_panel(story, "official-2")
    with refused("conflict_of_interest"):
        closed(story)


def test_same_person_is_told_before_the_state():
    story = told(teams="ab")
    with refused("same_person"):
        closed(story, by=("official-1", "official-1"))


def test_too_late_is_told_before_what_is_pending():
    story = contested()
    filed(story)
    with refused("too_late"):
        closed(story, now=ENDS)


def test_what_is_pending_is_told_before_a_missing_reason():
    story = contested()
    with refused("still_pending"):
        closed(story, reason=" ")


def test_a_sweep_before_the_end_changes_nothing():
    story = waived(contested(), "b", "c")
    closed(story)
    swept(NOW + DAY - TICK)
    assert story.fresh().state == "announced"
    with unchanged():
        swept(NOW + DAY - TICK)


def test_windows_that_a_correction_opened_anew_may_be_ended_early_again():
    """a loses its seat, and waives in its turn."""
    story = waived(contested(), "b", "c")
    closed(story)
    lost = {"set_gate": {"gate": "originality", "team": "a", "verdict": "failed"}}
    story.decide(CORRECT, now=NOW + 2 * DAY, corrections=[lost])
    with refused("still_pending"):
        closed(story, now=NOW + 3 * DAY)
    waived(story, "a", now=NOW + 3 * DAY)
    closed(story, now=NOW + 3 * DAY)
    assert list(EarlyClosing.objects.values_list("closed_at", flat=True)) == [NOW + DAY, NOW + 3 * DAY]
    assert story.fresh().appeals_close_at == NOW + 3 * DAY
