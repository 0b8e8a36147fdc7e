"""Things that belong to a programme: shown in its zone, and marked 예시 where it is illustrative."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from consortia.models import Programme
from core.actors import Actor
from core.admin.acting import acting
from core.admin.base import ReadOnlyAdmin, WorkAdmin
from core.sight import sees_all


class ProgrammeThingAdmin(ReadOnlyAdmin):
    """`programme_path` leads from the object to its programme."""

    programme_path = "programme"

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """With the programme, which every page asks for."""
        found = super().get_queryset(request)
        return found.select_related(self.programme_path) if self.programme_path else found

    def programme_of(self, obj: Any) -> Programme:
        found = obj
        for step in filter(None, self.programme_path.split("__")):
            found = getattr(found, step)
        programme: Programme = found
        return programme


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
