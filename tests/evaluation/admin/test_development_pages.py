"""A newcomer's own clock by its pages: the picture, what is proposed, the two decisions, and who may."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Decision
from evaluation.models import Round
from evaluation.operations.drafting import CriterionDraft
from evaluation.operations.opening import open_round
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import ShareOfTarget
from tests.clicking import page, press, said, signed_in, thing
from tests.later import later_round
from tests.selection import selected
from tests.story import CRITERIA, Story
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db

# 2026-02-01 to 2026-06-30 are 150 days; from March on they are 122, so that 28 are missing.
ADMIT = {"team": "y", "starts": "2026-03-01", "reason": "추가 공모로 선정됨"}
MOVE = {"ends": "2026-07-28", "reason": "늦게 시작한 팀에 같은 기간을 줌"}


@pytest.fixture
def story() -> Story:
    return selected("y")


DRAWN = (
    'aria-label="팀 a: 150일"',
    'aria-label="팀 y: 122일, 28일 모자람"',
    '<span class="s-badge s-wait">안</span>',
    "연장 한도 2026년 7월 31일(금)",
)


def second(story: Story, *, opened: bool = True, **given) -> Round:
    """The round after, for two teams that advanced; its end may be moved to the end of July."""
    facts = {"entries": [story.teams["a"], story.teams["b"]], "latest_end": date(2026, 7, 31)}
    round = later_round(story, **(facts | given))
    if opened:
        open_round(round, actor=story.actor("official-1"), now=story.now)
    return Round.objects.get(pk=round.pk)


def approve(story: Story) -> None:
    assert press(story, "official-2", "approve", Decision.objects.latest("pk")).status_code == 302


def test_the_page_shows_every_teams_days_and_what_the_newcomer_lacks(story: Story):
    round = second(story)
    shown = said(signed_in(story, "official-1").get(f"{page('admit_to_round', round)}?starts=2026-03-01"))
    for words in (
        'aria-label="팀 a: 150일"',
        'aria-label="팀 y: 122일, 28일 모자람"',
        "2026년 2월 1일(일)",
        "2026년 6월 30일(화)",
        "기준 150일(시작일과 종료일을 모두 셈)",
        "팀 y: 개발 122일. 기준 150일보다 28일 모자랍니다.",
        "종료일을 옮기면 모두 같아집니다: 2026년 7월 28일(화)",
        '<rect class="s-lack" x="150" width="28"',
    ):
        assert words in shown, words
    assert "<script" not in shown.partition('class="s-bars')[2].partition("</section>")[0]


def test_the_picture_is_drawn_anew_and_nothing_is_prepared(story: Story):
    round = second(story)
    with unchanged():
        answer = press(story, "official-1", "admit_to_round", round, **(ADMIT | {"starts": "2026-04-01"}), preview="1")
    shown = said(answer)
    assert answer.status_code == 200
    assert "팀 y: 개발 91일. 기준 150일보다 59일 모자랍니다." in shown
    assert "연장 한도(2026년 7월 31일(금))를 넘습니다." in shown
    assert "추가 공모로 선정됨" in shown
    with unchanged():
        shown = said(press(story, "official-1", "move_end", round, **(MOVE | {"ends": "2026-07-10"}), preview="1"))
    assert "2026년 7월 10일(금)" in shown


def test_a_newcomer_is_admitted_and_the_end_moved_by_two_officials(story: Story):
    round = second(story)
    answer = press(story, "official-1", "admit_to_round", round, **ADMIT)
    assert answer.status_code == 302, said(answer)
    assert round.entries.count() == 2
    decision = Decision.objects.latest("pk")
    for address in (answer["Location"], page("approve", decision)):
        with unchanged():
            words = said(signed_in(story, "official-2").get(address))
        for word in ("팀 y", "2026년 3월 1일(일)", "28일 모자랍니다.", *DRAWN):
            assert word in words, word
        assert f'{thing(story.round.snapshots.get())}">순위표 1 (' in words, "the result that left the seat empty"
    approve(story)
    assert round.entries.get(team=story.teams["y"]).starts == date(2026, 3, 1)
    assert page("admit_to_round", round) not in said(signed_in(story, "official-1").get(thing(round)))

    proposed = said(signed_in(story, "official-1").get(page("move_end", round)))
    assert 'value="2026-07-28"' in proposed
    assert "모든 팀의 개발 기간이 기준(150일) 이상입니다." in proposed
    answer = press(story, "official-1", "move_end", round, **MOVE)
    for address in (answer["Location"], page("approve", Decision.objects.latest("pk"))):
        with unchanged():
            words = said(signed_in(story, "official-2").get(address))
        for word in ("지금 종료일", 'aria-label="팀 a: 178일"', 'aria-label="팀 y: 150일"', "발표한 결과 없음 · 지금"):
            assert word in words, word
    approve(story)
    assert "s-development" not in said(signed_in(story, "official-2").get(answer["Location"]))
    round.refresh_from_db()
    assert (round.ends, round.first_ends) == (date(2026, 7, 28), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("verb", "given", "words"),
    [
        ("admit_to_round", ADMIT, "이미 참여하는 팀입니다: 팀 y"),
        ("move_end", MOVE, "종료일은 2026-07-29보다 늦어야 합니다."),
    ],
)
def test_why_it_could_not_be_done_any_more_is_seen(story: Story, verb: str, given: dict[str, str], words: str):
    """The same was decided otherwise before the second official looks."""
    round = second(story)
    for facts in (
        given,
        ADMIT | {"starts": "2026-03-02"} if verb == "admit_to_round" else MOVE | {"ends": "2026-07-29"},
    ):
        press(story, "official-1", verb, round, **facts)
    approve(story)
    decision = Decision.objects.filter(verb=verb).earliest("pk")
    with unchanged():
        shown = " ".join(said(signed_in(story, "official-2").get(page("approve", decision))).split())
    assert f"이대로는 시행할 수 없습니다. {words}" in shown


@pytest.mark.parametrize(
    ("verb", "given", "words"),
    [
        ("admit_to_round", ADMIT | {"starts": "2026-02-19"}, "개발 시작일은 2026-02-20부터 2026-06-30까지여야 합니다."),
        ("admit_to_round", ADMIT | {"starts": "어제"}, "올바른 날짜를 입력하세요."),
        ("admit_to_round", ADMIT | {"team": "x"}, "올바르게 선택해 주세요."),
        ("admit_to_round", ADMIT | {"reason": " "}, "필수 항목"),
        ("move_end", MOVE | {"ends": "2026-08-01"}, "종료일은 연장 한도(2026-07-31)를 넘을 수 없습니다."),
        ("move_end", MOVE | {"ends": "2026-06-29"}, "종료일은 2026-06-30보다 늦어야 합니다."),
        ("move_end", MOVE | {"ends": ""}, "필수 항목"),
    ],
)
def test_what_cannot_be_is_refused_beside_what_was_typed(story: Story, verb: str, given: dict[str, str], words: str):
    round = second(story)
    with unchanged():
        answer = press(story, "official-1", verb, round, **given)
    assert answer.status_code == 400
    assert words in said(answer)
    assert given["reason"].strip() in said(answer)


def test_a_target_is_asked_for_where_the_round_scores_by_targets(story: Story):
    rule = Rule("bench", CRITERIA[0].points, source="measurements", scale=ShareOfTarget({"a": 2, "b": 3}))
    criteria = [CriterionDraft(each, each.code, each.code) for each in (rule, *CRITERIA[1:])]
    round = second(story, criteria=criteria)
    with unchanged():
        assert press(story, "official-1", "admit_to_round", round, **ADMIT).status_code == 400
    answer = press(story, "official-1", "admit_to_round", round, **ADMIT, target_bench="2.50")
    assert answer.status_code == 302, said(answer)
    assert Decision.objects.latest("pk").arguments["targets"] == {"bench": "2.50"}


def test_where_nobody_was_selected_there_is_nobody_to_admit(story: Story):
    shown = said(signed_in(story, "official-1").get(page("admit_to_round", story.round)))
    assert "참여를 기다리는 팀이 없습니다." in shown
    with unchanged():
        assert press(story, "official-1", "admit_to_round", story.round, **ADMIT).status_code == 400
        answer = press(story, "official-1", "move_end", story.round, **MOVE)
    assert "결과를 이미 발표했습니다." in said(answer)


@pytest.mark.parametrize("verb", ["admit_to_round", "move_end"])
def test_who_may(story: Story, verb: str):
    round = second(story)
    given = ADMIT if verb == "admit_to_round" else MOVE
    expected = {
        "auditor-1": 403,
        "expert-1": 403,
        "expert-2": 404,
        "operator-1": 404,
        "reviewer-1": 404,
        "y-lead": 404,
        "a-lead": 404,
    }
    for person, status in expected.items():
        with unchanged():
            assert press(story, person, verb, round, **given).status_code == status, person
        assert signed_in(story, person).get(page(verb, round)).status_code == status
    assert signed_in(story, "official-1").get(page(verb, round)).status_code == 200


def queries(story: Story, url: str) -> int:
    client = signed_in(story, "official-1")
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize(("verb", "expected"), [("admit_to_round", 14), ("move_end", 10)])
@pytest.mark.parametrize("teams", ["a", "abc"])
def test_the_picture_asks_as_often_for_three_teams_as_for_one(story: Story, verb: str, expected: int, teams: str):
    round = second(story, entries=[story.teams[team] for team in teams])
    assert queries(story, page(verb, round)) == expected
