"""Support by its pages: laid down by one, excepted, granted, returned and reallocated by two."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortia.models import Grant, SupportException, SupportLine, SupportReturn, Team
from consortia.verbs import EXCEPT_SUPPORT, GRANT_SUPPORT, REALLOCATE_SUPPORT, RETURN_SUPPORT
from core.models import Decision
from tests.clicking import listing, page, press, said, signed_in, thing
from tests.story import Story, told
from tests.support import decided, line_of
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
PEOPLE = ("official-1", "auditor-1", "expert-1", "reviewer-1", "operator-1", "a-lead")
LINE = {
    "code": "gpu-2",
    "kind": "gpu",
    "name_ko": "GPU 임차 지원",
    "name_en": "Leased GPUs",
    "model": "B200",
    "number": "512",
    "unit": "장",
    "since": "2026-02-01",
    "until": "2026-06-30",
}
EXCEPT = {"team": "", "organisation": "org-c", "number": "0", "reason": "정부에 GPU를 임대하는 기업"}
GRANT = {"teams": ["a", "b"], "since": "", "until": "", "reason": "2차 단계 지원"}
RETURN = {"day": "2026-03-01", "reason": "탈락"}
REALLOCATE = {"giver": "a", "team": "y", "since": "2026-03-01", "reason": "추가 선정"}


@pytest.fixture
def story() -> Story:
    return told()


@pytest.fixture
def line(story: Story) -> SupportLine:
    return line_of(story)


def typed(story: Story, **change: Any) -> dict[str, Any]:
    return LINE | {"programme": story.programme.pk} | change


def approve(story: Story) -> None:
    assert press(story, "official-2", "approve", Decision.objects.latest("pk")).status_code == 302


def test_a_line_is_laid_down(story: Story):
    answer = press(story, "official-1", "lay_down_support", SupportLine, **typed(story))
    line = SupportLine.objects.get()
    assert answer["Location"] == thing(line)
    assert (line.programme, line.number, line.model, line.until) == (story.programme, 512, "B200", date(2026, 6, 30))
    assert "512장 · 2026년 2월 1일(일) ~ 2026년 6월 30일(화)" in said(signed_in(story, "auditor-1").get(thing(line)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "0"}, "수량은 1 이상이어야 합니다."),
        ({"number": "9" * 30}, "1000000000000000"),
        ({"model": ""}, "GPU 종류"),
        ({"until": "2026-01-31"}, "기간의 끝은 시작보다 앞설 수 없습니다."),
        ({"code": "GPU 2"}, "코드는 소문자나 숫자로 시작하고"),
        ({"code": "gpu"}, "이미 있는 지원 항목입니다: gpu"),
    ],
)
def test_a_line_that_cannot_be(story: Story, line: SupportLine, change: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "official-1", "lay_down_support", SupportLine, **typed(story, **change))
    assert answer.status_code == 400
    assert words in said(answer)


def test_an_exception_is_written_by_two(story: Story, line: SupportLine):
    answer = press(story, "official-1", "except_support", line, **EXCEPT)
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    for words in ("org-c", "512장", "0장", "정부에 GPU를 임대하는 기업"):
        assert words in shown
    assert not SupportException.objects.exists()
    approve(story)
    made = SupportException.objects.get()
    assert (made.organisation, made.number) == (story.organisations["org-c"], 0)
    shown = said(signed_in(story, "official-1").get(page("grant_support", line)))
    assert "팀 c — 예외: 받지 않음" in shown
    assert "팀 a — 512장" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"team": "a"}, "정예팀이나 기관 가운데 하나에 대한 것입니다."),
        ({"organisation": ""}, "정예팀이나 기관 가운데 하나에 대한 것입니다."),
        ({"number": "512"}, "모두가 받는 수량과 달라야 합니다."),
        ({"number": "-1"}, "대신 받는 수량은 0 이상이고"),
        ({"reason": " "}, "필수 항목입니다."),
    ],
)
def test_an_exception_that_cannot_be(story: Story, line: SupportLine, change: dict[str, str], words: str):
    with unchanged():
        answer = press(story, "official-1", "except_support", line, **(EXCEPT | change))
    assert answer.status_code == 400
    assert words in said(answer)


def test_a_line_is_granted_returned_and_reallocated_by_two(story: Story, line: SupportLine):
    answer = press(story, "official-1", "grant_support", line, **GRANT)
    shown = said(signed_in(story, "official-2").get(answer["Location"]))
    assert "팀 a, 팀 b" in shown
    assert "2026년 2월 1일(일) ~ 2026년 6월 30일(화)" in shown
    approve(story)
    assert dict(Grant.objects.values_list("team__code", "number")) == {"a": 512, "b": 512}

    answer = press(story, "official-1", "return_support", story.teams["a"], **RETURN)
    assert "회수합니다: GPU 임차 지원 512장" in said(signed_in(story, "official-2").get(answer["Location"]))
    approve(story)
    returned = SupportReturn.objects.get()
    assert returned.grant.returned_on == date(2026, 3, 1)

    answer = press(story, "official-1", "reallocate_support", line, **REALLOCATE)
    assert "팀 y" in said(signed_in(story, "official-2").get(answer["Location"]))
    approve(story)
    assert Grant.objects.get(team=story.teams["y"]).reallocates == returned
    shown = said(signed_in(story, "auditor-1").get(listing(SupportReturn)))
    assert "팀 y" in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"teams": []}, "필수 항목입니다."),
        ({"teams": ["nobody"]}, "nobody"),
        ({"since": "2026-01-31"}, "지원 기간"),
        ({"until": "2026-07-01"}, "지원 기간"),
        ({"teams": ["c"]}, "지원 예외에 따라"),
        ({"reason": ""}, "필수 항목입니다."),
    ],
)
def test_a_grant_that_cannot_be(story: Story, line: SupportLine, change: dict[str, Any], words: str):
    decided(story, EXCEPT_SUPPORT, line, team="c", reason="정부에 GPU를 임대하는 기업")
    with unchanged():
        answer = press(story, "official-1", "grant_support", line, **(GRANT | change))
    assert answer.status_code == 400
    assert words in said(answer)


def test_what_nobody_has_is_neither_returned_nor_reallocated(story: Story, line: SupportLine):
    with unchanged():
        answer = press(story, "official-1", "return_support", story.teams["a"], **RETURN)
        assert "팀 a에는 회수할 지원이 없습니다." in said(answer)
        answer = press(story, "official-1", "reallocate_support", line, **REALLOCATE)
    assert answer.status_code == 400
    assert "회수하여 재배정할 지원이 없습니다." in said(answer)


def test_who_may(story: Story, line: SupportLine):
    decided(story, GRANT_SUPPORT, line, teams=["a"])
    others = {"official-1": 200, "auditor-1": 403} | dict.fromkeys(PEOPLE[2:], 404)
    # A team's person sees his own team, and has no such verb there.
    of_team = others | {"a-lead": 403}
    of_list = others | dict.fromkeys(PEOPLE[1:], 403)
    for verb, subject, found in (
        ("lay_down_support", SupportLine, of_list),
        ("except_support", line, others),
        ("grant_support", line, others),
        ("reallocate_support", line, others),
        ("return_support", story.teams["a"], of_team),
    ):
        assert {who: signed_in(story, who).get(page(verb, subject)).status_code for who in PEOPLE} == found, verb
        for person in PEOPLE[1:]:
            with unchanged():
                assert press(story, person, verb, subject).status_code == found[person], (verb, person)


def test_a_team_s_person_finds_no_grants(story: Story, line: SupportLine):
    for model in (SupportLine, SupportException, Grant, SupportReturn):
        assert signed_in(story, "a-lead").get(listing(model)).status_code == 403
    assert page("return_support", story.teams["a"]) not in said(signed_in(story, "a-lead").get(thing(story.teams["a"])))


def queries(story: Story, model: type) -> int:
    client = signed_in(story, "official-1")
    client.get(listing(model))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(listing(model)).status_code == 200
    return len(caught)


def ledger(story: Story, *teams: str) -> None:
    """A line that these teams have, but for y; each returns it, and the first's goes to y."""
    line = line_of(story, code=f"gpu-{teams[0]}")
    decided(story, EXCEPT_SUPPORT, line, organisation="org-x", reason="임대 기업")
    decided(story, GRANT_SUPPORT, line, teams=list(teams))
    for team in teams:
        decided(story, RETURN_SUPPORT, story.teams[team], day="2026-03-01")
    decided(story, REALLOCATE_SUPPORT, line, giver=teams[0], team="y", since="2026-03-01")


QUERIES = {SupportLine: 7, SupportException: 7, Grant: 7, SupportReturn: 7, Team: 7}


def test_the_lists_ask_as_often_for_three_rows_as_for_one(story: Story):
    ledger(story, "a")
    assert {model: queries(story, model) for model in QUERIES} == QUERIES
    ledger(story, "b", "c", "d")
    assert {model: queries(story, model) for model in QUERIES} == QUERIES
