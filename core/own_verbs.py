"""The kernel's own verbs: accounts, working days, decisions, attachments."""

from django.utils.translation import gettext_lazy as _

from core.roles import PANEL_ROLES, Role
from core.verbs import verb

OPEN_ACCOUNT = verb("open_account", _("계정 개설"), Role.OFFICIAL, Role.OPERATOR, Role.SYSTEM)
SET_PASSWORD = verb("set_password", _("비밀번호 설정"), Role.OPERATOR, Role.SYSTEM)
TAKE_AWAY_FACTORS = verb("take_away_factors", _("2단계 인증 해제"), Role.OPERATOR)
SUSPEND_ACCOUNT = verb("suspend_account", _("계정 사용 중지"), Role.OPERATOR)
RESUME_ACCOUNT = verb("resume_account", _("계정 사용 재개"), Role.OPERATOR)
SIGN_IN = verb("sign_in", _("로그인"), *PANEL_ROLES)
CHANGE_OWN_PASSWORD = verb("change_own_password", _("본인 비밀번호 변경"), *PANEL_ROLES)
ADD_FACTOR = verb("add_factor", _("로그인 수단 추가"), *PANEL_ROLES)
REMOVE_FACTOR = verb("remove_factor", _("로그인 수단 삭제"), *PANEL_ROLES)
RENEW_RECOVERY_CODES = verb("renew_recovery_codes", _("복구 코드 재발급"), *PANEL_ROLES)
USE_RECOVERY_CODE = verb("use_recovery_code", _("복구 코드 사용"), *PANEL_ROLES)
END_OTHER_SESSIONS = verb("end_other_sessions", _("다른 로그인 종료"), *PANEL_ROLES)
ADD_NON_WORKING_DAY = verb("add_non_working_day", _("공휴일 추가"), Role.OFFICIAL, Role.SYSTEM)
PREPARE = verb("prepare", _("기안"), Role.OFFICIAL)
APPROVE = verb("approve", _("기안 결재"), Role.OFFICIAL)
HAND_BACK = verb("hand_back", _("기안 반려"), Role.OFFICIAL)
VERIFY_LEDGER = verb("verify_ledger", _("원장 검증"), Role.OFFICIAL, Role.AUDITOR, Role.SYSTEM)
CANCEL_VERIFICATION = verb("cancel_verification", _("원장 검증 취소"), Role.OFFICIAL, Role.AUDITOR)
SEE_RECORD = verb("see_record", _("기록 열람"), Role.OFFICIAL, Role.AUDITOR)
TAKE_IN = verb("take_in", _("첨부 접수"), Role.OFFICIAL, Role.APPLICANT)
READ_ATTACHMENT = verb(
    "read_attachment",
    _("첨부 열람"),
    *(Role.OFFICIAL, Role.EVALUATOR, Role.REVIEWER, Role.APPLICANT, Role.AUDITOR),
)
