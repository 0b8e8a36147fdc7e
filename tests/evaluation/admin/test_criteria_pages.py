"""The pages of a round's criteria: read, changed, signed off and adopted; what a team sees of the others' consents."""

from decimal import Decimal
from typing import Any

import pytest

from core.models import Decision
from evaluation.models import CriteriaConsent, CriteriaVersion, Round
from evaluation.operations.criteria_changes import propose_criteria
from evaluation.operations.criteria_consent import consent_to_criteria
from evaluation.operations.opening import open_round
from evaluation.rules.criteria import Criterion as Rule
from evaluation.verbs import ADOPT_CRITERIA
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.support import decided
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
CHANGED = {"expert": {"points": "36"}, "user": {"points": "24"}}


@pytest.fixture
def story() -> Story:
    """Teams a and b have signed off the first version of an open round; a change is proposed."""
    story = told(teams="ab", seats=1)
    story.round = later_round(story, entries=[story.teams[team] for team in "ab"], criteria_consent=True)
    for team in "ab":
        agree(story, team)
    open_round(story.round, actor=story.actor("official-1"), now=NOW)
    story.fresh()
    propose_criteria(story.round, changes=CHANGED, reason="배점 조정", actor=story.actor("official-1"), now=NOW)
    return story


def agree(story: Story, team: str) -> CriteriaConsent:
    version = newest(story)
    return consent_to_criteria(version, team=story.teams[team], actor=story.actor(f"{team}-lead"), now=NOW)


def newest(story: Story) -> CriteriaVersion:
    return story.round.criteria_versions.latest("number")


def typed(story: Story, person: str, **given: Any) -> dict[str, str]:
    """The form as it stands, but for what is given."""
    form = signed_in(story, person).get(page("propose_criteria", story.round)).context["form"]
    return {bound.html_name: str(bound.value() or "") for bound in form} | given


def test_a_change_is_looked_at_and_proposed():
    story = told(teams="ab", seats=1).open()
    as_it_is = typed(story, "official-1", reason="조정")
    with unchanged():
        answer = press(story, "official-1", "propose_criteria", story.round, **as_it_is)
    assert "바꿀 것을 적어야 합니다." in said(answer)
    changed = as_it_is | {"c0-points": "39", "c1-points": "36", "c1-aggregate": "median", "c1-name_ko": "전문가"}
    with unchanged():
        answer = press(story, "official-1", "propose_criteria", story.round, **changed | {"reason": ""}, foresee="1")
    assert answer.status_code == 200
    assert '변경 사유 <span class="s-must"' in said(answer)
    for words in ("<del>35</del>", "<ins>36</ins>", "<del>평균</del>", "<ins>중앙값</ins>", "<ins>전문가</ins>"):
        assert words in said(answer)
    with unchanged():
        answer = press(story, "official-1", "propose_criteria", story.round, **changed | {"c0-points": "3x"})
    assert "평가항목 ‘bench’: 배점에 쓸 수 없는 값입니다" in said(answer)
    with unchanged():
        answer = press(story, "official-1", "propose_criteria", story.round, **changed | {"c0-targets": "a 1"})
    assert "한 줄에 팀=값으로 적어야 합니다" in said(answer)
    answer = press(story, "official-1", "propose_criteria", story.round, **changed)
    assert (answer.status_code, answer["Location"]) == (302, thing(newest(story)))
    assert (newest(story).number, newest(story).reason) == (2, "조정")
    again = said(signed_in(story, "official-1").get(thing(story.round)))
    assert "이미 제안된 변경이 있습니다" in again


def test_a_team_signs_off_from_its_first_page_and_sees_the_others_only_counted(story: Story):
    version, first = newest(story), signed_in(story, "a-lead").get("/admin/")
    assert page("consent_to_criteria", version) in said(first)
    assert "우리 팀 동의 전" in said(first)
    agree(story, "b")
    before = said(signed_in(story, "a-lead").get(thing(version)))
    assert "2팀 가운데 1팀" in before
    assert "팀 b" not in before
    assert "b-lead" not in before
    assert press(story, "a-lead", "consent_to_criteria", version, team=story.teams["a"].pk).status_code == 302
    assert "우리 팀 동의함" in said(signed_in(story, "a-lead").get("/admin/"))
    with unchanged():
        answer = press(story, "a-lead", "consent_to_criteria", version, team=story.teams["b"].pk)
    assert answer.status_code == 400
    shown = said(signed_in(story, "official-1").get(thing(version)))
    assert all(words in shown for words in ("2팀 가운데 2팀", "a-lead", "b-lead"))


def test_an_official_records_a_consent_on_paper(story: Story):
    version, team = newest(story), story.teams["b"].pk
    with unchanged():
        assert press(story, "official-1", "consent_to_criteria", version, team=team).status_code == 400
    press(story, "official-1", "consent_to_criteria", version, team=team, evidence="동의서 제3호")
    assert "동의서 제3호" in said(signed_in(story, "auditor-1").get(thing(version)))


def test_two_officials_adopt_what_every_team_has_signed_off(story: Story):
    version = newest(story)
    shown = said(signed_in(story, "official-1").get(page("adopt_criteria", version)))
    assert "평가기준에 동의하지 않은 팀이 있습니다: 팀 a, 팀 b" in shown
    agree(story, "a")
    agree(story, "b")
    press(story, "official-1", "adopt_criteria", version, reason="")
    decision = Decision.objects.latest("pk")
    waiting = said(signed_in(story, "official-2").get(thing(decision)))
    assert all(words in waiting for words in ("배점 조정", "<del>35</del>", "<ins>36</ins>"))
    assert press(story, "official-2", "approve", decision).status_code == 302
    shown = said(signed_in(story, "official-1").get(thing(story.round)))
    assert "평가기준 2판" in shown
    assert newest(story).state == "in_force"


def test_a_proposal_is_dropped(story: Story):
    press(story, "official-1", "drop_criteria_proposal", newest(story), reason="철회")
    assert newest(story).state == "dropped"


def test_who_sees_the_criteria(story: Story):
    version = newest(story)
    seeing, blind = (
        ("official-1", "auditor-1", "expert-1", "a-lead"),
        ("expert-2", "x-lead", "operator-1", "reviewer-1"),
    )
    seen = {person: signed_in(story, person).get(thing(version)).status_code for person in (*seeing, *blind)}
    assert seen == {**dict.fromkeys(seeing, 200), **dict.fromkeys(blind, 404)}
    expert = said(signed_in(story, "expert-1").get(thing(version)))
    assert "팀 a" not in expert
    assert "2팀 가운데 0팀" in expert
    rows = signed_in(story, "a-lead").get(listing(CriteriaVersion)).context["cl"].queryset
    assert {each.round_id for each in rows} == {story.round.pk, told_round(story).pk}


def told_round(story: Story) -> Any:
    return story.programme.rounds.get(number=1)


@pytest.mark.parametrize("versions", [1, 3])
def test_queries_do_not_grow_with_the_versions(django_assert_num_queries, versions: int):
    story = told(teams="ab", seats=1).open()
    for number in range(1, versions):
        changes = {"expert": {"name_ko": f"전문가 {number}"}}
        official = story.actor("official-1")
        version = propose_criteria(story.round, changes=changes, reason="이름", actor=official, now=NOW)
        decided(story, ADOPT_CRITERIA, version)
    client = signed_in(story, "official-1")
    with django_assert_num_queries(7):
        assert client.get(listing(CriteriaVersion)).status_code == 200


FINER = (
    Rule("bench", Decimal("40.25"), source="direct", places=1),
    Rule("expert", Decimal("34.75"), source="sheets", places=2),
    Rule("user", Decimal(25)),
    Rule("ease", Decimal("12.44"), under="user", source="responses"),
    Rule("use", Decimal("12.56"), under="user", source="responses"),
)


def test_full_marks_that_nobody_can_be_given_are_told_of_before_the_round_opens():
    story = told(criteria=FINER)
    opening = said(signed_in(story, "official-1").get(page("open_round", story.round)))
    laid_down = said(signed_in(story, "official-1").get(thing(newest(story))))
    for words in (
        "만점 40.25점은 소수 1자리로 반올림하면 배점을 넘는 40.3점이 되어 거부됩니다.",
        "만점 12.44점은 소수 1자리로 반올림하면 12.4점이 되어 아무도 다 받을 수 없습니다.",
        "만점 12.56점은 소수 1자리로 반올림하면 배점을 넘는 12.6점이 되어 거부됩니다.",
    ):
        assert words in opening
        assert words in laid_down
    assert opening.count("소수 1자리로 반올림하면") == laid_down.count("소수 1자리로 반올림하면") == 3


def test_a_quorum_that_the_panel_cannot_meet_is_told_of_before_the_round_opens():
    criteria = (Rule("bench", Decimal(40), source="direct"), Rule("expert", Decimal(60), source="sheets", quorum=6))
    opening = said(signed_in(told(criteria=criteria), "official-1").get(page("open_round", Round.objects.get())))
    assert "평가항목 ‘expert’: 평가위원이 5명이어서 최소 값 수(6)를 채울 수 없습니다." in opening
