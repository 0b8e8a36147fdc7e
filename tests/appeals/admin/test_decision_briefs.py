"""The list of decisions says what a call is authorised for and how an appeal is decided, and asks no more for many."""

import pytest
from django.conf import settings

from core.models import Decision
from tests.appeals.after import admitted, authorised, contested, decided_on, filed
from tests.clicking import listing, said, signed_in
from tests.story import Story

pytestmark = pytest.mark.django_db

PASSED = {"set_gate": {"gate": "originality", "team": "b", "verdict": "passed"}}


def decided() -> Story:
    """Two appeals, one upheld with a correction and one dismissed, and a call for what may be vacant."""
    story = contested()
    for team, outcome, corrections in (("b", "partly_upheld", [PASSED]), ("c", "dismissed", [])):
        decided_on(admitted(filed(story, team, code=f"appeal-{team}"), story), story, outcome, corrections)
    authorised(story, seats=1)
    return story


def test_outcomes_seats_and_days():
    story = decided()
    shown = said(signed_in(story, "official-1").get(listing(Decision)))
    call = "공모 코드: additional-1 · 자리 수: 1 · 공고 기간: 10일<"
    for words in ("결정: 일부 인용 · 정정: 1건<", "결정: 기각<", call):
        assert words in shown
    client = signed_in(story, "auditor-1")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = said(client.get(listing(Decision)))
    for words in ("Number of seats: 1 · Notice period: 10 days<", "Correction: 1<"):
        assert words in english


def test_three_appeals_ask_as_often_as_one(django_assert_num_queries):
    story = contested()
    official = signed_in(story, "official-1")
    for team in "bca":
        decided_on(admitted(filed(story, team, code=f"appeal-{team}"), story), story, "dismissed")
        official.get(listing(Decision))
        with django_assert_num_queries(11):
            assert said(official.get(listing(Decision))).count("결정: 기각<") == "bca".index(team) + 1
