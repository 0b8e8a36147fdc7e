"""The page of a decision: its heading says whether its content waits, and what became of it."""

import pytest

from core.ledger.naming import named
from core.models import Decision
from core.operations.decisions import prepare
from evaluation.verbs import ANNOUNCE
from tests.clicking import press, said, signed_in, thing
from tests.story import Story, told

pytestmark = pytest.mark.django_db

TOTALS = {"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}
HEADINGS = {
    "prepared": "결재할 내용",
    "approved": "결재한 내용",
    "returned": "반려한 내용",
    "void": "무효가 된 내용",
}


@pytest.fixture
def prepared() -> tuple[Story, Decision]:
    story = told().open().score_all(TOTALS)
    for team in TOTALS:
        story.judge(team)
    arguments = {"disclosure": "outcomes"}
    official = story.actor("official-1")
    return story, prepare(ANNOUNCE, story.fresh(), actor=official, now=story.now, reason="", arguments=arguments)


def heading(story: Story, decision: Decision) -> tuple[str, list[str]]:
    """The state of the decision, and which of the headings stand on its page."""
    shown = said(signed_in(story, "official-2").get(thing(decision)))
    decision.refresh_from_db()
    return decision.state, [each for each in HEADINGS.values() if f'<h3 id="s-words">{each}</h3>' in shown]


def test_what_waits_and_what_was_approved(prepared):
    story, decision = prepared
    assert heading(story, decision) == ("prepared", ["결재할 내용"])
    press(story, "official-2", "approve", decision)
    assert heading(story, decision) == ("approved", ["결재한 내용"])


def test_what_was_handed_back(prepared):
    story, decision = prepared
    press(story, "official-2", "hand_back", decision, reason="다시")
    assert heading(story, decision) == ("returned", ["반려한 내용"])


def test_what_became_void(prepared):
    story, decision = prepared
    with named(actor="test", verb="test"):
        settled = {"settled_by": story.people["official-2"], "settled_at": story.now}
        Decision.objects.filter(pk=decision.pk).update(state="void", **settled)
    assert heading(story, decision) == ("void", ["무효가 된 내용"])
