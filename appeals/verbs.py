"""What follows an announcement: closing the objections, and the additional call."""

from django.utils.translation import gettext_lazy as _

from core.roles import Role
from core.verbs import verb

AUTHORISE_CALL = verb("authorise_call", _("추가 공모 승인"), Role.OFFICIAL, decided=True)
APPLY = verb("apply", _("응모 제출"), Role.APPLICANT)
WITHDRAW_APPLICATION = verb("withdraw_application", _("응모 철회"), Role.APPLICANT)
SAVE_DRAFT = verb("save_draft", _("응모 초안 저장"), Role.APPLICANT)
TAKE_OUT_PAPER = verb("take_out_paper", _("초안 서류 빼기"), Role.APPLICANT)
SUBMIT_DRAFT = verb("submit_draft", _("응모 초안 제출"), Role.APPLICANT)
CLOSE_ROUND = verb("close_round", _("이의신청 종료와 확정"), Role.SYSTEM)
SWEEP = verb("sweep", _("정기 처리"), Role.OFFICIAL, Role.OPERATOR, Role.SYSTEM)

WAIVE_APPEAL = verb("waive_appeal", _("이의신청 포기"), Role.APPLICANT)
CLOSE_APPEALS_EARLY = verb("close_appeals_early", _("이의신청 조기 종료"), Role.OFFICIAL, decided=True)
FILE_APPEAL = verb("file_appeal", _("이의신청 제출"), Role.APPLICANT)
ADMIT_APPEAL = verb("admit_appeal", _("이의신청 적격 판단"), Role.OFFICIAL)
ASSIGN_REVIEWERS = verb("assign_reviewers", _("재심의 위원 지정"), Role.OFFICIAL)
WITHDRAW_APPEAL = verb("withdraw_appeal", _("이의신청 취하"), Role.APPLICANT)
AMEND_APPEAL = verb("amend_appeal", _("이의신청 변경"), Role.APPLICANT)
ASK_COMPLETION = verb("ask_completion", _("이의신청 보완 요구"), Role.OFFICIAL)
COMPLETE_APPEAL = verb("complete_appeal", _("이의신청 보완"), Role.APPLICANT)
CHALLENGE_REVIEWER = verb("challenge_reviewer", _("기피 신청"), Role.APPLICANT)
DECIDE_CHALLENGE = verb("decide_challenge", _("기피 결정"), Role.OFFICIAL, decided=True)
SUBMIT_OPINION = verb("submit_opinion", _("재심의 의견 제출"), Role.EVALUATOR, Role.REVIEWER)
DECIDE_APPEAL = verb("decide_appeal", _("이의신청 결정"), Role.OFFICIAL, decided=True)
SEE_APPEAL = verb(
    "see_appeal",
    _("이의신청 열람"),
    *(Role.OFFICIAL, Role.AUDITOR, Role.APPLICANT, Role.EVALUATOR, Role.REVIEWER),
)

SCREEN_APPLICATION = verb("screen_application", _("적합성 검토"), Role.OFFICIAL)
VOTE_APPLICATION = verb("vote_application", _("응모 평가"), Role.EVALUATOR)
SELECT = verb("select", _("팀 선정"), Role.OFFICIAL, decided=True)
