"""One change of an announced result, whatever its kind."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.actors import Actor
from evaluation.models import Criterion, Entry

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A correction whose names are found. `value` is the figure it sets; `leaves` are those whose result it changes."""

    entry: Entry
    write: Callable[[str, Actor, datetime], object]
    leaves: Sequence[Criterion] = ()
    value: Decimal | None = None

    @property
    def possible(self) -> bool:
        """Whether its figure can be a figure at all: none is negative."""
        return self.value is None or self.value >= 0
