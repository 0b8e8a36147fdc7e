"""What an announcement would publish and tell each team: seen before it is decided, and written nowhere."""

from dataclasses import replace

import pytest
from django.utils import translation

from core.models import Decision, Event
from evaluation.models import Announcement
from evaluation.operations import announcement_preview
from evaluation.operations.announcement_preview import preview_announcement
from evaluation.queries.notices import notice_content
from evaluation.queries.standings import published_board
from tests.clicking import page, press, said, signed_in, thing
from tests.story import Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
GIVEN = {"disclosure": "totals", "on_paper": ["e"], "reason": "심사 완료"}
ARGUMENTS = {"disclosure": "totals", "delivered": {}, "on_paper": ["e"]}


@pytest.fixture
def story() -> Story:
    return told(seats=2).open().score_all(TOTALS, failed=["b"])


def preview(story: Story, reader: str = "auditor-1") -> announcement_preview.AnnouncementPreview:
    hands = story.actor("official-1")
    return preview_announcement(story.round, arguments=ARGUMENTS, hands=hands, actor=story.actor(reader), now=story.now)


def test_it_is_what_is_published_and_told_in_the_same_moment(story: Story):
    seen = preview(story)
    story.announce(**ARGUMENTS)
    announcement = Announcement.objects.get()
    told_then = [notice_content(notice) for notice in announcement.notices.order_by("entry__position")]
    assert [notice for _, notice in seen.notices] == [replace(each, number="", ledger_head=None) for each in told_then]
    assert (seen.board, seen.others) == (published_board(announcement.snapshot), 0)
    assert [(row.rank, row.outcome) for row in seen.board.rows[:2]] == [(1, "advanced"), (2, "gate_failed")]


def test_to_an_english_reader_the_notices_stay_korean(story: Story):
    korean = preview(story)
    with translation.override("en"):
        english = preview(story)
    assert english.notices == korean.notices
    assert [row.name for row in english.board.rows[:1]] == [story.teams["a"].name_en]
    assert story.teams["a"].name_en != story.teams["a"].name_ko
    event = Event.objects.filter(verb="see_standings").latest("pk")
    assert event.subject_label == story.round.name_ko


def test_only_the_reading_is_written(story: Story):
    with written() as changes:
        preview(story)
    assert changes == ["core_event I test.auditor-1 see_standings"]
    assert Event.objects.get(verb="see_standings").facts == {"snapshot": None}
    assert story.fresh().state == "scoring"


def test_the_first_notices_are_written_out(story: Story, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(announcement_preview, "MOST_NOTICES", 2)
    seen = preview(story)
    assert ([each.team for _, each in seen.notices], seen.others) == (["팀 a", "팀 b"], 3)


def test_what_cannot_be_announced_cannot_be_looked_at():
    story = told().open()
    with refused("incomplete"):
        preview(story)
    with unchanged():
        answer = press(story, "official-1", "announce", story.round, **GIVEN, foresee=1)
    assert answer.status_code == 400


def test_whoever_prepares_it_sees_it_and_keeps_what_was_typed(story: Story):
    with written() as changes:
        shown = said(press(story, "official-1", "announce", story.round, **GIVEN, foresee=1))
    assert changes == ["core_event I test.official-1 see_standings"]
    for words in ("지금 발표한다면", "요건 미충족", "심사 완료", "점수는 진출 순위 안에 들었으나", "도달 뒤 기록"):
        assert words in shown
    assert shown.count('<details class="s-notice">') == 5
    assert shown.count('id="1-result"') == 1
    where = "<dd>심사 시스템의 이의신청 화면 또는 담당자에게 서면으로 제출</dd>"
    assert where in shown  # there is no notice yet to which a link could lead


def test_whoever_approves_it_sees_it_too_and_afterwards_what_was_published(story: Story):
    press(story, "official-1", "announce", story.round, **GIVEN)
    decision = Decision.objects.latest("pk")
    for person, address in (("official-2", page("approve", decision)), ("auditor-1", thing(decision))):
        assert "점수는 진출 순위 안에 들었으나" in said(signed_in(story, person).get(address))
        assert Event.objects.filter(verb="see_standings").latest("pk").actor == f"test.{person}"
    press(story, "official-2", "approve", decision)
    snapshot = Announcement.objects.get().snapshot
    shown = said(signed_in(story, "auditor-1").get(thing(decision)))
    assert "지금 발표한다면" not in shown
    assert thing(snapshot) in shown


def test_a_ground_that_has_gone_is_told(story: Story):
    press(story, "official-1", "announce", story.round, **GIVEN)
    decision = Decision.objects.latest("pk")
    story.announce()
    assert "지금 발표한다면" in said(signed_in(story, "official-2").get(thing(decision)))
    assert "이대로는 발표할 수 없습니다." in said(signed_in(story, "official-2").get(thing(decision)))
