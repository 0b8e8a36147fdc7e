import pytest

from appeals.models import Waiver
from appeals.operations.waiving import waive_appeal
from core.models import Event
from tests.appeals.after import DAY, ENDS, TICK, contested, filed
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
LATE = {"c": "2026-01-20T05:00:00+00:00"}  # ends with Friday the 30th


def waived(story: Story, team: str = "b", who: str | None = None, now=NOW) -> Waiver:
    return waive_appeal(story.entry(team), actor=story.actor(who or f"{team}-lead"), now=now)


def test_a_team_waives():
    story = contested()
    with written() as changes:
        row = waived(story)
    row.refresh_from_db()
    assert (row.entry, row.waived_by, row.waived_at) == (story.entry("b"), story.people["b-lead"], NOW)
    assert changes == [f"{table} I test.b-lead waive_appeal" for table in ("appeals_waiver", "core_event")]
    assert Event.objects.latest("id").facts == {"team": "b"}


def test_waiving_again_returns_what_stands():
    story = contested()
    row = waived(story)
    with unchanged():
        assert waived(story, now=NOW + DAY) == row


def test_a_waiver_binds():
    story = contested()
    waived(story)
    with refused("not_entitled"):
        filed(story, now=NOW + DAY)


def test_a_waiver_binds_no_other_team():
    story = contested()
    waived(story)
    assert filed(story, "c").pk


def test_a_team_that_advanced_may_waive_too():
    assert waived(contested(), "a").pk


@pytest.mark.parametrize("who", ["official-1", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_a_team_s_own_people_waive(who):
    story = contested()
    with refused("not_allowed"):
        waived(story, who=who)


def test_nobody_waives_for_another_team():
    story = contested()
    with refused("not_entitled"):
        waived(story, "b", "c-lead")


def test_before_the_announcement_nobody_was_notified():
    story = told(teams="ab").open()
    with refused("not_entitled"):
        waived(story)


def test_before_its_own_notice_has_arrived_a_team_was_not_notified():
    story = contested(delivered=LATE)
    with refused("not_entitled"):
        waived(story, "c", now=NOW + DAY)
    assert waived(story, "c", now=NOW + 5 * DAY).pk


def test_the_window_is_the_team_s_own():
    story = contested(delivered=LATE)
    with refused("too_late"):
        waived(story, "b", now=ENDS)
    assert waived(story, "c", now=ENDS).pk


def test_the_window_is_half_open():
    story = contested()
    with refused("too_late"):
        waived(story, now=ENDS)
    assert waived(story, now=ENDS - TICK).pk


def test_whose_team_it_is_is_told_before_the_time():
    story = contested()
    with refused("not_entitled"):
        waived(story, "b", "c-lead", now=ENDS)
