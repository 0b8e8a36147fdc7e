"""The lifecycle of a round, and the closed lists of words that rounds and their results use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Step


class RoundState(models.TextChoices):
    DRAFT = "draft", _("준비")
    SCORING = "scoring", _("평가 중")
    ANNOUNCED = "announced", _("발표")
    FINAL = "final", _("확정")


ROUND = Lifecycle(
    "round",
    RoundState,
    (
        Step("open", ("draft",), "scoring"),
        Step("announce", ("scoring",), "announced"),
        Step("finalise", ("announced",), "final"),
    ),
)


class CriteriaState(models.TextChoices):
    PROPOSED = "proposed", _("제안")
    IN_FORCE = "in_force", _("시행")
    SUPERSEDED = "superseded", _("대체")
    DROPPED = "dropped", _("폐기")


CRITERIA = Lifecycle(
    "criteria_version",
    CriteriaState,
    (
        Step("adopt", ("proposed",), "in_force"),
        Step("supersede", ("in_force",), "superseded"),
        Step("drop", ("proposed",), "dropped"),
    ),
)


class Source(models.TextChoices):
    DIRECT = "direct", _("직접 입력")
    SHEETS = "sheets", _("평가표")
    MEASUREMENTS = "measurements", _("측정값")
    RESPONSES = "responses", _("사용자 응답")


class Aggregate(models.TextChoices):
    MEAN = "mean", _("평균")
    TRIMMED_MEAN = "trimmed_mean", _("최고·최저점 제외 평균")
    MEDIAN = "median", _("중앙값")
    SUM = "sum", _("합계")


class ScaleKind(models.TextChoices):
    POINTS = "points", _("점수 그대로")
    LINEAR = "linear", _("비례 환산")
    SHARE_OF_BEST = "share_of_best", _("최고값 대비")
    SHARE_OF_TARGET = "share_of_target", _("목표값 대비")
    MIN_MAX = "min_max", _("최저·최고 사이")


class VacancyRule(models.TextChoices):
    RECRUIT = "recruit", _("추가 공모")
    PROMOTE = "promote", _("차순위 승계")
    LEAVE = "leave", _("비워 둠")


class Outcome(models.TextChoices):
    ADVANCED = "advanced", _("진출")
    GATE_FAILED = "gate_failed", _("요건 미충족")
    BELOW_FLOOR = "below_floor", _("하한 미달")
    ELIMINATED = "eliminated", _("탈락")
    WITHDRAWN = "withdrawn", _("참여 철회")


class VerdictValue(models.TextChoices):
    PASSED = "passed", _("충족")
    FAILED = "failed", _("미충족")


class FindingValue(models.TextChoices):
    MET = "met", _("충족")
    NOT_MET = "not_met", _("미충족")
    ABSTAIN = "abstain", _("의견 없음")


class Origin(models.TextChoices):
    """Where a component comes from, as its team declares it: what a gate such as 독자성 turns on.

    `scratch`: made by the team, from weights that it initialised itself. `further_trained`: external weights that the
    team has trained further. `frozen`: external weights used as they were. `external_code`: code, a tokenizer or
    another part from outside that brings no weights.
    """

    SCRATCH = "scratch", _("직접 만들어 학습(프롬 스크래치)")
    FURTHER_TRAINED = "further_trained", _("외부 가중치를 추가 학습")
    FROZEN = "frozen", _("외부 가중치를 그대로 사용(프로즌)")
    EXTERNAL_CODE = "external_code", _("외부 코드·토크나이저(가중치 없음)")


class ConflictKind(models.TextChoices):
    EMPLOYMENT = "employment", _("고용 관계")
    KINSHIP = "kinship", _("친족 관계")
    MUTUAL = "mutual", _("상호 평가 관계")
    SAME_UNIT = "same_unit", _("같은 부서")
    OTHER = "other", _("그 밖의 이해관계")
    NONE = "none", _("이해관계 없음 확인")


class Disclosure(models.TextChoices):
    OUTCOMES = "outcomes", _("결과만")
    EXTREMES_AND_MEANS = "extremes_and_means", _("최고점과 평균")
    TOTALS = "totals", _("총점")
    FULL = "full", _("모두")


RANKS_KNOWN = frozenset({Disclosure.TOTALS, Disclosure.FULL})
"""Under these everybody sees where every team stands; under narrower ones a team is not told its own rank either, and
the order in which teams are shown must not tell it."""


class Service(models.TextChoices):
    """How a notice was served. `confirmed`: the two officials who announced vouch for the arrival that they stated."""

    ELECTRONIC = "electronic", _("전자 송달")
    PAPER = "paper", _("서면 송달")
    CONFIRMED = "confirmed", _("도달 확인")


class ReminderKind(models.TextChoices):
    WINDOW = "window", _("이의신청 마감")
    DECISION = "decision", _("이의신청 결정 기한")
    VACANCY = "vacancy", _("공모가 승인되지 않은 공석")


class Ground(models.TextChoices):
    """On what a team may object to its result. The notice names them; what is done with them stands in `appeals`."""

    DECISIVE_ERROR = "decisive_error", _("결과를 좌우한 오류")
    MISREAD_CONTENT = "misread_content", _("제출 내용의 오해")
    CLERICAL_ERROR = "clerical_error", _("오기나 계산 착오")
    PROCEDURE_DEFECT = "procedure_defect", _("절차의 하자")
    OTHER = "other", _("그 밖의 사유")
    PANEL_CHOICE = "panel_choice", _("평가위원 선정")
    RULES = "rules", _("평가기준")
    METHOD = "method", _("평가 방법")
    AMOUNTS = "amounts", _("사업비 규모")


INADMISSIBLE = frozenset({Ground.PANEL_CHOICE, Ground.RULES, Ground.METHOD, Ground.AMOUNTS})
"""Grounds that were settled before anybody was scored: received all the same, never admitted."""


class UploadKind(models.TextChoices):
    RESPONSES = "responses", _("사용자 응답")
    RUNS = "runs", _("벤치마크 결과")


class UploadPhase(models.TextChoices):
    """How far the work on an upload is. No lifecycle: a job's note on itself, while what counts stands elsewhere."""

    WAITING = "waiting", _("살펴볼 차례를 기다림")
    CHECKED = "checked", _("확인 대기")
    REFUSED = "refused", _("받을 수 없음")
    CONFIRMED = "confirmed", _("반영 중")
    DONE = "done", _("반영함")
    CANCELLED = "cancelled", _("취소함")
