"""The officials' panel as a whole: its menu, which names what every package has put into it."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from appeals.models import Appeal, Challenge, EarlyClosing, Waiver
from consortia.models import (
    Application,
    ApplicationDraft,
    Call,
    CallTemplate,
    Grant,
    Organisation,
    Programme,
    RosterImport,
    SupportException,
    SupportLine,
    SupportReturn,
    Team,
)
from core.admin.acting import acting
from core.models import Account, Decision, Event, LedgerBlock, LedgerItem, NonWorkingDay, Pulse, Verification
from core.sentences import marked
from core.sight import may_see
from evaluation.models import (
    ComponentDeclaration,
    ConflictDeclaration,
    Correction,
    CriteriaVersion,
    Document,
    Enquiry,
    Entry,
    Export,
    Finding,
    HarnessFile,
    Message,
    Notice,
    Recount,
    Reminder,
    ResponseBatch,
    Round,
    ServiceAddress,
    Sheet,
    Snapshot,
    Supposing,
    Upload,
    Vacancy,
    Verdict,
)

MENU: Sequence[tuple[str, Sequence[tuple[type[models.Model], str]]]] = (
    (marked("평가"), ((Round, "flag"), (CriteriaVersion, "rule"), (Decision, "approval"), (Entry, "diversity_3"))),
    (
        marked("평가 자료"),
        (
            (Document, "description"),
            (ComponentDeclaration, "extension"),
            (Enquiry, "help"),
            (ConflictDeclaration, "gavel"),
            (Sheet, "edit_note"),
            (Finding, "fact_check"),
            (Verdict, "verified"),
            (Upload, "upload_file"),
            (HarnessFile, "science"),
            (ResponseBatch, "how_to_vote"),
        ),
    ),
    (
        marked("결과"),
        (
            (Snapshot, "leaderboard"),
            (Export, "folder_zip"),
            (Recount, "calculate"),
            (Supposing, "science"),
            (Correction, "edit_document"),
            (Notice, "mail"),
            (ServiceAddress, "contact_mail"),
            (Message, "notifications"),
            (Reminder, "notifications_active"),
            (Vacancy, "event_seat"),
            (Call, "campaign"),
            (ApplicationDraft, "edit_note"),
            (Application, "inbox"),
        ),
    ),
    (
        marked("이의신청"),
        (
            (Appeal, "front_hand"),
            (Challenge, "person_off"),
            (Waiver, "do_not_disturb_on"),
            (EarlyClosing, "event_available"),
        ),
    ),
    (
        marked("지원"),
        (
            (SupportLine, "inventory_2"),
            (SupportException, "rule"),
            (Grant, "volunteer_activism"),
            (SupportReturn, "assignment_return"),
        ),
    ),
    (
        marked("사업"),
        (
            (Programme, "account_tree"),
            (CallTemplate, "article"),
            (Team, "groups"),
            (Organisation, "domain"),
            (RosterImport, "upload_file"),
        ),
    ),
    (marked("관리"), ((Account, "person"), (NonWorkingDay, "event_busy"), (Pulse, "monitor_heart"))),
    (
        marked("기록"),
        ((Event, "history"), (LedgerItem, "receipt_long"), (LedgerBlock, "link"), (Verification, "policy")),
    ),
)


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu, without what the signed-in person may not see."""
    actor = acting(request)
    first = {"title": _("첫 화면"), "icon": "home", "link": reverse("admin:index")}
    groups: list[dict[str, Any]] = [{"title": "", "items": [first]}]
    for title, things in MENU:
        items = [_item(model, icon) for model, icon in things if may_see(model, actor)]
        if items:
            groups.append({"title": _(title), "separator": True, "items": items})
    return groups


def _item(model: type[models.Model], icon: str) -> dict[str, Any]:
    meta = model._meta
    link = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return {"title": str(meta.verbose_name_plural), "icon": icon, "link": link}


def icon(request: HttpRequest) -> str:
    """What a browser shows of the panel among its tabs."""
    return static("simsa/icon.svg")


def stylesheet(request: HttpRequest) -> str:
    """The panel's own style, over Unfold's."""
    return static("simsa/panel.css")


def to_panel(request: HttpRequest) -> HttpResponseRedirect:
    """The site's first address leads to the panel."""
    return HttpResponseRedirect(reverse("admin:index"))
