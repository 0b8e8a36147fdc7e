"""Recounts: asked for on a round, how far one is, what stands otherwise than counted, and given up while it runs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consortia.admin.base import ProgrammeWorkAdmin
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.columns import badged
from core.admin.giving_up import GiveUpPage
from core.admin.pages import OperationPage, on
from core.errors import Refused
from evaluation.admin.barred import barred
from evaluation.admin.differences import labels_of
from evaluation.models import Recount, Round
from evaluation.operations.recounts import ask_for_recount, cancel_recount, see_differences
from evaluation.queries.names import names_shown
from evaluation.queries.recounting import DIGEST, LIVE, REASON, Difference
from evaluation.states import RoundState
from evaluation.verbs import CANCEL_RECOUNT, RECOUNT


class RecountAdmin(ProgrammeWorkAdmin):
    """검산."""

    programme_path = "round__programme"
    change_form_template = "panel/recount.html"
    fields = ("round", "by", "at", "snapshot", "inputs_digest")
    list_display = ("__str__", "round", "phase_badge", "said", "by", "at")
    list_filter = ("phase", "round")
    list_select_related = ("round__programme", "by")
    empty = gettext_lazy("점수와 순위를 처음부터 다시 계산해 견준 것입니다. 단계의 화면에서 검산하면 실립니다.")
    phase_badge = staticmethod(badged("phase", gettext_lazy("상태")))

    def more(self, request: HttpRequest, obj: Recount) -> dict[str, Any]:
        """The part that fetches itself anew reads no figure: the whole page follows, and reads them."""
        if request.headers.get("HX-Request") or not obj.differing:
            return {}
        try:
            found = see_differences(obj, actor=acting(request), now=now_of(request))
        except Refused as refused:
            raise PermissionDenied from refused
        return {"differences": _lines(obj, found), "omitted": obj.differing - len(found)}


def _lines(recount: Recount, found: Sequence[Difference]) -> list[dict[str, Any]]:
    """Each difference as a line of the table: where, the team, what, how it stands, and as what it was counted."""
    names, labels = names_shown(recount.round, None), _labels(recount.round)
    return [
        {
            "where": _("지금의 순위") if each.where == LIVE else recount.snapshot,
            "team": names.get(each.team, each.team or "—"),
            "fact": labels.get(each.fact, each.fact),
            "stands": each.stands,
            "counted": each.counted,
        }
        for each in found
    ]


def _labels(round: Round) -> dict[str, str]:
    """Facts as people call them."""
    labels = labels_of(round)
    scored = {key.removeprefix("score:"): name for key, name in labels.items() if key.startswith("score:")}
    values = {f"values:{code}": _("%(leaf)s 값") % {"leaf": name} for code, name in scored.items()}
    means = {f"mean:{code}": _("%(leaf)s 평균") % {"leaf": name} for code, name in scored.items()}
    own = {REASON: _("순위가 없는 이유"), DIGEST: _("결과 요약값"), "mean:total": _("총점 평균")}
    return {**labels, **values, **means, **own}


@on(Round)
class RecountRound(OperationPage):
    """Asks that the round be counted once more, and leads to where it is told how far that is."""

    verb = RECOUNT
    icon = "calculate"

    def concerns(self, subject: Round) -> bool:
        return subject.state != RoundState.DRAFT

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return barred(subject, actor)

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [
            _("평가표, 측정값, 응답 하나하나에서 점수와 총점, 순위, 결과를 다시 계산해 지금의 순위와 견줍니다."),
            _("발표한 뒤에 평가 자료가 바뀌지 않았으면 발표한 순위표와도 견줍니다."),
            _("평가 자료와 순위표는 바꾸지 않습니다."),
            _("지금의 순위가 자료와 다르면 자료대로 바로잡고, 어디가 달랐는지 남깁니다."),
            _("언제든지 멈출 수 있습니다. 누가 검산했고 무엇이 나왔는지 기록에 남습니다."),
        ]

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Recount:
        recount: Recount = ask_for_recount(subject, actor=actor, now=now)
        return recount

    def after(self, subject: Round, result: Recount) -> str:
        return reverse("admin:evaluation_recount_change", args=[result.pk])

    def done(self, subject: Round, result: Recount) -> Any:
        return _("검산하고 있습니다. 이 화면을 떠나도 계속됩니다.")


@on(Recount)
class CancelRecount(GiveUpPage):
    """Gives a recount up, also while it is being counted."""

    verb = CANCEL_RECOUNT
    left = gettext_lazy("계산하고 있다면 멈춥니다. 아무것도 바뀌지 않으며, 언제든지 다시 요청할 수 있습니다.")

    def perform(self, subject: Recount, given: dict[str, Any], *, actor: Actor, now: datetime) -> Recount:
        recount: Recount = cancel_recount(subject, actor=actor, now=now)
        return recount
