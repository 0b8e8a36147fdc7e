"""An expert's sheet by its page: kept, looked at as a whole, handed in; and what is asked of him before."""

import re
from decimal import Decimal

import pytest

from evaluation.models import ConflictDeclaration, Sheet, SheetDraft
from evaluation.operations.papers import file_document
from evaluation.operations.sheet_drafts import save_sheet_draft
from tests.clicking import page, press, said, signed_in, thing
from tests.sheeted import cleared, clears, marked, sheeted
from tests.story import NOW, Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return sheeted()


def shown(story: Story, person: str = "expert-1", team: str = "a", review: str = "") -> str:
    return said(signed_in(story, person).get(page("submit_sheet", story.entry(team)) + review))


def kept(story: Story, person: str = "expert-1", team: str = "a", comment: str = "", **points: str) -> SheetDraft:
    who = {"person": story.people[person], "actor": story.actor(person)}
    return save_sheet_draft(story.entry(team), points=points, comment=comment, now=NOW, **who)


def test_each_criterion_has_its_field_its_full_marks_and_how_it_counts(story: Story):
    found = shown(story)
    for code, most in (("plan", 40), ("people", 20), ("growth", 40)):
        assert re.search(rf'<input type="text"[^>]*inputmode="decimal"[^>]*data-criterion="{code}"', found)
        assert f"{most}점 만점" in found
    assert found.count("반영 방식: 평가표 · 평균") == 3
    assert found.index("<small>tech</small> plan") < found.index("<small>tech</small> people") < found.index("growth")
    assert "<span data-filled>0</span>/3" in found
    assert "<b data-total>0</b> / 100점" in found


def test_digits_stay_as_they_were_kept_and_are_added_exactly(story: Story):
    kept(story, plan="0.1", people="0.2", growth="0.00000000000000000005")
    found = shown(story)
    for digits in ("0.1", "0.2", "0.00000000000000000005"):
        assert f'value="{digits}"' in found
    assert "<b data-total>0.30000000000000000005</b>" in found
    assert "2026년 1월 15일(목) 14:00에 임시저장한 내용입니다." in found
    assert "0.1" not in shown(story, "expert-2")


def test_what_will_be_handed_in_is_kept_and_shown_before(story: Story):
    entry = story.entry("a")
    typed = marked(story, "31.50", "20", "7", comment="좋음", review=1)
    answer = press(story, "expert-1", "submit_sheet", entry, **typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{page('submit_sheet', entry)}?review=1")
    assert SheetDraft.objects.get().points == {"plan": "31.50", "people": "20", "growth": "7"}
    assert not Sheet.objects.exists()
    found = shown(story, review="?review=1")
    assert '<td class="s-num">58.50</td><td class="s-num">100</td>' in found
    assert "제출한 평가표는 고칠 수 없습니다." in found
    given = dict(re.findall(r'<input type="hidden" name="(points_\d+)" value="([^"]*)"', found))
    assert given == marked(story, "31.50", "20", "7")
    answer = press(story, "expert-1", "submit_sheet", entry, **given, comment="좋음")
    assert (answer.status_code, answer["Location"]) == (302, "/admin/"), "where the next team waits"
    sheet = Sheet.objects.get()
    assert (sheet.comment, [mark.points for mark in sheet.marks.order_by("criterion__position")]) == (
        "좋음",
        [Decimal("31.50"), Decimal(20), Decimal(7)],
    )
    assert not SheetDraft.objects.exists()


def test_what_another_device_has_saved_is_told_before_it_is_written_over(story: Story):
    entry, follows = story.entry("a"), '<input type="hidden" name="follows" value="'
    assert f'{follows}"' in shown(story)
    first = kept(story, plan="1").saved_at.isoformat()
    typed = marked(story, "9", "", "", keep=1)
    for stale in ("", "2026-01-15T04:59:59+00:00"):
        with unchanged():
            answer = press(story, "expert-1", "submit_sheet", entry, **typed, follows=stale)
        assert answer.status_code == 400
        assert "그사이에 다른 기기에서 이 평가표를 고쳐 저장했습니다." in said(answer)
        assert f'{follows}{first}"' in said(answer), "pressed again, it is meant"
    bad = typed | marked(story, "x", "", "")
    answer = press(story, "expert-1", "submit_sheet", entry, **bad, follows="")
    assert f'{follows}"' in said(answer), "refused for a mark, it has told nothing of another device"
    assert press(story, "expert-1", "submit_sheet", entry, **typed, follows=first).status_code == 302
    assert SheetDraft.objects.get().points == {"plan": "9"}
    assert press(story, "expert-1", "submit_sheet", entry, **typed, follows="nonsense").status_code == 302


def test_an_unfinished_sheet_is_not_shown_as_whole(story: Story):
    entry = story.entry("a")
    with unchanged():
        answer = press(story, "expert-1", "submit_sheet", entry, **marked(story, "31.5", "", "7", review=1))
    assert answer.status_code == 400
    assert said(answer).count('class="s-error"') == 1
    kept(story, plan="31.5")
    found = shown(story, review="?review=1")
    assert 'name="review"' in found
    assert 'id="s-summary"' not in found


@pytest.mark.parametrize("button", ["keep", "review"])
def test_a_bad_mark_is_told_beside_its_field_and_nothing_is_kept(story: Story, button: str):
    typed = marked(story, "40.1", "20", "x", **{button: 1})
    with unchanged():
        answer = press(story, "expert-1", "submit_sheet", story.entry("a"), **typed)
    found = said(answer)
    assert answer.status_code == 400
    assert found.count('class="s-error"') == 2
    assert 'value="40.1"' in found
    assert 'value="x"' in found


def test_the_first_button_keeps_since_enter_presses_it(story: Story):
    form = shown(story).split("data-sheet=")[1].split("</form>")[0]
    assert re.findall(r'<button type="submit" name="(\w+)"', form) == ["keep", "review"]


def test_a_sheet_that_was_handed_in_is_shown_and_asks_for_nothing(story: Story):
    press(story, "expert-1", "submit_sheet", story.entry("a"), **marked(story, "1", "2", "3", comment=""))
    for review in ("", "?review=1"):
        found = shown(story, review=review)
        assert "팀 a의 평가표는 이미 제출했습니다." in found
        assert thing(Sheet.objects.get()) in found
        assert "data-sheet" not in found
    with unchanged():
        answer = press(story, "expert-1", "submit_sheet", story.entry("a"), **marked(story, "9", "2", "3", comment=""))
    assert answer.status_code == 400
    assert 'value="9"' in said(answer), "what was typed is not lost with the refusal"


def test_before_and_after_scoring_nothing_is_asked_for():
    story = sheeted(opened=False)
    assert "평가가 아직 시작되지 않았습니다." in shown(story)
    assert "data-sheet" not in shown(story)


# How an expert stands to a team is known before he sees anything of it.


def test_whoever_has_not_declared_himself_is_led_there_first(story: Story):
    paper = file_document(
        story.entry("a"), kind="보고서", title="비밀 보고서", actor=story.actor("official-1"), now=NOW
    )
    entry = story.entry("a")
    declaring = page("declare_conflict", entry)
    for address in (page("submit_sheet", entry), page("find", entry), thing(entry)):
        found = said(signed_in(story, "expert-5").get(address))
        assert "먼저 이해관계를 신고해 주십시오." in found
        assert f'href="{declaring}"' in found
        assert "비밀 보고서" not in found
        assert "접수한 자료가 없습니다" not in found
        assert 'name="comment"' not in found
    own = story.people["expert-5"].pk
    answer = press(story, "expert-5", "declare_conflict", entry, person=own, kind="none", reason="관계 없음")
    assert answer["Location"] == page("submit_sheet", entry)
    assert "data-sheet" in shown(story, "expert-5")
    after = said(signed_in(story, "expert-5").get(thing(entry)))
    assert "비밀 보고서" in after
    assert thing(paper) in after


def test_who_declares_a_conflict_is_told_that_he_does_not_judge(story: Story):
    entry = story.entry("a")
    own = story.people["expert-5"].pk
    answer = press(story, "expert-5", "declare_conflict", entry, person=own, kind="mutual", reason="자문")
    assert answer["Location"] == thing(entry)
    assert ConflictDeclaration.objects.get(account=own).kind == "mutual"
    for address in (thing(entry), page("submit_sheet", entry)):
        found = said(signed_in(story, "expert-5").get(address))
        assert "이해관계가 있어" in found
        assert "먼저 이해관계를 신고해 주십시오." not in found
        assert "data-sheet" not in found


def test_an_official_who_clears_another_stays_with_the_team(story: Story):
    entry = story.entry("a")
    other = story.people["expert-5"].pk
    answer = press(story, "official-1", "declare_conflict", entry, person=other, kind="none", reason="확인함")
    assert answer["Location"] == thing(entry)


# The list of one's own teams.


def test_the_list_tells_how_far_each_sheet_has_got():
    story = sheeted(teams="abcd")
    entries = {team: story.entry(team) for team in "abcd"}
    press(story, "expert-1", "submit_sheet", entries["a"], **marked(story, "1", "2", "3", comment=""))
    kept(story, team="b", plan="1", growth="2")
    press(story, "official-1", "withdraw", entries["d"], reason="포기")
    for address in ("/admin/", thing(story.round)):
        found = said(signed_in(story, "expert-1").get(address))
        assert "3팀 중 <b>1팀 제출</b>" in found
        assert 'max="3" value="1"' in found
        for words in ("제출함", "2/3 항목", "2026년 1월 15일(목) 14:00 저장", "0/3 항목", "참여 철회"):
            assert words in found
        assert f'href="{page("submit_sheet", entries["b"])}" aria-label="팀 b 이어서 쓰기"' in found
        assert f'href="{page("submit_sheet", entries["c"])}" aria-label="팀 c 평가하기"' in found
        assert page("submit_sheet", entries["a"]) not in found
        assert page("submit_sheet", entries["d"]) not in found


def test_the_list_counts_no_team_of_a_conflict_and_leads_to_declaring():
    story = sheeted(teams="ab")
    found = said(signed_in(story, "expert-4").get("/admin/"))
    assert "1팀 중 <b>0팀 제출</b>" in found
    assert "이해관계가 있어 평가하지 않음" in found
    assert page("submit_sheet", story.entry("a")) not in found
    found = said(signed_in(story, "expert-5").get("/admin/"))
    assert "2팀 중 <b>0팀 제출</b>" in found
    assert f'href="{page("declare_conflict", story.entry("a"))}" aria-label="팀 a 이해관계 신고하기"' in found
    assert page("submit_sheet", story.entry("a")) not in found


def test_the_list_leads_to_a_gate_of_which_nothing_was_said():
    story = told(teams="ab", seats=1)

    def asked(team: str, person: str = "expert-1") -> bool:
        link = f'href="{page("find", story.entry(team))}" aria-label="팀 {team} 요건 의견 내기"'
        return link in said(signed_in(story, person).get("/admin/"))

    assert not asked("a"), "nothing is asked before the round opens"
    story.open()
    assert not asked("a"), "nor before he has declared himself"
    cleared(story, "expert-1")
    assert asked("a")
    given = {"gate": "originality", "finding": "met", "reason": "직접 학습함"}
    assert press(story, "expert-1", "find", story.entry("a"), **given).status_code == 302
    assert (asked("a"), asked("b")) == (False, True)
    clears(story, "expert-4", "b")
    assert (asked("a", "expert-4"), asked("b", "expert-4")) == (False, True), (
        "not of a team that he has a conflict with"
    )


@pytest.mark.parametrize("teams", ["a", "abc"])
def test_lists_ask_as_often_for_one_team_as_for_three(django_assert_num_queries, teams: str):
    story = sheeted(teams=teams)
    kept(story, plan="1")
    client = signed_in(story, "expert-1")
    for address, queries in (("/admin/", 19), (thing(story.round), 15), (page("submit_sheet", story.entry("a")), 12)):
        client.get(address)
        with django_assert_num_queries(queries):
            client.get(address)


def test_a_mark_is_kept_in_plain_digits_however_small():
    story = told(teams="ab", seats=1).open()
    draft = kept(story, expert="0.00000001")
    assert draft.points == {"expert": "0.00000001"}
    assert kept(story, **draft.points) == draft
