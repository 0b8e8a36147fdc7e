"""The parity report: shares and reasons as the query gives them, asked for in the address, recorded."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consortia.models import SupportLine
from consortia.verbs import EXCEPT_SUPPORT, GRANT_SUPPORT
from core.models import Event
from tests.clicking import listing, page, said, signed_in
from tests.story import Story, told
from tests.support import decided, line_of
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
STAGE: dict[str, Any] = {"since": date(2025, 9, 1), "until": date(2026, 6, 30)}
ASKED = {"programme": "test", "day": "2025-10-01"}


@pytest.fixture
def story() -> Story:
    """GPUs for all but team c, which is excepted; team e's are granted late."""
    story = told()
    line = line_of(story, **STAGE)
    decided(story, EXCEPT_SUPPORT, line, organisation="org-c", reason="정부에 GPU를 임대하는 기업")
    decided(story, GRANT_SUPPORT, line, teams=["a", "b", "d"])
    decided(story, GRANT_SUPPORT, line, teams=["e"], since="2025-09-08")
    return story


def test_shares_reasons_and_days_are_told_and_drawn(story: Story):
    answer = signed_in(story, "official-1").get(page("see_parity", SupportLine), ASKED)
    shown = said(answer)
    # 2025-09-01 to 2026-01-15 is 137 days: 512 * 137 = 70,144; seven days late 66,560 = 94.891 of a hundred.
    for words in ("2025년 10월 1일(수) 기준", "70,144", "66,560", "정부에 GPU를 임대하는 기업", 'width="94.891"'):
        assert words in shown
    assert shown.count("s-badge s-good") >= 3
    assert "서면 예외 없이 다르거나 회수할 지원이 1건 있습니다." in shown
    assert "모든 팀의 개발 일수가 같습니다." in shown
    assert "<script>" not in shown
    assert (Event.objects.get(verb="see_parity").actor, answer.status_code) == ("test.official-1", 200)


def test_without_an_address_it_is_the_newest_programme_today(story: Story):
    shown = said(signed_in(story, "auditor-1").get(page("see_parity", SupportLine)))
    assert "시험 사업" in shown
    assert "GPU 임차 지원" in shown


@pytest.mark.parametrize("change", [{"day": "2025-13-01"}, {"programme": "nothing"}])
def test_what_cannot_be_asked_for_is_told(story: Story, change: dict[str, str]):
    with unchanged():
        answer = signed_in(story, "official-1").get(page("see_parity", SupportLine), ASKED | change)
    assert answer.status_code == 400


def test_who_may(story: Story):
    found = {"official-1": 200, "auditor-1": 200} | dict.fromkeys(
        ("expert-1", "reviewer-1", "operator-1", "a-lead"), 403
    )
    for person, status in found.items():
        assert signed_in(story, person).get(page("see_parity", SupportLine)).status_code == status, person
    with unchanged():
        assert signed_in(story, "official-1").post(page("see_parity", SupportLine), ASKED).status_code == 403
    assert page("see_parity", SupportLine) in said(signed_in(story, "official-1").get(listing(SupportLine)))


def queries(story: Story) -> int:
    client = signed_in(story, "official-1")
    client.get(page("see_parity", SupportLine), ASKED)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(page("see_parity", SupportLine), ASKED).status_code == 200
    return len(caught)


def test_three_lines_ask_as_often_as_one(story: Story):
    one = queries(story)
    for number in (2, 3):
        line = line_of(story, code=f"gpu-{number}", **STAGE)
        decided(story, GRANT_SUPPORT, line, teams=["a", "b"])
    assert queries(story) == one
