"""The database is the last guard: each constraint and trigger refuses what it stands for, and is the one that does.

One test a model. A constraint or trigger without a case, or a case without one, fails.
"""

import re

import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction

from core.ledger.naming import named
from tests.constraints import (
    cases_programmes,
    cases_rounds,
    test_appeals,
    test_criteria,
    test_imports,
    test_names,
    test_newcomers,
    test_notices,
    test_papers,
    test_rosters,
    test_support,
)
from tests.constraints.case import Break
from tests.constraints.valid import MODELS, World

CASES = {**cases_programmes.CASES, **cases_rounds.CASES}
# What has come since has its cases, in the same shape, beside the rows that they need.
ELSEWHERE = {
    *(name for name, _ in (*test_names.CASES, *test_notices.CASES, *test_support.CASES)),
    *(*test_papers.CASES, *test_appeals.CASES, *test_newcomers.CASES, *test_support.ONCE.values()),
    *test_criteria.CASES,
    *test_imports.CASES,
    *test_rosters.CASES,
}
APPS = ("core", "consortia", "evaluation", "appeals")
# A trigger's error names no constraint, but the function that raised it.
RAISED = re.compile(r"PL/pgSQL function pgtrigger_(\w+)_[0-9a-f]{5}\(\)")


def guards(model: type[models.Model]) -> list[str]:
    """The names of the model's constraints and triggers."""
    triggers = [trigger.name for owner, trigger in pgtrigger.registered() if owner is model]
    return [constraint.name for constraint in model._meta.constraints] + triggers


def every_model() -> list[type[models.Model]]:
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


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


def test_every_constraint_and_trigger_has_its_cases():
    assert sorted({*CASES, *ELSEWHERE}) == sorted(name for model in every_model() for name in guards(model))


def test_every_model_with_a_guard_has_a_valid_row():
    assert set(MODELS) == {model for model in every_model() if CASES.keys() & set(guards(model))}


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_what_must_never_be_false_is_refused_by_its_own_guard(model):
    world = World()
    with named(actor="test", verb="test"):
        assert refusing(world, model, lambda world, model: world.made(model)) == "nothing"
        for name in CASES.keys() & set(guards(model)):
            assert [refusing(world, model, act) for act in CASES[name]] == [name] * len(CASES[name])
