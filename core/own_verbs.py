"""The kernel's own verbs: accounts, working days, decisions, attachments."""

from django.utils.translation import gettext_lazy as _

from core.roles import Role
from core.verbs import verb

OPEN_ACCOUNT = verb("open_account", _("계정 개설"), Role.OFFICIAL, Role.OPERATOR, Role.SYSTEM)
SET_PASSWORD = verb("set_password", _("비밀번호 설정"), Role.OPERATOR, Role.SYSTEM)
ADD_NON_WORKING_DAY = verb("add_non_working_day", _("공휴일 추가"), Role.OFFICIAL, Role.SYSTEM)
PREPARE = verb("prepare", _("기안"), Role.OFFICIAL)
APPROVE = verb("approve", _("결재"), Role.OFFICIAL)
HAND_BACK = verb("hand_back", _("반려"), Role.OFFICIAL)
SEE_RECORD = verb("see_record", _("기록 열람"), Role.OFFICIAL, Role.AUDITOR)
TAKE_IN = verb("take_in", _("첨부 접수"), Role.OFFICIAL, Role.APPLICANT)
READ_ATTACHMENT = verb(
    "read_attachment",
    _("첨부 열람"),
    *(Role.OFFICIAL, Role.EVALUATOR, Role.REVIEWER, Role.APPLICANT, Role.AUDITOR),
)
