"""What officials say about an appeal."""

from collections.abc import Iterator
from typing import Any

from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from appeals.models import Appeal
from appeals.queries.reviewers import Candidate, candidates
from appeals.states import AppealState
from core.admin import fields
from core.admin.forms import OperationForm
from core.models import Account
from evaluation.admin.correction_form import CorrectionsForm
from evaluation.models import Round
from evaluation.policies import Conflict

CHOOSE = _("고르십시오")
DECIDED = [
    (state.value, state.label) for state in (AppealState.UPHELD, AppealState.PARTLY_UPHELD, AppealState.DISMISSED)
]
STANDS = {
    Conflict.NONE: _("이해관계 없음"),
    Conflict.CONFLICT: _("이해관계 있음 · 지정할 수 없음"),
    Conflict.UNKNOWN: _("이해관계 확인 필요"),
}


class AdmitForm(OperationForm):
    admitted = fields.choice(_("판단"), [("yes", _("심의 개시(적격)")), ("no", _("각하"))], blank=CHOOSE)
    reason = fields.reason(_("사유"), help_text=_("각하하면 불복 방법과 함께 결정서에 실립니다."))


class AskCompletionForm(OperationForm):
    text = fields.long_text(_("보완할 내용"))
    until = fields.moment(
        _("보완 기한"), help_text=_("이 시각부터는 늦은 것입니다. 그때까지는 결정하거나 각하하지 않습니다.")
    )


class AssignForm(OperationForm):
    people = fields.several(_("재심의 위원"), ())

    def choose(self) -> None:
        self.found = candidates(self.subject, self.now)
        choices = [(str(each.account.pk), candidate_words(each)) for each in self.found]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def clean_people(self) -> list[Account]:
        chosen = set(self.cleaned_data["people"])
        return [each.account for each in self.found if str(each.account.pk) in chosen]


def candidate_words(each: Candidate) -> str:
    """A person who may review, and why he may not."""
    barred = each.barred or str(STANDS[each.conflict])
    return f"{each.account} · {each.organisation or '—'} — {barred}"


class DecideAppealForm(CorrectionsForm):
    """The outcome, and the corrections that follow from it."""

    outcome = fields.choice(_("결정"), DECIDED, blank=CHOOSE)
    legend = _("결정에 따른 정정(없으면 비워 둡니다)")
    rows_required = False
    field_order = ("outcome",)

    def round_of(self) -> Round:
        appeal: Appeal = self.subject
        return appeal.round

    def fields_after(self) -> Iterator[BoundField]:
        yield self["reason"]


class DecideChallengeForm(OperationForm):
    accepted = fields.choice(_("결정"), [("yes", _("인용(위원을 뺌)")), ("no", _("기각"))], blank=CHOOSE)
    reason = fields.reason(_("사유"), help_text=_("팀이 읽습니다."))


class CloseEarlyForm(OperationForm):
    reason = fields.reason(_("사유"))


class OpinionForm(OperationForm):
    recommends = fields.choice(_("의견"), DECIDED, blank=CHOOSE)
    text = fields.long_text(_("이유"), rows=8)


def yes(value: Any) -> bool:
    """What was chosen of two."""
    return bool(value == "yes")
