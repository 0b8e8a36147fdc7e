"""The facts of a record as people read them; each package says in its `fact_words` what its own are called."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.admin.columns import pretty
from core.templatetags.simsa import until, when

Word = Callable[[str], Any]  # what a code means; None where it is none of one's own
_TIME = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d)?\Z")
_labels: dict[str, Any] = {}
_words: dict[str, list[Word]] = {}
_of_facts: set[str] = set()


def call_facts(
    labels: Mapping[str, Any], words: Mapping[str, Word] | None = None, *, of_facts: Collection[str] = ()
) -> None:
    """Say what facts are called, and what the codes in some of them mean. A fact that packages share has one name.

    Where a fact is one thing after one verb and another after the next, it is called by "verb.fact"; where only its
    codes mean different things, their words are given to that.
    `of_facts` are those that hold further facts by their names. The keys of any other are codes: of teams, criteria
    or files.
    """
    _of_facts.update(of_facts)
    for name, label in labels.items():
        if _labels.setdefault(name, label) != label:
            raise ValueError(f"the fact {name} is called both {_labels[name]} and {label}")
    for name, word in (words or {}).items():
        _words.setdefault(name, []).append(word)


def one_of(choices: Iterable[tuple[str, Any]]) -> Word:
    """A code out of choices, by its label."""
    return {str(value): label for value, label in choices}.get


def end(text: str) -> str | None:
    """The end of a period, as it is told everywhere: what is recorded is the first instant too late."""
    return until(datetime.fromisoformat(text)) if _TIME.match(text) and "T" in text else None


def called(name: str, verb: str = "") -> Any:
    """What a fact of a verb is called; its own name where no package says it any longer."""
    return _labels.get(f"{verb}.{name}", _labels.get(name, name))


def every_fact() -> dict[str, Any]:
    """All facts that are called something, by name."""
    return dict(_labels)


def facts_shown(facts: Mapping[str, Any], verb: str = "") -> SafeString:
    """Each fact of a verb by its name, times and codes in words; below it all as it was recorded.

    What was prepared holds the facts of what it decides.
    """
    if not facts:
        return escape("—")
    whole = format_html("<details><summary>{}</summary>{}</details>", _("기록된 그대로"), pretty(facts))
    return format_html("{}{}", _facts(facts, str(facts.get("decides", verb))), whole)


def _facts(facts: Mapping[str, Any], verb: str) -> SafeString:
    return _listed([(called(name, verb), _shown(value, name, verb)) for name, value in facts.items()])


def _words_of(name: str, verb: str) -> Sequence[Word]:
    return _words.get(f"{verb}.{name}", _words.get(name, []))


def _listed(lines: list[tuple[Any, Any]]) -> SafeString:
    return format_html('<dl class="s-facts">{}</dl>', format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", lines))


def _shown(value: Any, name: str, verb: str) -> Any:
    """A value of JSON. What a list holds by names are facts of their own."""
    if value is None or value in ("", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("예") if value else _("아니요")
    if isinstance(value, Mapping):
        by_codes = [(key, _shown(each, name, verb)) for key, each in value.items()]
        return _facts(value, verb) if name in _of_facts else _listed(by_codes)
    if isinstance(value, list):
        each_shown = [
            (_facts(each, verb) if isinstance(each, Mapping) else _shown(each, name, verb),) for each in value
        ]
        if any(isinstance(each, list | Mapping) for each in value):
            return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", each_shown))
        return format_html_join(", ", "{}", each_shown)
    return _said(str(value), _words_of(name, verb))


def _said(text: str, words: Sequence[Word]) -> Any:
    meant = next((word for each in words if (word := each(text)) is not None), None)
    if meant is not None:
        return meant
    if not _TIME.match(text):
        return text
    with suppress(ValueError):
        return when(date.fromisoformat(text) if len(text) == len("2026-01-15") else datetime.fromisoformat(text))
    return text
