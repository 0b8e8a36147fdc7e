"""What officials say when numbers come in files, and when they lay down which benchmarks a round has."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.admin import fields
from core.admin.forms import OperationForm
from evaluation.admin.round_forms import CHOOSE, teams_of
from evaluation.queries.benchmarks import plan_of
from evaluation.readers.panels import HEADER
from evaluation.readers.plans import Planned

WORDS = 5


class ResponsesUploadForm(OperationForm):
    given = fields.tables(
        _("응답 파일"),
        accepted=".csv,.txt,.xlsx",
        help_text=format_lazy(
            _("CSV(UTF-8) 또는 XLSX 한 개. 첫 줄: {header}. 열의 차례는 상관없습니다."), header=HEADER
        ),
    )
    key = fields.text(
        _("묶음 번호"),
        max_length=64,
        required=False,
        help_text=_("비워 두면 내용의 요약값을 씁니다. 같은 번호와 같은 내용을 다시 올리면 아무것도 바뀌지 않습니다."),
    )


class RunsUploadForm(OperationForm):
    team = fields.choice(_("정예팀"), ())
    given = fields.tables(
        _("결과 파일"),
        accepted=".json",
        several=True,
        help_text=_("lm-evaluation-harness의 results_*.json. 계획한 과제가 모두 들어 있어야 합니다."),
    )

    def choose(self) -> None:
        self.fields["team"].choices = [("", CHOOSE), *teams_of(self.subject)]  # type: ignore[attr-defined]


class PlanForm(OperationForm):
    plan = fields.long_text(
        _("과제 계획"),
        rows=8,
        required=False,
        help_text=_("한 줄에 하나씩: 항목코드 과제 지표,추출 판 예시수 [표본수]. 예: bench task-a acc,none 1.0 5 1000"),
    )

    def choose(self) -> None:
        self.initial["plan"] = "\n".join(_line(each) for each in plan_of(self.subject))

    def clean_plan(self) -> list[Planned]:
        lines = enumerate(self.cleaned_data["plan"].splitlines(), start=1)
        return [_planned(line.split(), number) for number, line in lines if line.strip()]


def _line(planned: Planned) -> str:
    words = (planned.criterion, planned.task, planned.key, planned.version, planned.shots, planned.samples or "")
    return " ".join(map(str, words)).strip()


def _planned(words: list[str], number: int) -> Planned:
    numbers = words[WORDS - 1 :]
    if len(words) not in {WORDS, WORDS + 1} or not all(each.isascii() and each.isdecimal() for each in numbers):
        raise forms.ValidationError(_("%(n)s번째 줄: 적을 것이 빠졌거나 남습니다."), params={"n": number})
    if any(int(each) > limit for each, limit in zip(numbers, (32_767, 2**31 - 1), strict=False)):
        raise forms.ValidationError(_("%(n)s번째 줄: 수가 너무 큽니다."), params={"n": number})
    if any(len(each) > most for each, most in zip(words, (64, 128, 128, 32), strict=False)):
        raise forms.ValidationError(_("%(n)s번째 줄: 이름이 너무 깁니다."), params={"n": number})
    metric, _comma, way = words[2].partition(",")
    facts: dict[str, Any] = {"samples": int(numbers[1])} if len(numbers) > 1 else {}
    return Planned(words[0], words[1], metric[:64], way[:64] or "none", words[3], int(numbers[0]), **facts)
