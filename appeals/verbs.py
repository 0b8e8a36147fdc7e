"""What follows an announcement: closing the objections, and the additional call."""

from django.utils.translation import gettext_lazy as _

from core.roles import Role
from core.verbs import verb

AUTHORISE_CALL = verb("authorise_call", _("추가 공모 승인"), Role.OFFICIAL, decided=True)
APPLY = verb("apply", _("응모"), Role.APPLICANT)
CLOSE_ROUND = verb("close_round", _("이의신청 종료와 확정"), Role.SYSTEM)
SWEEP = verb("sweep", _("정기 처리"), Role.OFFICIAL, Role.OPERATOR, Role.SYSTEM)

WAIVE_APPEAL = verb("waive_appeal", _("이의신청 포기"), Role.APPLICANT)
CLOSE_APPEALS_EARLY = verb("close_appeals_early", _("이의신청 조기 종료"), Role.OFFICIAL, decided=True)
FILE_APPEAL = verb("file_appeal", _("이의신청"), Role.APPLICANT)
ADMIT_APPEAL = verb("admit_appeal", _("이의신청 적격 판단"), Role.OFFICIAL)
ASSIGN_REVIEWERS = verb("assign_reviewers", _("재심의 위원 지정"), Role.OFFICIAL)
WITHDRAW_APPEAL = verb("withdraw_appeal", _("이의신청 취하"), Role.APPLICANT)
DECIDE_APPEAL = verb("decide_appeal", _("이의신청 결정"), Role.OFFICIAL, decided=True)

SCREEN_APPLICATION = verb("screen_application", _("적합성 검토"), Role.OFFICIAL)
VOTE_APPLICATION = verb("vote_application", _("응모 평가"), Role.EVALUATOR)
SELECT = verb("select", _("선정"), Role.OFFICIAL, decided=True)
