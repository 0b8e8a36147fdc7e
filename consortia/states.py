"""Lifecycles of a call and of an application to it, and the kinds of support."""

from django.db import models

from core.lifecycle import Lifecycle, Step


class CallState(models.TextChoices):
    AUTHORISED = "authorised", "승인됨"
    OPEN = "open", "접수 중"
    CLOSED = "closed", "접수 마감"
    CONCLUDED = "concluded", "종결"
    VOID = "void", "무효"


CALL = Lifecycle(
    "call",
    CallState,
    (
        Step("open", ("authorised",), "open"),
        Step("void", ("authorised",), "void"),
        Step("close", ("open",), "closed"),
        Step("conclude", ("closed",), "concluded"),
    ),
)


class ApplicationState(models.TextChoices):
    SUBMITTED = "submitted", "접수"
    INELIGIBLE = "ineligible", "부적격"
    SELECTED = "selected", "선정"
    NOT_SELECTED = "not_selected", "미선정"


APPLICATION = Lifecycle(
    "application",
    ApplicationState,
    (
        Step("reject", ("submitted",), "ineligible"),
        Step("select", ("submitted",), "selected"),
        Step("pass_over", ("submitted",), "not_selected"),
    ),
)


class SupportKind(models.TextChoices):
    GPU = "gpu", "GPU"
    DATA = "data", "데이터"
    TALENT = "talent", "인재"
    DESIGNATION = "designation", "K-AI 기업 명칭"
