"""Planting a fault: a module's own source with one part changed, put in the place of the real one while a test runs.

The changed module is compiled anew, and whoever holds one of its functions, in whatever module or registry, gets the
changed one. Nothing is imitated: what runs is the build with that one line different. Constraints that would stop the
fault in the database are dropped for the test alone.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from django.db import connection

from core import decisions
from tests.kept import plainly

Names = dict[str, Any]
OWN = ("core", "consortia", "evaluation", "appeals", "rehearsal", "tests")


@dataclass(frozen=True)
class Fault:
    """A part of a module (`old`, which stands there once) and what takes its place."""

    module: str
    old: str
    new: str


@contextmanager
def planted(faults: Sequence[Fault], dropped: Sequence[str] = ()) -> Iterator[None]:
    """The faults are active, and the constraints gone ("table constraint"), until the end."""
    registry = dict(decisions._registry)
    replaced: list[tuple[Names, str, Any]] = []
    changed: list[Names] = []
    try:
        for module in dict.fromkeys(fault.module for fault in faults):
            replaced += _replace(module, [fault for fault in faults if fault.module == module], changed)
        for guard in dropped:
            table, name = guard.split()
            _drop(table, name)
        with plainly():
            yield
    finally:
        for names, name, was in reversed(replaced):
            names[name] = was
        decisions._registry.clear()
        decisions._registry.update(registry)


def _replace(where: str, faults: Sequence[Fault], changed: list[Names]) -> list[tuple[Names, str, Any]]:
    """Compile the module with its faults, and give its functions to whoever holds the real ones, changed or not."""
    module = sys.modules[where]
    file = Path(str(module.__file__))
    source = file.read_text(encoding="utf-8")
    for fault in faults:
        assert source.count(fault.old) == 1, f"{where}: {fault.old!r} stands there {source.count(fault.old)} times"
        source = source.replace(fault.old, fault.new)
    names: Names = {"__name__": module.__name__, "__file__": str(file)}
    exec(compile(source, str(file), "exec"), names)
    own = {name: thing for name, thing in vars(module).items() if _defined_in(thing, module)}
    holders = [vars(each) for path, each in sys.modules.items() if path.split(".")[0] in OWN] + changed
    changed.append(names)
    replaced = []
    for name, real in own.items():
        for holder in holders:
            for known in [known for known, thing in holder.items() if thing is real]:
                replaced.append((holder, known, real))
                holder[known] = names[name]
    return replaced


def _defined_in(thing: object, module: ModuleType) -> bool:
    return isinstance(thing, FunctionType) and thing.__module__ == module.__name__


def _drop(table: str, name: str) -> None:
    """A constraint, a trigger, or an index: a constraint that holds under a condition only is one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [name])
        ((constraint,),) = cursor.fetchall()
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE %s", [f"pgtrigger_{name}_%"])
        triggers = cursor.fetchall()
        if constraint:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        elif triggers:
            cursor.execute(f"DROP TRIGGER {triggers[0][0]} ON {table}")
        else:
            cursor.execute(f"DROP INDEX {name}")
