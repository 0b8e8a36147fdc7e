from datetime import UTC, datetime, timedelta

import pytest

from evaluation.models import Answer, Document, Enquiry
from evaluation.operations.papers import answer, ask, file_document
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)  # 09:00 in Seoul
TICK = timedelta(microseconds=1)


@pytest.fixture
def story() -> Story:
    return told(evidence_closes=CLOSES)


def filed(story: Story, now: datetime = NOW, who: str = "a-lead", **given) -> Document:
    given = {"kind": "report", "title": "기술 보고서"} | given
    return file_document(story.entry("a"), actor=story.actor(who), now=now, **given)


def asked(story: Story, who: str = "a-lead", team: str = "a", text: str = "질의") -> Enquiry:
    return ask(story.entry(team), code="enquiry-1", text=text, actor=story.actor(who), now=NOW)


def test_a_paper_in_time_is_received_and_considered(story):
    with written() as changes:
        document = filed(story, CLOSES - TICK)
    document.refresh_from_db()
    assert (document.round, document.team.code, document.kind, document.title) == (
        story.round,
        "a",
        "report",
        "기술 보고서",
    )
    assert (document.received_at, document.late, document.not_considered_because) == (CLOSES - TICK, False, "")
    assert document.filed_by == story.people["a-lead"]
    assert changes == [f"{table} I test.a-lead file_document" for table in ("evaluation_document", "core_event")]


@pytest.mark.parametrize("at", [CLOSES, CLOSES + TICK, NOW])
def test_a_paper_at_or_after_the_close_is_kept_and_not_considered(story, at):
    document = filed(story, at)
    assert document.late
    assert document.received_at == at
    assert document.not_considered_because == (
        "자료 제출 마감(2026년 1월 5일(월) 09:00) 뒤에 접수되어 평가에 반영하지 않습니다."
    )


def test_without_a_close_of_evidence_no_paper_is_late():
    assert not filed(told()).late


@pytest.mark.parametrize("state", ["draft", "scoring", "announced"])
def test_papers_are_received_in_every_state(state):
    story = told(teams="a", seats=1)
    if state != "draft":
        story.open()
    if state == "announced":
        story.score_all({"a": 90}).announce()
    assert filed(story).title == "기술 보고서"


def test_an_official_hands_in_for_any_team(story):
    assert filed(story, who="official-1").filed_by == story.people["official-1"]


def test_a_team_s_person_hands_in_for_no_other_team(story):
    with refused("not_entitled"):
        filed(story, who="b-lead")


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_others_hand_in_nothing(story, who):
    with refused("not_allowed"):
        filed(story, who=who)


@pytest.mark.parametrize("blank", [{"kind": " "}, {"title": ""}])
def test_a_paper_has_kind_and_title(story, blank):
    with refused("incomplete"):
        filed(story, **blank)


def test_a_question_is_put(story):
    with written() as changes:
        enquiry = asked(story)
    enquiry.refresh_from_db()
    assert (enquiry.round, enquiry.team.code, enquiry.code, enquiry.text) == (story.round, "a", "enquiry-1", "질의")
    assert (enquiry.asked_by, enquiry.asked_at) == (story.people["a-lead"], NOW)
    assert changes == [f"{table} I test.a-lead ask" for table in ("evaluation_enquiry", "core_event")]


def test_the_same_question_again_is_returned(story):
    first = asked(story)
    with unchanged():
        assert asked(story) == first


@pytest.mark.parametrize("other", [{"text": "다른 질의"}, {"who": "b-lead", "team": "b"}])
def test_another_question_of_the_same_number_is_duplicate(story, other):
    asked(story)
    with refused("duplicate"):
        asked(story, **other)


def test_a_number_is_used_once_in_a_programme(story):
    """An answer names the number alone, so it must not mean two questions of two rounds."""
    asked(story)
    later = later_round(story).entries.get()
    with refused("duplicate"):
        ask(later, code="enquiry-1", text="질의", actor=story.actor("a-lead"), now=NOW)


def test_a_question_of_another_team_is_not_entitled(story):
    with refused("not_entitled"):
        asked(story, who="b-lead")


@pytest.mark.parametrize("who", ["expert-1", "auditor-1"])
def test_others_ask_nothing(story, who):
    with refused("not_allowed"):
        asked(story, who=who)


def test_a_question_says_something(story):
    with refused("incomplete"):
        asked(story, text=" ")


def test_a_question_is_answered_once(story):
    enquiry, official = asked(story), story.actor("official-1")
    with written() as changes:
        given = answer(enquiry, text="답변", actor=official, now=NOW)
    given.refresh_from_db()
    assert (given.enquiry, given.text, given.answered_at) == (enquiry, "답변", NOW)
    assert given.answered_by == story.people["official-1"]
    assert changes == [f"{table} I test.official-1 answer" for table in ("evaluation_answer", "core_event")]
    with unchanged():
        assert answer(enquiry, text=" 답변 ", actor=story.actor("official-2"), now=NOW) == given
    with refused("duplicate"):
        answer(enquiry, text="다른 답변", actor=official, now=NOW)
    assert Answer.objects.get().text == "답변"


def test_an_answer_says_something(story):
    enquiry = asked(story)
    with refused("incomplete"):
        answer(enquiry, text="", actor=story.actor("official-1"), now=NOW)


@pytest.mark.parametrize("who", ["a-lead", "expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_only_officials_answer(story, who):
    enquiry = asked(story)
    with refused("not_allowed"):
        answer(enquiry, text="답변", actor=story.actor(who), now=NOW)
