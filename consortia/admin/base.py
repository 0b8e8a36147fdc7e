"""Things that belong to a programme: shown in its zone, and marked 예시 where it is illustrative."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from consortia.models import Programme
from core.actors import Actor
from core.admin.acting import acting
from core.admin.base import ReadOnlyAdmin, WorkAdmin
from core.admin.lists import UncountedList
from core.sight import sees_all


class ProgrammeThingList(UncountedList):
    """A page of things of several programmes names each one's: rounds and teams are called alike in many."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        owner: Any = self.model_admin
        for step in owner.apart:
            name = f"{step}_name"
            told = {step, name} & set(self.list_display)
            if not told and len({owner.at(step, row).pk for row in self.result_list}) > 1:
                self.list_display = [*self.list_display, name]


class ProgrammeThingAdmin(ReadOnlyAdmin):
    """`programme_path` leads from the object to its programme."""

    programme_path = "programme"
    apart: ClassVar[tuple[str, ...]] = ("programme",)
    """Steps of that path which a list names, each by its column `…_name`, where its rows differ in them."""

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """With the programme, which every page asks for."""
        found = super().get_queryset(request)
        return found.select_related(self.programme_path) if self.programme_path else found

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return ProgrammeThingList

    @admin.display(description=_("사업"))
    def programme_name(self, obj: Any) -> str:
        return self.programme_of(obj).name

    def programme_of(self, obj: Any) -> Programme:
        programme: Programme = self.at("programme", obj) if self.programme_path else obj
        return programme

    def at(self, step: str, obj: Any) -> Any:
        """What stands at a step of the path from the object to its programme."""
        for each in self.programme_path.split("__"):
            obj = getattr(obj, each)
            if each == step:
                break
        return obj


class ProgrammeWorkAdmin(WorkAdmin, ProgrammeThingAdmin):  # type: ignore[misc] # of Django's and Unfold's bases
    """Long work in a programme."""


def mark_illustrative(request: HttpRequest) -> dict[str, Any]:
    """The illustrative programmes, whose mark every page shows that does not belong to one programme.

    They are asked for only where such a page is shown.
    """
    actor = acting(request)
    return {"illustrative": SimpleLazyObject(lambda: _illustrative(actor))} if actor.roles else {}


def _illustrative(actor: Actor) -> list[Programme]:
    """All that there are; to the people of one of them, who do not see the others, only theirs.

    The mark stands wherever there are any: what belongs to all programmes, such as notices of calls, may be theirs.
    """
    every = list(Programme.objects.filter(illustrative=True).order_by("pk"))
    if actor.account is None or sees_all(Programme, actor):
        return every
    own, _dot, _code = actor.account.username.rpartition(".")
    return [each for each in every if each.code == own] or every
