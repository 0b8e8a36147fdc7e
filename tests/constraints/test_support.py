"""Support: what must never be false, whoever writes; each constraint by its name."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from consortia.models import Grant, SupportException, SupportLine, SupportReturn
from consortia.verbs import GRANT_SUPPORT, RETURN_SUPPORT
from core.ledger.naming import named
from core.models import Decision
from tests.story import NOW, Story, told
from tests.support import GPU, decided, line_of

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2026, 2, 1), date(2026, 6, 30)


class World:
    """A line granted to a, and to b, which has returned it."""

    def __init__(self) -> None:
        self.story: Story = told()
        self.line = line_of(self.story)
        self.decision: Decision = decided(self.story, GRANT_SUPPORT, self.line, teams=["a", "b"])
        decided(self.story, RETURN_SUPPORT, self.story.teams["b"], day="2026-04-01")
        self.grant = Grant.objects.get(team__code="a")
        self.other = Grant.objects.get(team__code="b")

    def made(self, model: Any, /, **wrong: Any) -> Any:
        """A valid row but for these fields."""
        common = {"reason": "사유", "decision": self.decision, "at": NOW}
        valid: dict[Any, dict[str, Any]] = {
            SupportLine: GPU | {"programme": self.story.programme, "code": "other"},
            SupportException: common
            | {"line": self.line, "team": self.story.teams["c"], "decision": self._another_decision()},
            Grant: common
            | {"line": self.line, "team": self.story.teams["c"], "number": 512, "since": SINCE, "until": UNTIL},
            SupportReturn: common | {"grant": self.grant},
        }
        return model.objects.create(**(valid[model] | wrong))

    def _another_decision(self) -> Decision:
        return Decision.objects.filter(verb="return_support").get()

    def changed(self, row: Any, **wrong: Any) -> None:
        type(row).objects.filter(pk=row.pk).update(**wrong)

    def deleted(self, row: Any) -> None:
        type(row).objects.filter(pk=row.pk)._raw_delete("default")


Break = Callable[[World], object]

CASES: list[tuple[str, Break]] = [
    *(
        ("support_line_code_form", lambda w, code=code: w.made(SupportLine, code=code))
        for code in ("", "A", "가", "a b")
    ),
    ("support_line_code_once", lambda w: w.made(SupportLine, code="gpu")),
    ("support_line_kind_known", lambda w: w.made(SupportLine, kind="money", model="")),
    ("support_line_gpu_has_model", lambda w: w.made(SupportLine, model="")),
    ("support_line_gpu_has_model", lambda w: w.made(SupportLine, kind="data")),
    ("support_line_has_unit", lambda w: w.made(SupportLine, unit="")),
    ("support_line_number_positive", lambda w: w.made(SupportLine, number=0)),
    ("support_line_period_in_order", lambda w: w.made(SupportLine, until=date(2026, 1, 31))),
    ("support_line_append_only", lambda w: w.changed(w.line, number=1)),
    ("support_line_append_only", lambda w: w.deleted(w.line)),
    ("support_exception_has_reason", lambda w: w.made(SupportException, reason="")),
    ("support_exception_names_one", lambda w: w.made(SupportException, team=None)),
    (
        "support_exception_names_one",
        lambda w: w.made(SupportException, organisation=w.story.organisations["org-a"]),
    ),
    ("support_exception_append_only", lambda w: w.changed(w.made(SupportException), number=1)),
    ("support_exception_append_only", lambda w: w.deleted(w.made(SupportException))),
    ("grant_number_positive", lambda w: w.made(Grant, number=0)),
    ("grant_period_in_order", lambda w: w.made(Grant, until=date(2026, 1, 31))),
    ("grant_has_reason", lambda w: w.made(Grant, reason="")),
    ("grant_one_open_a_line_and_team", lambda w: w.made(Grant, team=w.story.teams["a"], since=UNTIL, until=UNTIL)),
    ("grant_one_open_a_line_and_team", lambda w: w.made(Grant, team=w.story.teams["a"], until=None)),
    ("grant_one_open_a_line_and_team", lambda w: w.made(Grant, team=w.story.teams["b"], until=date(2026, 3, 31))),
    ("grant_of_own_programme", lambda w: w.made(Grant, team=told("other").teams["a"])),
    ("grant_begins_open", lambda w: w.made(Grant, returned_on=UNTIL)),
    ("grant_returned_by_a_return", lambda w: w.changed(w.grant, returned_on=UNTIL)),
    ("grant_returned_once", lambda w: w.changed(w.other, returned_on=date(2026, 4, 2))),
    ("grant_terms_stay", lambda w: w.changed(w.grant, number=1)),
    ("grant_terms_stay", lambda w: w.changed(w.grant, until=None)),
    ("grant_terms_stay", lambda w: w.changed(w.grant, team=w.story.teams["c"])),
    ("grant_stays", lambda w: w.deleted(w.grant)),
    (
        "grant_returned_in_its_period",
        lambda w: (w.made(SupportReturn), w.changed(w.grant, returned_on=date(2026, 1, 31))),
    ),
    (
        "grant_returned_in_its_period",
        lambda w: (w.made(SupportReturn), w.changed(w.grant, returned_on=date(2026, 7, 1))),
    ),
    ("grant_reallocates_what_was_returned", lambda w: w.made(Grant, reallocates=w.other.returned)),
    (
        "grant_reallocates_what_was_returned",
        lambda w: w.made(Grant, reallocates=w.other.returned, since=date(2026, 4, 1), number=513),
    ),
    (
        "grant_reallocates_what_was_returned",
        lambda w: w.made(Grant, reallocates=w.other.returned, since=date(2026, 4, 1), team=w.story.teams["b"]),
    ),
    (
        "grant_reallocates_what_was_returned",
        lambda w: w.made(Grant, reallocates=w.other.returned, since=date(2026, 4, 1), line=w.made(SupportLine)),
    ),
    ("support_return_has_reason", lambda w: w.made(SupportReturn, reason="")),
    ("support_return_append_only", lambda w: w.changed(w.other.returned, reason="다른 사유")),
    ("support_return_append_only", lambda w: w.deleted(w.other.returned)),
]


@pytest.mark.parametrize(("name", "act"), CASES, ids=[f"{number}-{name}" for number, (name, _) in enumerate(CASES)])
def test_the_database_refuses(name, act):
    world = World()
    with named(actor="test", verb="test"), pytest.raises(DatabaseError) as caught, transaction.atomic():
        act(world)
    assert name in str(caught.value)


ONCE = {"team": "support_exception_once_a_team", "organisation": "support_exception_once_an_organisation"}


@pytest.mark.parametrize("field", ONCE)
def test_one_exception_a_line_for_each(field):
    world = World()
    whom = {"team": world.story.teams["c"], "organisation": world.story.organisations["org-c"]}
    other = dict.fromkeys(whom) | {field: whom[field]}
    another = decided(world.story, GRANT_SUPPORT, world.line, teams=["d"])
    with named(actor="test", verb="test"):
        world.made(SupportException, **other)
    with named(actor="test", verb="test"), pytest.raises(IntegrityError) as caught:
        world.made(SupportException, **other, decision=another)
    assert ONCE[field] in str(caught.value)


def test_what_a_team_has_returned_may_be_granted_again_from_that_day():
    world = World()
    with named(actor="test", verb="test"):
        world.made(Grant, team=world.story.teams["b"], since=date(2026, 4, 1))
    assert Grant.objects.filter(team__code="b").count() == 2


def test_each_constraint_has_its_case():
    tested = {name for name, _ in CASES} | set(ONCE.values())
    stated = set()
    for model in (SupportLine, SupportException, Grant, SupportReturn):
        stated |= {each.name for each in model._meta.constraints} | {each.name for each in model._meta.triggers}
    assert stated == tested
