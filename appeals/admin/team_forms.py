"""What a team's own people say about their result."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from appeals.admin.appeals import seat_words
from appeals.models import CompletionRequest
from appeals.queries.reviewers import reviewer_seats
from appeals.queries.statements import statements
from appeals.states import INADMISSIBLE, Ground
from core.admin import fields
from core.admin.forms import OperationForm

CHOOSE = _("고르십시오")


def grounds() -> list[tuple[object, object]]:
    """Those that can be admitted first; the others are received too, and told apart."""
    admissible = [(ground.value, ground.label) for ground in Ground if ground not in INADMISSIBLE]
    others = [(ground.value, ground.label) for ground in Ground if ground in INADMISSIBLE]
    return [
        (_("심의할 수 있는 사유"), admissible),
        (_("접수하지만 심의 대상이 아닌 사유(각하됩니다)"), others),
    ]


class FileForm(OperationForm):
    ground = fields.choice(_("사유 구분"), grounds(), blank=CHOOSE)
    statement = fields.long_text(_("이의 내용"), rows=10, help_text=_("무엇이 왜 잘못되었는지 적습니다."))
    papers = fields.files(_("첨부 파일"), required=False, help_text=fields.WHICH_FILES)


class WaiveForm(OperationForm):
    sure = forms.BooleanField(
        label=_("이의신청을 포기하며 되돌릴 수 없음을 알고 있습니다."), widget=widgets.UnfoldBooleanWidget()
    )


class WithdrawForm(OperationForm):
    sure = forms.BooleanField(
        label=_("이의신청을 취하하며 되돌릴 수 없음을 알고 있습니다."), widget=widgets.UnfoldBooleanWidget()
    )


class CompleteForm(OperationForm):
    request = fields.thing(_("보완 요구"), CompletionRequest.objects.none(), empty_label=None)
    text = fields.long_text(_("보완 내용"), rows=8)
    papers = fields.files(_("첨부 파일"), required=False, help_text=fields.WHICH_FILES)

    def choose(self) -> None:
        field = self.fields["request"]
        field.queryset = self.subject.completion_requests.order_by("pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda each: each.text[:80]  # type: ignore[attr-defined]


class AmendForm(OperationForm):
    statement = fields.long_text(_("이의 내용"), rows=10)
    papers = fields.files(_("더할 첨부 파일"), required=False, help_text=fields.WHICH_FILES)

    def choose(self) -> None:
        self.fields["statement"].initial = statements(self.subject)[-1].text


class ChallengeForm(OperationForm):
    reviewer = fields.choice(_("재심의 위원"), (), help_text=_("위원은 번호와 소속으로 알려 드립니다."))
    reason = fields.reason(_("기피 사유"))

    def choose(self) -> None:
        seats = [(seat.pk, seat_words(seat)) for seat in reviewer_seats(self.subject, self.now) if not seat.ended]
        self.fields["reviewer"].choices = [("", CHOOSE), *seats]  # type: ignore[attr-defined]
