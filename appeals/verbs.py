"""What follows an announcement: closing the objections, and the additional call."""

from django.utils.translation import gettext_lazy as _

from core.roles import Role
from core.verbs import verb

AUTHORISE_CALL = verb("authorise_call", _("추가 공모 승인"), Role.OFFICIAL, decided=True)
APPLY = verb("apply", _("응모"), Role.APPLICANT)
CLOSE_ROUND = verb("close_round", _("이의신청 종료와 확정"), Role.SYSTEM)
SWEEP = verb("sweep", _("정기 처리"), Role.OFFICIAL, Role.OPERATOR, Role.SYSTEM)
