"""What a round's benchmarks are, laid down before it opens, and what was read of the runs that measured them."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.append_only import append_only
from core.fields import ExactDecimalField
from core.indexes import prefix_index
from core.models import Account
from evaluation.models.criterion import Criterion
from evaluation.models.entry import Entry
from evaluation.models.figures import Measurement
from evaluation.readers.harness import EARLIEST, LATEST

_FROZEN = """
    IF (SELECT r.state FROM evaluation_round r JOIN evaluation_criterion c ON c.round_id = r.id
        WHERE c.id = COALESCE(NEW.criterion_id, OLD.criterion_id)) <> 'draft' THEN
        RAISE EXCEPTION 'benchmark_task_frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class BenchmarkTask(models.Model):
    """벤치마크 과제: a task of a criterion with the metric that counts and how it is run. Frozen when the round opens.

    `metric` and `way` (the harness's filter) name the figure in a result file; `samples` null means as many as the task
    has. The value is recorded under the task's name.
    """

    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="tasks", verbose_name=_("평가항목"))
    task = models.CharField(_("과제"), max_length=128)
    metric = models.CharField(_("지표"), max_length=64)
    way = models.CharField(_("추출 방식"), max_length=64, default="none")
    version = models.CharField(_("과제 판"), max_length=32)
    shots = models.PositiveSmallIntegerField(_("예시 수"))
    samples = models.PositiveIntegerField(_("표본 수"), null=True, blank=True)

    class Meta:
        verbose_name = _("벤치마크 과제")
        verbose_name_plural = _("벤치마크 과제")
        ordering = ("criterion_id", "id")
        triggers = [
            pgtrigger.Trigger(
                name="benchmark_task_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_FROZEN,
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "task"], name="benchmark_task_once"),
            models.CheckConstraint(
                condition=~Q(task="") & ~Q(metric="") & ~Q(way="") & ~Q(version=""), name="benchmark_task_is_named"
            ),
            models.CheckConstraint(
                condition=Q(samples__isnull=True) | Q(samples__gte=1), name="benchmark_task_has_a_sample"
            ),
        ]

    def __str__(self) -> str:
        return self.task


class HarnessFile(models.Model):
    """벤치마크 결과 파일: a result file of lm-evaluation-harness as it was read, with the conditions of the run.

    `sha256` is of the file as it came; the same file again changes nothing.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="harness_files", verbose_name=_("참여팀"))
    name = models.CharField(_("파일 이름"), max_length=200)
    size = models.PositiveIntegerField(_("크기(바이트)"))
    sha256 = models.CharField("SHA-256", max_length=64)
    model = models.CharField(_("모델"), max_length=300, blank=True)
    model_sha = models.CharField(_("모델 해시"), max_length=300, blank=True)
    harness = models.CharField(_("도구 판"), max_length=300, blank=True)
    ran_at = models.DateTimeField(_("실행 시각"), null=True)
    seeds = models.JSONField(_("시드"), default=dict)
    conditions = models.JSONField(_("그 밖의 조건"), default=dict)
    by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("입력자"))
    at = models.DateTimeField(_("시각"))

    class Meta:
        verbose_name = _("벤치마크 결과 파일")
        verbose_name_plural = _("벤치마크 결과 파일")
        ordering = ("id",)
        indexes = [
            prefix_index("name", name="harness_file_name_begins"),
            prefix_index("model", name="harness_file_model_begins"),
        ]
        triggers = [*append_only("harness_file")]
        constraints = [
            models.UniqueConstraint(fields=["entry", "sha256"], name="harness_file_once"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="harness_file_sha256_form"),
            models.CheckConstraint(
                condition=Q(ran_at__isnull=True) | Q(ran_at__gte=EARLIEST, ran_at__lte=LATEST),
                name="harness_file_run_at_a_possible_time",
                violation_error_message=_("실행 시각은 2020년부터 2099년까지여야 합니다."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HarnessResult(models.Model):
    """What a result file says of one measurement: how it was run, and how sure the value is."""

    file = models.ForeignKey(HarnessFile, models.PROTECT, related_name="results", verbose_name=_("결과 파일"))
    measurement = models.OneToOneField(Measurement, models.PROTECT, related_name="harness", verbose_name=_("측정값"))
    task = models.CharField(_("과제"), max_length=128)
    metric = models.CharField(_("지표"), max_length=64)
    way = models.CharField(_("추출 방식"), max_length=64)
    version = models.CharField(_("과제 판"), max_length=32)
    shots = models.PositiveSmallIntegerField(_("예시 수"))
    samples = models.PositiveIntegerField(_("표본 수"))
    stderr = ExactDecimalField(_("표준 오차"), null=True)
    task_sha = models.CharField(_("과제 해시"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("벤치마크 결과")
        verbose_name_plural = _("벤치마크 결과")
        ordering = ("id",)
        triggers = [*append_only("harness_result")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stderr__isnull=True) | Q(stderr__gte=0), name="harness_result_stderr_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.metric},{self.way})"
