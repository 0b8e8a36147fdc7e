"""A recount from the panel: asked for on the round, watched on a page of its own, given up, and read on the record."""

from decimal import Decimal

import pytest
from django.conf import settings

from core.clock import database_now
from evaluation import sweeps
from evaluation.models import LiveStanding, Recount
from evaluation.operations.recomputing import recompute
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.evaluation.panelled import panelled, sits_on_the_panel
from tests.story import NOW, SYSTEM, Story, told
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db
WAITING, DONE, DIFFERING, LIST = 5, 5, 14, 7


@pytest.fixture
def story() -> Story:
    return panelled()


def asked(story: Story) -> Recount:
    answer = press(story, "official-1", "recount", story.round)
    recount = Recount.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (302, thing(recount))
    return recount


def done(story: Story) -> Recount:
    recount = asked(story)
    assert sweeps.make_recount(recount.pk, now=database_now())
    return recount


def bent(story: Story) -> Recount:
    """Counted where two figures of team a stand otherwise than they should."""
    recompute(story.round, actor=SYSTEM, now=NOW)
    LiveStanding.objects.filter(entry=story.entry("a")).update(rank=2, total=Decimal("99.5"))
    return done(story)


def test_it_says_what_follows_before_it_is_asked_for(story):
    with unchanged():
        form = said(signed_in(story, "official-1").get(page("recount", story.round)))
    assert "평가 자료와 순위표는 바꾸지 않습니다." in form
    assert page("recount", story.round) in said(signed_in(story, "auditor-1").get(thing(story.round)))


def test_it_is_watched_and_cancelled(story):
    recount = asked(story)
    client = signed_in(story, "official-1")
    shown = said(client.get(thing(recount)))
    for words in ("차례를 기다림", 'hx-trigger="every 2s"', page("cancel_recount", recount)):
        assert words in shown, words
    Recount.objects.update(phase="running", done=9, total=18)
    assert '<progress class="s-progress" max="100" value="50"' in said(client.get(thing(recount)))
    answer = press(story, "official-2", "cancel_recount", recount)
    assert (answer.status_code, answer["Location"]) == (302, thing(recount))
    assert "취소했습니다." in said(client.get(thing(recount)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", "점수 9개와 총점, 순위, 결과가 모두 평가 자료와 맞습니다."),
        ("en", "9 scores, and all totals, ranks and outcomes, follow from the inputs."),
    ],
)
def test_where_everything_is_right_it_says_so_and_shows_no_figure(story, language, words):
    recount = done(story)
    client = signed_in(story, "official-1")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    with unchanged():
        shown = said(client.get(thing(recount)))
    assert words in shown


def test_what_stands_otherwise_is_told_by_its_name_and_reading_it_is_recorded(story):
    recount = bent(story)
    client = signed_in(story, "auditor-1")
    with unchanged():  # the part that fetches itself anew is no reading
        assert "99.5" not in said(client.get(thing(recount), headers={"HX-Request": "true"}))
    with written() as changes:
        shown = said(client.get(thing(recount)))
    assert changes == ["core_event I test.auditor-1 see_standings"]
    for words in ("다른 곳이 2군데 있습니다.", "지금의 순위는 평가 자료대로 바로잡았습니다."):
        assert words in shown, words
    row = '<td>지금의 순위</td><th scope="row" class="s-team">팀 a</th><td>총점</td><td>99.5</td><td>75'
    assert row in shown, shown[shown.index("s-found") :][:3000]


def test_of_a_published_result_it_says_with_what_it_was_compared():
    story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    shown = said(signed_in(story, "official-1").get(thing(done(story))))
    assert f"발표한 순위표와도 견주었습니다: {story.round.snapshots.get()}" in shown


def test_more_than_is_kept_is_told_by_its_number(story):
    recount = bent(story)
    Recount.objects.update(differing=7)
    assert "이 밖에 5군데가 더 있습니다." in said(signed_in(story, "official-1").get(thing(recount)))


def test_who_may_look_and_ask(story):
    recount = bent(story)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with unchanged():
            assert press(story, person, "recount", story.round).status_code in {403, 404}
            assert signed_in(story, person).get(thing(recount)).status_code == 404
    sits_on_the_panel(story)
    with unchanged():
        assert signed_in(story, "official-1").get(thing(recount)).status_code == 403
        refused = press(story, "official-1", "recount", story.round)
    assert (refused.status_code, "평가위원은 결정에 참여할 수 없습니다." in said(refused)) == (400, True)


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_its_page_asks_as_often_for_one_team_as_for_three(django_assert_num_queries, teams):
    story = panelled(teams=teams)
    client = signed_in(story, "official-1")
    for make, queries in ((asked, WAITING), (done, DONE), (bent, DIFFERING)):
        recount = make(story)
        client.get(thing(recount))
        with django_assert_num_queries(queries):
            client.get(thing(recount))


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(story, django_assert_num_queries, times):
    for _ in range(times):
        done(story)
    client = signed_in(story, "official-1")
    client.get(listing(Recount))
    with django_assert_num_queries(LIST):
        assert said(client.get(listing(Recount))).count("모두 맞습니다.") == times
