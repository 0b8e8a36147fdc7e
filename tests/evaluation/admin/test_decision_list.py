"""The list of decisions: what each decides stands in its line, and it costs as much for many as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Decision
from tests.clicking import listing, said, signed_in
from tests.story import Story, told

pytestmark = pytest.mark.django_db


def queries(story: Story) -> int:
    client = signed_in(story, "official-1")
    client.get(listing(Decision))
    with CaptureQueriesContext(connection) as caught:
        assert client.get(listing(Decision)).status_code == 200
    return len(caught)


def test_each_line_says_what_is_decided():
    story = told().open()
    for team in ("a", "b"):
        story.score(team, 90)
        story.judge(team, "failed" if team == "b" else "passed")
    shown = said(signed_in(story, "auditor-1").get(listing(Decision)))
    assert "요건: 독자성 · 정예팀: 팀 a · 판정: 충족" in shown
    assert "요건: 독자성 · 정예팀: 팀 b · 판정: 미충족" in shown


def test_three_ask_as_often_as_one():
    story = told().open()
    counts = []
    for team in "abc":
        story.judge(team)
        counts.append(queries(story))
    assert counts == [10, 10, 10]


def test_decisions_of_several_rounds_ask_as_often():
    one, other = told("one").open(), told("other").open()
    one.judge("a")
    alone = queries(one)
    other.judge("a")
    assert queries(one) == alone
