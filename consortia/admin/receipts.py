"""Lists of what is received under a number: the number stands in them, and finds its row as people quote it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import Receipt
from core.admin.acting import acting
from core.sight import may_see


class ReceivedAdmin(ProgrammeThingAdmin):
    """`receipt` is the model of the receipts; each row has its own under that name. Who sees none sees no numbers."""

    receipt: ClassVar[type[Receipt]]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        return super().get_queryset(request).select_related("receipt")

    def get_list_display(self, request: HttpRequest) -> Any:
        shown = super().get_list_display(request)
        return ["receipt_number", *shown] if may_see(self.receipt, acting(request)) else shown

    @admin.display(description=_("접수번호"))
    def receipt_number(self, obj: Any) -> str:
        return str(getattr(obj, "receipt", "—"))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        shown = super().get_changelist_instance(request)
        if may_see(self.receipt, acting(request)):
            shown.search_help_text = f"{_('접수번호')}, {shown.search_help_text}"
        return shown

    def get_search_results(
        self, request: HttpRequest, queryset: "QuerySet[Any]", search_term: str
    ) -> tuple["QuerySet[Any]", bool]:
        quoted = self.receipt.quoted(search_term) if may_see(self.receipt, acting(request)) else None
        if quoted is None:
            return super().get_search_results(request, queryset, search_term)
        year, sequence = quoted
        return queryset.filter(receipt__year=year, receipt__sequence=sequence), False
