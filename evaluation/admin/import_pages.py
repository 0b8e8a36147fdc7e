"""Numbers that come in files: uploaded on a round, looked through, and brought in when an official has seen them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.admin.giving_up import GiveUpPage
from core.admin.pages import OperationPage, on, refusal
from evaluation.admin.import_forms import PlanForm, ResponsesUploadForm, RunsUploadForm
from evaluation.models import BenchmarkTask, Round, Upload
from evaluation.operations.benchmarks import plan_benchmarks
from evaluation.operations.inputs import require_scoring
from evaluation.operations.staging import staged
from evaluation.operations.uploads import cancel_upload, confirm_upload, upload_responses, upload_runs
from evaluation.queries.benchmarks import plan_of
from evaluation.queries.lookup import entry_of
from evaluation.queries.rules import takes
from evaluation.readers import harness
from evaluation.states import RoundState, Source, UploadKind, UploadPhase
from evaluation.verbs import CANCEL_UPLOAD, CONFIRM_UPLOAD, PLAN_BENCHMARKS, UPLOAD_RESPONSES, UPLOAD_RUNS

MOST_TABLE = 200 * 1024 * 1024


@on(Round)
class PlanBenchmarks(OperationPage):
    """Lays down the benchmarks of a round, before it opens."""

    verb = PLAN_BENCHMARKS
    form_class = PlanForm
    icon = "checklist"

    def concerns(self, subject: Round) -> bool:
        return subject.state == RoundState.DRAFT and takes(subject, Source.MEASUREMENTS)

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("적은 그대로 바뀝니다. 평가를 시작하면 굳으며, 이와 다르게 실행한 결과는 받지 않습니다.")]

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Any:
        return plan_benchmarks(subject, given["plan"], actor=actor, now=now)

    def done(self, subject: Round, result: Any) -> Any:
        return _("벤치마크 과제 %(n)s개를 계획했습니다.") % {"n": len(result)}


class UploadPage(OperationPage):
    """Receives files, and leads to what was found in them."""

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        return refusal(require_scoring, subject)

    def follows(self, subject: Round, *, actor: Actor, now: datetime) -> Sequence[Any]:
        return [_("올린 파일을 먼저 살펴보고 반영될 것을 보여 줍니다. 확인하기 전에는 아무것도 반영하지 않습니다.")]

    def after(self, subject: Round, result: Upload) -> str:
        return self.admin.address(result)

    def done(self, subject: Round, result: Upload) -> Any:
        if result.phase == UploadPhase.REFUSED:
            return _("고칠 것이 있어 아무것도 반영하지 않았습니다.")
        return _("파일을 받았습니다. 반영될 것을 확인해 주십시오.")

    def level(self, result: Upload) -> int:
        return messages.WARNING if result.phase == UploadPhase.REFUSED else messages.SUCCESS


@on(Round)
class UploadResponses(UploadPage):
    verb = UPLOAD_RESPONSES
    form_class = ResponsesUploadForm
    icon = "upload_file"

    def concerns(self, subject: Round) -> bool:
        return takes(subject, Source.RESPONSES)

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Upload:
        with staged(given["given"], most_files=1, most_bytes=MOST_TABLE) as (file,):
            upload: Upload = upload_responses(subject, file, key=given["key"].strip(), actor=actor, now=now)
        return upload


@on(Round)
class UploadRuns(UploadPage):
    verb = UPLOAD_RUNS
    form_class = RunsUploadForm
    icon = "science"

    def concerns(self, subject: Round) -> bool:
        return takes(subject, Source.MEASUREMENTS)

    def blocked(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        """A plan is laid down before the round opens: where there is none by then, no file can be taken."""
        barred = super().blocked(subject, actor=actor, now=now)
        if barred or BenchmarkTask.objects.filter(criterion__round=subject).exists():
            return barred
        return str(_("이 단계에는 벤치마크 과제 계획이 없어 결과 파일을 받을 수 없습니다."))

    def beside(self, subject: Round, *, actor: Actor, now: datetime) -> str:
        rows = [
            (each.criterion, each.task, each.key, each.version, each.shots, each.samples or "—")
            for each in plan_of(subject)
        ]
        if not rows:
            return ""
        line = str(_("<li>{} · <b>{}</b> · {} · 판 {} · 예시 {} · 표본 {}</li>"))
        lines = format_html_join("", line, rows)
        return format_html('<section class="s-card"><h3>{}</h3><ul class="s-plain">{}</ul></section>', _("계획"), lines)

    def perform(self, subject: Round, given: dict[str, Any], *, actor: Actor, now: datetime) -> Upload:
        entry = entry_of(subject, given["team"])
        with staged(given["given"], most_files=harness.MOST_FILES, most_bytes=harness.MOST_BYTES) as files:
            upload: Upload = upload_runs(entry, files, actor=actor, now=now)
        return upload


@on(Upload)
class ConfirmUpload(OperationPage):
    """Brings in what was shown."""

    verb = CONFIRM_UPLOAD
    icon = "check_circle"

    def concerns(self, subject: Upload) -> bool:
        return subject.phase in {UploadPhase.CHECKED, UploadPhase.WAITING}

    def blocked(self, subject: Upload, *, actor: Actor, now: datetime) -> str:
        if subject.phase != UploadPhase.CHECKED:
            return str(_("아직 다 살펴보지 않았습니다."))
        return refusal(require_scoring, subject.round, subject.entry)

    def follows(self, subject: Upload, *, actor: Actor, now: datetime) -> Sequence[Any]:
        what = _("응답 %(n)s개") if subject.kind == UploadKind.RESPONSES else _("측정값 %(n)s개")
        told = {"what": what % {"n": subject.report.get("rows", 0)}}
        return [
            _("%(what)s를 모두 반영합니다. 하나라도 받을 수 없으면 아무것도 반영하지 않습니다.") % told,
            _("반영한 응답은 고치거나 지울 수 없습니다. 잘못 반영한 묶음은 결재로만 제외합니다.")
            if subject.kind == UploadKind.RESPONSES
            else _("반영한 값은 정정으로만 바꿀 수 있습니다."),
        ]

    def perform(self, subject: Upload, given: dict[str, Any], *, actor: Actor, now: datetime) -> Upload:
        upload: Upload = confirm_upload(subject, actor=actor, now=now)
        return upload

    def done(self, subject: Upload, result: Upload) -> Any:
        return result.said or _("반영하고 있습니다. 이 화면을 떠나도 계속됩니다.")


@on(Upload)
class CancelUpload(GiveUpPage):
    """Gives an upload up, also while it is being brought in."""

    verb = CANCEL_UPLOAD
    left = _("올린 파일을 지웁니다. 반영하고 있다면 멈추고, 그때까지 반영한 것도 남지 않습니다.")

    def perform(self, subject: Upload, given: dict[str, Any], *, actor: Actor, now: datetime) -> Upload:
        upload: Upload = cancel_upload(subject, actor=actor, now=now)
        return upload
