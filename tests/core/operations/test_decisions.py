"""결재: prepared by one, approved by another, handed back; every refusal leaves things as they were."""

from datetime import timedelta

import pytest

from core.actors import Actor
from core.ledger.naming import named
from core.models import Account, Decision, Event, LedgerItem
from core.operations.accounts import open_account
from core.operations.decisions import approve, decide, hand_back, prepare
from core.roles import Role
from evaluation.models import Announcement, Verdict
from evaluation.operations.gates import find
from evaluation.verbs import ANNOUNCE, DECIDE_GATE
from tests.core.operations.announceable import USER, announceable, one_more_mark, prepared
from tests.story import SYSTEM, Story, told
from tests.unchanged import refused, rows, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return announceable()


def panelist_official(story: Story) -> Actor:
    """An official who was put on the panel all the same."""
    person = open_account(
        actor=SYSTEM, now=story.now, username="test.both", name_ko="겸임", name_en="Both", role=Role.OFFICIAL
    )
    with named(actor="test", verb="test"):
        story.round.panel.create(account=person)
    return Actor(person.username, frozenset(person.roles()), Account.objects.get(pk=person.pk))


def test_preparing_leaves_the_decision_and_its_line_alone(story):
    before = rows()
    with written() as changes:
        decision = prepared(story, disclosure="totals")

    assert changes == [
        "core_decision I test.official-1 prepare",
        "core_event I test.official-1 prepare",
    ]
    assert {table: n - before[table] for table, n in rows().items() if n != before[table]} == {
        "core_decision": 1,
        "core_event": 1,
        "core_ledgeritem": 2,
    }
    assert (decision.state, decision.prepared_by.code, decision.arguments) == (
        "prepared",
        "official-1",
        {"disclosure": "totals"},
    )
    assert story.fresh().state == "scoring"


def test_approval_carries_the_act_out_with_its_arguments_and_reason(story):
    decision = prepared(story, disclosure="totals")
    later = story.now + timedelta(minutes=5)
    approve(decision, actor=story.actor("official-2"), now=later)

    announcement = Announcement.objects.get()
    assert (announcement.disclosure, announcement.decision_id, announcement.announced_at) == (
        "totals",
        decision.pk,
        later,
    )
    assert story.fresh().state == "announced"
    assert list(Event.objects.filter(verb="announce").values_list("actor", "reason")) == [
        ("test.official-2", "평가 완료")
    ]


def test_an_approved_decision_names_both_people(story):
    decision = approve(prepared(story), actor=story.actor("official-2"), now=story.now)

    decision.refresh_from_db()
    assert (decision.state, decision.prepared_by.code, decision.settled_by.code, decision.settled_at) == (
        "approved",
        "official-1",
        "official-2",
        story.now,
    )


def test_whatever_an_approval_does_bears_its_mandate(story):
    newest = LedgerItem.objects.latest("id").pk
    decision = prepared(story)
    approve(decision, actor=story.actor("official-2"), now=story.now)

    done = LedgerItem.objects.filter(pk__gt=newest, verb="announce").exclude(relation="core_event")
    mandate = f"decision:{decision.pk}"
    assert set(done.values_list("relation", "mandate")) == {
        ("evaluation_snapshot", mandate),
        ("evaluation_snapshotrow", mandate),
        ("evaluation_announcement", mandate),
        ("evaluation_notice", mandate),
        ("evaluation_round", mandate),
    }
    assert list(Event.objects.filter(verb="announce").values_list("mandate", flat=True)) == [mandate]


def test_preparing_and_settling_bear_no_mandate(story):
    newest = LedgerItem.objects.latest("id").pk
    approve(prepared(story), actor=story.actor("official-2"), now=story.now)

    own = LedgerItem.objects.filter(pk__gt=newest, relation="core_decision").order_by("id")
    assert list(own.values_list("verb", "mandate")) == [("prepare", ""), ("approve", "")]


def test_the_preparer_cannot_approve(story):
    decision = prepared(story)
    with refused("same_person"):
        approve(decision, actor=story.actor("official-1"), now=story.now)

    decision.refresh_from_db()
    assert decision.state == "prepared"


def test_an_approved_decision_is_not_approved_again(story):
    decision = approve(prepared(story), actor=story.actor("official-2"), now=story.now)
    with refused("wrong_state"):
        approve(decision, actor=story.actor("official-3"), now=story.now)


def test_handed_back_with_its_reason(story):
    decision = prepared(story)
    before = rows()
    hand_back(decision, actor=story.actor("official-2"), now=story.now, reason="근거 보완")

    decision.refresh_from_db()
    assert (decision.state, decision.settled_by.code, decision.settled_reason) == (
        "returned",
        "official-2",
        "근거 보완",
    )
    assert {table: n - before[table] for table, n in rows().items() if n != before[table]} == {
        "core_event": 1,
        "core_ledgeritem": 2,
    }


def test_the_preparer_may_take_it_back(story):
    decision = hand_back(prepared(story), actor=story.actor("official-1"), now=story.now, reason="다시 작성")

    assert (decision.state, decision.settled_by.code) == ("returned", "official-1")


def test_nothing_is_handed_back_without_a_reason(story):
    decision = prepared(story)
    with refused("incomplete"):
        hand_back(decision, actor=story.actor("official-2"), now=story.now, reason=" ")


@pytest.mark.parametrize("step", ["approve", "hand_back"])
def test_what_was_handed_back_is_settled(story, step):
    decision = hand_back(prepared(story), actor=story.actor("official-2"), now=story.now, reason="근거 보완")
    with refused("wrong_state"):
        if step == "approve":
            approve(decision, actor=story.actor("official-3"), now=story.now)
        else:
            hand_back(decision, actor=story.actor("official-3"), now=story.now, reason="또")


def test_what_was_approved_is_not_handed_back(story):
    decision = approve(prepared(story), actor=story.actor("official-2"), now=story.now)
    with refused("wrong_state"):
        hand_back(decision, actor=story.actor("official-3"), now=story.now, reason="늦은 생각")


def test_a_panelist_prepares_nothing(story):
    both = panelist_official(story)
    with refused("conflict_of_interest"):
        prepare(ANNOUNCE, story.round, actor=both, now=story.now, arguments={})


def test_a_panelist_approves_nothing(story):
    decision, both = prepared(story), panelist_official(story)
    with refused("conflict_of_interest"):
        approve(decision, actor=both, now=story.now)


@pytest.mark.parametrize("who", ["expert-1", "a-lead", "auditor-1", "operator-1", "reviewer-1"])
@pytest.mark.parametrize("step", ["prepare", "approve", "hand_back"])
def test_only_officials_take_part(story, who, step):
    decision, actor = prepared(story), story.actor(who)
    with refused("not_allowed"):
        if step == "prepare":
            prepare(ANNOUNCE, story.round, actor=actor, now=story.now, arguments={})
        elif step == "approve":
            approve(decision, actor=actor, now=story.now)
        else:
            hand_back(decision, actor=actor, now=story.now, reason="사유")


def test_the_machine_approves_nothing(story):
    decision = prepared(story)
    with refused("not_allowed"):
        approve(decision, actor=SYSTEM, now=story.now)


def test_what_cannot_be_done_is_not_prepared(story):
    with refused("unknown"):
        prepared(story, delivered={"nobody": story.now.isoformat()})


def test_the_ground_is_what_the_verb_relies_on(story):
    """A verdict relies on the findings of its own team alone: another team's mark voids nothing."""
    story = told("other", teams=("a", "b"), criteria=USER, seats=1).open()
    decision = _verdict(story)
    one_more_mark(story)
    approve(decision, actor=story.actor("official-2"), now=story.now)

    assert Verdict.objects.filter(entry__round=story.round).get().decision_id == decision.pk


def _verdict(story: Story) -> Decision:
    expert = story.actor("expert-1")
    find(
        story.entry("a"),
        gate=story.gate,
        person=story.people["expert-1"],
        finding="met",
        reason="검토",
        actor=expert,
        now=story.now,
    )
    return prepare(
        DECIDE_GATE,
        story.round,
        actor=story.actor("official-1"),
        now=story.now,
        reason="과반",
        arguments={"gate": "originality", "team": "a", "verdict": "passed"},
    )


def test_another_decision_first_makes_the_second_void(story):
    """Two prepared the same announcement: one is carried out, the ground of the other is gone or its step is."""
    first, second = prepared(story), prepared(story, by="official-3")
    approve(first, actor=story.actor("official-2"), now=story.now)
    with refused("wrong_state"):
        approve(second, actor=story.actor("official-2"), now=story.now)

    second.refresh_from_db()
    assert (second.state, Announcement.objects.count()) == ("prepared", 1)


@pytest.mark.parametrize(
    ("preparer", "approver", "code"),
    [
        ("official-1", "official-1", "same_person"),
        ("official-1", "expert-1", "not_allowed"),
        ("auditor-1", "official-1", "not_allowed"),
    ],
)
def test_deciding_at_once_refused_leaves_no_preparation(story, preparer, approver, code):
    with refused(code):
        decide(
            ANNOUNCE,
            story.round,
            preparer=story.actor(preparer),
            approver=story.actor(approver),
            now=story.now,
            arguments={},
        )


def test_deciding_at_once_what_the_act_refuses_leaves_no_preparation(story):
    with refused("unknown"):
        story.decide(ANNOUNCE, delivered={"nobody": story.now.isoformat()})
