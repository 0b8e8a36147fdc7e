"""An expert declares how he stands to every team on one page, before he looks at any."""

import pytest

from core.models import Event
from evaluation.models import ConflictDeclaration, Document
from evaluation.operations.components import declare_component
from evaluation.operations.conflicts import declare_conflicts
from evaluation.operations.papers import file_document
from evaluation.states import ConflictKind, Origin
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db

FIRST = "먼저 이해관계를 신고해 주십시오."
WRITE = "이해관계 확인서 쓰기"


@pytest.fixture
def story() -> Story:
    """Of expert-1 an organisation is known that sits in no team, of expert-5 none; expert-4's sits in team a."""
    return told(teams="abc", seats=1).open()


def kinds(story: Story, person: str) -> dict[str, tuple[str, str]]:
    rows = ConflictDeclaration.objects.filter(account=story.people[person])
    return {team: (kind, reason) for team, kind, reason in rows.values_list("team__code", "kind", "reason")}


def home(story: Story, person: str) -> str:
    return said(signed_in(story, person).get("/admin/"))


@pytest.mark.parametrize("person", ["expert-1", "expert-5"])
def test_nothing_of_a_team_is_shown_before(story: Story, person: str):
    file_document(story.entry("b"), kind="보고서", title="제안서 b", actor=story.actor("official-1"), now=NOW)
    words = {"component": "비전 인코더", "origin": Origin.FROZEN, "statement": "공개 가중치"}
    lead = story.actor("b-lead")
    declare_component(story.entry("b"), gate=story.gate, **words, documents=[], actor=lead, now=NOW)
    for address in (thing(story.entry("b")), page("submit_sheet", story.entry("b")), page("find", story.entry("b"))):
        shown = said(signed_in(story, person).get(address))
        assert FIRST in shown
        assert "제안서 b" not in shown
        assert "비전 인코더" not in shown
        assert "data-sheet" not in shown
    assert "제안서 b" not in said(signed_in(story, person).get(listing(Document)))
    assert WRITE in home(story, person)


def test_whoever_has_handed_in_every_sheet_is_not_asked_any_more(story: Story):
    for team in "abc":
        story.score(team, 50)
    assert WRITE not in home(story, "expert-1")
    assert WRITE in home(story, "expert-2")


def test_one_page_asks_about_every_team_and_leads_back_to_them(story: Story):
    given = {"kind_a": "none", "kind_b": "kinship", "reason_b": "형제가 일합니다", "kind_c": "none", "reason_c": "없음"}
    answer = press(story, "expert-1", "declare_conflicts", story.round, **given)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")
    assert kinds(story, "expert-1") == {
        "a": ("none", "평가에 앞서 확인"),
        "b": ("kinship", "형제가 일합니다"),
        "c": ("none", "없음"),
    }
    assert Event.objects.filter(verb="declare_conflict", actor="test.expert-1").count() == 3
    shown = home(story, "expert-1")
    assert WRITE not in shown
    assert page("submit_sheet", story.entry("a")) in shown
    assert "data-sheet" in said(signed_in(story, "expert-1").get(page("submit_sheet", story.entry("a"))))
    assert "이해관계가 있어 평가하지 않음" in shown
    with unchanged():
        again = said(signed_in(story, "expert-1").get(page("declare_conflicts", story.round)))
        assert press(story, "expert-1", "declare_conflicts", story.round, **given).status_code == 400
    assert "이해관계를 신고할 팀이 없습니다." in again


def test_a_team_of_a_known_conflict_is_not_asked_about(story: Story):
    shown = said(signed_in(story, "expert-4").get(page("declare_conflicts", story.round)))
    assert "kind_b" in shown
    assert "kind_a" not in shown


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind_a": "none", "kind_b": "none"}, "필수"),
        ({"kind_a": "none", "kind_b": "none", "kind_c": "mutual"}, "이해관계의 내용을 적어야 합니다."),
        ({"kind_a": "none", "kind_b": "none", "kind_c": "friends"}, "올바르게 선택해 주세요"),
    ],
)
def test_a_form_that_is_not_whole_declares_nothing(story: Story, given: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "expert-1", "declare_conflicts", story.round, **given)
    assert answer.status_code == 400
    assert words in said(answer)


def test_all_or_none(story: Story):
    declared = {
        story.teams["b"]: (ConflictKind.NONE, "없음"),
        story.teams["a"]: (ConflictKind.NONE, "없음"),  # his organisation is a member
    }
    with refused("conflict_of_interest"):
        declare_conflicts(story.round, declared=declared, actor=story.actor("expert-4"), now=NOW)


def test_it_is_for_experts_of_the_panel(story: Story):
    for person in ("official-1", "auditor-1", "a-lead"):
        with unchanged():
            assert press(story, person, "declare_conflicts", story.round, kind_a="none").status_code in {403, 404}
    with unchanged():
        assert press(story, "expert-6", "declare_conflicts", story.round, kind_a="none").status_code == 404


def test_a_result_that_is_announced_asks_nobody_anew(story: Story):
    story.score_all({"a": 90, "b": 80, "c": 70}).announce()
    assert WRITE not in home(story, "expert-1")
    assert FIRST not in said(signed_in(story, "expert-1").get(thing(story.entry("b"))))
