"""A sheet kept until it is handed in: its writer's alone, counted by nothing."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from core.models import Event
from core.sight import visible
from evaluation.models import SheetDraft
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.operations.sheets import submit_sheet
from evaluation.queries.digests import inputs_digest
from evaluation.rules.criteria import Criterion as Rule
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
TWO = (Rule("plan", Decimal(60), source="sheets"), Rule("people", Decimal(40), source="sheets"))


@pytest.fixture
def story() -> Story:
    return told(teams="ab", seats=1, criteria=TWO).open()


def kept(story: Story, who: str = "expert-1", team: str = "a", person: str = "", comment: str = "", **points: str):
    person = person or who
    return save_sheet_draft(
        story.entry(team),
        person=story.people[person],
        points=points,
        comment=comment,
        actor=story.actor(who),
        now=NOW,
    )


def test_what_is_written_down_is_kept_and_replaced(story):
    with written() as changes:
        draft = kept(story, plan="55.50", comment="쓰는 중")
    assert changes == [
        "evaluation_sheetdraft I test.expert-1 save_sheet_draft",
        "core_event I test.expert-1 save_sheet_draft",
    ]
    assert (draft.points, draft.comment, draft.saved_at) == ({"plan": "55.50"}, "쓰는 중", NOW)
    with unchanged():
        assert kept(story, plan="55.50", people="", comment="쓰는 중") == draft
    with written() as changes:
        assert kept(story, people="0").points == {"people": "0"}
    assert changes == [], "typing on leaves no more lines"


def test_what_another_device_has_saved_is_not_written_over(story):
    def saved(follows, *, at: int = 0, **points: str) -> SheetDraft:
        facts = {
            "person": story.people["expert-1"],
            "actor": story.actor("expert-1"),
            "now": NOW + timedelta(seconds=at),
        }
        draft: SheetDraft = save_sheet_draft(story.entry("a"), points=points, follows=follows, **facts)
        return draft

    first = saved([None], plan="10").saved_at
    with refused("still_pending") as caught:
        saved([None], at=1, people="20")
    assert caught.value.facts == {"kept_at": first}
    second = saved([first], at=2, plan="11").saved_at
    for stale in (first, None):
        with refused("still_pending"):
            saved([stale], at=3, people="20")
    with unchanged():  # the same marks are no other ones
        assert saved([first], at=3, plan="11").saved_at == second
    assert saved([], at=4, people="20").points == {"people": "20"}, "who asks for nothing writes over it"


def test_nothing_follows_from_a_draft_and_nobody_else_reads_it(story):
    before = inputs_digest(story.round)
    kept(story, plan="13.37", people="31.41", comment="비밀")
    assert inputs_digest(story.round) == before
    assert Event.objects.latest("pk").facts == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT image FROM core_ledgeritem WHERE relation = 'evaluation_sheetdraft'")
        images = [json.dumps(image, default=str) for (image,) in cursor.fetchall()]
    assert images
    assert [image for image in images if "13.37" in image or "비밀" in image] == [], "nor in the ledger"
    seers = [who for who in story.people if visible(SheetDraft.objects.all(), story.actor(who), NOW).exists()]
    assert seers == ["expert-1"]


def test_it_is_gone_when_the_sheet_is_handed_in(story):
    kept(story, plan="50")
    kept(story, "expert-2", plan="40")
    marks = {story.criterion("plan"): Decimal(50), story.criterion("people"): Decimal(30)}
    submit_sheet(
        story.entry("a"), person=story.people["expert-1"], points=marks, actor=story.actor("expert-1"), now=NOW
    )
    assert [draft.account.username for draft in SheetDraft.objects.all()] == ["test.expert-2"]
    with refused("duplicate"):
        kept(story, plan="50")


@pytest.mark.parametrize("mark", ["60.1", "-1", "-0", "NaN", "1e400", "1" * 40, "６０", "x", " 1"])
def test_a_bad_figure_is_refused_by_its_criterion(story, mark):
    with refused("out_of_range") as caught:
        kept(story, plan=mark)
    assert caught.value.facts["criterion"] == "plan"


@pytest.mark.parametrize(
    ("who", "code", "given"),
    [
        ("expert-1", "unknown", {"other": "1"}),
        ("official-1", "not_allowed", {}),
        ("expert-1", "not_entitled", {"person": "expert-2"}),
        ("expert-6", "not_entitled", {}),
        ("expert-4", "conflict_of_interest", {}),
        ("expert-5", "conflict_of_interest", {}),
    ],
)
def test_who_may_not_keep_one(story, who, code, given):
    with refused(code):
        kept(story, who, **given)


def test_only_while_the_round_is_scored():
    story = told(teams="ab", seats=1)
    with refused("wrong_state"):
        kept(story, expert="1")
    story.open().score_all({"a": 60, "b": 50}).announce()
    with refused("locked"):
        kept(story, "expert-2", expert="1")
