"""Plays, kept: what many tests begin with is played once in a process, and kept in a database of its own.

A test that begins as others did is given the connection to that database. What it does there is taken back in the end
like every test's, so that each finds what the play left. Nothing else changes for the test: the first one that begins
so plays for itself, and so does whoever has already written something, commits, counts or captures what is done, or has
changed the program (`plainly`).
"""

import functools
import inspect
import pickle
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

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


@dataclass
class Now:
    """Where the running test is: in whose database (None is the process's own), and how."""

    here: State | None = None
    own: Any = None  # the connection to the process's own, while a test is elsewhere
    made: int = 0
    plainly: bool = False


_seen: set[Script] = set()
_kept: "OrderedDict[Script, State]" = OrderedDict()
_at = Now()


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
    words = f"{name}{arguments!r}"
    if " at 0x" in words or not _untouched():  # what is written as an address is told from nothing
        return play()
    script = (*(_at.here.script if _at.here else ()), words)
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
    if _at.plainly or len(blocks) != 1 or not blocks[0]._from_testcase or connection.savepoint_ids:
        return False
    if connection.needs_rollback or connection.run_on_commit:
        return False
    if connection.execute_wrappers or connection.force_debug_cursor:
        return False
    with connection.cursor() as cursor:
        # PostgreSQL numbers a transaction with its first write or lock.
        cursor.execute("SELECT pg_current_xact_id_if_assigned() IS NULL")
        return cursor.fetchone() == (True,)


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever is played within is played here and now, and not kept: the program is not what it is elsewhere."""
    outside, _at.plainly = _at.plainly, True
    try:
        yield
    finally:
        _at.plainly = outside


@contextmanager
def undone() -> Iterator[None]:
    """What is done within is taken back, wherever it led."""
    if not _untouched():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    before = _at.here
    try:
        yield
    finally:
        connection.run_on_commit, connection.needs_rollback = [], False
        if before is _at.here:
            connection.connection.rollback()
        elif before:
            _enter(before)
        else:
            _return()
            connection.connection.autocommit = False  # the test's transaction goes on


def _keep(script: Script, play: Callable[[], T]) -> T:
    """Play in a copy of the database where the test is; the test goes on there."""
    _at.made += 1
    state = State(script, f"{database.NAME}_{_at.made}")
    source = _at.here.name if _at.here else database.PRISTINE
    if _at.here and _at.here.raw:
        _at.here.raw.close()  # nobody may use what is copied; it is opened again for whoever asks for it
    database.copy(source, state.name)
    _enter(state)
    with plainly():
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
    if _at.here:
        _leave()
    else:
        _at.own = connection.connection
        _idle(_at.own)
    if opens := state.raw is None or state.raw.closed:
        state.raw = connection.get_new_connection({**connection.get_connection_params(), "dbname": state.name})
    state.raw.autocommit = False
    _at.here, connection.connection = state, state.raw
    if opens:
        connection.init_connection_state()


def _leave() -> None:
    """Whoever comes here next finds what was kept; a play that was refused is nobody's beginning."""
    if connection.connection not in {None, _at.here.raw}:
        connection.connection.close()
    _idle(_at.here.raw)
    if _at.here.script not in _kept:
        _forget(_at.here)


def _idle(raw: Any) -> None:
    if not raw.closed:
        raw.rollback()
        raw.autocommit = True


def _return() -> None:
    """Show the process's own database again."""
    _leave()
    _at.here, connection.connection, _at.own = None, _at.own, None


def back() -> None:
    """After a test (of a class of tests, after the last one): the process's own database again."""
    if _at.here and not connection.in_atomic_block:
        _return()


def forget_all() -> None:
    """In the end: drop whatever is kept."""
    back()  # the last test of all is not over before the session is
    while _kept:
        _forget(_kept.popitem()[1])


def _forget(state: State) -> None:
    state.raw.close()
    database.drop(state.name)
