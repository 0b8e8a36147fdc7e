"""The admin in which an object is read-only and everything that may be done to it is a button.

Nothing is added, changed or deleted through a form of fields: an object changes by operations alone, each with its own
permission and page. What is shown is narrowed by `core.sight`.
"""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.admin import ShowFacets
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.lists import UncountedList, beginning, field_at, is_number, short, sortable
from core.admin.pages import OperationPage, pages_on
from core.models import Event
from core.names import name_field
from core.sight import may_see, sees_all, visible


class ReadOnlyAdmin(ModelAdmin):
    """The base of every admin. Subclasses say what is shown; operations are put on a model by `core.admin.pages.on`."""

    change_form_template = "panel/object.html"
    change_list_template = "panel/list.html"
    list_filter_sheet = False
    list_per_page = 50
    actions = None
    show_facets = ShowFacets.NEVER  # counts of every choice would be a COUNT over everything
    show_full_result_count = False
    ordering: ClassVar[Any] = ("-pk",)
    empty: ClassVar[Any] = ""
    """What the list holds and how its first row comes about: said where there is none."""
    compressed_fields = False
    empty_value_display = "—"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_see(self.model, acting(request))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> "models.QuerySet[Any]":
        return visible(super().get_queryset(request), acting(request), now_of(request))

    def get_list_filter(self, request: HttpRequest) -> Any:
        """Filters for whoever sees every row: their choices name things of which others see some, or none."""
        if not sees_all(self.model, acting(request)):
            return ()
        return [short(self.model, each) for each in self.list_filter]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return UncountedList

    def get_list_display(self, request: HttpRequest) -> Any:
        """Names in the reader's language."""
        return [name_field() if each == "name_ko" else each for each in self.list_display]

    def get_search_fields(self, request: HttpRequest) -> Any:
        """The name that the reader sees is the one that he types."""
        return [
            name_field(each.removesuffix("name_ko")) if each.endswith("name_ko") else each
            for each in self.search_fields
        ]

    def get_sortable_by(self, request: HttpRequest) -> Any:
        return sortable(self, self.get_list_display(request))

    @property
    def search_help_text(self) -> str:  # type: ignore[override]
        """What the search goes by: it stands in the field before anything is typed."""
        named = [each for each in self.search_fields if not is_number(self.model, each)]
        names = ", ".join(dict.fromkeys(str(field_at(self.model, path).verbose_name) for path in named))
        if not named:
            return str(_("번호로 찾기"))
        by_number = len(named) < len(self.search_fields)
        said = _("번호, 또는 %(fields)s의 앞부분으로 찾기") if by_number else _("%(fields)s의 앞부분으로 찾기")
        return said % {"fields": names}

    def get_search_results(
        self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str
    ) -> tuple["models.QuerySet[Any]", bool]:
        term, fields = search_term.strip(), self.get_search_fields(request)
        return (beginning(queryset, fields, term) if term and fields else queryset), False

    def found(self, request: HttpRequest, object_id: str) -> Any:
        """The object, as far as the actor may see it; 404 for everything else, whether or not it exists."""
        obj = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if obj is None:
            raise Http404
        request.simsa_found = obj  # type: ignore[attr-defined]
        return obj

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The object; the one that the page has found, where Django asks again for the same."""
        known = getattr(request, "simsa_found", None)
        if isinstance(known, self.model) and str(known.pk) == object_id:
            return known
        return super().get_object(request, object_id, from_field)

    def programme_of(self, obj: Any) -> Any:
        """The programme to which an object belongs, if any: its zone, and its mark 예시."""
        return None

    def zone_of(self, obj: Any) -> ZoneInfo:
        """The zone in which the object's times are shown and typed."""
        programme = self.programme_of(obj) if obj is not None else None
        if programme is not None:
            zone: ZoneInfo = programme.zone
            return zone
        return ZoneInfo(timezone.get_default_timezone_name())

    # Addresses.

    def address(self, obj: Any) -> str:
        """The object's own page."""
        return reverse(f"admin:{obj._meta.app_label}_{obj._meta.model_name}_change", args=[obj.pk])

    def list_address(self) -> str:
        """The page of all."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def get_urls(self) -> list[Any]:
        own = []
        for page in self.pages():
            route = f"<str:object_id>/{page.verb.code}/" if page.about_object else f"{page.verb.code}/"
            own.append(path(route, self.admin_site.admin_view(page.view), name=page.route(self.model)))
        return [*own, *super().get_urls()]

    def pages(self) -> list[OperationPage]:
        """The operations on this model."""
        return [page(self) for page in pages_on(self.model)]

    # What pages show.

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What every page about an object has: the site, the object, its zone and its programme's mark."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "subtitle": str(obj) if obj is not None else None,
            "zone": self.zone_of(obj),
            "has_view_permission": True,
        }
        programme = self.programme_of(obj) if obj is not None else None
        if programme is not None:
            context["illustrative"] = [programme] if programme.illustrative else []
        return context

    def buttons(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """The operations that the actor's role may do to the object, each with why it cannot follow now."""
        actor, now = acting(request), now_of(request)
        return [
            {"page": page, "label": page.button(), "url": page.address(obj), "blocked": why}
            for page in self.pages()
            if page.about_object == (obj is not None) and actor.may(page.verb) and page.concerns(obj)
            for why in [page.blocked(obj, actor=actor, now=now)]
        ]

    def opened(self, obj: Any, *, actor: Actor, request: HttpRequest) -> None:
        """Called when an object's page is read: confidential ones record it."""

    def more(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """What the object's page shows beside its fields."""
        return {}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method != "GET":
            raise PermissionDenied
        obj = self.found(request, object_id)
        self.opened(obj, actor=acting(request), request=request)
        buttons = self.buttons(request, obj)
        with timezone.override(self.zone_of(obj)):
            context = {
                **self.page_context(request, obj),
                "title": self.opts.verbose_name,
                "buttons": [each for each in buttons if not each["blocked"]],
                "barred": [each for each in buttons if each["blocked"]],
                "record_url": self._record_address(request, obj),
                "seen_models": self._seen_models(request),
                **self.more(request, obj),
            }
            return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        context: dict[str, Any] = {"buttons": self.buttons(request, None), "title": self.opts.verbose_name_plural}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """The object's history is the record, not the admin's own log, which nothing writes."""
        obj = self.found(request, object_id)
        if not may_see(Event, acting(request)):
            raise PermissionDenied
        return HttpResponseRedirect(self._record_address(request, obj) or self.address(obj))

    def _seen_models(self, request: HttpRequest) -> set[str]:
        """The models to whose things a link may lead."""
        actor = acting(request)
        seen = (model._meta for model in self.admin_site._registry if may_see(model, actor))
        return {f"{meta.app_label}/{meta.model_name}" for meta in seen}

    def _record_address(self, request: HttpRequest, obj: Any) -> str:
        if not may_see(Event, acting(request)):
            return ""
        about = urlencode({"subject_kind": obj._meta.label_lower, "subject_id": obj.pk})
        return f"{reverse('admin:core_event_changelist')}?{about}"


class WorkAdmin(ReadOnlyAdmin):
    """Long work: its page (which holds `panel/work.html`) tells by itself how far it is."""

    def change_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The part that fetches itself anew asks for the whole page once nobody is at the work any more."""
        response: HttpResponse = super().change_view(request, *args, **kwargs)
        if request.headers.get("HX-Request") and not response.context_data["original"].under_way:  # type: ignore[attr-defined]
            response["HX-Refresh"] = "true"
        return response
