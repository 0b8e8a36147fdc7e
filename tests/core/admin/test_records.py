"""The record as officials read it: who did what, on which decision."""

import pytest
from django.urls import reverse

from core.actors import WORKS, actor_label, machine
from core.models import Event, LedgerItem
from tests.clicking import listing, said, signed_in, thing
from tests.story import Story, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Story:
    """A round whose result an official has announced on a decision."""
    story = told(teams="ab", seats=1).open()
    for team, total in {"a": 90, "b": 80}.items():
        story.score(team, total)
        story.judge(team)
    return story.announce()


def test_the_machine_is_called_by_what_it_was_at_and_a_person_by_the_account():
    assert actor_label(machine("sweep").name) == "시스템 · 정기 처리"
    assert actor_label("test.official-1") == "test.official-1"
    assert actor_label("system:somebody-new") == "시스템 · somebody-new"
    assert {actor_label(machine(name).name) for name in WORKS} == {f"시스템 · {work}" for work in WORKS.values()}


def test_lists_say_so_beside_the_name_that_is_searched_for(story: Story):
    official = signed_in(story, "official-1")
    for model in (Event, LedgerItem):
        assert "시스템 · test <small>system:test</small>" in said(official.get(listing(model)))
        found = official.get(listing(model), {"q": "system:test"}).context["cl"].result_list
        assert {row.actor for row in found} == {"system:test"}


def test_what_carried_out_a_decision_leads_to_it(story: Story):
    official = signed_in(story, "official-1")
    event = Event.objects.get(verb="announce")
    decision = event.mandate.removeprefix("decision:")
    way = f'<a href="{reverse("admin:core_decision_change", args=[decision])}">#{decision}</a>'
    assert way in said(official.get(thing(event)))
    assert way in said(official.get(thing(LedgerItem.objects.filter(mandate=event.mandate).latest("pk"))))
    of_nobody = Event.objects.filter(mandate="").latest("pk")
    main = said(official.get(thing(of_nobody))).partition("<main")[2]
    assert main
    assert "/admin/core/decision/" not in main
