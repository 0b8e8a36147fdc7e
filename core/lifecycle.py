"""Lifecycles as tables of steps.

One table feeds the buttons an official sees, the diagram in the docs, the test of every state with every step, the
check constraint on the value, and the triggers with which the database refuses every other transition.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pgtrigger
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Code, Refused


@dataclass(frozen=True)
class Step:
    """One step: from any of `sources` to `target`."""

    name: str
    sources: tuple[str, ...]
    target: str


_registry: list["Lifecycle"] = []


@dataclass(frozen=True)
class Lifecycle:
    """The states of a thing and the only steps between them. The first state is where it begins."""

    name: str
    states: type[models.TextChoices]
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        _registry.append(self)

    @property
    def initial(self) -> str:
        """The state in which a thing is created."""
        return str(self.states.values[0])

    def step(self, name: str) -> Step:
        """The step of that name."""
        return next(step for step in self.steps if step.name == name)

    def require(self, state: str, name: str) -> str:
        """The state to which the step leads; refused with `wrong_state` where it may not follow."""
        step = self.step(name)
        if state not in step.sources:
            label = self.states(state).label
            raise Refused(
                Code.WRONG_STATE,
                format_lazy(_("지금 상태({label})에서는 할 수 없는 일입니다."), label=label),
                state=state,
                step=name,
            )
        return step.target

    def diagram(self) -> str:
        """The table as a state diagram (mermaid), every state under its label."""
        ends = [state for state in self.states.values if not any(state in step.sources for step in self.steps)]
        return "\n".join(
            [
                "stateDiagram-v2",
                "    direction LR",
                *(f"    {state} : {label}<br/>{state}" for state, label in self.states.choices),
                f"    [*] --> {self.initial}",
                *(f"    {source} --> {step.target} : {step.name}" for step in self.steps for source in step.sources),
                *(f"    {state} --> [*]" for state in ends),
            ]
        )

    def constraint(self, prefix: str) -> models.CheckConstraint:
        """The state is one of the table's."""
        return models.CheckConstraint(
            condition=models.Q(state__in=self.states.values),
            name=f"{prefix}_state_known",
            violation_error_message=_("없는 상태입니다."),
        )

    def triggers(self, prefix: str) -> Sequence[Any]:
        """Triggers that let a row begin only in the first state, and change only by a step of the table."""
        pairs = sorted({(source, step.target) for step in self.steps for source in step.sources})
        return [
            pgtrigger.FSM(name=f"{prefix}_steps", field="state", transitions=pairs),
            pgtrigger.Protect(
                name=f"{prefix}_begins",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__state__df=self.initial),
            ),
        ]


def every_lifecycle() -> list[Lifecycle]:
    """All lifecycles."""
    return list(_registry)
