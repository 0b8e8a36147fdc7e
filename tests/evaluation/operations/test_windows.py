from datetime import UTC, date, datetime, timedelta

import pytest

from core.models import Event
from core.operations.days import add_non_working_day
from evaluation.models import Notice
from evaluation.queries.windows import latest_window, proposed_extensions
from evaluation.verbs import EXTEND_WINDOWS
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 1, 26, 15, tzinfo=UTC)
NEXT_DAY = CLOSES + timedelta(days=1)


@pytest.fixture
def story() -> Story:
    """Announced on Thursday the 15th; c was told later, so that its window ends on another day."""
    story = told(teams="abc", seats=1).open().score_all({"a": 90, "b": 80, "c": 70})
    return story.announce(delivered={"c": "2026-01-20T00:00:00+00:00"})


def holiday(story: Story, day: date = date(2026, 1, 26)) -> None:
    add_non_working_day(
        actor=story.actor("official-1"),
        now=NOW,
        calendar="kr",
        day=day,
        name_ko="임시공휴일",
        name_en="Holiday",
        source="관보",
    )


def windows() -> dict[str, datetime]:
    return dict(Notice.objects.values_list("entry__team__code", "window_closes_at"))


def test_a_new_holiday_proposes_and_changes_nothing(story):
    before = windows()
    holiday(story)
    assert [(each.notice.entry.team.code, each.closes_at) for each in proposed_extensions(story.round)] == [
        ("a", NEXT_DAY),
        ("b", NEXT_DAY),
    ]
    assert windows() == before
    assert story.fresh().appeals_close_at == before["c"]


def test_two_officials_extend_what_was_proposed(story):
    holiday(story)
    before = windows()
    with written() as changes:
        story.decide(EXTEND_WINDOWS, reason="임시공휴일")
    assert windows() == before | {"a": NEXT_DAY, "b": NEXT_DAY}
    assert story.fresh().appeals_close_at == before["c"]
    assert [change for change in changes if "evaluation_notice" in change] == [
        "evaluation_notice U test.official-2 extend_windows"
    ] * 2
    assert Event.objects.latest("id").facts == {"appeals_close_at": before["c"].isoformat()}


def test_the_round_waits_for_the_latest_window():
    story = told(teams="a", seats=1).open().score_all({"a": 90}).announce()
    holiday(story)
    story.decide(EXTEND_WINDOWS, reason="임시공휴일")
    assert story.fresh().appeals_close_at == NEXT_DAY == latest_window(story.round)


def test_a_window_that_is_over_is_not_opened_again(story):
    holiday(story)
    holiday(story, date(2026, 1, 30))
    before = windows()
    story.decide(EXTEND_WINDOWS, reason="임시공휴일", now=CLOSES)
    assert {team: at for team, at in windows().items() if at != before[team]} == {
        "c": datetime(2026, 2, 2, 15, tzinfo=UTC)
    }


def test_when_all_such_windows_are_over_it_is_too_late(story):
    holiday(story)
    with refused("too_late"):
        story.decide(EXTEND_WINDOWS, reason="임시공휴일", now=CLOSES)


def test_without_a_proposal_there_is_nothing_to_decide(story):
    with refused("incomplete"):
        story.decide(EXTEND_WINDOWS, reason="임시공휴일")


def test_before_the_announcement_there_are_no_windows():
    story = told().open()
    with refused("wrong_state"):
        story.decide(EXTEND_WINDOWS, reason="임시공휴일")
    assert latest_window(story.round) is None
