"""What decisions decide, each in one line for a list: their subjects are read together, whatever the number of rows."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, prefetch_related_objects

from core.admin.deciding import words_of
from core.admin.lists import UncountedList
from core.decisions import decided_by, verb_of
from core.models import Decision


class DecisionList(UncountedList):
    """A page of decisions, each with its `brief`."""

    def _rows(self, keys: list[Any]) -> list[Any]:
        rows = super()._rows(keys)
        for row, brief in zip(rows, briefs_of(rows), strict=True):
            row.brief = brief
        return rows


def briefs_of(decisions: Sequence[Decision]) -> list[str]:
    """The decisions' words in one line each; empty where a page says that they would be too long for a list.

    One query for each kind of subject, and one for each thing that the words need of it.
    """
    subjects, needs = defaultdict[type[Model], set[int]](set), defaultdict[type[Model], set[str]](set)
    pages = [words_of(verb_of(decision)) for decision in decisions]
    kinds = [decided_by(verb_of(decision)).subject for decision in decisions]
    for decision, page, kind in zip(decisions, pages, kinds, strict=True):
        if page is not None and page.brief_needs is not None:
            subjects[kind].add(decision.subject_id)
            needs[kind].update(page.brief_needs)
    found = {kind: kind._default_manager.in_bulk(ids) for kind, ids in subjects.items()}
    for kind, rows in found.items():
        prefetch_related_objects(list(rows.values()), *sorted(needs[kind]))
    return [
        " · ".join(
            f"{label}: {text}" for label, text in page.in_brief(found[kind][decision.subject_id], decision.arguments)
        )
        if page is not None and page.brief_needs is not None
        else ""
        for decision, page, kind in zip(decisions, pages, kinds, strict=True)
    ]
