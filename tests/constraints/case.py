"""How a case breaks its constraint: a row spoilt, made twice, or changed."""

from collections.abc import Callable, Sequence
from typing import Any

import pgtrigger
from django.db import connection, models, transaction

from tests.constraints.valid import World

Break = Callable[[World, type[models.Model]], None]


def given(**wrong: Any) -> Break:
    """A valid row but for these fields."""

    def act(world: World, model: type[models.Model]) -> None:
        world.made(model, **_of(world, wrong))

    return act


def twice(**other: Any) -> Break:
    """A valid row and another, the same but for these fields."""

    def act(world: World, model: type[models.Model]) -> None:
        fields = world.valid(model)
        model._default_manager.create(**fields)
        model._default_manager.create(**(fields | _of(world, other)))

    return act


def changed(*steps: dict[str, Any], row: Callable[[World], models.Model] | None = None) -> Break:
    """A row (a valid new one unless `row` finds it) changed in these steps, of which the last must be refused."""

    def act(world: World, model: type[models.Model]) -> None:
        found = row(world) if row else world.made(model)
        for step in steps:
            model._default_manager.filter(pk=found.pk).update(**_of(world, step))

    return act


def deleted(row: Callable[[World], models.Model] | None = None) -> Break:
    """A row taken away."""

    def act(world: World, model: type[models.Model]) -> None:
        found = row(world) if row else world.made(model)
        model._default_manager.filter(pk=found.pk)._raw_delete("default")

    return act


def beside(trigger: str, act: Break, *, constraint: str | None = None) -> Break:
    """The same while a trigger, and a constraint, that would refuse first are off."""

    def without(world: World, model: type[models.Model]) -> None:
        with pgtrigger.ignore(f"{model._meta.label}:{trigger}"), transaction.atomic():
            if constraint:
                _drop(model, constraint)
            act(world, model)

    return without


def _drop(model: type[models.Model], constraint: str) -> None:
    """For the rest of a savepoint that is rolled back."""
    with connection.cursor() as cursor:
        # A table cannot be altered while rows of it wait for their deferred checks.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f'ALTER TABLE {model._meta.db_table} DROP CONSTRAINT "{constraint}"')


def kept(field: str, value: Any) -> Sequence[Break]:
    """Rows that are only ever added: neither changed nor taken away."""
    return changed({field: value}), deleted()


def _of(world: World, fields: dict[str, Any]) -> dict[str, Any]:
    """Values that stand in the world are told as functions of it."""
    return {name: value(world) if callable(value) else value for name, value in fields.items()}
