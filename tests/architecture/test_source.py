"""What the source itself must be: its sizes and names, and what stands nowhere in it."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.sources import ROOT, Source, calls, code, dotted, functions, layer, suite

MOST_LINES = 400
MOST_LINES_OF_CODE = 300
MOST_LINES_OF_A_FUNCTION = 40
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "managers", "data", "misc", "common"}
# The doors' clock, and the processes of a single machine.
CLOCKS = ("core/clock.py", "config/local/")
CLOCK_READS = ("timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "Now")
CLOCK_WORDS = ("clock_timestamp", "now()", "current_timestamp", "localtimestamp", "current_date")
SIGNALS = (
    *("django.dispatch", "django.db.models.signals", "django.core.signals", "django.contrib.auth.signals"),
    *("allauth.account.signals", "allauth.mfa.signals", "allauth.usersessions.signals"),
)
# allauth tells by signals alone that somebody has changed what he signs in with.
RECEIVERS = "core/entrance/receivers.py"
WRITES = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}


def imports(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{name.name}") for name in node.names)


def test_no_file_is_long():
    long = {source.path for source in code() if len(source.lines) > MOST_LINES_OF_CODE}
    assert long | {source.path for source in suite() if len(source.lines) > MOST_LINES} == set()


def test_no_function_is_long():
    """The docstring is not counted: it holds the rule and every refusal, and should not be cut for a number."""
    long = []
    for source in code():
        for function in functions(source):
            said = ast.get_docstring(function, clean=False) or ""
            lines = (function.end_lineno or 0) - function.lineno + 1 - len(said.splitlines())
            if lines > MOST_LINES_OF_A_FUNCTION:
                long.append(f"{source.where(function)} {function.name}: {lines}")
    assert long == []


def test_no_module_is_named_for_nothing():
    assert [source.path for source in (*code(), *suite()) if NAMELESS & set(source.parts)] == []


def test_models_save_as_they_are():
    """What follows from a change is the operation's, where it can be read, and never happens behind a `save`."""
    overriding = [
        source.where(function)
        for source in layer("models")
        for function in functions(source)
        if function.name in {"save", "delete", "clean", "full_clean", "__init__"}
    ]
    assert overriding == []


def test_nothing_listens_to_signals():
    """A receiver acts where nobody sees it called: an operation calls what follows from it."""
    heard = {source.path for source in code() for _, name in imports(source) if name.startswith(SIGNALS)}
    assert heard == {RECEIVERS}


def test_models_are_imported_and_not_looked_up():
    found = [source.where(call) for source in code() for call, name in calls(source.tree) if name.endswith("get_model")]
    assert found == []


def test_nothing_below_a_door_reads_a_clock():
    """`now` is given, so that a rehearsal, a test and a late job judge by the moment that counts."""
    found = []
    for source in code():
        if source.path.startswith(CLOCKS):
            continue
        for node in ast.walk(source.tree):
            name = dotted(node) if isinstance(node, ast.Name | ast.Attribute) else ""
            text = node.value.lower() if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if name.endswith(CLOCK_READS) or any(word in text for word in CLOCK_WORDS):
                found.append(source.where(node))
            if isinstance(node, ast.keyword) and node.arg in {"auto_now", "auto_now_add"}:
                found.append(source.where(node.value))
    assert found == []


def test_figures_are_never_binary_floats():
    """A binary float does not hold 11.85, and a figure that was announced must be the figure that was computed."""
    used = [
        source.where(node)
        for source in code()
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Call) and dotted(node.func) == "float")
        or (isinstance(node, ast.Attribute) and node.attr == "FloatField")
        or (isinstance(node, ast.Constant) and isinstance(node.value, float) and source.parts[0] != "config")
    ]
    assert used == []


# Running figures of the machine, in no ledger.
WRITES_OUTSIDE = {
    "appeals/sweeps.py": ["Pulse.objects.update_or_create"],
    "core/sweeps.py": ["Pulse.objects.update_or_create"],
}


def test_only_operations_write():
    """Rows are changed in `operations` alone; every door, sweep, query and model calls one or only reads."""
    above_and_below = layer(
        "admin", "api", "tasks", "views", "sweeps", "queries", "policies", "models", "states", "rules"
    )
    found: dict[str, list[str]] = {}
    for source in above_and_below:
        for _, name in calls(source.tree):
            owner, _, last = name.rpartition(".")
            if (last in WRITES and owner != "super") or (last == "update" and "objects" in owner):
                found.setdefault(source.path, []).append(name)
    assert found == WRITES_OUTSIDE


def test_tests_of_services_stand_where_they_are_run():
    """`.ci/run` asks for them by their folders: one that stood elsewhere would never be run."""
    folders = re.findall(r"tests/\w+", (ROOT / ".ci/run").read_text(encoding="utf-8"))
    mark = ".".join(("mark", "services"))
    marked = [source.path for source in suite() if any(mark in line for line in source.lines)]
    assert marked
    assert [path for path in marked if not path.startswith(tuple(f"{folder}/" for folder in folders))] == []
