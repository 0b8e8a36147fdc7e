import pytest

from appeals.models import Appeal, AppealReviewer
from appeals.operations.filing import withdraw_appeal
from appeals.operations.reviewing import admit_appeal, assign_reviewers
from consortia.operations.teams import register_person
from core.models import Event
from core.roles import Role
from evaluation.operations.conflicts import declare_conflict
from evaluation.states import ConflictKind
from tests.appeals.after import admitted, contested, decided_on, filed, on_panel
from tests.story import NOW, SYSTEM, Story
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


def assigned(appeal: Appeal, story: Story, *people: str, who: str = "official-1"):
    accounts = [story.people[person] for person in people]
    return assign_reviewers(appeal, people=accounts, actor=story.actor(who), now=NOW)


def declared(story: Story, person: str, kind: str) -> None:
    declare_conflict(
        story.round,
        team=story.teams["b"],
        person=story.people[person],
        kind=ConflictKind(kind),
        reason="확인함",
        actor=story.actor("official-1"),
        now=NOW,
    )


def test_an_appeal_is_admitted():
    story = contested()
    row = filed(story)
    with written() as changes:
        admitted(row, story, reason=" 적격 ")
    row.refresh_from_db()
    assert (row.state, row.admission_reason, row.decided_at) == ("admitted", "적격", None)
    assert changes == ["appeals_appeal U test.official-1 admit_appeal", "core_event I test.official-1 admit_appeal"]
    assert Event.objects.latest("id").facts == {"admitted": True}


def test_an_appeal_is_rejected():
    story = contested()
    row = admitted(filed(story), story, yes=False, reason="각하 사유")
    row.refresh_from_db()
    assert (row.state, row.admission_reason, row.decided_at) == ("rejected", "각하 사유", NOW)


@pytest.mark.parametrize("end", ["admitted", "rejected", "withdrawn", "dismissed"])
@pytest.mark.parametrize("yes", [True, False])
def test_that_is_settled_once(end, yes):
    story = contested()
    row = filed(story)
    if end == "withdrawn":
        withdraw_appeal(row, actor=story.actor("b-lead"), now=NOW)
    else:
        admitted(row, story, yes=end != "rejected")
    if end == "dismissed":
        decided_on(row, story, "dismissed")
    with refused("wrong_state"):
        admitted(row, story, yes=yes)


@pytest.mark.parametrize("who", ["b-lead", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_officials_admit_and_assign(who):
    story = contested()
    row = filed(story)
    with refused("not_allowed"):
        admit_appeal(row, admitted=True, reason="적격", actor=story.actor(who), now=NOW)
    with refused("not_allowed"):
        assigned(row, story, "expert-6", who=who)


def test_nobody_of_the_first_panel_admits():
    story = contested()
    row = filed(story, ground="rules")
    on_panel(story, "official-1")
    with refused("conflict_of_interest"):
        admitted(row, story)


def test_it_has_a_reason_before_it_is_inadmissible():
    story = contested()
    row = filed(story, ground="rules")
    with refused("incomplete"):
        admitted(row, story, reason=" ")
    admitted(row, story, yes=False)
    with refused("wrong_state"):
        admitted(row, story, reason=" ")


def test_reviewers_are_assigned():
    story = contested()
    row = admitted(filed(story), story)
    with written() as changes:
        assigned(row, story, "expert-6", "reviewer-1")
    rows = AppealReviewer.objects.order_by("account__username")
    assert [(each.appeal, each.account.code, each.assigned_by.code, each.assigned_at) for each in rows] == [
        (row, "expert-6", "official-1", NOW),
        (row, "reviewer-1", "official-1", NOW),
    ]
    assert changes == [
        *["appeals_appealreviewer I test.official-1 assign_reviewers"] * 2,
        "core_event I test.official-1 assign_reviewers",
    ]
    assert Event.objects.latest("id").facts == {"people": ["test.expert-6", "test.reviewer-1"]}


def test_whoever_is_assigned_stays():
    story = contested()
    row = admitted(filed(story), story)
    assigned(row, story, "expert-6")
    with unchanged():
        assert assigned(row, story, "expert-6", "expert-6") == []
    assert assigned(row, story, "expert-6", "reviewer-1") == [story.people["reviewer-1"]]


@pytest.mark.parametrize("person", ["expert-1", "expert-2", "expert-4"])
def test_nobody_of_the_first_panel_reviews(person):
    """Whether or not he handed in a sheet or a finding."""
    story = contested()
    row = admitted(filed(story), story)
    with refused("conflict_of_interest"):
        assigned(row, story, "expert-6", person)


def test_nobody_with_a_conflict_reviews():
    story = contested()
    row = admitted(filed(story), story)
    declared(story, "expert-6", "kinship")
    with refused("conflict_of_interest"):
        assigned(row, story, "reviewer-1", "expert-6")


def test_an_interest_that_is_unknown_must_be_cleared():
    story = contested()
    row = admitted(filed(story), story)
    story.people["reviewer-2"] = _reviewer_of_nowhere(story)
    with refused("conflict_of_interest"):
        assigned(row, story, "reviewer-2")
    declared(story, "reviewer-2", "none")
    assert assigned(row, story, "reviewer-2") == [story.people["reviewer-2"]]


def _reviewer_of_nowhere(story: Story):
    return register_person(
        story.programme,
        actor=SYSTEM,
        now=NOW,
        code="reviewer-2",
        name_ko="위원",
        name_en="Reviewer",
        role=Role.REVIEWER,
    )


@pytest.mark.parametrize("person", ["official-2", "a-lead", "auditor-1", "operator-1"])
def test_other_roles_do_not_review(person):
    story = contested()
    row = admitted(filed(story), story)
    with refused("not_allowed"):
        assigned(row, story, "expert-6", person)


def test_only_an_admitted_appeal_is_reviewed():
    story = contested()
    row = filed(story)
    with refused("wrong_state"):
        assigned(row, story, "expert-6")
    admitted(row, story, yes=False)
    with refused("wrong_state"):
        assigned(row, story)


def test_somebody_reviews():
    story = contested()
    row = admitted(filed(story), story)
    with refused("incomplete"):
        assigned(row, story)


def test_refusals_in_their_order():
    story = contested()
    row = filed(story)
    with refused("not_allowed"):
        assigned(row, story, "expert-1", "official-2")
    with refused("conflict_of_interest"):
        assigned(row, story, "expert-1")
