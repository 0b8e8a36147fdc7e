"""A figure opened down to the marks it came from, as its page shows it."""

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from evaluation.models import Criterion, Entry
from evaluation.queries.explain import Explained
from evaluation.states import Source


def figure_of(entry: Entry, found: Explained) -> dict[str, Any]:
    """What the page shows, with the addresses of what the figure is made of and of what it is a part of."""
    return {
        "found": found,
        "criterion": found.criterion,
        "points": found.points,
        "path": _path(entry, found.criterion),
        "below": [(each, score, _address(entry, each)) for each, score in found.below],
        "batches": _batches(entry) if found.criterion and found.criterion.source == Source.RESPONSES else "",
        "pages": range(1, 1 + found.pages) if found.pages > 1 else (),
    }


def _path(entry: Entry, criterion: Criterion | None) -> list[tuple[str, str]]:
    """The way up, the round first: (name, address)."""
    above: list[tuple[str, str]] = []
    each = criterion.parent if criterion is not None else None
    while each is not None:
        above.insert(0, (each.name, _address(entry, each)))
        each = each.parent
    return [
        (str(entry.round), reverse("admin:evaluation_round_change", args=[entry.round_id])),
        (str(entry), reverse("admin:evaluation_entry_total", args=[entry.pk])),
        *above,
    ]


def _batches(entry: Entry) -> str:
    """Where the team's batches of responses are, each of which can be excluded."""
    return f"{reverse('admin:evaluation_responsebatch_changelist')}?{urlencode({'q': entry.team.code})}"


def _address(entry: Entry, criterion: Criterion) -> str:
    return reverse("admin:evaluation_entry_figure", args=[entry.pk, criterion.code])
