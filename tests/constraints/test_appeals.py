"""Appeals, selections and corrections: what must never be false; each constraint by its name, with what breaks it."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, models, transaction

from appeals.models import (
    Appeal,
    AppealReviewer,
    Authorisation,
    EarlyClosing,
    Screening,
    Selection,
    Vote,
    Waiver,
)
from appeals.states import INADMISSIBLE, AppealState
from consortia.models import Application, Call
from core.ledger.naming import named
from core.models import Decision
from evaluation.models import Correction, Snapshot, Vacancy
from tests.constraints import valid
from tests.constraints.case import Break, beside, changed, deleted, given, kept, twice
from tests.story import NOW

LATER = NOW + timedelta(days=30)


class World(valid.World):
    """Valid rows, with those of appeals, selections and corrections."""

    def _appeal(self) -> dict[str, Any]:
        about = {"round": self.round, "entry": self.story.entry("b"), "ground": "other", "statement": "내용"}
        came = {"filed_by": self.person("b-lead"), "filed_at": NOW, "decide_by": LATER}
        return {"programme": self.story.programme, "code": "appeal-1", **about, **came}

    def _appealreviewer(self) -> dict[str, Any]:
        assigned = {"assigned_by": self.person("official-1"), "assigned_at": NOW}
        return {"appeal": self.made(Appeal), "account": self.person("reviewer-1"), **assigned}

    def _waiver(self) -> dict[str, Any]:
        return {"entry": self.story.entry("b"), "waived_by": self.person("b-lead"), "waived_at": NOW}

    def _earlyclosing(self) -> dict[str, Any]:
        return {"round": self.round, "decision": self.made(Decision), "reason": "모두 포기", "closed_at": NOW}

    def _screening(self) -> dict[str, Any]:
        return {"application": self.made(Application), "eligible": True, "reason": "적합", **self._entered}

    def _vote(self) -> dict[str, Any]:
        voted = {"account": self.person("expert-1"), "accept": True, "at": NOW}
        return {"application": self.made(Application), **voted}

    def _selection(self) -> dict[str, Any]:
        return {"call": self.made(Call), "reason": "과반 미달", "decision": self.made(Decision), "at": NOW}

    def _correction(self) -> dict[str, Any]:
        tables = {"before": self.made(Snapshot), "after": self.made(Snapshot, number=2)}
        decided = {"reason": "오기", "decision": self.made(Decision), "at": NOW}
        return {"round": self.round, "items": [], **tables, **decided}


def _decision(world: World) -> Decision:
    """One more decision, for rows of which each has its own."""
    decision: Decision = world.made(Decision)
    return decision


def _same_snapshot(world: World, model: type[models.Model]) -> None:
    snapshot = world.made(Snapshot, number=9)
    world.made(model, before=snapshot, after=snapshot)


def _after_a_waiver(world: World, model: type[models.Model]) -> None:
    world.made(Waiver)
    world.made(model)


def _selected_and_nobody(world: World, model: type[models.Model]) -> None:
    """A team, then nobody, and nobody again."""
    application = world.made(Application)
    fields = {"call": application.call, "reason": "사유", "at": NOW}
    for chosen in (application, None, None):
        model._default_manager.create(application=chosen, decision=_decision(world), **fields)


ADMITTED = {"state": "admitted", "admission_reason": "적격"}
REJECTED = {"state": "rejected", "admission_reason": "부적격", "decided_at": NOW}
WITHDRAWN = {"state": "withdrawn"}
DECIDED = {"decision": _decision, "decision_reason": "재심의 결과", "decided_at": NOW}
OUTCOMES = ("upheld", "partly_upheld", "dismissed")
ENDS = (*((ADMITTED, DECIDED | {"state": outcome}) for outcome in OUTCOMES), (REJECTED,), (WITHDRAWN,))

CASES: Mapping[str, tuple[type[models.Model], Sequence[Break]]] = {
    "appeal_begins": (Appeal, [given(state=state) for state in AppealState.values if state != "filed"]),
    "appeal_steps": (
        Appeal,
        [
            *(changed(DECIDED | {"state": outcome}) for outcome in OUTCOMES),
            changed(ADMITTED, {"state": "filed"}),
            changed(ADMITTED, REJECTED),
            *(changed(*steps, {"state": state}) for steps in ENDS for state in ("filed", "admitted")),
            *(changed(*steps, WITHDRAWN) for steps in ENDS[:-1]),
            changed({"state": "nonsense"}),
        ],
    ),
    "appeal_state_known": (
        Appeal,
        [
            beside("appeal_begins", given(state="nonsense"), constraint="appeal_decided_has_reason_and_time"),
            beside("appeal_steps", changed({"state": "nonsense"}), constraint="appeal_decided_has_reason_and_time"),
        ],
    ),
    "appeal_code_form": (Appeal, [given(code=code) for code in ("", "A", "-a", "_a", "a b", "a.b", "번호", "a\n")]),
    "appeal_code_once": (Appeal, [twice(ground="clerical_error")]),
    "appeal_one_a_team_and_ground": (Appeal, [twice(code="appeal-2")]),
    "appeal_ground_known": (Appeal, [given(ground="nonsense"), given(ground="")]),
    "appeal_has_statement": (Appeal, [given(statement=""), changed({"statement": ""})]),
    "appeal_decide_by_after_filing": (Appeal, [given(decide_by=NOW), given(decide_by=NOW - timedelta(days=1))]),
    "appeal_never_after_a_waiver": (Appeal, [_after_a_waiver]),
    "appeal_inadmissible_never_admitted": (
        Appeal,
        [
            *(changed({"ground": ground}, ADMITTED) for ground in sorted(INADMISSIBLE)),
            *(changed(*steps, {"ground": "rules"}) for steps in ((ADMITTED,), *ENDS[:3])),
        ],
    ),
    "appeal_decided_has_reason_and_time": (
        Appeal,
        [
            given(decided_at=NOW),
            changed(ADMITTED | {"decided_at": NOW}),
            changed(WITHDRAWN | {"decided_at": NOW}),
            changed(REJECTED | {"admission_reason": ""}),
            changed(REJECTED | {"decided_at": None}),
            *(
                changed(ADMITTED, DECIDED | {"state": outcome} | wrong)
                for outcome in OUTCOMES
                for wrong in ({"decision": None}, {"decision_reason": ""}, {"decided_at": None})
            ),
        ],
    ),
    "appeal_reviewer_once": (AppealReviewer, [twice()]),
    "appeal_reviewer_not_of_the_first_panel": (
        AppealReviewer,
        [given(account=lambda world, number=number: world.person(f"expert-{number}")) for number in (1, 5)],
    ),
    "appeal_reviewer_append_only": (AppealReviewer, kept("assigned_at", LATER)),
    "waiver_append_only": (Waiver, kept("waived_at", LATER)),
    "early_closing_has_reason": (EarlyClosing, [given(reason="")]),
    "early_closing_append_only": (EarlyClosing, kept("reason", "다른 사유")),
    "authorisation_one_a_vacancy": (
        Authorisation,
        [twice(call=lambda world: world.made(Call, code="call-2"), decision=_decision)],
    ),
    "authorisation_only_lapses": (
        Authorisation,
        [
            changed({"call": lambda world: world.made(Call, code="call-2")}),
            changed({"round": lambda world: world.draft}),
            changed({"decision": _decision}),
            changed({"authorised_at": LATER}),
            changed({"lapsed": True, "authorised_at": LATER}),
            changed({"lapsed": True}, {"authorised_at": LATER}),
        ],
    ),
    "authorisation_stays": (Authorisation, [deleted(), deleted(lambda world: world.made(Authorisation, lapsed=True))]),
    "screening_has_reason": (Screening, [given(reason="")]),
    "screening_append_only": (Screening, kept("eligible", False)),
    "vote_one_a_person": (Vote, [twice(), twice(accept=False)]),
    "vote_append_only": (Vote, kept("accept", False)),
    "selection_has_reason": (Selection, [given(reason="")]),
    "selection_nobody_once": (Selection, [twice(decision=_decision), _selected_and_nobody]),
    "selection_append_only": (Selection, kept("reason", "다른 사유")),
    "correction_has_reason": (Correction, [given(reason="")]),
    "correction_makes_another_snapshot": (Correction, [_same_snapshot]),
    "correction_append_only": (Correction, kept("reason", "다른 사유")),
    "vacancy_not_overfilled": (Vacancy, [given(filled=2), changed({"filled": 1}, {"filled": 2})]),
}
MODELS = (Appeal, AppealReviewer, Waiver, EarlyClosing, Authorisation, Screening, Vote, Selection, Correction, Vacancy)
OWN = MODELS[:-1]  # a vacancy's other constraints stand with the rounds
# A trigger's error names no constraint, but the function that raised it.
RAISED = re.compile(r"PL/pgSQL function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")


def refusing(world: World, model: type[models.Model], act: Break) -> str:
    """The name of the constraint or trigger that refused; whatever went through is undone."""
    try:
        with transaction.atomic():
            act(world, model)
            transaction.set_rollback(True)
    except DatabaseError as error:
        diagnosis = error.__cause__.diag
        found = RAISED.search(diagnosis.context or "")
        return diagnosis.constraint_name or (found[1] if found else str(error))
    return "nothing"


def test_every_guard_is_named_above():
    guards = {constraint.name for model in OWN for constraint in model._meta.constraints}
    guards |= {trigger.name for model, trigger in pgtrigger.registered() if model in OWN}
    assert guards | {"vacancy_not_overfilled"} == set(CASES)


@pytest.mark.django_db
def test_each_refuses_what_it_stands_for():
    world = World()
    with named(actor="test", verb="test"):
        for name, (model, acts) in CASES.items():
            assert [refusing(world, model, act) for act in acts] == [name] * len(acts)


@pytest.mark.django_db
def test_what_is_right_is_taken():
    """What the cases change one thing of is taken without that change."""
    world = World()
    right: list[tuple[type[models.Model], Break]] = [
        *((model, given()) for model in MODELS),
        *((Appeal, changed(*steps)) for steps in (*ENDS, (ADMITTED, WITHDRAWN), ({"ground": "rules"}, REJECTED))),
        (Appeal, twice(code="appeal-2", ground="clerical_error")),
        (Authorisation, changed({"lapsed": True})),
        (Authorisation, twice(lapsed=True, call=lambda w: w.made(Call, code="call-2"), decision=_decision)),
        (Vacancy, given(filled=1)),
    ]
    with named(actor="test", verb="test"):
        assert [refusing(world, model, act) for model, act in right] == ["nothing"] * len(right)
