"""The lifecycle of an appeal, and the words that appeals use."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle, Step
from core.roles import Role
from evaluation.states import INADMISSIBLE, Ground

__all__ = ["APPEAL", "INADMISSIBLE", "REVIEWING_ROLES", "STEP_OF_OUTCOME", "UNDECIDED", "AppealState", "Ground"]


class AppealState(models.TextChoices):
    FILED = "filed", _("접수")
    ADMITTED = "admitted", _("심의 중")
    REJECTED = "rejected", _("각하")
    WITHDRAWN = "withdrawn", _("취하")
    UPHELD = "upheld", _("인용")
    PARTLY_UPHELD = "partly_upheld", _("일부 인용")
    DISMISSED = "dismissed", _("기각")


UNDECIDED = (AppealState.FILED, AppealState.ADMITTED)
"""An appeal in one of these keeps its round from closing."""

REVIEWING_ROLES = frozenset({Role.EVALUATOR, Role.REVIEWER})
"""Whoever has one of these may review an appeal."""

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
