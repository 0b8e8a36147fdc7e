"""Lifecycles of a call and of an application to it, and the kinds of support."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Step


class CallState(models.TextChoices):
    AUTHORISED = "authorised", _("승인됨")
    OPEN = "open", _("접수 중")
    CLOSED = "closed", _("접수 마감")
    CONCLUDED = "concluded", _("종결")
    VOID = "void", _("무효")


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
    SUBMITTED = "submitted", _("접수")
    INELIGIBLE = "ineligible", _("부적격")
    SELECTED = "selected", _("선정")
    NOT_SELECTED = "not_selected", _("미선정")


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
    DATA = "data", _("데이터")
    TALENT = "talent", _("인재")
    DESIGNATION = "designation", _("K-AI 기업 명칭")
