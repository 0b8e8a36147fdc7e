"""Screening, votes and the selection by their pages; who sees which vote; and lists that ask as often for three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from appeals.models import Screening, Selection, Vote
from consortia.models import Application, ApplicationDraft, Call
from core.models import Decision, Event
from evaluation.models import Vacancy
from evaluation.operations.conflicts import declare_conflict
from evaluation.states import ConflictKind
from tests.appeals.after import application, applied, contested, opened
from tests.appeals.live import answered_by, closing, over, taking
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import Story
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db

REASON = {"reason": "기준에 따름"}
# The panel is expert-1 to 5; of expert-5 no organisation is known, so four are the call's evaluators.
FOUR = "평가위원 4명 가운데 {}명 인정 · 과반(3명) 필요"


def approve(story: Story, person: str = "official-2"):
    return press(story, person, "approve", Decision.objects.latest("pk"))


def test_an_application_is_screened_once_with_a_reason():
    story, call = answered_by("x")
    found = application(call, "x")
    with unchanged():
        assert press(story, "official-1", "screen_application", found, eligible="no", reason=" ").status_code == 400
        assert press(story, "official-1", "screen_application", found, **REASON).status_code == 400
    assert press(story, "official-1", "screen_application", found, eligible="no", **REASON).status_code == 302
    assert (Screening.objects.get().eligible, application(call, "x").state) == (False, "ineligible")
    with unchanged():
        answer = press(story, "official-2", "screen_application", found, eligible="yes", **REASON)
    assert "이미 적합성을 검토한 응모입니다." in said(answer)
    shown = said(signed_in(story, "auditor-1").get(thing(found)))
    assert "부적격" in shown
    assert "기준에 따름" in shown


def test_a_team_reads_why_its_own_application_is_not_considered_and_not_who_says_so():
    story, call = answered_by("x", "y")
    found = application(call, "x")
    press(story, "official-1", "screen_application", found, eligible="no", **REASON)
    shown = said(signed_in(story, "x-lead").get(thing(found)))
    assert "부적격" in shown
    assert "기준에 따름" in shown
    assert not [word for word in ("official-1", "명 인정", "선정 결과") if word in shown]
    assert "기준에 따름" not in said(signed_in(story, "y-lead").get(thing(application(call, "y"))))


def test_nothing_is_judged_before_the_close():
    story, call = taking(documents=[])
    found = applied(story, call, "x")
    with unchanged():
        answer = press(story, "official-1", "screen_application", found, eligible="yes", **REASON)
        assert "아직 접수 기간입니다." in said(answer)
        assert press(story, "expert-1", "vote_application", found, accept="yes").status_code == 404
        assert "아직 접수 기간입니다." in said(press(story, "official-1", "select", call, team="x", **REASON))
    assert "접수가 끝나면 평가합니다." in said(signed_in(story, "expert-1").get(thing(call)))


def test_reading_the_votes_of_others_is_recorded():
    story, call = answered_by("x", voters={"x": "12"})
    found = application(call, "x")
    for person in ("x-lead", "expert-1", "expert-3", "official-1"):
        assert signed_in(story, person).get(thing(found)).status_code == 200
    event = Event.objects.get(verb="see_marks")
    assert (event.actor, event.subject_kind, event.subject_id, event.facts) == (
        *("test.official-1", "consortia.application", found.pk),
        {"votes": 2},
    )


def test_an_evaluator_votes_once_and_sees_his_own_vote_alone():
    story, call = answered_by("x", voters={"x": "2"})
    found = application(call, "x")
    home = said(signed_in(story, "expert-1").get("/admin/"))
    assert page("vote_application", found) in home
    with unchanged():
        assert press(story, "expert-1", "vote_application", found, accept="no", reason=" ").status_code == 400
    assert press(story, "expert-1", "vote_application", found, accept="no", reason="근거 부족").status_code == 302
    assert not Vote.objects.get(account=story.people["expert-1"]).accept
    with unchanged():
        answer = press(story, "expert-1", "vote_application", found, accept="yes", **REASON)
    assert "이미 의견을 냈습니다." in said(answer)
    shown = said(signed_in(story, "expert-1").get(thing(found)))
    assert "내 의견" in shown
    assert "근거 부족" in shown
    assert "expert-2" not in shown
    assert "명 인정" not in shown
    for person in ("official-1", "auditor-1"):
        shown = said(signed_in(story, person).get(thing(found)))
        assert all(word in shown for word in ("expert-1", "expert-2", "근거 부족", FOUR.format(1)))
        assert FOUR.format(1) in said(signed_in(story, person).get(thing(call)))
    team = said(signed_in(story, "x-lead").get(thing(found)))
    assert not [word for word in ("expert-", "명 인정", "평가 의견", "근거 부족") if word in team]


@pytest.mark.parametrize("person", ["expert-4", "expert-5"])
def test_a_conflict_with_any_applicant_keeps_an_evaluator_from_all_and_he_is_told_why(person: str):
    story, call = answered_by("x", "y")
    if person == "expert-4":
        declare_conflict(
            story.round,
            team=story.teams["c"],
            person=story.people[person],
            kind=ConflictKind.MUTUAL,
            reason="서로 평가함",
            actor=story.actor("official-1"),
            now=story.now,
        )
        call = answered_again(story, call, "c")
    found = application(call, "x")
    with unchanged():
        assert press(story, person, "vote_application", found, accept="yes").status_code == 404
    assert signed_in(story, person).get(thing(found)).status_code == 404
    for url in (thing(call), "/admin/"):
        shown = said(signed_in(story, person).get(url))
        assert "응모한 팀과 이해관계가 있거나 알 수 없어 참여할 수 없습니다." in shown
        assert "팀 y" not in shown


def answered_again(story: Story, call: Call, *teams: str) -> Call:
    """These teams answer the call too, as if it were still open."""
    closing(call, timezone.now() + timedelta(days=1))
    for team in teams:
        applied(story, call, team)
    return over(call)


def test_an_application_that_was_screened_out_is_voted_on_by_nobody():
    story, call = answered_by("x")
    found = application(call, "x")
    press(story, "official-1", "screen_application", found, eligible="no", **REASON)
    with unchanged():
        assert press(story, "expert-1", "vote_application", found, accept="yes").status_code == 404


def test_a_team_is_selected_by_two_with_the_votes_of_more_than_half():
    story, call = answered_by("x", "y", voters={"x": "123", "y": "12"})
    shown = said(signed_in(story, "official-1").get(page("select", call)))
    assert FOUR.format(3) in shown
    assert FOUR.format(2) in shown
    with unchanged():
        answer = press(story, "official-1", "select", call, team="y", **REASON)
        assert "평가위원 과반이 기준 충족을 인정하지 않았습니다." in said(answer)
        answer = press(story, "official-1", "select", call, team="none", **REASON)
        assert "평가위원 과반이 기준 충족을 인정한 팀이 있습니다." in said(answer)
        assert press(story, "official-1", "select", call, team="x", reason="").status_code == 400
    answer = press(story, "official-1", "select", call, team="x", **REASON)
    assert answer.status_code == 302, said(answer)
    assert not Selection.objects.exists()
    assert "팀 x" in said(signed_in(story, "official-2").get(answer["Location"]))
    with written() as changes:
        assert approve(story, "official-1").status_code == 400
    assert changes == ["core_event I test.official-1 see_marks"], "the refusal's page shows the votes, and nothing else"
    approve(story)
    call.refresh_from_db()
    assert (call.state, application(call, "x").state) == ("concluded", "selected")
    assert application(call, "y").state == "not_selected"
    for person, team, reads in (("official-1", "x", True), ("x-lead", "x", True), ("y-lead", "y", False)):
        shown = said(signed_in(story, person).get(thing(application(call, team))))
        assert ("선정 결과" in shown, "기준에 따름" in shown) == (reads, reads)
    assert "종결" in said(signed_in(story, "official-1").get(thing(call)))


def test_whoever_approves_a_selection_sees_who_voted_and_how():
    """x has three of four votes, one against; y has two. expert-5's interest is unknown, so he has no vote."""
    story, call = answered_by("x", "y", voters={"x": "123", "y": "12"})
    press(story, "expert-4", "vote_application", application(call, "x"), accept="no", reason="근거 부족")
    press(story, "official-1", "select", call, team="x", **REASON)
    decision = Decision.objects.latest("pk")
    for person, address in (("official-2", page("approve", decision)), ("auditor-1", thing(decision))):
        with written() as changes:
            shown = " ".join(said(signed_in(story, person).get(address)).split())
        assert changes == [f"core_event I test.{person} see_marks"]
        assert Event.objects.latest("pk").facts == {"votes": 6}
        chosen, _, other = shown.partition("평가위원의 의견</h3>")[2].partition(">팀 y</a>")
        assert (
            '>팀 x</a> <span class="s-badge s-wait">선정할 팀</span> <span class="s-badge s-good">과반</span>' in chosen
        )
        assert FOUR.format(3) in chosen
        assert (
            '<th scope="row">expert-4</th> <td><span class="s-badge s-bad">미충족</span></td> <td>근거 부족</td>'
            in chosen
        )
        assert chosen.count('<td><span class="s-badge s-good">충족</span></td>') == 3
        assert FOUR.format(2) in other
        assert '<th scope="row">expert-3</th> <td><span class="s-badge s-off">의견 없음</span></td>' in other
        assert ("선정할 팀" in other, "expert-5" in shown, "이대로는 시행할 수 없습니다." in shown) == (False,) * 3
    approve(story)
    with written() as changes:
        after = " ".join(said(signed_in(story, "official-2").get(thing(decision))).split())
    assert changes == ["core_event I test.official-2 see_marks"]
    assert FOUR.format(3) in after
    assert "이대로는 시행할 수 없습니다." not in after


def test_a_majority_that_an_interest_takes_away_is_told_to_whoever_approves():
    """Of four evaluators three were for x; without two of them one of two is no majority."""
    story, call = answered_by("x", voters={"x": "123"})
    press(story, "official-1", "select", call, team="x", **REASON)
    for person in ("expert-1", "expert-2"):
        declare_conflict(
            story.round,
            team=story.teams["x"],
            person=story.people[person],
            kind=ConflictKind.MUTUAL,
            reason="서로 평가함",
            actor=story.actor("official-1"),
            now=timezone.now(),
        )
    decision = Decision.objects.latest("pk")
    with written() as changes:
        shown = " ".join(said(signed_in(story, "official-2").get(page("approve", decision))).split())
    assert changes == ["core_event I test.official-2 see_marks"]
    assert "이대로는 시행할 수 없습니다. 평가위원 과반이 기준 충족을 인정하지 않았습니다." in shown
    assert "평가위원 2명 가운데 1명 인정 · 과반(2명) 필요" in shown
    assert shown.count("이해관계로 반영하지 않음") == shown.count('<tr class="s-out">') == 2


def test_nobody_is_selected_and_the_vacancy_asks_for_a_new_decision():
    story, call = answered_by("x", voters={"x": "12"})
    press(story, "official-1", "select", call, team="none", **REASON)
    approve(story)
    assert application(call, "x").state == "not_selected"
    team = said(signed_in(story, "x-lead").get(thing(application(call, "x"))))
    assert all(word in team for word in ("선정 결과", "선정하지 않음", "기준에 따름"))
    assert not [word for word in ("official-", "명 인정") if word in team]
    shown = said(signed_in(story, "official-1").get(thing(story.round.vacancies)))
    assert "승인된 추가 공모가 없어 이 공석을 채울 수 없습니다." in shown
    assert page("authorise_call", story.round) in shown
    assert "효력 상실" in shown
    auditor = said(signed_in(story, "auditor-1").get(thing(story.round.vacancies)))
    assert page("authorise_call", story.round) not in auditor


def test_a_vacancy_shows_what_is_filled_and_by_which_call():
    story, call = answered_by("x", voters={"x": "123"})
    vacancy = thing(story.round.vacancies)
    assert "승인된 추가 공모가 없어" not in said(signed_in(story, "official-1").get(vacancy))
    press(story, "official-1", "select", call, team="x", **REASON)
    approve(story)
    shown = said(signed_in(story, "official-1").get(vacancy))
    assert "남은 공석 수" in shown
    assert "팀 x" in shown
    assert "승인된 추가 공모가 없어" not in shown


MATRIX = {
    "screen_application": {"official-1": 200, "auditor-1": 403, "expert-1": 403, "x-lead": 403},
    "vote_application": {"official-1": 403, "auditor-1": 403, "expert-1": 200, "x-lead": 403},
    "select": {"official-1": 200, "auditor-1": 403, "expert-1": 403, "x-lead": 403, "expert-5": 403},
}
EVERYBODY = (
    *("official-1", "auditor-1", "operator-1", "reviewer-1", "expert-1", "expert-5", "expert-6"),
    *("x-lead", "y-lead", "a-lead"),
)


@pytest.mark.parametrize("verb", MATRIX)
def test_who_reaches_which_page(verb: str):
    """Whoever does not see the thing does not find it (404); who sees it and may not, may not (403)."""
    story, call = answered_by("x")
    subject = call if verb == "select" else application(call, "x")
    expected = {person: MATRIX[verb].get(person, 404) for person in EVERYBODY}
    if verb == "select":
        expected["y-lead"] = 403  # y may answer the call, so it sees the call
    found = {person: signed_in(story, person).get(page(verb, subject)).status_code for person in EVERYBODY}
    assert found == expected
    typed = {"accept": "yes", "eligible": "yes", "team": "x", **REASON}
    for person, status in expected.items():
        if status != 200:
            with unchanged():
                assert press(story, person, verb, subject, **typed).status_code == status


def queries(story: Story, person: str, url: str) -> int:
    client = signed_in(story, person)
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    ("person", "model", "expected"),
    [
        ("official-1", Application, 7),
        ("auditor-1", ApplicationDraft, 6),
        ("expert-1", Application, 12),
        ("x-lead", Call, 11),
    ],
)
def test_lists_ask_as_often_for_three_rows_as_for_one(person: str, model: type, expected: int):
    story, call = answered_by()
    counts = []
    for teams in ("x", "yc"):
        answered_again(story, call, *teams)
        closing(call, timezone.now() + timedelta(days=1))
        for team in teams:
            press(story, f"{team}-lead", "save_draft", call, summary="초안", other_kind="")
        over(call)
        counts.append(queries(story, person, listing(model)))
    assert counts == [expected, expected]


@pytest.mark.parametrize("model", [Call, Vacancy])
def test_lists_over_several_programmes_ask_as_often(model: type):
    opened(contested(code="one"))
    story = contested(code="two")
    counts = [queries(story, "official-1", listing(model))]
    opened(story)
    opened(contested(code="three"))
    counts.append(queries(story, "official-1", listing(model)))
    assert counts[0] == counts[1]


def test_the_page_of_a_call_asks_as_often_for_three_applications_as_for_one():
    story, call = answered_by("x")
    before = queries(story, "official-1", thing(call))
    answered_again(story, call, "y", "c")
    assert queries(story, "official-1", thing(call)) == before
