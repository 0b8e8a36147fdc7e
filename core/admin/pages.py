"""Operation pages: one operation, its button, its form, its permission and its own address.

A page turns what was typed into one call. It holds no rule: whether the step may follow is asked of the lifecycle and
of the operation's own checks, and what the operation refuses is shown as it was said.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Protocol, TypeVar
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.forms import FORESEE, OperationForm
from core.admin.guards import sentence
from core.admin.receiving import received_at
from core.attachments.receiving import received
from core.errors import Refused
from core.verbs import Verb

P = TypeVar("P", bound="type[OperationPage]")
_pages: dict[str, list[type["OperationPage"]]] = {}


def on(*models_of: type[models.Model]) -> Callable[[P], P]:
    """Put a page on a model: a package may add its operations to the things of a package below it."""

    def put(page: P) -> P:
        for model in models_of:
            _pages.setdefault(model._meta.label_lower, []).append(page)
        return page

    return put


def pages_on(model: type[models.Model]) -> list[type["OperationPage"]]:
    """The pages of a model, in the order in which they were put."""
    return list(_pages.get(model._meta.label_lower, ()))


def refusal(check: Callable[..., object], *args: Any) -> str:
    """Why a check refuses; empty where it does not."""
    try:
        check(*args)
    except Refused as refused:
        return str(refused)
    return ""


class Admin(Protocol):
    """What a page needs of the admin on which it stands (`core.admin.base.ReadOnlyAdmin`)."""

    model: type[models.Model]

    def found(self, request: HttpRequest, object_id: str) -> Any: ...

    def zone_of(self, obj: Any) -> ZoneInfo: ...

    def address(self, obj: Any) -> str: ...

    def list_address(self) -> str: ...

    def page_context(self, request: HttpRequest, obj: Any) -> dict[str, Any]: ...


class OperationPage(ABC):
    """One operation as a page. `about_object` is False for operations that bring something new into being."""

    verb: ClassVar[Verb]
    form_class: ClassVar[type[OperationForm]] = OperationForm
    template: ClassVar[str] = "panel/operation.html"
    icon: ClassVar[str] = "play_arrow"
    about_object: ClassVar[bool] = True
    dangerous: ClassVar[bool] = False
    foresees: ClassVar[bool] = False
    """Whether its form has a second button, which shows what would follow (`foresee`) and does nothing."""
    holds: ClassVar[Callable[[Any], object] | None] = None
    """Where a window closes to the minute: holds the subject (by its key); then the clock is read, under that lock."""

    def __init__(self, admin: Admin) -> None:
        self.admin = admin

    # What a page says of itself; each operation's page overrides what it needs.

    def button(self) -> Any:
        """The button's words: the verb."""
        return self.verb.label

    def concerns(self, subject: Any) -> bool:
        """Whether the operation is any matter of this object (an answered enquiry takes no second answer)."""
        return True

    def blocked(self, subject: Any, *, actor: Actor, now: datetime) -> str:
        """Why the step may not follow now; empty where it may."""
        return ""

    def follows(self, subject: Any, *, actor: Actor, now: datetime) -> Sequence[Any]:
        """What will follow, in sentences."""
        return ()

    def beside(self, subject: Any, *, actor: Actor, now: datetime) -> str:
        """What stands above the form to be looked at, as markup; empty where there is nothing."""
        return ""

    def foresee(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> str:
        """What would follow from what was typed, as markup. It writes nothing."""
        return ""

    @abstractmethod
    def perform(self, subject: Any, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        """The one call."""

    def done(self, subject: Any, result: Any) -> Any:
        """What was done, naming the thing."""
        return _("%(subject)s: %(verb)s 처리했습니다.") % {"subject": subject, "verb": self.verb.label}

    def level(self, result: Any) -> int:
        """Success, or a warning where something else came of it."""
        return messages.SUCCESS

    def after(self, subject: Any, result: Any) -> str:
        """Where to go next."""
        return self.admin.address(subject) if self.about_object else self.admin.address(result)

    # How a page works.

    @classmethod
    def route(cls, model: type[models.Model]) -> str:
        """The name of its address."""
        return f"{model._meta.app_label}_{model._meta.model_name}_{cls.verb.code}"

    def address(self, subject: Any = None) -> str:
        """Its address for an object."""
        return reverse(f"admin:{self.route(self.admin.model)}", args=[subject.pk] if self.about_object else [])

    def view(self, request: HttpRequest, object_id: str = "") -> HttpResponse:
        """Show the form; on POST call the operation, and show what it refuses beside what was typed."""
        actor, now = acting(request), now_of(request)
        subject = self.admin.found(request, object_id) if self.about_object else None
        if not actor.may(self.verb):
            raise PermissionDenied
        with timezone.override(self.admin.zone_of(subject)):
            typed = (request.POST, request.FILES) if request.method == "POST" else (None, None)
            form = self.form_class(*typed, subject=subject, actor=actor, now=now, initial=request.GET.dict())
            foreseen = ""
            if request.method == "POST" and form.is_valid():
                with suppress(_NotDone):
                    if not (self.foresees and FORESEE in request.POST):
                        return self._perform(request, subject, form)
                    foreseen = self._foresee(subject, form)
            context = {**self._context(request, subject, form), "foreseen": foreseen}
        return TemplateResponse(request, self.template, context, status=400 if form.errors else 200)

    def _foresee(self, subject: Any, form: OperationForm) -> str:
        try:
            return self.foresee(subject, dict(form.cleaned_data), actor=form.actor, now=form.now)
        except Refused as refused:
            form.show_refusal(refused)
            raise _NotDone from None

    def _perform(self, request: HttpRequest, subject: Any, form: OperationForm) -> HttpResponse:
        try:
            result = self._call(subject, form)
        except Refused as refused:
            form.show_refusal(refused)
            raise _NotDone from None
        except IntegrityError as error:
            form.add_error(None, sentence(error))
            raise _NotDone from None
        messages.add_message(request, self.level(result), str(self.done(subject, result)))
        return HttpResponseRedirect(self.after(subject, result))

    def _call(self, subject: Any, form: OperationForm) -> Any:
        """The call itself: files are put away before anything is held, and the moment is that of the receipt."""
        given, hold = dict(form.cleaned_data), type(self).holds
        with ExitStack() as stack:
            for name in form.file_fields():
                given[name] = stack.enter_context(received(given[name]))
            now = stack.enter_context(received_at(partial(hold, subject.pk))) if hold else form.now
            return self.perform(subject, given, actor=form.actor, now=now)

    def _context(self, request: HttpRequest, subject: Any, form: OperationForm) -> dict[str, Any]:
        actor, now = form.actor, form.now
        return {
            **self.admin.page_context(request, subject),
            "title": self.button(),
            "page": self,
            "verb": self.verb,
            "form": form,
            "blocked": self.blocked(subject, actor=actor, now=now),
            "follows": [str(each) for each in self.follows(subject, actor=actor, now=now)],
            "beside": self.beside(subject, actor=actor, now=now),
            "back": self.admin.address(subject) if self.about_object else self.admin.list_address(),
        }


class _NotDone(Exception):  # noqa: N818 - not an error: the page is shown again
    pass
