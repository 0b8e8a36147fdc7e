"""The lifecycle of an appeal, and the words that appeals use."""

from django.db import models

from core.lifecycle import Lifecycle, Step


class AppealState(models.TextChoices):
    FILED = "filed", "접수"
    ADMITTED = "admitted", "심의 중"
    REJECTED = "rejected", "각하"
    WITHDRAWN = "withdrawn", "취하"
    UPHELD = "upheld", "인용"
    PARTLY_UPHELD = "partly_upheld", "일부 인용"
    DISMISSED = "dismissed", "기각"


UNDECIDED = (AppealState.FILED, AppealState.ADMITTED)
"""An appeal in one of these keeps its round from closing."""

APPEAL = Lifecycle(
    "appeal",
    AppealState,
    (
        Step("admit", ("filed",), "admitted"),
        Step("reject", ("filed",), "rejected"),
        Step("withdraw", ("filed", "admitted"), "withdrawn"),
        Step("uphold", ("admitted",), "upheld"),
        Step("uphold_in_part", ("admitted",), "partly_upheld"),
        Step("dismiss", ("admitted",), "dismissed"),
    ),
)

STEP_OF_OUTCOME = {"upheld": "uphold", "partly_upheld": "uphold_in_part", "dismissed": "dismiss"}


class Ground(models.TextChoices):
    DECISIVE_ERROR = "decisive_error", "결과를 좌우한 오류"
    MISREAD_CONTENT = "misread_content", "제출 내용의 오해"
    CLERICAL_ERROR = "clerical_error", "오기나 계산 착오"
    PROCEDURE_DEFECT = "procedure_defect", "절차의 하자"
    OTHER = "other", "그 밖의 사유"
    PANEL_CHOICE = "panel_choice", "평가위원 선정"
    RULES = "rules", "평가 기준"
    METHOD = "method", "평가 방법"
    AMOUNTS = "amounts", "사업비 규모"


INADMISSIBLE = frozenset({Ground.PANEL_CHOICE, Ground.RULES, Ground.METHOD, Ground.AMOUNTS})
"""Grounds that were settled before anybody was scored: received all the same, never admitted."""
