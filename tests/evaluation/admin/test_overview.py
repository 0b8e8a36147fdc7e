"""The page of a round, and figures opened to their marks."""

import re
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from core.models import Event
from evaluation.models import Enquiry, LiveStanding, StaleMark
from evaluation.operations.figures import record_points, record_responses
from evaluation.operations.papers import answer, ask, file_document
from evaluation.operations.sheets import submit_sheet
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import ShareOfBest
from tests.clicking import listing, part, said, signed_in, thing
from tests.story import Story, told

pytestmark = pytest.mark.django_db

TOTALS = {"a": "90.2", "b": 80, "c": 70, "d": 60, "e": 50}


def figure(story: Story, team: str, code: str | None = None) -> str:
    pk = story.entry(team).pk
    if code is None:
        return reverse("admin:evaluation_entry_total", args=[pk])
    return reverse("admin:evaluation_entry_figure", args=[pk, code])


def test_standings_are_shown_with_ranks_means_and_the_cut():
    story = told(seats=2).open().score_all(TOTALS, failed=["b"])
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    for word in ("90.2", "70.04", "여기까지 진출 자리 2개", "요건 미충족", "진출 자리 <b>2</b> · 진출 <b>1</b>"):
        assert word in shown
    assert shown.index("팀 b") < shown.index("여기까지 진출 자리 2개") < shown.rindex("팀 c")
    assert figure(story, "a", "bench") in shown


def test_each_bar_bears_the_marks_of_its_gates():
    """A gate that failed beyond the seats leaves the team eliminated; its mark stands by the bar all the same."""
    story = told(seats=1).open().score_all(TOTALS, failed=["b"])
    bars = said(signed_in(story, "official-1").get(part("standings", story.round))).split('class="s-bar"')[1:]
    marks = [re.search(r'<span class="s-bar-team">(.*?)</span></span>', bar) for bar in bars]
    assert [mark and mark[1] for mark in marks] == [
        f'팀 {team} <span class="s-badge s-{"bad" if team == "b" else "good"}">{"✕" if team == "b" else "✓"} 독자성'
        for team in "abcde"
    ]


def test_what_is_shown_waits_for_no_recomputation():
    """The figures of the page follow from the inputs at that moment, also while their marks wait."""
    story = told().open()
    story.score("a", "90.2")
    assert StaleMark.objects.filter(round=story.round).exists()
    assert not LiveStanding.objects.exists()
    assert "90.2" in said(signed_in(story, "official-1").get(part("standings", story.round)))


def test_reading_standings_is_recorded():
    story = told().open()
    signed_in(story, "auditor-1").get(part("standings", story.round))
    assert Event.objects.get(verb="see_standings").actor == "test.auditor-1"


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_it_asks_as_often_for_one_team_as_for_three(teams: str, django_assert_num_queries):
    story = told(teams=teams).open()
    for team in teams:
        story.score(team, TOTALS[team])
    asked = {thing(story.round): 17, part("standings", story.round): 18, part("progress", story.round): 15}
    client = signed_in(story, "official-1")
    for address, queries in {**asked, "/admin/": 21}.items():
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_it_asks_as_often_after_the_announcement(teams: str, django_assert_num_queries):
    story = told(teams=teams).open().score_all({team: TOTALS[team] for team in teams}).announce()
    client = signed_in(story, "official-1")
    parts = {part("closing", story.round): 11, part("standings", story.round): 15, part("progress", story.round): 15}
    for address, queries in {thing(story.round): 18, **parts}.items():
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_the_page_of_the_round_shows_no_score_and_reads_none():
    """Whoever comes for a button reads nothing confidential; the standings are fetched from their own address."""
    story = told().open().score_all(TOTALS)
    shown = said(signed_in(story, "official-1").get(thing(story.round)))
    assert "90.2" not in shown
    assert not Event.objects.filter(verb="see_standings").exists()
    for name in ("standings", "progress"):
        address = part(name, story.round)
        assert f'hx-get="{address}"' in shown
        assert f'id="s-part-{name}"' in shown
        assert f'id="s-part-{name}"' in said(signed_in(story, "official-1").get(address))


@pytest.mark.parametrize("name", ["closing", "standings", "progress"])
@pytest.mark.parametrize(("person", "status"), [("expert-1", 403), ("reviewer-1", 404), ("operator-1", 404)])
def test_its_parts_are_for_officials_and_auditors(name: str, person: str, status: int):
    story = told().open().score_all(TOTALS)
    assert signed_in(story, "auditor-1").get(part(name, story.round)).status_code == 200
    before = Event.objects.count()
    assert signed_in(story, person).get(part(name, story.round)).status_code == status
    assert Event.objects.count() == before


def test_blockers_lead_to_the_pages_that_mend_them():
    story = told().open()
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    entry = story.entry("a").pk
    assert f"/admin/evaluation/entry/{entry}/record_points/?criterion=bench" in shown
    assert f"/admin/evaluation/entry/{entry}/record_responses/?criterion=user" in shown
    assert f"/admin/evaluation/entry/{entry}/figure/expert/" in shown
    for team, total in TOTALS.items():
        story.score(team, total)
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    assert f"/admin/evaluation/round/{story.round.pk}/decide_gate/?gate=originality&amp;team=a" in shown
    preset = signed_in(story, "official-1").get(
        f"/admin/evaluation/round/{story.round.pk}/decide_gate/?gate=originality&team=b"
    )
    assert '<option value="b" selected>' in said(preset)


def test_who_cannot_mend_what_blocks_is_led_nowhere():
    story = told().open()
    for team, total in list(TOTALS.items())[1:]:
        story.score(team, total)
    client = signed_in(story, "auditor-1")
    for shown in (said(client.get(part("standings", story.round))), said(client.get("/admin/"))):
        assert "팀 b: 독자성 판정이 없습니다." in shown
        assert "팀 a · bench: 값이 0개입니다." in shown
        assert "decide_gate" not in shown
        assert "record_points" not in shown


def test_a_tie_at_the_cut_leads_to_its_order():
    story = told(seats=1).open().score_all({"a": 90, "b": 90, "c": 70, "d": 60, "e": 50})
    shown = said(signed_in(story, "official-1").get(part("standings", story.round)))
    assert "동점으로 진출이 갈립니다: 팀 a, 팀 b" in shown
    assert "break_tie/?place_1=a&amp;place_2=b" in shown


def test_what_blocks_the_closing_is_fetched_while_it_may():
    story = told().open().score_all(TOTALS)
    client, address = signed_in(story, "official-1"), part("closing", story.round)
    fetched = f'hx-get="{address}"'
    assert fetched not in said(client.get(thing(story.round)))
    assert "이의신청 기간이 아닙니다." in said(client.get(address))
    story.announce()
    assert fetched in said(client.get(thing(story.round)))
    shown = said(client.get(address))
    # The page asks the real clock, by which the story's windows are long over.
    assert "다음 정기 처리에서 확정됩니다." in shown
    assert 'id="s-part-closing"' in shown


def test_enquiries_that_wait_are_one_click_away():
    story = told().open()
    official = story.actor("official-1")
    asked = [
        ask(story.entry("a"), code=f"q-{number}", text="문의", actor=story.actor("a-lead"), now=story.now)
        for number in (1, 2)
    ]
    answer(asked[0], text="답변", actor=official, now=story.now)
    client = signed_in(story, "official-1")
    link = f"{listing(Enquiry)}?answered=no&round__id__exact={story.round.pk}"
    assert f'<a href="{escape(link)}">답변을 기다리는 질의 1건</a>' in said(client.get(thing(story.round)))
    assert list(client.get(link).context["cl"].result_list) == [asked[1]]
    assert list(client.get(f"{listing(Enquiry)}?answered=yes").context["cl"].result_list) == [asked[0]]


def test_late_papers_are_shown_as_not_considered():
    story = told(evidence_closes=told("other").now).open()
    file_document(story.entry("d"), kind="소명", title="소명서", actor=story.actor("official-1"), now=story.now)
    shown = said(signed_in(story, "official-1").get(thing(story.round)))
    assert "소명서" in shown
    assert "뒤에 접수되어 평가에 반영하지 않습니다." in shown


def test_a_leaf_opens_to_every_mark_and_every_step():
    criteria = (
        Rule("bench", Decimal(40), source="direct"),
        Rule("expert", Decimal(35), source="sheets", quorum=1),
        Rule("user", Decimal(25), source="responses", scale=ShareOfBest()),
    )
    story = told(criteria=criteria).open()
    official, now = story.actor("official-1"), story.now
    for team, marks in (("a", "7 8 10"), ("b", "9 9 9")):
        values = [Decimal(mark) for mark in marks.split()]
        record_responses(story.entry(team), criterion=story.criterion("user"), marks=values, actor=official, now=now)
    shown = said(signed_in(story, "official-1").get(figure(story, "a", "user")))
    # 25/3 of the best 9 of 25 points: 25 * (25/3) / 9 = 625/27 = 23.148148..., 23.1
    assert "25/3 ≈ 8.333333" in shown
    assert "배점 25 × (25/3) ÷ 최고값 9" in shown
    assert "625/27 ≈ 23.148148" in shown
    assert "<output>23.1</output>" in shown
    assert "반영한 값 3개" in shown


def test_sheets_show_whose_and_which_are_left_out():
    criteria = (
        Rule("bench", Decimal(40), source="direct"),
        Rule("expert", Decimal(60), source="sheets", aggregate="trimmed_mean", trim=1),
    )
    story = told(criteria=criteria).open()
    expert = story.criterion("expert")
    for person, mark in (("expert-1", 10), ("expert-2", 20), ("expert-3", 33)):
        submit_sheet(
            story.entry("b"),
            person=story.people[person],
            points={expert: Decimal(mark)},
            actor=story.actor(person),
            now=story.now,
        )
    shown = said(signed_in(story, "auditor-1").get(figure(story, "b", "expert")))
    assert "최저점 제외" in shown
    assert "최고점 제외" in shown
    assert "값 3개의 최고·최저점 제외 평균" in shown
    assert "<output>20.0</output>" in shown
    event = Event.objects.get(verb="see_marks")
    assert (event.actor, event.facts) == ("test.auditor-1", {"criterion": "expert"})


def test_a_total_opens_to_its_parts():
    story = told().open()
    record_points(
        story.entry("a"),
        criterion=story.criterion("bench"),
        points=Decimal("33.65"),
        actor=story.actor("official-1"),
        now=story.now,
    )
    shown = said(signed_in(story, "official-1").get(figure(story, "a")))
    assert "33.7" in shown
    assert "아래 항목 가운데 점수가 없는 것이 있습니다." in shown


@pytest.mark.parametrize("person", ["expert-1", "operator-1", "reviewer-1"])
def test_figures_are_not_for_others(person: str):
    story = told().open().score_all(TOTALS)
    client = signed_in(story, person)
    assert client.get(figure(story, "a", "expert")).status_code in {403, 404}
    for address in (thing(story.round), part("standings", story.round)):
        assert "90.2" not in said(client.get(address))


def test_an_expert_sees_his_teams_and_no_standings():
    story = told().open()
    story.score("b", 80)
    shown = said(signed_in(story, "expert-1").get(thing(story.round)))
    assert "5팀 중 <b>1팀 제출</b>" in shown
    assert "순위표" not in shown
    conflicted = said(signed_in(story, "expert-4").get(thing(story.round)))
    assert "이해관계가 있어 평가하지 않음" in conflicted
    assert "이해관계 확인 필요" in said(signed_in(story, "expert-5").get(thing(story.round)))


def test_an_unknown_criterion_is_not_found():
    story = told().open()
    assert signed_in(story, "official-1").get(figure(story, "a", "nothing")).status_code == 404


def queries(story: Story, url: str) -> int:
    client = signed_in(story, "official-1")
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_the_page_asks_as_often_for_five_teams_as_for_two():
    few = told("few", teams=("a", "b")).open().score_all({"a": 90, "b": 80})
    many = told("many").open().score_all(TOTALS)
    for address in (thing, partial(part, "standings"), partial(part, "progress")):
        assert queries(few, address(few.round)) == queries(many, address(many.round))
