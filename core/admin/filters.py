"""Filters whose choices are known beforehand: no list is read through to find out what stands in it."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.sight import every_sight
from core.verbs import every_verb


class VerbFilter(admin.SimpleListFilter):
    """Choices are the verbs themselves."""

    title = _("행위")
    parameter_name = "verb"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return sorted(((each.code, str(each.label)) for each in every_verb().values()), key=lambda pair: pair[1])

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(verb=self.value()) if self.value() else queryset


class RelationFilter(admin.SimpleListFilter):
    """Choices are the tables of the project's own models."""

    title = _("표")
    parameter_name = "relation"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        packages = {label.partition(".")[0] for label in every_sight()}
        own = (model._meta for model in apps.get_models() if model._meta.app_label in packages)
        return sorted(((meta.db_table, str(meta.verbose_name)) for meta in own), key=lambda pair: pair[1])

    def queryset(self, request: Any, queryset: Any) -> Any:
        return queryset.filter(relation=self.value()) if self.value() else queryset
