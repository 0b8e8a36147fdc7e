"""Announcing: which teams are served on paper, in words that an official understands."""

import re

import pytest

from core.models import Decision
from evaluation.models import Notice
from evaluation.operations.consenting import record_service_consent
from tests.clicking import page, press, said, signed_in
from tests.story import NOW, Story, told
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}


@pytest.fixture
def story() -> Story:
    story = told().open().score_all(TOTALS)
    record_service_consent(story.teams["a"], address="a@example.com", actor=story.actor("a-lead"), now=NOW)
    return story


def test_paper_is_proposed_where_a_team_has_not_agreed(story: Story):
    shown = said(signed_in(story, "official-1").get(page("announce", story.round)))
    boxes = dict(re.findall(r'<input type="checkbox" name="on_paper" value="(\w+)"([^>]*)>', shown))
    checked = {team for team, attributes in boxes.items() if re.search(r"\schecked(?=[\s/]|$)", attributes)}
    assert (list(boxes), checked) == (list("abcde"), set("bcde"))
    assert "팀 a (전자 송달 동의)" in shown
    assert "팀 b (전자 송달 동의 없음)" in shown


def test_what_is_chosen_is_approved_and_carried_out(story: Story):
    given = {"disclosure": "outcomes", "on_paper": ["b", "c"], "delivered_d": "2099-01-16T09:00", "reason": ""}
    answer = press(story, "official-1", "announce", story.round, **given)
    assert answer.status_code == 302, said(answer)
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    assert "팀 b, 팀 c" in shown
    press(story, "official-2", "approve", Decision.objects.latest("pk"))
    served = dict(Notice.objects.values_list("entry__team__code", "service"))
    assert served == {"a": "electronic", "b": "paper", "c": "paper", "d": "confirmed", "e": "confirmed"}
    assert set(Notice.objects.filter(arrived_at=None).values_list("entry__team__code", flat=True)) == {"b", "c"}


def test_a_paper_has_no_arrival_before_it_has_arrived(story: Story):
    given = {"disclosure": "outcomes", "on_paper": ["b"], "delivered_b": "2099-01-16T09:00", "reason": ""}
    with unchanged():
        answer = press(story, "official-1", "announce", story.round, **given)
    assert answer.status_code == 400
    assert "서면으로 송달하는 팀의 도달은 도달한 뒤에 증빙과 함께 기록합니다." in said(answer)


@pytest.mark.parametrize(
    ("on_paper", "words"),
    [
        ([], "모든 팀에 발표와 동시에"),
        (["b"], "서면 송달 외에는 발표와 동시에"),
        (list("abcde"), "모두 서면으로 보내고 도달한 뒤에 기록함"),
    ],
)
def test_whoever_approves_reads_how_notices_go_out(story: Story, on_paper: list[str], words: str):
    given = {"disclosure": "outcomes", "on_paper": on_paper, "reason": ""}
    answer = press(story, "official-1", "announce", story.round, **given)
    assert words in said(signed_in(story, "official-2").get(answer["Location"]))
