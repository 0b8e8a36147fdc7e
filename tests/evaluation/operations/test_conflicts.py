import pytest

from core.models import Event
from evaluation.models import ConflictDeclaration, Sheet, SheetExclusion
from evaluation.operations.conflicts import declare_conflict
from evaluation.queries.standings import computed_standings
from evaluation.states import ConflictKind
from tests.story import NOW, Story, told
from tests.unchanged import refused, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return told().open()


def declared(
    story: Story,
    person: str = "expert-1",
    who: str | None = None,
    *,
    kind: str = "kinship",
    reason: str = "배우자",
    team: str = "a",
) -> ConflictDeclaration:
    return declare_conflict(
        story.round,
        team=story.teams[team],
        person=story.people[person],
        kind=ConflictKind(kind),
        reason=reason,
        actor=story.actor(who or person),
        now=NOW,
    )


def test_a_conflict_is_declared(story):
    with written() as changes:
        row = declared(story)
    row.refresh_from_db()
    assert (row.round, row.account, row.team.code) == (story.round, story.people["expert-1"], "a")
    assert (row.kind, row.reason, row.declared_by, row.declared_at) == (
        "kinship",
        "배우자",
        story.people["expert-1"],
        NOW,
    )
    tables = ("evaluation_conflictdeclaration", "core_event")
    assert changes == [f"{table} I test.expert-1 declare_conflict" for table in tables]
    assert Event.objects.latest("id").facts == {"person": "test.expert-1", "team": "a", "kind": "kinship"}


@pytest.mark.parametrize("who", ["official-1", "reviewer-1"])
def test_who_may_declare_for_themselves(story, who):
    assert declared(story, who).account == story.people[who]


def test_an_official_declares_for_others(story):
    assert declared(story, "expert-1", "official-1").declared_by == story.people["official-1"]


def test_others_declare_for_themselves_alone(story):
    with refused("not_entitled"):
        declared(story, "expert-1", "expert-2")


@pytest.mark.parametrize("who", ["a-lead", "auditor-1", "operator-1"])
def test_others_declare_nothing(story, who):
    with refused("not_allowed"):
        declared(story, "expert-1", who)


def test_a_declaration_has_a_reason(story):
    with refused("incomplete"):
        declared(story, reason=" ")


@pytest.mark.parametrize("person", ["expert-4", "expert-1"])
def test_none_clears_no_conflict(story, person):
    """Neither one that a membership gives nor one that was declared."""
    if person == "expert-1":
        declared(story, person)
    with refused("conflict_of_interest"):
        declared(story, person, "official-1", kind="none")


def test_none_clears_an_unknown(story):
    assert declared(story, "expert-5", "official-1", kind="none").kind == "none"


def test_a_sheet_handed_in_before_is_set_aside(story):
    story.score("a", 80)
    with written() as changes:
        declared(story)
    exclusion = SheetExclusion.objects.get()
    assert exclusion.sheet == Sheet.objects.get()
    assert (exclusion.reason, exclusion.by, exclusion.at) == (
        "이해관계 신고: 배우자",
        story.people["expert-1"],
        NOW,
    )
    assert [change.split()[0] for change in changes] == [
        "evaluation_conflictdeclaration",
        "core_event",
        "evaluation_sheetexclusion",
        "core_event",
    ]
    assert computed_standings(story.round).standings.incomplete[0] == ("a", "expert")


def test_a_sheet_is_set_aside_once(story):
    story.score("a", 80)
    declared(story)
    declared(story, kind="employment", reason="고용")
    assert SheetExclusion.objects.count() == 1


def test_after_the_announcement_a_sheet_stays_until_a_correction():
    story = told(teams="a", seats=1).open().score_all({"a": 80}).announce()
    declared(story)
    assert not SheetExclusion.objects.exists()


def test_the_team_need_not_take_part_in_the_round(story):
    """Team x answers the call for the round's vacancy, and its applicants are judged by the round's panel."""
    row = declared(story, team="x")
    assert (row.round, row.team.code) == (story.round, "x")


def test_none_clears_an_unknown_after_the_announcement_too():
    """A reviewer of an appeal, or an evaluator of a call, may be somebody of whom no organisation is known."""
    story = told(teams="a", seats=1).open().score_all({"a": 80}).announce()
    assert declared(story, "expert-5", "official-1", kind="none", team="x").kind == "none"
