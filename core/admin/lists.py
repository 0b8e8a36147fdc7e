"""Lists that stay quick at any number of rows: nothing is counted, searches and orders follow an index.

An official looks at a page, or for a thing; how many rows stand behind it is worth no scan of the whole table.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.admin import ModelAdmin, RelatedFieldListFilter
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest

MOST_PAGES = 2_000
"""How far a list can be leafed; what stands further away is found by a search, a filter or the other order."""
MOST_KEYS = 5_000
"""Keys that a search looks up one by one; one that finds more is a walk through the list."""
MOST_CHOICES = 100
"""Choices of a filter; the newest, where there are more."""
_OWNERS = (("round", "programme"), ("programme",))
"""What a thing may belong to, the nearest first."""


class UncountedList(ChangeList):
    """A page reads the keys of its rows and one more, which says whether another page follows.

    The keys come first and by themselves: what stands before a deep page is passed over in an index and never joined.
    """

    model_admin: "ModelAdmin[Any]"

    def get_results(self, request: HttpRequest) -> None:
        if not 1 <= self.page_num <= MOST_PAGES:
            raise IncorrectLookupParameters
        start = (self.page_num - 1) * self.list_per_page
        keys = list(self.queryset.values_list("pk", flat=True)[start : start + self.list_per_page + 1])
        if start and not keys:
            raise IncorrectLookupParameters
        self.result_list = self._rows(keys[: self.list_per_page])
        self.followed = len(keys) > self.list_per_page and self.page_num < MOST_PAGES
        self.result_count = self.full_result_count = len(self.result_list)
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = False
        self.multi_page = self.followed or self.page_num > 1
        self.paginator = self.model_admin.get_paginator(request, self.result_list, self.list_per_page)

    def _rows(self, keys: list[Any]) -> list[Any]:
        rows = self.root_queryset.filter(pk__in=keys).order_by()
        found = self.apply_select_related(rows).in_bulk()
        return [found[key] for key in keys if key in found]

    @property
    def previous_page(self) -> str:
        """The address of the page before, empty on the first."""
        return self.get_query_string({PAGE_VAR: self.page_num - 1}) if self.page_num > 1 else ""

    @property
    def next_page(self) -> str:
        """The address of the page after, empty on the last."""
        return self.get_query_string({PAGE_VAR: self.page_num + 1}) if self.followed else ""


class NewestChoices(RelatedFieldListFilter):
    """A filter by a related thing. Its choices are the newest few: a table that grows is no menu.

    Where two are called alike, as rounds of two programmes and gates of two rounds are, each says whose it is.
    """

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        model = field.remote_field.model
        fields = {each.name for each in model._meta.fields}
        owners = next((path for path in _OWNERS if path[0] in fields), ())
        newest = model._default_manager.order_by("-pk")
        if owners:
            newest = newest.select_related(LOOKUP_SEP.join(owners))
        words = {each: str(each) for each in newest[:MOST_CHOICES]}
        alike = Counter(words.values())
        return [(each.pk, _whose(each, owners) if alike[said] > 1 else said) for each, said in words.items()]


def _whose(thing: Any, owners: Sequence[str]) -> str:
    """A thing with whom it belongs to: "독자성 · 1단계 · 독자 AI 파운데이션 모델"."""
    named = [thing]
    for owner in owners:
        named.append(getattr(named[-1], owner))
    return " · ".join(map(str, named))


def short(model: type[models.Model], name: Any) -> Any:
    """A filter as an admin names it, with short choices where it leads to another table."""
    if not isinstance(name, str):
        return name
    return (name, NewestChoices) if field_at(model, name).is_relation else name


def beginning(queryset: "models.QuerySet[Any]", fields: Any, term: str) -> "models.QuerySet[Any]":
    """The rows of which one of the fields begins with the term, whatever its case; a number is the whole of it.

    Each field is looked up by its own index: an OR across tables would read them all. Where the keys are many the list
    is walked in its own order instead, which soon meets as many as a page holds.
    """
    begins = [asked for field in fields if (asked := _asked(queryset.model, field, term))]
    if not begins:
        return queryset.none()
    base = queryset.model._base_manager.order_by()
    few = [base.filter(**each).values_list("pk", flat=True)[: MOST_KEYS + 1] for each in begins]
    keys = list(few[0].union(*few[1:]) if len(few) > 1 else few[0])
    if len(keys) <= MOST_KEYS:
        return queryset.filter(pk__in=keys)
    return queryset.filter(reduce(or_, (models.Q(**each) for each in begins)))


def _asked(model: type[models.Model], field: str, term: str) -> dict[str, Any]:
    if not is_number(model, field):
        return {f"{field}__istartswith": term}
    return {field: int(term)} if re.fullmatch("[0-9]{1,18}", term) else {}


def is_number(model: type[models.Model], path: str) -> bool:
    """Whether a search looks for a whole number there."""
    return isinstance(field_at(model, path), models.IntegerField)


def field_at(model: type[models.Model], path: str) -> Any:
    """The field to which a path leads."""
    for step in path.split(LOOKUP_SEP)[:-1]:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model._meta.get_field(path.rsplit(LOOKUP_SEP, maxsplit=1)[-1])


def in_order(model: type[models.Model]) -> set[str]:
    """The fields by which an index puts all rows of the model in order. A foreign key is ordered by its own table."""
    every: list[Any] = [*model._meta.fields]
    fields = [each for each in every if not each.is_relation]
    indexed = {each.name for each in fields if each.primary_key or each.unique or each.db_index}
    listed = [each.fields[0] for each in model._meta.indexes if each.fields and each.condition is None]
    unique = [
        each.fields[0]
        for each in model._meta.constraints
        if isinstance(each, models.UniqueConstraint) and each.fields and each.condition is None
    ]
    leading = {name.removeprefix("-") for name in (*listed, *unique)}
    keys = {each.attname for each in every if each.is_relation and (each.db_index or each.name in leading)}
    return indexed | keys | (leading & {each.name for each in fields}) | {"pk"}


def sortable(admin: "ModelAdmin[Any]", columns: Any) -> list[Any]:
    """The columns by which a list may be sorted: those behind which an index stands."""
    quick = in_order(admin.model)
    return [column for column in columns if _ordering(admin, column) in quick]


def _ordering(admin: "ModelAdmin[Any]", column: Any) -> str | None:
    try:
        return str(admin.opts.get_field(column).name) if isinstance(column, str) else column.admin_order_field
    except (FieldDoesNotExist, AttributeError):
        shown = getattr(admin, column, None) if isinstance(column, str) else None
        found: str | None = getattr(shown, "admin_order_field", None)
        return found
