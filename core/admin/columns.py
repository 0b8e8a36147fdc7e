"""Columns and read-only fields that several admins share."""

import json
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.actors import actor_label
from core.templatetags.simsa import left_words, until, verb_label

TONES: Mapping[str, str] = {
    "prepared": "wait",
    "approved": "good",
    "returned": "off",
    "void": "off",
    "draft": "off",
    "scoring": "wait",
    "announced": "info",
    "final": "good",
    "advanced": "good",
    "gate_failed": "bad",
    "below_floor": "bad",
    "eliminated": "off",
    "withdrawn": "off",
    "passed": "good",
    "failed": "bad",
    "met": "good",
    "not_met": "bad",
    "open": "good",
    "authorised": "wait",
    "filed": "wait",
    "admitted": "info",
    "rejected": "off",
    "upheld": "good",
    "partly_upheld": "good",
    "dismissed": "off",
    "proposed": "wait",
    "in_force": "good",
    "superseded": "off",
    "dropped": "off",
    "waiting": "wait",
    "checked": "info",
    "confirmed": "wait",
    "done": "good",
    "refused": "bad",
    "cancelled": "off",
}


def badge(value: str | None, label: Any) -> SafeString:
    """A word with a tone; the word says everything, the colour only helps to find it."""
    return format_html('<span class="s-badge s-{}">{}</span>', TONES.get(value or "", "off"), label)


def badged(field: str, description: Any) -> Callable[[Any], SafeString]:
    """A column that shows a choice as a badge."""

    @admin.display(description=description, ordering=field)
    def column(obj: Any) -> SafeString:
        return badge(getattr(obj, field), getattr(obj, f"get_{field}_display")())

    return column


SOON = 2
"""Days left from which a period is shown as ending."""


def left_badge(days: int) -> SafeString:
    """The days that a running period has left."""
    return badge("scoring" if days <= SOON else "announced", left_words(days))


def ending(path: str, description: Any) -> Callable[[Any], str]:
    """A column or field that says until when a period runs. `path` leads to its end, the first instant too late."""

    @admin.display(description=description, ordering=path.replace(".", "__"))
    def column(obj: Any) -> str:
        return until(attrgetter(path)(obj))

    return column


@admin.display(description=_("행위"), ordering="verb")
def verb(obj: Any) -> Any:
    """A verb by its label."""
    return verb_label(obj.verb)


@admin.display(description=_("행위자"), ordering="actor")
def actor(obj: Any) -> Any:
    """Who did it."""
    return actor_told(obj.actor)


def actor_told(name: str) -> Any:
    """Who that is; of the machine what it was at, beside its name in the record, by which it is searched for."""
    label = actor_label(name)
    return label if label == name else format_html("{} <small>{}</small>", label, name)


@admin.display(description=_("집행한 결정"))
def mandate(obj: Any) -> Any:
    """The decision that was carried out, with the way to it; a dash where somebody acted of his own right."""
    kind, _colon, key = obj.mandate.partition(":")
    if kind != "decision":
        return obj.mandate or "—"
    return format_html('<a href="{}">#{}</a>', reverse("admin:core_decision_change", args=[key]), key)


def pretty(value: Any) -> SafeString:
    """JSON values, readable."""
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)
    return format_html('<pre class="s-json" tabindex="0">{}</pre>', text)
