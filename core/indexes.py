"""Indexes that searches need."""

from django.contrib.postgres.indexes import OpClass
from django.db.models import Index
from django.db.models.functions import Upper


def prefix_index(field: str, *, name: str) -> Index:
    """An index for the beginning of a short text, whatever its case: what `istartswith` asks for.

    Never over a text without a limit: a value longer than a third of a page cannot be indexed, and would be refused.
    """
    return Index(OpClass(Upper(field), name="text_pattern_ops"), name=name)
