"""Suppositions computed by a job: how far one is, and what was found as long as it is kept."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeWorkAdmin
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.columns import badged
from core.admin.giving_up import GiveUpPage
from core.admin.pages import on
from core.errors import Kind, Refused
from core.models import WorkPhase
from evaluation.admin.round_forms import teams_of
from evaluation.admin.supposed import supposition_shown
from evaluation.admin.supposing_form import MOST_BOXES
from evaluation.admin.supposing_words import asked_in, leaves_of, words_of
from evaluation.models import Supposing
from evaluation.operations.supposing import change_of
from evaluation.operations.supposings import cancel_supposing, see_supposing
from evaluation.queries.judged import evaluator_names
from evaluation.verbs import CANCEL_SUPPOSING


class SupposingAdmin(ProgrammeWorkAdmin):
    """가정 계산."""

    programme_path = "round__programme"
    change_form_template = "panel/supposing_work.html"
    fields = ("round", "by", "at", "kept_until")
    list_display = ("__str__", "round", "phase_badge", "by", "at", "kept_until")
    list_filter = ("phase", "round")
    list_select_related = ("round__programme", "by")
    empty = _("팀과 항목이 많아 기다리는 동안 계산할 수 없는 가정입니다. 큰 단계의 화면에서 가정해 보면 실립니다.")
    phase_badge = staticmethod(badged("phase", _("상태")))

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        """A list shows no result, nor does a page on which it is not read."""
        return super().get_queryset(request).defer("found")

    def more(self, request: HttpRequest, obj: Supposing) -> dict[str, Any]:
        """The part that fetches itself anew reads no result: the whole page follows, and reads it."""
        if request.headers.get("HX-Request"):
            return {}
        shown: dict[str, Any] = {}
        if obj.phase == WorkPhase.DONE:
            try:
                shown |= supposition_shown(obj.round, see_supposing(obj, actor=acting(request), now=now_of(request)))
            except Refused as refused:
                if refused.code.kind is Kind.RIGHT:
                    raise PermissionDenied from refused
                return {"why": str(refused)}
        return {**shown, **_asked(obj)}


def _asked(obj: Supposing) -> dict[str, Any]:
    """What was supposed, in words, and where it can be asked otherwise."""
    changes = [change_of(each) for each in obj.changes]
    round, teams = obj.round, teams_of(obj.round)
    form = reverse("admin:evaluation_round_suppose", args=[obj.round_id])
    return {
        "said": words_of(
            changes,
            leaves=leaves_of(round),
            gates=list(round.gates.all()),
            teams=teams,
            people=evaluator_names(round),
        ),
        "again": f"{form}?{asked_in(changes, typed=len(teams) > MOST_BOXES)}",
    }


@on(Supposing)
class CancelSupposing(GiveUpPage):
    """Gives a supposition up, also while it is being computed."""

    verb = CANCEL_SUPPOSING
    left = _("계산하고 있다면 멈춥니다. 결과는 남지 않으며, 언제든지 다시 요청할 수 있습니다.")

    def perform(self, subject: Supposing, given: dict[str, Any], *, actor: Actor, now: datetime) -> Supposing:
        supposing: Supposing = cancel_supposing(subject, actor=actor, now=now)
        return supposing
