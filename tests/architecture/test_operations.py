"""Operations: each is atomic, names its actor, takes its time from outside and leaves a line; every verb has one."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection

from core.actors import Actor
from core.decisions import every_decided
from core.operation import operation, running
from core.roles import Role
from core.verbs import every_verb
from tests.architecture.sources import APPS, Source, calls, dotted, layer

# What they do is recorded by what they call, or is no decision.
UNRECORDED = {
    "evaluation.operations.recomputing.recompute": "writes derived rows only, which nothing is published from",
    "appeals.operations.closing.open_for": "opens the call through `open_call`, which records it under the same order",
}
# Parts of operations that stand in a file of their own. Outside of one the ledger refuses what they write.
PARTS = {
    *("mark_stale", "note_latest_window", "notify", "rank_all", "rank_one", "settle", "take_snapshot", "write_cells"),
    *("add_targets", "put_in_force"),  # the criteria, by a decision that somebody else has carried out
    *("free", "reporting"),  # the lock of long work, and what is told of it on the way
    "hold_entry",  # a lock alone
}
VERBS_OF_LOOPS = {"sweep": "the right to ring for a sweep, which calls operations under their own verbs"}
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete", "execute"}


def every_operation() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every function of the operation modules that carries a verb, by its full name."""
    for app in APPS:
        try:
            package = importlib.import_module(f"{app}.operations")
        except ModuleNotFoundError:
            continue
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, function in vars(importlib.import_module(module.name)).items():
                if hasattr(function, "verb") and function.__module__ == module.name:
                    yield f"{module.name}.{name}", function


OPERATIONS = dict(every_operation())


def public_functions(source: Source) -> Iterator[ast.FunctionDef]:
    yield from (node for node in source.tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_")


def decorators(function: ast.FunctionDef) -> set[str]:
    return {dotted(each) for each in function.decorator_list}


def test_there_are_operations():
    assert {name.partition(".")[0] for name in OPERATIONS} == {"core", "consortia", "evaluation", "appeals"}


@pytest.mark.parametrize("name", OPERATIONS)
def test_actor_and_time_are_given_by_name(name: str):
    taken = inspect.signature(OPERATIONS[name]).parameters
    assert {part: taken[part].kind for part in ("actor", "now")} == dict.fromkeys(
        ("actor", "now"), inspect.Parameter.KEYWORD_ONLY
    )
    assert all(taken[part].default is inspect.Parameter.empty for part in ("actor", "now"))


@pytest.mark.parametrize("name", OPERATIONS)
def test_each_leaves_a_line(name: str):
    """`record` stands in the function, or in one of its own file that it calls."""
    module = inspect.getmodule(OPERATIONS[name])
    assert module is not None
    tree = ast.parse(inspect.getsource(module))
    bodies = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    reached, waiting = set(), {name.rpartition(".")[2]}
    while waiting:
        one = waiting.pop()
        reached.add(one)
        if one in bodies:
            waiting |= {called for _, called in calls(bodies[one])} - reached
    assert ("record" in reached) != (name in UNRECORDED)


def test_whatever_writes_is_an_operation_or_a_part_of_one():
    unnamed = {
        function.name
        for source in layer("operations")
        for function in public_functions(source)
        if not decorators(function) & {"operation", "decided"}
        if any(name.rpartition(".")[2] in WRITES for _, name in calls(function))
    }
    assert unnamed == PARTS


@pytest.mark.django_db
def test_the_wrapper_is_atomic_names_the_actor_and_undoes_what_failed():
    """Every operation goes through it, so what holds for one holds for all."""
    verb = every_verb()["sweep"]

    @operation(verb)
    def fail(*, actor: Actor) -> None:
        assert connection.in_atomic_block
        assert (running().actor, running().verb) == (actor, verb)
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('simsa.actor'), current_setting('simsa.verb')")
            assert cursor.fetchone() == ("somebody", "sweep")
            cursor.execute("CREATE TABLE left_behind ()")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail(actor=Actor("somebody", frozenset({Role.SYSTEM})))
    assert "left_behind" not in connection.introspection.table_names()
    with pytest.raises(LookupError):
        running()


def test_every_verb_is_somebodys_operation():
    used = {function.verb.code for function in OPERATIONS.values()}  # type: ignore[attr-defined]
    assert set(every_verb()) - used == set(VERBS_OF_LOOPS)


def test_every_verb_is_held_by_a_role():
    assert [code for code, verb in every_verb().items() if not verb.roles] == []


def test_two_people_decide_exactly_what_is_declared_so():
    """A verb that needs two people has an act behind it that only an approval calls, and no other verb has."""
    assert {each.verb.code for each in every_decided()} == {code for code, verb in every_verb().items() if verb.decided}


@pytest.mark.parametrize("behind", every_decided(), ids=lambda behind: behind.verb.code)
def test_a_decision_is_written_in_plain_words(behind: Any):
    """What is decided is kept as JSON and read by people: codes and texts, never an object of the program."""
    subject, *rest = inspect.signature(behind.act).parameters.values()
    assert subject.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    words = {part.name: str(part.annotation) for part in rest if part.name not in {"actor", "now"}}
    assert "reason" in words
    assert {name: word for name, word in words.items() if "models" in word} == {}
