"""The project's own source, parsed once, for the tests that read it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "rehearsal", "appeals", "evaluation", "consortia", "core")
# From the lowest: each may know itself and those before it.
APPS = ("core", "consortia", "evaluation", "appeals", "rehearsal")


@dataclass(frozen=True)
class Source:
    """A file, by its path from the root, with its lines and its tree."""

    path: str
    lines: tuple[str, ...]
    tree: ast.Module

    def where(self, node: ast.AST) -> str:
        """The place of a node, as an editor takes it."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    @property
    def parts(self) -> tuple[str, ...]:
        """Package, layer and the rest, the last without its ending."""
        return Path(self.path).with_suffix("").parts


@cache
def _read(folder: str) -> tuple[Source, ...]:
    found = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found.append(Source(str(path.relative_to(ROOT)), tuple(text.splitlines()), ast.parse(text)))
    return tuple(found)


def code() -> Iterator[Source]:
    """Every file of the packages but migrations, which are history."""
    for package in PACKAGES:
        yield from (source for source in _read(package) if "migrations" not in source.parts)


def suite() -> Iterator[Source]:
    """Every file of the tests."""
    yield from _read("tests")


def layer(*names: str) -> Iterator[Source]:
    """The files of those layers (a module or a package of that name directly under an app)."""
    yield from (source for source in code() if len(source.parts) > 1 and source.parts[1] in names)


def functions(source: Source) -> Iterator[ast.FunctionDef]:
    """Every function and method of a file."""
    yield from (node for node in ast.walk(source.tree) if isinstance(node, ast.FunctionDef))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or an attribute, with what is called left out; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return dotted(node.func) if isinstance(node, ast.Call) else ""


def calls(node: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    """Every call in a node with the dotted name of what is called."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call):
            yield each, dotted(each.func)
