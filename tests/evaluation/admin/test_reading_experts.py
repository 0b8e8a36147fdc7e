"""Whoever is shown experts by name, with what they found or how far they have got, leaves a line; not for his own."""

from typing import Any

import pytest

from core.models import Decision, Event
from evaluation.models import Finding, Sheet
from evaluation.operations.gates import find
from evaluation.operations.sheet_drafts import save_sheet_draft
from evaluation.states import FindingValue
from tests.clicking import listing, page, part, press, said, signed_in, thing
from tests.story import Story, told

pytestmark = pytest.mark.django_db

Line = tuple[str, str, int, dict[str, Any]]


def lines() -> list[Line]:
    """Every line that somebody's reading of experts has left: who, of what, and how much of each kind."""
    read = Event.objects.filter(verb="see_marks").order_by("pk")
    return list(read.values_list("actor", "subject_kind", "subject_id", "facts"))


def found(story: Story, person: str, team: str = "b") -> None:
    find(
        story.entry(team),
        gate=story.gate,
        person=story.people[person],
        finding=FindingValue.NOT_MET,
        reason="공개된 가중치와 같음",
        actor=story.actor(person),
        now=story.now,
    )


@pytest.fixture
def judged() -> Story:
    """Of team b one sheet is handed in, one is begun, and two experts have found something."""
    story = told().open()
    story.score("b", "61.25")  # of which the expert gives 21.25
    said = {"points": {"expert": "20"}, "actor": story.actor("expert-2"), "now": story.now}
    save_sheet_draft(story.entry("b"), person=story.people["expert-2"], **said)
    found(story, "expert-1")
    found(story, "expert-3")
    return story


@pytest.mark.parametrize("person", ["official-1", "auditor-1"])
def test_a_team_s_page_tells_how_many_of_each(judged: Story, person: str):
    entry = judged.entry("b")
    assert "공개된 가중치와 같음" in said(signed_in(judged, person).get(thing(entry)))
    facts = {"sheets": 1, "drafts": 1, "findings": 2}
    assert lines() == [(f"test.{person}", "evaluation.entry", entry.pk, facts)]


@pytest.mark.parametrize("person", ["expert-1", "expert-2", "expert-4"])
def test_an_expert_who_sees_his_own_alone_leaves_none(judged: Story, person: str):
    assert signed_in(judged, person).get(thing(judged.entry("b"))).status_code == 200
    assert lines() == []


def test_a_team_of_which_nobody_has_said_anything_is_no_reading(judged: Story):
    assert signed_in(judged, "official-1").get(thing(judged.entry("c"))).status_code == 200
    assert lines() == []


def test_how_far_each_expert_is(judged: Story):
    assert signed_in(judged, "auditor-1").get(part("progress", judged.round)).status_code == 200
    assert lines() == [("test.auditor-1", "evaluation.round", judged.round.pk, {"experts": 5})]


def test_before_the_round_opens_no_expert_is_named():
    story = told()
    assert signed_in(story, "official-1").get(part("progress", story.round)).status_code == 200
    assert lines() == []


def test_the_findings_beside_a_verdict(judged: Story):
    """They are told whoever approves it, on the decision's page and on the page of the approval."""
    given = {"gate": "originality", "team": "b", "verdict": "failed", "reason": "근거"}
    press(judged, "official-1", "decide_gate", judged.round, **given)
    decision = Decision.objects.get()
    assert lines() == []
    for address in (thing(decision), page("approve", decision)):
        signed_in(judged, "official-2").get(address)
    facts = {"gate": "originality", "findings": 2}
    assert lines() == [("test.official-2", "evaluation.entry", judged.entry("b").pk, facts)] * 2


def test_a_sheet_that_is_put_right(judged: Story):
    """The form shows its marks, and so does whatever was prepared."""
    sheet = Sheet.objects.get()
    signed_in(judged, "official-1").get(page("replace_sheet", sheet))
    given = {f"points_{judged.criterion('expert').pk}": "13", "comment": "", "reason": "오기"}
    press(judged, "official-1", "replace_sheet", sheet, **given)
    assert "→ 13" in said(signed_in(judged, "official-2").get(thing(Decision.objects.get())))
    assert lines() == [
        (f"test.{person}", "evaluation.sheet", sheet.pk, {"sheets": 1}) for person in ("official-1", "official-2")
    ]


@pytest.mark.parametrize("model", [Sheet, Finding])
def test_a_list_shows_no_mark_and_no_finding_and_leaves_no_line(judged: Story, model: Any):
    confidential = {Sheet: ("21.25",), Finding: ("공개된 가중치와 같음", "미충족")}[model]
    client = signed_in(judged, "official-1")
    shown = said(client.get(listing(model)))
    assert "expert-1" in shown
    assert not [words for words in confidential if words in shown]
    assert lines() == []
    row = model._default_manager.first()
    opened = said(client.get(thing(row)))
    assert not [words for words in confidential if words not in opened]
    assert lines() == [("test.official-1", row._meta.label_lower, row.pk, {})]


@pytest.mark.parametrize("experts", [("expert-1",), ("expert-1", "expert-2", "expert-3")])
def test_a_team_s_page_asks_as_often_for_one_expert_as_for_three(experts, django_assert_num_queries):
    story = told(teams=("a", "b")).open()
    for person in experts:
        story.score("b", 80, expert=person)
        found(story, person)
    client, address = signed_in(story, "official-1"), thing(story.entry("b"))
    client.get(address)
    with django_assert_num_queries(18):
        client.get(address)
