"""The officials' panel as a whole: its menu, which names what every package has put into it."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from core.admin.acting import acting
from core.sight import may_see

MENU: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    ("평가", (("evaluation.Round", "flag"), ("core.Decision", "approval"), ("evaluation.Entry", "diversity_3"))),
    (
        "평가 자료",
        (
            ("evaluation.Document", "description"),
            ("evaluation.Enquiry", "help"),
            ("evaluation.ConflictDeclaration", "gavel"),
            ("evaluation.Sheet", "edit_note"),
            ("evaluation.Finding", "fact_check"),
            ("evaluation.Verdict", "verified"),
        ),
    ),
    (
        "결과",
        (
            ("evaluation.Snapshot", "leaderboard"),
            ("evaluation.Notice", "mail"),
            ("evaluation.Vacancy", "event_seat"),
            ("consortia.Call", "campaign"),
            ("consortia.Application", "inbox"),
        ),
    ),
    (
        "사업",
        (("consortia.Programme", "account_tree"), ("consortia.Team", "groups"), ("consortia.Organisation", "domain")),
    ),
    ("관리", (("core.Account", "person"), ("core.NonWorkingDay", "event_busy"), ("core.Pulse", "monitor_heart"))),
    ("기록", (("core.Event", "history"), ("core.LedgerItem", "receipt_long"), ("core.LedgerBlock", "link"))),
)


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """The menu, without what the signed-in person may not see."""
    actor = acting(request)
    first = {"title": _("첫 화면"), "icon": "home", "link": reverse("admin:index")}
    groups: list[dict[str, Any]] = [{"title": "", "items": [first]}]
    for title, things in MENU:
        items = [_item(label, icon) for label, icon in things if may_see(apps.get_model(label), actor)]
        if items:
            groups.append({"title": _(title), "separator": True, "items": items})
    return groups


def _item(label: str, icon: str) -> dict[str, Any]:
    meta = apps.get_model(label)._meta
    link = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    return {"title": str(meta.verbose_name_plural), "icon": icon, "link": link}


def stylesheet(request: HttpRequest) -> str:
    """The panel's own style, over Unfold's."""
    return static("simsa/panel.css")


def to_panel(request: HttpRequest) -> HttpResponseRedirect:
    """The site's first address leads to the panel."""
    return HttpResponseRedirect(reverse("admin:index"))
