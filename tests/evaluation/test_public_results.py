"""The public pages of results: as much as was announced, and nothing beyond it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client

from consortia.models import Programme
from core.ledger.naming import named
from core.names import name_field
from evaluation.models import Round, Snapshot
from evaluation.states import Disclosure
from tests.appeals.after import ENDS, swept
from tests.clicking import said
from tests.story import Story, told

pytestmark = pytest.mark.django_db
TOTALS = {"a": "70.5", "b": "90.25", "c": 80, "d": 60, "e": 50}


def announced(disclosure: str, **more: object) -> Story:
    return told().open().score_all(TOTALS, failed=["c"]).announce(disclosure=disclosure, **more)


def address(round: Round) -> str:
    return f"/results/{round.programme.code}/{round.code}/"


def shown(story: Story) -> str:
    answer = Client().get(address(story.round))
    assert answer.status_code == 200
    return said(answer)


def teams_in_order(page: str) -> list[str]:
    return sorted("abcde", key=lambda team: page.index(f"팀 {team}"))


def test_outcomes_tell_no_figure_and_no_order():
    page = shown(announced(Disclosure.OUTCOMES))
    assert (page.count(">진출<"), page.count(">요건 미충족<"), page.count(">탈락<")) == (1, 1, 3)
    assert teams_in_order(page) == ["b", "a", "c", "d", "e"], "who advances, then the others, as they take part"
    for words in ("순위</th>", "총점", "최고점", "90.3", "70.5", "평균"):
        assert words not in page


def test_maxima_and_means_tell_no_team_s_own():
    story = announced(Disclosure.EXTREMES_AND_MEANS)
    page, means = shown(story), Snapshot.objects.get().means
    assert teams_in_order(page) == ["b", "a", "c", "d", "e"]
    assert "90.3" in page, "the highest total"
    assert means["total"] in page
    for words in ("순위</th>", "70.5", "60.0", "50.0"):
        assert words not in page


def test_totals_tell_ranks_and_totals():
    page = shown(announced(Disclosure.TOTALS))
    assert teams_in_order(page) == ["b", "c", "a", "d", "e"]
    for words in ("순위</th>", "90.3", "80.0", "70.5", "60.0", "50.0", "최고점"):
        assert words in page
    assert page.count('scope="col"') == 4 + 4


def test_everything_tells_each_score():
    story = announced(Disclosure.FULL)
    names = list(story.round.criteria.values_list(name_field(), flat=True))
    page = shown(story)
    assert all(page.count(f">{name}<") == 2 for name in names)
    assert page.count('scope="col"') == 4 + len(names) + 4


def test_both_digests_stand_there_for_whoever_holds_an_archive():
    page, snapshot = shown(announced(Disclosure.OUTCOMES)), Snapshot.objects.get()
    assert f"결과 요약값(SHA-256): <code>{snapshot.digest}</code>" in page
    assert f"입력 요약값(SHA-256): <code>{snapshot.inputs_digest}</code>" in page


def test_no_expert_is_named():
    page = shown(announced(Disclosure.FULL))
    assert "expert-" not in page


@pytest.mark.parametrize("opened", [False, True])
def test_before_the_announcement_there_is_nothing(opened: bool):
    story = told().open().score_all(TOTALS) if opened else told()
    assert Client().get(address(story.round)).status_code == 404
    assert "발표한 결과가 없습니다." in said(Client().get("/results/"))


def test_it_says_whether_it_may_still_change():
    story = announced(Disclosure.OUTCOMES)
    for page in (shown(story), said(Client().get("/results/"))):
        assert "확정 전" in page
        assert "24:00까지" in page
    swept(ENDS + timedelta(days=30))
    assert "이의신청이 모두 끝나" in shown(story)
    assert "확정 전" not in said(Client().get("/results/"))


@pytest.mark.parametrize("illustrative", [True, False])
def test_what_is_invented_bears_its_mark(illustrative: bool):
    story = announced(Disclosure.OUTCOMES)
    with transaction.atomic(), named(actor="test", verb="test"):
        Programme.objects.update(illustrative=illustrative)
    for page in (shown(story), said(Client().get("/results/"))):
        assert ("<b>예시</b>" in page) is illustrative


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_it_asks_as_often_for_one_team_as_for_three(teams: str, django_assert_num_queries):
    story = told(teams=teams).open().score_all({team: TOTALS[team] for team in teams}).announce(disclosure="full")
    with django_assert_num_queries(6):
        Client().get(address(story.round))
    with django_assert_num_queries(1):
        Client().get("/results/")
