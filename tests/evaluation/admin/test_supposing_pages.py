"""What if at size: sent from the form, told on a page of its own, and shown there as what is computed at once."""

import re

import pytest
from django.conf import settings

from core.clock import database_now
from core.models import Event
from evaluation import sweeps
from evaluation.admin import supposing_form, supposing_page
from evaluation.models import Supposing
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.evaluation.admin.test_examining_pages import ASKED
from tests.evaluation.panelled import panelled, sits_on_the_panel
from tests.story import Story
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db
WAITING, DONE, LIST = 9, 20, 7


@pytest.fixture
def story() -> Story:
    return panelled()


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supposing_page, "MOST_AT_ONCE", 0)


def asked(story: Story, **given: object) -> Supposing:
    answer = press(story, "official-1", "suppose", story.round, **(given or ASKED))
    supposing = Supposing.objects.latest("id")
    assert (answer.status_code, answer["Location"]) == (302, thing(supposing))
    return supposing


def done(story: Story, **given: object) -> Supposing:
    supposing = asked(story, **given)
    assert sweeps.compute_supposing(supposing.pk, now=database_now())
    return supposing


def differences(shown: str) -> str:
    return re.search(r'<section class="s-card" aria-labelledby="s-then">.*?</section>', shown, re.DOTALL)[0]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_job_shows_what_is_shown_at_once(story, monkeypatch, language):
    client = signed_in(story, "official-1")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    at_once = differences(said(client.get(page("suppose", story.round), ASKED)))
    monkeypatch.setattr(supposing_page, "MOST_AT_ONCE", 0)
    supposing = done(story)
    with written() as changes:
        shown = said(client.get(thing(supposing)))
    assert changes == ["core_event I test.official-1 see_supposing"]
    assert differences(shown) == at_once
    assert {"ko": "팀 b, 팀 a", "en": "Team b, Team a"}[language] in at_once


def test_it_is_asked_watched_and_found_again(story, large):
    client = signed_in(story, "official-1")
    with unchanged():
        form = said(client.get(page("suppose", story.round), ASKED))
    assert '<form method="post"' in form
    assert f"{listing(Supposing)}?round__id__exact={story.round.pk}" in form
    assert "이렇게 달랐다면" not in form
    supposing = asked(story)
    shown = said(client.get(thing(supposing)))
    for words in (
        "차례를 기다림",
        'hx-trigger="every 2s"',
        "expert: 배점 35 → 50",
        page("cancel_supposing", supposing),
    ):
        assert words in shown, words
    Supposing.objects.update(phase="running", done=9, total=18)
    assert '<progress class="s-progress" max="100" value="50"' in said(client.get(thing(supposing)))
    assert sweeps.compute_supposing(supposing.pk, now=database_now())
    with unchanged():  # the part that fetches itself anew is no reading
        answer = client.get(thing(supposing), headers={"HX-Request": "true"})
    assert (answer["HX-Refresh"], "이렇게 달랐다면" in said(answer)) == ("true", False)


def test_it_leads_back_to_what_was_asked(story, large, monkeypatch):
    client = signed_in(story, "official-1")
    boxes = re.search(r'href="([^"]+\?[^"]+)">가정 고치기', said(client.get(thing(done(story)))))[1]
    monkeypatch.setattr(supposing_form, "MOST_BOXES", 2)
    monkeypatch.setattr("evaluation.admin.supposings.MOST_BOXES", 2)
    typed = done(story, withdrawn="a,c", failed_originality="b")
    text = re.search(r'href="([^"]+\?[^"]+)">가정 고치기', said(client.get(thing(typed))))[1]
    monkeypatch.setattr(supposing_page, "MOST_AT_ONCE", 3_000)
    assert "팀 a: 참여 철회" in said(client.get(text.replace("&amp;", "&")))
    monkeypatch.setattr(supposing_form, "MOST_BOXES", 40)
    again = said(client.get(boxes.replace("&amp;", "&")))
    assert differences(again) == differences(said(client.get(page("suppose", story.round), ASKED)))


def test_what_cannot_be_supposed_is_told_beside_what_was_typed(story, large):
    for wrong in ({"points_expert": "-1"}, {"without": ["nobody"]}, {}):
        with unchanged():
            assert press(story, "official-1", "suppose", story.round, **wrong).status_code == 400, wrong
    sits_on_the_panel(story)
    with unchanged():
        refused = press(story, "official-1", "suppose", story.round, **ASKED)
    assert (refused.status_code, "평가위원은 결정에 참여할 수 없습니다." in said(refused)) == (400, True)


def test_what_is_small_is_not_sent(story):
    with unchanged():
        assert press(story, "official-1", "suppose", story.round, **ASKED).status_code == 403


def test_who_may_look(story, large):
    waiting, kept = asked(story, withdrawn="a"), done(story)
    for person in ("expert-1", "reviewer-1", "operator-1", "a-lead"):
        with unchanged():
            assert press(story, person, "suppose", story.round, **ASKED).status_code in {403, 404}
            assert press(story, person, "cancel_supposing", waiting).status_code in {403, 404}
            assert signed_in(story, person).get(thing(kept)).status_code == 404
    assert signed_in(story, "auditor-1").get(thing(kept)).status_code == 200
    sits_on_the_panel(story)
    with unchanged():
        assert signed_in(story, "official-1").get(thing(kept)).status_code == 403
        assert signed_in(story, "official-1").get(thing(waiting)).status_code == 200


def test_it_is_cancelled_from_its_page(story, large):
    supposing = asked(story)
    answer = press(story, "official-2", "cancel_supposing", supposing)
    assert (answer.status_code, answer["Location"]) == (302, thing(supposing))
    assert "취소했습니다." in said(signed_in(story, "official-1").get(thing(supposing)))


def test_what_is_kept_no_longer_says_so(story, large):
    supposing = done(story)
    Supposing.objects.update(kept_until=database_now())
    shown = said(signed_in(story, "official-1").get(thing(supposing)))
    assert "보관하고 있는 계산 결과가 없습니다." in shown


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_its_page_asks_as_often_for_one_team_as_for_three(large, django_assert_num_queries, teams):
    story = panelled(teams=teams)
    waiting, kept = asked(story, without="expert-2"), done(story, without="expert-1")
    client = signed_in(story, "official-1")
    for supposing, queries in ((waiting, WAITING), (kept, DONE)):
        client.get(thing(supposing))
        with django_assert_num_queries(queries):
            client.get(thing(supposing))


@pytest.mark.parametrize("times", [1, 3])
def test_the_list_takes_as_many_queries_for_one_row_as_for_three(story, large, django_assert_num_queries, times):
    for team in "abc"[:times]:
        done(story, withdrawn=team)
    client = signed_in(story, "official-1")
    client.get(listing(Supposing))
    with django_assert_num_queries(LIST):
        assert said(client.get(listing(Supposing))).count("가정 계산 ") >= times


def test_what_an_address_names_twice_is_supposed_once(story):
    client = signed_in(story, "official-1")
    once, twice = (said(client.get(page("suppose", story.round), {"without": ["expert-1"] * n})) for n in (1, 2))
    assert once.count("평가위원의 평가표를 반영하지 않음") == twice.count("평가위원의 평가표를 반영하지 않음") == 1
    facts = Event.objects.filter(verb="suppose").order_by("pk").values_list("facts", flat=True)
    assert [each["changes"] for each in facts] == [[{"without_evaluator": {"evaluator": "expert-1"}}]] * 2
