"""A seat that a call filled and the admission of its team: what must never be false; each guard by its name."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, transaction

from consortia.models import Application, Call
from core.ledger.naming import named
from core.models import Decision
from evaluation.models import Admission, Entry, Filling, Round, Target, Vacancy
from evaluation.operations.drafting import CriterionDraft
from evaluation.operations.opening import open_round
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import ShareOfTarget
from evaluation.verbs import ADMIT_TO_ROUND
from tests.later import later_round
from tests.selection import SELECTED, selected
from tests.story import Story, told
from tests.support import decided

pytestmark = pytest.mark.django_db
STARTS = date(2026, 3, 1)
GOAL = Rule("goal", 100, source="measurements", scale=ShareOfTarget({"a": 10, "b": 9}))


class World:
    """y is selected for the first round's vacancy; the second is open for a and b, and so is a third."""

    def __init__(self) -> None:
        self.story: Story = selected("y")
        self.second, self.third = self._opened(), self._opened(code="stage-3", number=3)
        self.other = told("other").round
        self.filling = Filling.objects.get()

    def _opened(self, **given: Any) -> Round:
        fields = {"entries": [self.story.teams["a"], self.story.teams["b"]]} | given
        round = later_round(self.story, criteria=[CriterionDraft(GOAL, "goal", "goal")], **fields)
        open_round(round, actor=self.story.actor("official-1"), now=self.story.now)
        return Round.objects.get(pk=round.pk)

    def decision(self, round: Round, verb: str = "admit_to_round") -> Decision:
        about = {"subject_kind": "evaluation.round", "subject_id": round.pk, "subject_label": "시험"}
        prepared = {"prepared_by": self.story.people["official-1"], "prepared_at": SELECTED, "prepared_against": ""}
        return Decision.objects.create(verb=verb, **about, **prepared)

    def admission(self, **wrong: Any) -> Admission:
        """A valid one but for these fields."""
        fields = {"round": self.second, "filling": self.filling, "reason": "사유", "at": SELECTED}
        decision = wrong.get("decision") or self.decision(self.second)
        return Admission.objects.create(**(fields | {"decision": decision} | wrong))

    def entry(self, **wrong: Any) -> Entry:
        """A valid one of y in the second round but for these fields."""
        fields = {"round": self.second, "team": self.story.teams["y"], "position": 9, "starts": STARTS}
        admission = wrong["admission"] if "admission" in wrong else self.admission()
        return Entry.objects.create(**(fields | {"admission": admission} | wrong))

    def target(self, team: str) -> Target:
        return Target.objects.create(criterion=self.second.criteria.get(), team=self.story.teams[team], value=8)

    def admitted(self) -> Entry:
        """y's entry, made by the operation."""
        decided(self.story, ADMIT_TO_ROUND, self.second, team="y", starts=str(STARTS), targets={"goal": "8"})
        return Entry.objects.get(round=self.second, team=self.story.teams["y"])


Act = Callable[[World], Any]


def _call_taken_off(world: World) -> None:
    """The selected team's call belongs to the vacancy no more."""
    Vacancy.objects.filter(pk=world.filling.vacancy_id).update(call=None)
    Filling.objects.create(vacancy=world.filling.vacancy, application=world.filling.application, at=SELECTED)


def _another_seat(world: World) -> None:
    """The same team, selected in another call for the same vacancy."""
    programme, vacancy = world.story.programme, world.filling.vacancy
    call = Call.objects.create(programme=programme, code="call-2", notice_days=1, eligible=["newcomers"])
    Vacancy.objects.filter(pk=vacancy.pk).update(call=call)
    by = {"submitted_by": world.story.people["official-1"], "submitted_at": SELECTED}
    application = Application.objects.create(call=call, team=world.filling.application.team, **by)
    Application.objects.filter(pk=application.pk).update(state="selected")
    Filling.objects.create(vacancy=vacancy, application=application, at=SELECTED)


def _not_selected(world: World) -> None:
    call = world.filling.application.call
    by = {"submitted_by": world.story.people["x-lead"], "submitted_at": SELECTED}
    application = Application.objects.create(call=call, team=world.story.teams["x"], **by)
    Filling.objects.create(vacancy=world.filling.vacancy, application=application, at=SELECTED)


def _mine(**other: Any) -> Act:
    """The admitted team's entry, changed."""
    return lambda world: Entry.objects.filter(pk=world.admitted().pk).update(**other)


def _target_of_y(act: Callable[[Any], Any]) -> Act:
    def on(world: World) -> None:
        world.admitted()
        act(Target.objects.filter(criterion__round=world.second, team=world.story.teams["y"]))

    return on


CASES: dict[str, list[Act]] = {
    "filling_of_a_selected_team": [_call_taken_off, _not_selected],
    "filling_once_a_team": [_another_seat],
    "filling_append_only": [
        lambda world: Filling.objects.update(at=world.story.now),
        lambda world: Filling.objects.all()._raw_delete("default"),
    ],
    "admission_follows_a_selection": [
        lambda world: world.admission(round=world.third),
        lambda world: world.admission(round=world.other),
        lambda world: world.admission(round=world.story.round),
        lambda world: world.admission(decision=world.decision(world.second, "move_end")),
        lambda world: world.admission(decision=world.decision(world.third)),
    ],
    "admission_has_reason": [lambda world: world.admission(reason="")],
    "admission_append_only": [
        lambda world: Admission.objects.filter(pk=world.admission().pk).update(reason="다른 사유"),
        lambda world: Admission.objects.filter(pk=world.admission().pk)._raw_delete("default"),
    ],
}
# Guards of entries and targets that have more cases beside the rounds' own: what an admission opens, and no further.
BESIDE: dict[str, list[Act]] = {
    "evaluation_admission_filling_id_key": [lambda world: [world.admission(), world.admission()]],
    "entry_fixed": [
        lambda world: world.entry(admission=None, starts=None),
        lambda world: world.entry(team=world.story.teams["x"]),
        lambda world: world.entry(round=world.third),
        lambda world: world.entry(starts=date(2026, 1, 31)),
        lambda world: world.entry(starts=date(2026, 7, 1)),
        lambda world: Entry.objects.filter(pk=world.admitted().pk)._raw_delete("default"),
    ],
    "entry_only_withdraws": [
        _mine(starts=date(2026, 3, 2)),
        _mine(starts=None, admission=None),
        lambda world: Entry.objects.filter(pk=world.admitted().pk).update(team=world.story.teams["x"]),
    ],
    "target_frozen": [
        lambda world: world.target("y"),
        lambda world: [world.entry(), world.target("y")],  # let in, and laid down nowhere
        lambda world: [world.admitted(), world.target("x")],
        _target_of_y(lambda mine: mine.update(value=9)),
        _target_of_y(lambda mine: mine._raw_delete("default")),
    ],
}
# A trigger's error names no constraint, but the function that raised it.
RAISED = re.compile(r"PL/pgSQL function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")


def refusing(world: World, act: Act) -> str:
    """The name of the constraint or trigger that refused; whatever went through is undone."""
    try:
        with transaction.atomic():
            act(world)
            transaction.set_rollback(True)
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        found = RAISED.search(diagnosis.context or "")
        return diagnosis.constraint_name or (found[1] if found else str(error))
    return "nothing"


def test_every_guard_is_named_above():
    guards = {constraint.name for model in (Filling, Admission) for constraint in model._meta.constraints}
    guards |= {trigger.name for model, trigger in pgtrigger.registered() if model in (Filling, Admission)}
    assert guards == set(CASES)


def test_each_refuses_what_it_stands_for():
    world = World()
    with named(actor="test", verb="test"):
        assert refusing(world, lambda world: world.entry()) == "nothing"
        assert refusing(world, lambda world: world.admitted()) == "nothing"
        for name, acts in (CASES | BESIDE).items():
            assert [refusing(world, act) for act in acts] == [name] * len(acts)
