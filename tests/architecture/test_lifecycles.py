"""Lifecycles: every state with every step, in Python and in the database, and the diagrams in the docs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, models, transaction

from appeals.models import Appeal
from appeals.states import APPEAL
from consortia.models import Application, Call
from consortia.states import APPLICATION, CALL
from core.errors import Code, Refused
from core.ledger.naming import named
from core.lifecycle import Lifecycle
from core.models import Decision
from core.models.decision import DECISION
from evaluation.models import CriteriaVersion, Round
from evaluation.states import CRITERIA, ROUND
from tests.architecture.sources import ROOT
from tests.story import NOW, Story, told

TABLES = (ROUND, CRITERIA, CALL, APPLICATION, DECISION, APPEAL)
EVERY_STEP = [
    pytest.param(table, state, step.name, id=f"{table.name}-{state}-{step.name}")
    for table in TABLES
    for state in table.states.values
    for step in table.steps
]
EVERY_STATE = [
    pytest.param(table, state, id=f"{table.name}-{state}") for table in TABLES for state in table.states.values
]


@pytest.mark.parametrize(("table", "state", "name"), EVERY_STEP)
def test_each_state_with_each_step(table: Lifecycle, state: str, name: str):
    step = table.step(name)
    if state in step.sources:
        assert table.require(state, name) == step.target
        return
    with pytest.raises(Refused) as refused:
        table.require(state, name)
    assert refused.value.code is Code.WRONG_STATE
    assert refused.value.facts == {"state": state, "step": name}


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_is_whole(table: Lifecycle):
    """No step between states that do not exist, no state that cannot be reached, no name for two steps."""
    states = set(table.states.values)
    assert {state for step in table.steps for state in (*step.sources, step.target)} <= states
    assert {state for state in states if path_to(table, state) is not None} == states
    assert len({step.name for step in table.steps}) == len(table.steps)


def path_to(table: Lifecycle, state: str) -> list[str] | None:
    """The states from the first to this one, itself included."""
    paths = [[table.initial]]
    for path in paths:
        if path[-1] == state:
            return path
        targets = {step.target for step in table.steps if path[-1] in step.sources}
        paths += [[*path, target] for target in sorted(targets - set(path))]
    return None


@dataclass(frozen=True)
class Kind:
    """How a row of a table is made, and what else a row in a state must hold so that only the step is in question."""

    model: type[models.Model]
    make: Callable[[Story, str], models.Model]
    beside: Callable[[Story, str], dict[str, Any]]


def round_beside(story: Story, state: str) -> dict[str, Any]:
    reached = ROUND.states.values.index(state)
    times = ["opened_at", "announced_at", "appeals_closed_at"]
    given = {name: NOW if reached > number else None for number, name in enumerate(times)}
    return {**given, "appeals_close_at": given["announced_at"]}


def call_beside(story: Story, state: str) -> dict[str, Any]:
    opened = state not in {"authorised", "void"}
    return {
        "seats": 1 if opened else None,
        "opened_at": NOW if opened else None,
        "closes_at": NOW.replace(year=NOW.year + 1) if opened else None,
        "void_reason": "공석 없음" if state == "void" else "",
    }


def decision_beside(story: Story, state: str) -> dict[str, Any]:
    settled = state != "prepared"
    by = story.people["official-2"].pk if settled else None
    return {"settled_by_id": by, "settled_at": NOW if settled else None, "settled_reason": "사유" if settled else ""}


def make_round(story: Story, state: str) -> Round:
    plain = {"name_ko": "2차", "name_en": "2", "starts": story.round.starts, "ends": story.round.ends, "seats": 1}
    beside = round_beside(story, state)
    return Round.objects.create(programme=story.programme, code="next", number=2, state=state, **plain, **beside)


def make_call(story: Story, state: str) -> Call:
    beside = call_beside(story, state)
    return Call.objects.create(
        programme=story.programme, code="extra", notice_days=10, eligible=["newcomers"], state=state, **beside
    )


def make_application(story: Story, state: str) -> Application:
    call = make_call(story, "authorised")
    by = story.people["x-lead"]
    return Application.objects.create(call=call, team=story.teams["x"], submitted_by=by, submitted_at=NOW, state=state)


def make_decision(story: Story, state: str) -> Decision:
    return Decision.objects.create(
        verb="announce",
        subject_kind="evaluation.round",
        subject_id=story.round.pk,
        subject_label="1차",
        prepared_against="0" * 64,
        prepared_by=story.people["official-1"],
        prepared_at=NOW,
        state=state,
        **decision_beside(story, state),
    )


def appeal_beside(story: Story, state: str) -> dict[str, Any]:
    decided = state in {"upheld", "partly_upheld", "dismissed"}
    with named(actor="test", verb="test"):
        decision = make_decision(story, "prepared").pk if decided else None
    return {
        "decided_at": NOW if decided or state == "rejected" else None,
        "decision_id": decision,
        "decision_reason": "이유" if decided else "",
        "admission_reason": "이유" if state == "rejected" else "",
    }


def make_appeal(story: Story, state: str) -> Appeal:
    return Appeal.objects.create(
        programme=story.programme,
        code="appeal",
        round=story.round,
        entry=story.entry("a"),
        ground="other",
        statement="내용",
        filed_by=story.people["a-lead"],
        filed_at=NOW,
        decide_by=NOW.replace(year=NOW.year + 1),
        state=state,
        **appeal_beside(story, state),
    )


def criteria_beside(story: Story, state: str) -> dict[str, Any]:
    """The one decision, which stays once it is there."""
    if state not in {"in_force", "superseded"}:
        return {}
    with named(actor="test", verb="test"):
        decision = Decision.objects.first() or make_decision(story, "prepared")
    return {"decision_id": decision.pk}


def make_criteria(story: Story, state: str) -> CriteriaVersion:
    """The second version, beside a first that is in nobody's way."""
    first = CriteriaVersion.objects.filter(round=story.round)
    for past in ("in_force", "superseded"):
        first.update(state=past)
    laid = {"rules": [], "digest": "0" * 64, "reason": "조정", "at": NOW}
    return CriteriaVersion.objects.create(
        round=story.round, number=2, **laid, state=state, **criteria_beside(story, state)
    )


KINDS = {
    "criteria_version": Kind(CriteriaVersion, make_criteria, criteria_beside),
    "appeal": Kind(Appeal, make_appeal, appeal_beside),
    "round": Kind(Round, make_round, round_beside),
    "call": Kind(Call, make_call, call_beside),
    "application": Kind(Application, make_application, lambda story, state: {}),
    "decision": Kind(Decision, make_decision, decision_beside),
}


def by_update(kind: Kind, row: models.Model, values: dict[str, Any]) -> None:
    kind.model._default_manager.filter(pk=row.pk).update(**values)


def by_sql(kind: Kind, row: models.Model, values: dict[str, Any]) -> None:
    columns = ", ".join(f"{name} = %s" for name in values)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {kind.model._meta.db_table} SET {columns} WHERE id = %s", [*values.values(), row.pk])


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is named for the ledger and taken back."""
    with transaction.atomic(), named(actor="tester", verb="try"):
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "source"), EVERY_STATE)
def test_the_database_takes_the_steps_and_no_other(table: Lifecycle, source: str):
    story, kind = told(teams=("a", "b")), KINDS[table.name]
    allowed = {step.target for step in table.steps if source in step.sources}
    path = path_to(table, source)
    assert path is not None
    with transaction.atomic(), named(actor="tester", verb="set_up"):
        row = kind.make(story, table.initial)
        for state in path[1:]:
            by_update(kind, row, {"state": state, **kind.beside(story, state)})
    for target in sorted(set(table.states.values) - {source}):
        for way in (by_update, by_sql):
            values = {"state": target, **kind.beside(story, target)}
            if target in allowed:
                with undone():
                    way(kind, row, values)
            else:
                with pytest.raises(ProgrammingError, match="Invalid transition"), undone():
                    way(kind, row, values)
    row.refresh_from_db()
    assert row.state == source  # type: ignore[attr-defined]


@pytest.mark.django_db
@pytest.mark.parametrize(("table", "state"), EVERY_STATE)
def test_a_row_begins_in_the_first_state(table: Lifecycle, state: str):
    story, kind = told(teams=("a", "b")), KINDS[table.name]
    if state == table.initial:
        with undone():
            kind.make(story, state)
    else:
        with pytest.raises(ProgrammingError, match="Cannot insert"), undone():
            kind.make(story, state)


def test_the_diagrams_are_those_of_the_tables():
    drawn = StringIO()
    call_command("lifecycles", stdout=drawn)
    assert (ROOT / "docs" / "lifecycles.md").read_text(encoding="utf-8") == drawn.getvalue()
    assert all(table.diagram() in drawn.getvalue() for table in TABLES)


def test_every_lifecycle_is_tested_here():
    """A model with a `state` and a table of steps belongs in this file."""
    from django.apps import apps

    staged = {model for model in apps.get_models() if any(field.name == "state" for field in model._meta.fields)}
    assert staged == {kind.model for kind in KINDS.values()}
