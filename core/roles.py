"""Roles: which kinds of people there are. Who holds which is data (`core.models.RoleGrant`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The kinds of people, and the machine itself."""

    OFFICIAL = "official", _("담당 공무원")
    EVALUATOR = "evaluator", _("평가위원")
    REVIEWER = "reviewer", _("재심의 위원")
    APPLICANT = "applicant", _("참여팀 담당자")
    AUDITOR = "auditor", _("감사 담당")
    OPERATOR = "operator", _("시스템 운영자")
    SYSTEM = "system", _("시스템")


# Whoever of these signs in reaches the panel, a team's people too; what each sees there, the policies say.
PANEL_ROLES = frozenset(role for role in Role if role is not Role.SYSTEM)
