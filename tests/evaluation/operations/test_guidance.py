"""Guidance for experts: written until the first sheet, never after, and no part of what a result follows from."""

import pytest

from core.models import Event
from evaluation.models import Guidance
from evaluation.operations.guidance import write_guidance
from evaluation.queries.digests import inputs_digest
from evaluation.queries.guidance import guidance_of
from evaluation.queries.rules import round_rules
from evaluation.rules.canonical import rules_text
from tests.evaluation.panelled import sits_on_the_panel
from tests.sheeted import sheeted
from tests.story import Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    return sheeted(opened=False)


def write(story: Story, who: str = "official-1", /, **texts: str) -> list[Guidance]:
    return write_guidance(story.round, texts=texts, actor=story.actor(who), now=story.now)


def test_the_newest_counts_and_an_empty_one_takes_it_back(story: Story):
    write(story, plan="일정이 현실적인가", growth=" 확장 가능성 \r\n 둘째 줄 ")
    assert guidance_of(story.round) == {"plan": "일정이 현실적인가", "growth": "확장 가능성 \n 둘째 줄"}
    write(story, plan="위험을 알고 있는가", people="")
    write(story, growth="  ")
    assert guidance_of(story.round) == {"plan": "위험을 알고 있는가"}
    assert Guidance.objects.count() == 4


def test_only_what_differs_is_written_and_the_record_says_what(story: Story):
    with written() as changes:
        write(story, plan="가", people="")
    assert changes == [
        "evaluation_guidance I test.official-1 write_guidance",
        "core_event I test.official-1 write_guidance",
    ]
    assert Event.objects.get(verb="write_guidance").facts == {"before": {"plan": ""}, "after": {"plan": "가"}}
    with unchanged():
        assert write(story, plan=" 가 ", people="") == []


def test_the_rules_and_the_digest_of_inputs_stay_what_they_were(story: Story):
    before = (rules_text(round_rules(story.round)), inputs_digest(story.round))
    write(story, plan="가", people="나", growth="다")
    assert (rules_text(round_rules(story.round)), inputs_digest(story.round)) == before


def test_it_is_written_while_the_round_is_scored_until_the_first_sheet():
    story = told().open()
    write(story, expert="가")
    story.score("a", 90)
    with refused("locked"):
        write(story, expert="나")
    with refused("locked"):  # the same again is no way to ask whether somebody has handed in
        write(story, expert="가")


def test_not_once_the_result_is_announced():
    story = told().open().score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    with refused("wrong_state"):
        write_guidance(story.fresh(), texts={"expert": "가"}, actor=story.actor("official-1"), now=story.now)


@pytest.mark.parametrize("code", ["tech", "nothing"])
def test_only_criteria_that_sheets_have_a_mark_for(story: Story, code: str):
    with refused("unknown"):
        write(story, plan="가", **{code: "나"})


def test_only_officials_who_do_not_judge(story: Story):
    for person in ("expert-1", "auditor-1", "a-lead"):
        with refused("not_allowed"):
            write(story, person, plan="가")
    sits_on_the_panel(story)
    with refused("conflict_of_interest"):
        write(story, plan="가")


@pytest.mark.parametrize("written_down", [1, 3])
def test_one_query_reads_it(story: Story, written_down: int, django_assert_num_queries):
    write(story, **dict.fromkeys(("plan", "people", "growth")[:written_down], "가"))
    with django_assert_num_queries(1):
        assert len(guidance_of(story.round)) == written_down
