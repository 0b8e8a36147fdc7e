"""Officials who decide at the same moment: one decision is carried out, once, and the others are told."""

from functools import partial

import pytest

from consortia.operations.teams import register_person
from core.models import Decision, Event
from core.operations.decisions import approve, decide, hand_back, prepare
from core.roles import Role
from evaluation.models import Announcement, Snapshot
from evaluation.verbs import ANNOUNCE
from tests.appeals.due import beside, drafted, scored
from tests.races.together import codes, together
from tests.story import SYSTEM, Story

pytestmark = pytest.mark.usefixtures("server")
ROUNDS = 3
OFFICIALS = ("official-1", "official-2", "official-3", "official-4")


@pytest.fixture
def stories(server) -> list[Story]:
    """Rounds of one programme that could be announced, and four officials."""
    first = drafted()
    first.people["official-4"] = register_person(
        first.programme,
        actor=SYSTEM,
        now=first.now,
        code="official-4",
        name_ko="담당 4",
        name_en="Official 4",
        role=Role.OFFICIAL,
        organisation=None,
        team=None,
    )
    return [scored(story) for story in (first, *(beside(first, number) for number in range(2, ROUNDS + 1)))]


def announcing(story: Story, preparer: str) -> partial[Decision]:
    """One official prepares and the next approves, at once."""
    approver = OFFICIALS[OFFICIALS.index(preparer) - 1]
    return partial(
        decide,
        ANNOUNCE,
        story.round,
        preparer=story.actor(preparer),
        approver=story.actor(approver),
        now=story.now,
        arguments={},
    )


def prepared(story: Story, by: str) -> Decision:
    return prepare(ANNOUNCE, story.round, actor=story.actor(by), now=story.now, reason="사유", arguments={})


def announced_once(story: Story) -> bool:
    """One announcement, one snapshot and one notice a team."""
    counts = (
        Announcement.objects.filter(round=story.round).count(),
        Snapshot.objects.filter(round=story.round).count(),
        Event.objects.filter(verb="announce", subject_kind="evaluation.round", subject_id=story.round.pk).count(),
        story.round.entries.filter(notices__isnull=False).count(),
    )
    return counts == (1, 1, 1, 2)


def test_four_officials_announce_at_once(stories):
    for story in stories:
        results = together(*(announcing(story, official) for official in OFFICIALS))

        assert codes(results) == ["done", "wrong_state", "wrong_state", "wrong_state"]
        assert announced_once(story)
        decided = Decision.objects.filter(verb="announce", subject_id=story.round.pk)
        assert list(decided.values_list("state", flat=True)) == ["approved"]


def test_four_prepared_announcements_are_approved_at_once(stories):
    for story in stories:
        four = [prepared(story, official) for official in OFFICIALS]
        results = together(
            *(
                partial(approve, decision, actor=story.actor(OFFICIALS[number - 1]), now=story.now)
                for number, decision in enumerate(four)
            )
        )

        assert codes(results) == ["done", "wrong_state", "wrong_state", "wrong_state"]
        assert announced_once(story)
        states = Decision.objects.filter(pk__in=[decision.pk for decision in four]).values_list("state", flat=True)
        assert sorted(states) == ["approved", "prepared", "prepared", "prepared"]


def test_two_officials_approve_the_same_decision(stories):
    for story in stories:
        decision = prepared(story, "official-1")
        results = together(
            partial(approve, decision, actor=story.actor("official-2"), now=story.now),
            partial(approve, decision, actor=story.actor("official-3"), now=story.now),
        )

        assert codes(results) == ["done", "wrong_state"]
        assert announced_once(story)


def test_approved_and_handed_back_at_once(stories):
    for story in stories:
        decision = prepared(story, "official-1")
        results = together(
            partial(approve, decision, actor=story.actor("official-2"), now=story.now),
            partial(hand_back, decision, actor=story.actor("official-3"), now=story.now, reason="재검토"),
        )
        decision.refresh_from_db()

        assert codes(results) == ["done", "wrong_state"]
        assert (decision.state, story.fresh().state) in {("approved", "announced"), ("returned", "scoring")}
