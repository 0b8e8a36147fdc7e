"""Operations on a round: opened by one official, decided by two."""

from datetime import date, timedelta

import pytest

from core.models import Decision
from core.operations.days import add_non_working_day
from evaluation.models import Announcement, Verdict
from evaluation.operations.gates import find
from evaluation.states import FindingValue
from tests.clicking import page, press, said, signed_in
from tests.story import SYSTEM, Story, told
from tests.unchanged import unchanged, written

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}


def approve(story: Story, person: str = "official-2"):
    return press(story, person, "approve", Decision.objects.latest("pk"))


def test_opening_is_one_official_s():
    story = told()
    for person, status in (("auditor-1", 403), ("expert-1", 403), ("operator-1", 404), ("reviewer-1", 404)):
        with unchanged():
            assert press(story, person, "open_round", story.round).status_code == status
    assert press(story, "official-1", "open_round", story.round).status_code == 302
    assert story.fresh().state == "scoring"
    with unchanged():
        again = press(story, "official-1", "open_round", story.round)
    assert "지금 상태(평가 중)에서는 할 수 없는 일입니다." in said(again)


def found(story: Story, team: str, finding: FindingValue) -> None:
    expert = story.people["expert-1"]
    find(
        story.entry(team),
        gate=story.gate,
        person=expert,
        finding=finding,
        reason="검토",
        actor=story.actor("expert-1"),
        now=story.now,
    )


VERDICT = {"gate": "originality", "team": "b", "verdict": "failed", "reason": "과반이 미충족으로 봄"}


def test_a_verdict_is_prepared_by_one_and_approved_by_another():
    story = told().open()
    found(story, "b", FindingValue.NOT_MET)
    answer = press(story, "official-1", "decide_gate", story.round, **VERDICT)
    decision = Decision.objects.get()
    assert answer["Location"] == f"/admin/core/decision/{decision.pk}/change/"
    assert decision.arguments == {"gate": "originality", "team": "b", "verdict": "failed"}
    assert Verdict.objects.count() == 0
    for address in (answer["Location"], page("approve", decision)):
        read = said(signed_in(story, "official-2").get(address))
        assert "지금까지의 의견은 과반이 미충족입니다." in read
        assert "과반이 미충족으로 봄" in read, "the reason, which the team will read"
    assert "official-1 기안 · " in read

    inbox = said(signed_in(story, "official-2").get("/admin/"))
    assert "1차 단계평가 · 요건 판정" in inbox
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    assert all(word in shown for word in ("독자성", "팀 b", "미충족", "기안한 때와 같음"))

    with written() as changes:
        own = approve(story, "official-1")
    assert (own.status_code, changes) == (400, ["core_event I test.official-1 see_marks"])
    assert "기안한 사람은 결재할 수 없습니다." in said(own)
    with unchanged():
        assert approve(story, "auditor-1").status_code == 403
        assert approve(story, "expert-1").status_code == 404
    assert approve(story).status_code == 302
    assert (Verdict.objects.get().verdict, Decision.objects.get().state) == ("failed", "approved")


def test_what_would_be_refused_at_approval_is_refused_at_preparation():
    story = told().open()
    with unchanged():
        answer = press(story, "official-1", "decide_gate", story.round, **VERDICT)
    assert "과반의 의견과 다르거나 과반이 없습니다" in said(answer)


def test_a_decision_whose_ground_has_changed_is_told_to_be_void():
    story = told().open()
    found(story, "b", FindingValue.NOT_MET)
    press(story, "official-1", "decide_gate", story.round, **VERDICT)
    find(
        story.entry("b"),
        gate=story.gate,
        person=story.people["expert-2"],
        finding=FindingValue.MET,
        reason="다른 의견",
        actor=story.actor("expert-2"),
        now=story.now,
    )
    decision = Decision.objects.get()
    client = signed_in(story, "official-2")
    assert "기안한 뒤에 바뀜" in said(client.get(f"/admin/core/decision/{decision.pk}/change/"))
    answer = client.post(page("approve", decision), follow=True)
    assert "근거가 바뀌어 무효가 되었습니다" in said(answer)
    assert (Decision.objects.get().state, Verdict.objects.count()) == ("void", 0)


def test_handing_back_needs_a_reason_and_is_final():
    story = told().open()
    found(story, "b", FindingValue.NOT_MET)
    press(story, "official-1", "decide_gate", story.round, **VERDICT)
    decision = Decision.objects.get()
    with unchanged():
        assert press(story, "official-2", "hand_back", decision, reason="").status_code == 400
    press(story, "official-2", "hand_back", decision, reason="근거 보완")
    decision.refresh_from_db()
    assert (decision.state, decision.settled_reason) == ("returned", "근거 보완")
    with written() as changes:
        assert "지금 상태(반려)에서는 할 수 없는 일입니다." in said(approve(story))
    assert changes == ["core_event I test.official-2 see_marks"], "but that he was shown the findings again"


def test_announcing_names_the_arrivals_and_the_disclosure():
    story = told().open().score_all(TOTALS)
    later = {"disclosure": "totals", "delivered_b": "2099-01-16T09:00", "reason": ""}
    answer = press(story, "official-1", "announce", story.round, **later)
    assert answer.status_code == 302, said(answer)
    arguments = Decision.objects.latest("pk").arguments
    assert arguments == {"disclosure": "totals", "delivered": {"b": "2099-01-16T09:00:00+09:00"}, "on_paper": []}
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    assert "팀 b: 2099년 1월 16일(금) 09:00" in shown
    assert approve(story).status_code == 302
    assert (story.fresh().state, Announcement.objects.get().disclosure) == ("announced", "totals")


def test_announcing_too_early_says_what_is_missing():
    story = told().open()
    with unchanged():
        answer = press(story, "official-1", "announce", story.round, disclosure="outcomes", reason="")
    assert "점수가 빠진 팀이 있습니다" in said(answer)


def test_breaking_a_tie():
    story = told(seats=1).open().score_all({"a": 90, "b": 90, "c": 70, "d": 60, "e": 50})
    given = {"place_1": "b", "place_2": "a", "reason": "발표평가 우위"}
    assert "지금은 할 수 없습니다." not in said(signed_in(story, "official-1").get(page("break_tie", story.round)))
    assert press(story, "official-1", "break_tie", story.round, **given).status_code == 302
    approve(story)
    assert story.round.tie_breaks.get().order == ["b", "a"]


def test_where_nothing_is_tied_there_is_nothing_to_order():
    story = told().open().score_all(TOTALS)
    shown = said(signed_in(story, "official-1").get(page("break_tie", story.round)))
    assert "지금은 할 수 없습니다. 지금 동점인 팀이 없습니다." in shown
    with unchanged():
        answer = press(story, "official-1", "break_tie", story.round, reason="그냥")
    assert "지금 동점인 팀이 없습니다." in said(answer)


def test_extending_windows_follows_the_calendar():
    story = told().open().score_all(TOTALS).announce()
    closes = story.round.appeals_close_at
    last = (closes - timedelta(seconds=1)).astimezone(story.programme.zone).date()
    with unchanged():
        answer = press(story, "official-1", "extend_windows", story.round, reason="임시공휴일")
    assert answer.status_code == 400
    add_non_working_day(
        actor=SYSTEM, now=story.now, calendar="kr", day=last, name_ko="임시공휴일", name_en="x", source="국무회의"
    )
    shown = said(signed_in(story, "official-1").get(page("extend_windows", story.round)))
    assert "이의신청 마감이 늦춰집니다(2026년 1월 27일(화) 24:00까지)." in shown
    assert last == date(2026, 1, 26)
