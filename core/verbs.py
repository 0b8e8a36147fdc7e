"""Verbs: the words for what may be done, who may do it, and whether two people must.

Each package lists its verbs in its own `verbs` module. One verb is one permission: the admin's buttons, the API's
rights and the operations' own check all read the same row.
"""

from dataclasses import dataclass
from typing import Any

from core.roles import Role

_registry: dict[str, "Verb"] = {}


@dataclass(frozen=True)
class Verb:
    """One thing that may be done. `label` is what a button says; `roles` may do it; `decided` needs two people."""

    code: str
    label: Any
    roles: frozenset[Role]
    decided: bool = False

    def __post_init__(self) -> None:
        if _registry.setdefault(self.code, self) != self:
            raise ValueError(f"the verb {self.code} is defined twice")


def verb(code: str, label: Any, *roles: Role, decided: bool = False) -> Verb:
    """Define and register a verb."""
    return Verb(code, label, frozenset(roles), decided)


def every_verb() -> dict[str, Verb]:
    """All verbs by code."""
    return dict(_registry)


def named(code: str) -> Verb:
    """The verb of that code; KeyError for a code that no package defines."""
    return _registry[code]
