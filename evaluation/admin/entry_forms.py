"""What officials and experts say about a team in a round."""

import re
from decimal import Decimal

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.admin import fields
from core.admin.forms import OperationForm
from core.models import Account
from core.roles import Role
from core.sight import visible
from evaluation.models import ComponentDeclaration, Criterion, Round
from evaluation.queries.components import declared_names
from evaluation.queries.judged import IN_NUMBER_ORDER
from evaluation.readers.figures import shown
from evaluation.states import ConflictKind, FindingValue, Source

CHOOSE = _("고르십시오")
LONGEST_COMMENT = 20_000


class AskForm(OperationForm):
    code = fields.text(_("질의 번호"), max_length=64)
    text = fields.long_text(_("질의"))


class AnswerForm(OperationForm):
    text = fields.long_text(_("답변"), help_text=_("첫 답변이 구속력을 가지며 바꿀 수 없습니다."))


class ReasonForm(OperationForm):
    reason = fields.reason(_("사유"))


class ConflictForm(OperationForm):
    """For officials, of anybody of the panel or who may review an appeal; for an expert, of himself."""

    person = fields.thing(_("평가위원"), Account.objects.none(), empty_label=CHOOSE)
    kind = fields.choice(_("종류"), ConflictKind.choices, blank=CHOOSE)
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        programme = self.subject.round.programme.code
        reviewing = Q(grants__role=Role.REVIEWER) | Q(grants__role=Role.EVALUATOR)
        people = Q(panels__round=self.subject.round_id) | (reviewing & Q(username__startswith=f"{programme}."))
        panel = Account.objects.filter(people, is_active=True).distinct().order_by(*IN_NUMBER_ORDER)
        if Role.OFFICIAL not in self.actor.roles:
            panel = panel.filter(pk=self.actor.person().pk)
            self.fields["person"].initial = self.actor.person()
        self.fields["person"].queryset = panel  # type: ignore[attr-defined]


class LeafForm(OperationForm):
    """For a criterion that takes values of one source; a link may name it by its code."""

    source: Source
    criterion = fields.thing(_("평가항목"), Criterion.objects.none(), empty_label=CHOOSE, to_field_name="code")

    def choose(self) -> None:
        leaves = Criterion.objects.filter(round=self.subject.round_id, source=self.source)
        field = self.fields["criterion"]
        field.queryset = leaves  # type: ignore[attr-defined]
        field.label_from_instance = with_points  # type: ignore[attr-defined]


class PointsForm(LeafForm):
    source = Source.DIRECT
    points = fields.number(_("점수"))


class MeasurementsForm(LeafForm):
    source = Source.MEASUREMENTS
    values = fields.long_text(
        _("측정값"), rows=8, help_text=_("한 줄에 하나씩 이름=값으로 적습니다. 예: AIME 2025=71.5")
    )
    run = fields.text(
        _("실행 번호"), max_length=64, required=False, help_text=_("같은 번호를 다시 넣으면 아무것도 바뀌지 않습니다.")
    )

    def clean_values(self) -> dict[str, Decimal]:
        found: dict[str, Decimal] = {}
        for number, line in enumerate(self.cleaned_data["values"].splitlines(), start=1):
            if not line.strip():
                continue
            name, _sign, value = line.rpartition("=")
            if not name.strip():
                raise forms.ValidationError(_("%(n)s번째 줄: 이름=값으로 적어야 합니다."), params={"n": number})
            if name.strip() in found:
                raise forms.ValidationError(_("%(n)s번째 줄: 이름이 두 번 나옵니다."), params={"n": number})
            found[name.strip()] = exact_decimal(value, number)
        return found


class ResponsesForm(LeafForm):
    source = Source.RESPONSES
    marks = fields.long_text(_("응답"), rows=8, help_text=_("점수를 줄바꿈, 쉼표 또는 빈칸으로 나누어 적습니다."))
    batch = fields.text(
        _("묶음 번호"), max_length=64, required=False, help_text=_("같은 번호를 다시 넣으면 아무것도 바뀌지 않습니다.")
    )

    def clean_marks(self) -> list[Decimal]:
        lines = enumerate(self.cleaned_data["marks"].splitlines(), start=1)
        return [exact_decimal(mark, number) for number, line in lines for mark in re.split(r"[\s,]+", line) if mark]


class FindForm(OperationForm):
    gate = fields.thing(_("요건"), Round.objects.none(), empty_label=None, to_field_name="code")
    finding = fields.choice(_("의견"), FindingValue.choices, blank=CHOOSE)
    component = fields.suggesting(
        _("구성 요소"),
        max_length=100,
        required=False,
        help_text=_("예: 텍스트 디코더, 인코더, 토크나이저. 전체이면 비워 둡니다."),
    )
    reason = fields.reason(_("사유"))

    def choose(self) -> None:
        declared = visible(ComponentDeclaration.objects.filter(entry=self.subject), self.actor, self.now)
        if names := declared_names(declared):
            fields.suggest(self.fields["component"], names)
            said = _("팀이 신고한 구성 요소: %(names)s. 다른 것이면 그 이름을 적고, 요건 전체이면 비워 둡니다.")
            self.fields["component"].help_text = said % {"names": ", ".join(names)}
        self.fields["gate"].queryset = self.subject.round.gates.all()  # type: ignore[attr-defined]


def with_points(leaf: Criterion) -> str:
    """A criterion with its full marks."""
    return _("%(criterion)s (%(points)s점)") % {"criterion": leaf, "points": leaf.points}


def exact_decimal(text: str, line: int) -> Decimal:
    """A figure exactly as it was typed; the line is named where it is none."""
    try:
        return fields.typed_figure(text)
    except forms.ValidationError as fault:
        said = {"n": line, "text": shown(text.strip()), "fault": fault.message}
        raise forms.ValidationError(_("%(n)s번째 줄: %(text)s — %(fault)s"), params=said) from None
