"""Sight: who may see which rows, as a table of models and roles.

Doing is a matter of verbs; seeing is a matter of this table. A role sees every row of a model, its own rows, or none.
Each package fills in its models in its `policies`; a model that nobody has entered is seen by nobody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import models
from django.db.models import Q

from core.actors import Actor
from core.models import Account
from core.roles import Role

M = TypeVar("M", bound=models.Model)
Own = Callable[[Account, datetime], Q]


@dataclass(frozen=True)
class Sight:
    """The roles that see every row of a model, and what of it is another role's own."""

    everything: frozenset[Role]
    own: Mapping[Role, Own]


_table: dict[str, Sight] = {}


def seen(model: type[models.Model], *everything: Role, own: Mapping[Role, Own] | None = None) -> None:
    """Enter a model: `everything` see all of its rows, the roles in `own` those that the condition lets through."""
    _table[model._meta.label_lower] = Sight(frozenset(everything), own or {})


def every_sight() -> dict[str, Sight]:
    """The whole table, by model label."""
    return dict(_table)


def may_see(model: type[models.Model], actor: Actor) -> bool:
    """Whether the actor sees any rows of the model at all."""
    sight = _table.get(model._meta.label_lower)
    return sight is not None and bool(actor.roles & (sight.everything | set(sight.own)))


def sees_all(model: type[models.Model], actor: Actor) -> bool:
    """Whether the actor sees every row of the model."""
    sight = _table.get(model._meta.label_lower)
    return sight is not None and bool(actor.roles & sight.everything)


def visible(rows: "models.QuerySet[M]", actor: Actor, now: datetime) -> "models.QuerySet[M]":
    """Those of the rows that the actor may see at `now`. Lists are narrowed here; none is left to a template."""
    sight = _table.get(rows.model._meta.label_lower)
    if sight is None:
        return rows.none()
    if actor.roles & sight.everything:
        return rows
    own = [condition for role, condition in sight.own.items() if role in actor.roles]
    if not own or actor.account is None:
        return rows.none()
    mine = Q()
    for condition in own:
        mine |= condition(actor.account, now)
    return rows.filter(mine)
