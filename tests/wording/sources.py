"""Every sentence for people in the source: what is marked for the catalogue, and what is not, each with its place."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from django.utils.translation.template import templatize

from tests.architecture.sources import ROOT, Source, code, dotted

HANGUL = re.compile(r"[가-힣]")
# What marks its first argument: gettext in its forms, and what plain Python has in its place (core.sentences).
MARKS = {"_", "_now", "gettext", "gettext_lazy", "gettext_noop", "say", "marked"}
PLURAL_MARKS = {"ngettext", "ngettext_lazy"}
_LITERAL = r"u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
_MARKED_IN_TEMPLATE = re.compile(rf"\b(n?gettext|_)\(\s*{_LITERAL}(?:\s*,\s*{_LITERAL})?", re.DOTALL)


@dataclass(frozen=True)
class Words:
    """A msgid with where it stands. `plural` where there is one: Korean has one form for every number."""

    msgid: str
    place: str
    plural: str = ""


def marked() -> Iterator[Words]:
    """Every Korean msgid of the packages and the templates."""
    for found in (*_in_python(), *_in_templates()):
        if HANGUL.search(found.msgid):
            yield found


def _in_python() -> Iterator[Words]:
    for source in code():
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call):
                continue
            name, given = dotted(node.func).rpartition(".")[2], [text(each) for each in node.args[:2]]
            if name in MARKS and given and given[0]:
                yield Words(given[0], source.where(node))
            elif name in PLURAL_MARKS and all(given):
                yield Words(given[0] or "", source.where(node), given[1] or "")


def given() -> Iterator[tuple[str, set[str], set[str]]]:
    """Every sentence with blanks in braces: its place, the blanks, and what is put into them where it is said.

    Words that are said without facts are told as they stand: what looks like a blank there is one that was forgotten.
    """
    for source in code():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and dotted(node.func).rpartition(".")[2] in {"say", "format_lazy"}:
                words = node.args[0].args[0] if isinstance(node.args[0], ast.Call) else node.args[0]
                facts = {each.arg for each in node.keywords if each.arg}
                blanks = {name for _, name, _, _ in Formatter().parse(text(words) or "") if name}
                if text(words) and HANGUL.search(text(words) or ""):
                    asked = blanks if facts else {name for name in blanks if name.isidentifier()}
                    yield source.where(node), asked, facts


def text(node: ast.AST) -> str | None:
    """The text that a literal is; None for anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _in_templates() -> Iterator[Words]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        where = str(path.relative_to(ROOT))
        written = templatize(path.read_text(encoding="utf-8"), origin=where)
        for found in _MARKED_IN_TEMPLATE.finditer(written):
            line = written.count("\n", 0, found.start()) + 1
            plural = ast.literal_eval(found[3]) if found[3] and found[1] == "ngettext" else ""
            yield Words(ast.literal_eval(found[2]), f"{where}:{line}", plural)


def unmarked(source: Source) -> Iterator[tuple[str, str]]:
    """Korean texts of a file that stand outside of every mark (place, text); docstrings are not for people."""
    above = {child: node for node in ast.walk(source.tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(source.tree):
        said = text(node)
        if said is None or not HANGUL.search(said) or isinstance(above[node], ast.Expr):
            continue
        holder = above[node]
        if isinstance(holder, ast.Call) and dotted(holder.func).rpartition(".")[2] in MARKS | PLURAL_MARKS:
            continue
        yield source.where(node), said
