"""Names in the reader's language; the record and official documents keep the Korean ones."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from consortia.models import Programme
from core.models import Event, LedgerItem, NonWorkingDay
from evaluation.models import Notice, Snapshot
from evaluation.operations.components import declare_component
from evaluation.operations.papers import file_document
from evaluation.states import Origin
from tests.appeals.after import contested
from tests.clicking import listing, said, signed_in, thing
from tests.evaluation.operations.corrections import corrected
from tests.story import NOW, Story, told

pytestmark = pytest.mark.django_db


def english(story: Story, who: str) -> Client:
    client = signed_in(story, who)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_thing_is_called_in_the_reader_s_language():
    story = told()
    for language, team, round in (("ko", "팀 a", "1차 단계평가"), ("en", "Team a", "Stage 1")):
        with translation.override(language):
            assert (str(story.teams["a"]), story.teams["a"].name, str(story.round)) == (team, team, round)


def test_a_published_name_that_was_put_right_stood_there_as_it_was_in_each_language():
    story = contested()
    corrected(story, {"set_name": {"team": "b", "language": "en", "name": "Right Name"}})
    before, after = Snapshot.objects.order_by("number")
    client = english(story, "official-1")
    old, new = said(client.get(thing(before))), said(client.get(thing(after)))
    assert "Team b" in old
    assert "Right Name" not in old
    assert "Right Name" in new
    assert "팀 b" in said(signed_in(story, "official-1").get(thing(after)))


def test_a_list_shows_and_finds_the_english_names():
    story = told()
    client = english(story, "official-1")
    listed = said(client.get("/admin/consortia/team/?q=team+a"))
    assert "Team a" in listed
    assert "팀 a" not in listed
    assert "Team a" not in said(signed_in(story, "official-1").get("/admin/consortia/team/?q=팀 a"))


def test_what_is_recorded_and_what_is_served_stays_korean():
    story = contested()
    client = english(story, "official-1")
    notice = Notice.objects.get(entry=story.entry("b"))
    assert "팀 b" in said(client.get(f"/notices/{notice.pk}/"))
    client.post(thing(story.entry("a")) + "see_standings/")
    assert not Event.objects.filter(subject_label__startswith="Team").exists()
    assert Event.objects.filter(subject_label="팀 b").exists()


def test_the_mark_of_invented_figures_is_said_in_both_languages():
    programme = Programme(label_ko="지어낸 점수", label_en="Invented scores")
    for language, said_of_it in (("ko", "지어낸 점수"), ("en", "Invented scores")):
        with translation.override(language):
            assert programme.label == said_of_it


def test_why_evidence_does_not_count_is_told_in_the_reader_s_language_and_kept_in_korean():
    story = told(teams="ab", seats=1, evidence_closes=NOW).open()
    facts = {"actor": story.actor("b-lead"), "now": NOW}
    paper = file_document(story.entry("b"), kind="보고서", title="기술 보고서", **facts)
    of_gate = {"gate": story.gate, "component": "인코더", "origin": Origin.FROZEN, "statement": "그대로"}
    declared = declare_component(story.entry("b"), **of_gate, documents=[], **facts)
    kept = "자료 제출 마감(2026년 1월 15일(목) 14:00) 뒤에 접수되어 평가에 반영하지 않습니다."
    assert (paper.not_considered_because, declared.not_considered_because) == (kept, kept)
    client, korean = english(story, "official-1"), signed_in(story, "official-1")
    for subject in (paper, declared, story.entry("b"), story.round):
        shown = said(client.get(thing(subject)))
        assert "Received after the evidence had closed (14:00 on Thursday, 15 January 2026)" in shown
        assert kept not in shown
        assert kept in said(korean.get(thing(subject)))


def test_what_a_search_goes_by_and_the_number_of_a_change_are_told_in_each_language():
    story = told()
    korean, client = signed_in(story, "auditor-1"), english(story, "auditor-1")
    assert "행위자, 대상의 앞부분으로 찾기" in said(korean.get(listing(Event)))
    assert "Search by the beginning of: Actor, Subject" in said(client.get(listing(Event)))
    assert re.search(r">\s*번호\s*</a>", said(korean.get(listing(LedgerItem))))
    assert re.search(r">\s*Number\s*</a>", said(client.get(listing(LedgerItem))))


def test_a_day_is_headed_by_its_date_in_words_and_its_name():
    story = told()
    day = NonWorkingDay.objects.get(calendar="kr", date=date(2028, 12, 25))
    assert "2028년 12월 25일(월) 기독탄신일" in said(signed_in(story, "official-1").get(thing(day)))
    assert "Monday, 25 December 2028 Christmas Day" in said(english(story, "official-1").get(thing(day)))
