"""Plays, kept: what many tests begin with is played once in a process, and kept in a database of its own.

A test that begins as others did is given the connection to that database. What it does there is taken back in the end
like every test's, so that each finds what the play left. Nothing else changes for the test: the first one that begins
so plays for itself, and so does whoever has already written something, commits, or counts and captures what is done.
"""

import functools
import inspect
import pickle
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import connection

from tests import database

P = ParamSpec("P")
T = TypeVar("T")
Script = tuple[str, ...]
MOST = 20
"""Databases of a process at one time; the one that was not asked for the longest gives way."""


@dataclass
class State:
    """What a database holds after a script, the connection to it, and what the last step of the script returned."""

    script: Script
    name: str
    raw: Any = None
    returned: bytes = b""


_seen: set[Script] = set()
_kept: "OrderedDict[Script, State]" = OrderedDict()
_here: State | None = None  # whose database the running test is in; None is the process's own
_own: Any = None  # the connection to it, while a test is elsewhere
_made = 0


def kept(play: Callable[P, T]) -> Callable[P, T]:
    """Make a play a step that is told from others by its arguments; they are written out, so they must be words."""
    signature = inspect.signature(play)

    @functools.wraps(play)
    def played(*args: P.args, **kwargs: P.kwargs) -> T:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return step(play.__name__, lambda: play(*args, **kwargs), given.arguments)

    return played


def step(name: str, play: Callable[[], T], *arguments: object) -> T:
    """What `play` returns, and what it writes: found there if this step follows these same steps for the third time.

    `arguments` is everything that the play depends on besides the steps before it; written out, it tells them apart.
    """
    if not _untouched():
        return play()
    script = (*(_here.script if _here else ()), f"{name}{arguments!r}")
    if (state := _kept.get(script)) is not None:
        _kept.move_to_end(script)
        _enter(state)
        return pickle.loads(state.returned)
    if script not in _seen:
        _seen.add(script)
        return play()
    return _keep(script, play)


def _untouched() -> bool:
    """Whether the test has done nothing yet that a change of database would undo, and nobody watches what is done."""
    blocks = connection.atomic_blocks
    if len(blocks) != 1 or not blocks[0]._from_testcase or connection.savepoint_ids:
        return False
    if connection.needs_rollback or connection.run_on_commit:
        return False
    if connection.execute_wrappers or connection.force_debug_cursor:
        return False
    with connection.cursor() as cursor:
        # PostgreSQL numbers a transaction with its first write or lock.
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return cursor.fetchone() == (True,)


def _keep(script: Script, play: Callable[[], T]) -> T:
    """Play in a copy of the database where the test is; the test goes on there."""
    global _made
    _made += 1
    state = State(script, f"{database.NAME}_{_made}")
    source = _here.name if _here else database.PRISTINE
    if _here and _here.raw:
        _here.raw.close()  # nobody may use what is copied; it is opened again for whoever asks for it
    database.copy(source, state.name)
    _enter(state)
    returned = play()
    state.raw.commit()
    connection.run_on_commit = []
    state.returned = pickle.dumps(returned)
    _kept[script] = state
    if len(_kept) > MOST:
        _forget(_kept.popitem(last=False)[1])
    return returned


def _enter(state: State) -> None:
    """Show the test another database: its transaction has nothing in it, and is begun anew there."""
    global _here, _own
    _idle(connection.connection)
    if _here is None:
        _own = connection.connection
    known = state.raw and not state.raw.closed
    if not known:
        state.raw = connection.get_new_connection({**connection.get_connection_params(), "dbname": state.name})
    state.raw.autocommit = False
    _here, connection.connection = state, state.raw
    if not known:
        connection.init_connection_state()


def _idle(raw: Any) -> None:
    if not raw.closed:
        raw.rollback()
        raw.autocommit = True


def back() -> None:
    """After a test: the process's own database again."""
    global _here, _own
    if (state := _here) is None:
        return
    if connection.connection not in {None, state.raw}:
        connection.connection.close()
    _idle(state.raw)
    if state.script not in _kept:
        _forget(state)  # its play was refused, and the test went on with what was left
    _here, connection.connection, _own = None, _own, None


def forget_all() -> None:
    """In the end: drop whatever is kept."""
    back()  # the last test of all is not over before the session is
    while _kept:
        _forget(_kept.popitem()[1])


def _forget(state: State) -> None:
    state.raw.close()
    database.drop(state.name)
