"""Appeals, waivers, early closings and challenges in the panel: officials, auditors, the team's own and reviewers."""

from typing import Any

from django.contrib import admin
from django.db.models import DateTimeField, Value
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from appeals.admin.appeal_page import appeal_page
from appeals.admin.terms import term_left
from appeals.models import Appeal, AppealReceipt, AppealReviewer, Challenge
from appeals.operations.reading import see_appeal
from appeals.queries.reviewers import reviewer_seats
from appeals.states import UNDECIDED
from consortia.admin.base import ProgrammeThingAdmin
from consortia.admin.receipts import ReceivedAdmin
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.columns import badge, badged
from core.calendar.words import window_words
from core.sight import may_see
from core.wording import language
from evaluation.admin.entry_things import EntryThingAdmin


class AppealAdmin(ReceivedAdmin):
    """이의신청. Opening one is recorded."""

    receipt = AppealReceipt
    change_form_template = "panel/appeal.html"
    fields = ("code", "round", "entry", "ground", "filed_by", "filed_at", "term", "left", "admission_reason")
    readonly_fields = ("term", "left")
    list_display = ("code", "state_badge", "entry", "ground", "round", "filed_at", "term", "left")
    list_filter = ("state", "ground", "round")
    list_select_related = ("programme", "round__programme", "entry__team")
    search_fields = ("code", "entry__team__name_ko", "entry__team__code")
    ordering = ("-filed_at", "-pk")
    empty = _(
        "팀이 낸 이의신청입니다. 이의신청 기간에 팀 담당자가 내거나, 서면으로 받아 참여팀의 화면에서 접수하면 실립니다."
    )
    state_badge = staticmethod(badged("state", _("상태")))

    def get_queryset(self, request: HttpRequest) -> Any:
        asked = Value(now_of(request), output_field=DateTimeField())
        return super().get_queryset(request).annotate(asked_at=asked)

    @admin.display(description=_("결정 기한"), ordering="decide_by")
    def term(self, obj: Appeal) -> str:
        return window_words(obj.decide_by, obj.programme.zone, language())

    @admin.display(description=_("남은 기간"))
    def left(self, obj: Any) -> Any:
        return term_left(obj, obj.asked_at) if obj.state in UNDECIDED else "—"

    def opened(self, obj: Appeal, *, actor: Actor, request: HttpRequest) -> None:
        see_appeal(obj, actor=actor, now=now_of(request))

    def more(self, request: HttpRequest, obj: Appeal) -> dict[str, Any]:
        return appeal_page(obj, acting(request), now_of(request))


class WaiverAdmin(EntryThingAdmin):
    """이의신청 포기: binding, so that a team's windows may be ended early once all have given up."""

    fields = ("entry", "round_name", "waived_by", "waived_at")
    readonly_fields = ("round_name",)
    list_display = ("entry", "round_name", "waived_by", "waived_at")
    list_filter = ("entry__round",)
    list_select_related = ("entry__team", "entry__round__programme", "waived_by")
    search_fields = ("entry__team__name_ko", "entry__team__code")
    empty = _("이의신청을 내지 않겠다는 팀의 뜻입니다. 이의신청 기간에 팀 담당자가 첫 화면에서 포기하면 실립니다.")


class EarlyClosingAdmin(ProgrammeThingAdmin):
    """이의신청 조기 종료."""

    programme_path = "round__programme"
    fields = ("round", "reason", "decision", "closed_at")
    list_display = ("round", "reason", "closed_at")
    list_select_related = ("round__programme",)
    empty = _(
        "이의신청 기간을 일찍 끝낸 기록입니다. 진출하지 못한 팀이 모두 포기하면 단계의 화면에서 기안하고 결재합니다."
    )


class ChallengeAdmin(ProgrammeThingAdmin):
    """기피 신청. Its team knows the reviewer by number and organisation, officials by name as well."""

    programme_path = "reviewer__appeal__programme"
    fields = ("appeal", "seat", "reason", "by", "at", "ruled", "ruling_reason")
    readonly_fields = ("appeal", "seat", "ruled", "ruling_reason", "named")
    list_display = ("__str__", "by", "at", "ruled")
    list_filter = ("reviewer__appeal__round",)
    list_select_related = ("reviewer__appeal__programme", "by", "ruling")
    search_fields = ("reviewer__appeal__code",)
    empty = _("재심의 위원에 대한 기피 신청입니다. 위원이 정해진 이의신청의 화면에서 팀 담당자가 신청하면 실립니다.")

    def get_queryset(self, request: HttpRequest) -> Any:
        asked = Value(now_of(request), output_field=DateTimeField())
        return super().get_queryset(request).annotate(asked_at=asked)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "named") if may_see(AppealReviewer, acting(request)) else self.fields

    @admin.display(description=_("이의신청"))
    def appeal(self, obj: Challenge) -> str:
        return str(obj.reviewer.appeal)

    @admin.display(description=_("재심의 위원"))
    def seat(self, obj: Any) -> str:
        seats = reviewer_seats(obj.reviewer.appeal, obj.asked_at)
        return next(seat_words(seat) for seat in seats if seat.pk == obj.reviewer_id)

    @admin.display(description=_("재심의 위원 이름"))
    def named(self, obj: Challenge) -> str:
        return str(obj.reviewer.account)

    @admin.display(description=_("결정"))
    def ruled(self, obj: Challenge) -> Any:
        ruling = getattr(obj, "ruling", None)
        if ruling is None:
            return badge("filed", _("결정 대기"))
        return badge("upheld", _("인용")) if ruling.accepted else badge("dismissed", _("기각"))

    @admin.display(description=_("결정 사유"))
    def ruling_reason(self, obj: Challenge) -> str:
        ruling = getattr(obj, "ruling", None)
        return ruling.reason if ruling else "—"


def seat_words(seat: Any) -> str:
    """A reviewer as the team knows him."""
    return _("위원 %(number)s (%(organisation)s)") % {
        "number": seat.number,
        "organisation": seat.organisation or _("소속 없음"),
    }
