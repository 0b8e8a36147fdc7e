"""What a reviewer does: hand in his opinion. Always his own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from appeals.admin.official_forms import OpinionForm
from appeals.models import Appeal, Opinion
from appeals.operations.opining import submit_opinion
from appeals.policies import require_no_challenge
from appeals.states import AppealState
from appeals.verbs import SUBMIT_OPINION
from core.actors import Actor
from core.admin.pages import OperationPage, on, refusal
from evaluation.policies import require_no_conflict


@on(Appeal)
class SubmitOpinion(OperationPage):
    verb = SUBMIT_OPINION
    form_class = OpinionForm
    icon = "rate_review"
    dangerous = True

    def concerns(self, subject: Appeal) -> bool:
        return subject.state == AppealState.ADMITTED

    def blocked(self, subject: Appeal, *, actor: Actor, now: datetime) -> str:
        if Opinion.objects.filter(reviewer__appeal=subject, reviewer__account=actor.person()).exists():
            return str(_("이미 의견을 냈습니다."))
        barred = refusal(require_no_conflict, subject.round, actor.person(), subject.entry.team, now)
        return barred or refusal(require_no_challenge, subject)

    def follows(self, subject: Appeal, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("제출한 의견은 고칠 수 없습니다. 담당 공무원이 읽으며 팀과 다른 위원에게는 보이지 않습니다.")]

    def perform(self, subject: Appeal, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return submit_opinion(subject, **given, actor=actor, now=now)

    def done(self, subject: Appeal, result: Any) -> Any:
        return _("%(appeal)s: 의견을 제출했습니다.") % {"appeal": subject}
