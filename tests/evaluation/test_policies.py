"""Conflicts of interest: by membership on the day, by declaration, or unknown; and who may not decide."""

from datetime import UTC, date, datetime, timedelta

import pytest

from consortia.models import Affiliation, Membership
from core.ledger.naming import named
from evaluation.models import ConflictDeclaration
from evaluation.operations.conflicts import declare_conflict
from evaluation.policies import Conflict, bar_panelists, conflict, require_no_conflict
from evaluation.states import ConflictKind
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
# The 15th begins in Seoul at 15:00 of the 14th in UTC, and ends at 15:00 of the 15th.
BEGINS, ENDS = datetime(2026, 1, 14, 15, tzinfo=UTC), datetime(2026, 1, 15, 15, tzinfo=UTC)
TICK = timedelta(microseconds=1)
DAY = date(2026, 1, 15)


@pytest.fixture
def story() -> Story:
    return told()


def between(story: Story, person: str = "expert-1", team: str = "a", now: datetime = NOW) -> Conflict:
    return conflict(story.round, story.people[person], story.teams[team], now)


def joins(story: Story, team: str, organisation: str, **days: date) -> None:
    with named(actor="test", verb="test"):
        Membership.objects.create(
            team=story.teams[team], organisation=story.organisations[organisation], part="member", **days
        )


def declares(story: Story, person: str, kind: str, team: str = "a") -> ConflictDeclaration:
    return declare_conflict(
        story.round,
        team=story.teams[team],
        person=story.people[person],
        kind=ConflictKind(kind),
        reason="사유",
        actor=story.actor("official-1"),
        now=NOW,
    )


def test_somebody_of_another_organisation_has_none(story):
    assert between(story) is Conflict.NONE


def test_somebody_of_the_team_s_organisation_has_one_without_declaring_it(story):
    assert between(story, "expert-4", "a") is Conflict.CONFLICT
    assert between(story, "expert-4", "b") is Conflict.NONE


def test_one_organisation_may_sit_in_several_teams(story):
    joins(story, "b", "outside")
    joins(story, "c", "outside")
    assert [between(story, team=team) for team in "abc"] == [Conflict.NONE, Conflict.CONFLICT, Conflict.CONFLICT]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (BEGINS - TICK, Conflict.NONE),
        (BEGINS, Conflict.CONFLICT),
        (ENDS - TICK, Conflict.CONFLICT),
        (ENDS, Conflict.NONE),
    ],
)
def test_a_membership_holds_on_both_its_days_in_the_programme_s_zone(story, now, found):
    joins(story, "a", "outside", since=DAY, until=DAY)
    assert between(story, now=now) is found


@pytest.mark.parametrize(("days", "found"), [({"since": DAY}, Conflict.NONE), ({"until": DAY}, Conflict.CONFLICT)])
def test_a_membership_that_is_open_on_one_side(story, days, found):
    joins(story, "a", "outside", **days)
    assert between(story, now=BEGINS - TICK) is found


@pytest.mark.parametrize(
    ("now", "found"),
    [
        (BEGINS - TICK, Conflict.UNKNOWN),
        (BEGINS, Conflict.CONFLICT),
        (ENDS - TICK, Conflict.CONFLICT),
        (ENDS, Conflict.UNKNOWN),
    ],
)
def test_an_affiliation_holds_on_both_its_days(story, now, found):
    with named(actor="test", verb="test"):
        Affiliation.objects.create(
            account=story.people["expert-5"], organisation=story.organisations["org-a"], since=DAY, until=DAY
        )
    assert between(story, "expert-5", now=now) is found


def test_somebody_without_an_organisation_is_unknown_until_cleared(story):
    assert between(story, "expert-5") is Conflict.UNKNOWN
    declares(story, "expert-5", "none")
    assert between(story, "expert-5") is Conflict.NONE
    assert between(story, "expert-5", "b") is Conflict.UNKNOWN


@pytest.mark.parametrize("kind", [kind for kind in ConflictKind.values if kind != "none"])
@pytest.mark.parametrize("person", ["expert-1", "expert-5"])
def test_every_declared_kind_is_a_conflict_with_that_team(story, kind, person):
    before = between(story, person, "b")
    declares(story, person, kind)
    assert between(story, person) is Conflict.CONFLICT
    assert between(story, person, "b") is before


def test_an_unknown_that_was_cleared_may_still_be_declared(story):
    declares(story, "expert-5", "none")
    declares(story, "expert-5", "kinship")
    assert between(story, "expert-5") is Conflict.CONFLICT


def test_a_membership_found_later_counts_whatever_was_cleared(story):
    declares(story, "expert-5", "none")
    with named(actor="test", verb="test"):
        Affiliation.objects.create(account=story.people["expert-5"], organisation=story.organisations["org-a"])
    assert between(story, "expert-5") is Conflict.CONFLICT


def test_a_declaration_holds_for_its_round(story):
    declares(story, "expert-1", "kinship")
    assert conflict(later_round(story), story.people["expert-1"], story.teams["a"], NOW) is Conflict.NONE


@pytest.mark.parametrize("person", ["expert-4", "expert-5"])
def test_conflict_and_unknown_are_refused_alike(story, person):
    with refused("conflict_of_interest") as caught:
        require_no_conflict(story.round, story.people[person], story.teams["a"], NOW)
    assert caught.value.facts == {"team": "a"}


def test_whoever_sits_on_the_panel_is_barred_from_deciding(story):
    assert bar_panelists(story.round, actor=story.actor("official-1")) is None
    with refused("conflict_of_interest"):
        bar_panelists(story.round, actor=story.actor("expert-1"))
    assert bar_panelists(story.round, actor=story.actor("expert-6")) is None
