"""What may be done with programmes, teams and calls."""

from django.utils.translation import gettext_lazy as _

from core.roles import Role
from core.verbs import verb

FOUND_PROGRAMME = verb("found_programme", _("사업 등록"), Role.OFFICIAL, Role.SYSTEM)
REGISTER_ORGANISATION = verb("register_organisation", _("기관 등록"), Role.OFFICIAL, Role.SYSTEM)
REGISTER_TEAM = verb("register_team", _("정예팀 등록"), Role.OFFICIAL, Role.SYSTEM)
REGISTER_MEMBER = verb("register_member", _("참여기관 등록"), Role.OFFICIAL, Role.SYSTEM)
REGISTER_PERSON = verb("register_person", _("참여자 등록"), Role.OFFICIAL, Role.OPERATOR, Role.SYSTEM)
IMPORT_ROSTER = verb("import_roster", _("명단 가져오기"), Role.OFFICIAL)
CANCEL_ROSTER = verb("cancel_roster", _("명단 가져오기 취소"), Role.OFFICIAL, Role.SYSTEM)
EXPORT_ROSTER = verb("export_roster", _("명단 내려받기"), Role.OFFICIAL, Role.AUDITOR)
OPEN_CALL = verb("open_call", _("추가 공모 개시"), Role.SYSTEM)
CLOSE_CALL = verb("close_call", _("추가 공모 접수 마감"), Role.SYSTEM)
VOID_CALL = verb("void_call", _("추가 공모 무효"), Role.SYSTEM, Role.OFFICIAL)
CONCLUDE_CALL = verb("conclude_call", _("추가 공모 종결"), Role.OFFICIAL)
SET_CALL_TEMPLATE = verb("set_call_template", _("공고문 양식 등록"), Role.OFFICIAL)
SET_LEAST_NOTICE = verb("set_least_notice_days", _("최소 공고 기간 변경"), Role.OFFICIAL)

LAY_DOWN_SUPPORT = verb("lay_down_support", _("지원 조건 등록"), Role.OFFICIAL, Role.SYSTEM)
EXCEPT_SUPPORT = verb("except_support", _("지원 예외 결정"), Role.OFFICIAL, decided=True)
GRANT_SUPPORT = verb("grant_support", _("지원 배정"), Role.OFFICIAL, decided=True)
RETURN_SUPPORT = verb("return_support", _("지원 회수"), Role.OFFICIAL, decided=True)
REALLOCATE_SUPPORT = verb("reallocate_support", _("지원 재배정"), Role.OFFICIAL, decided=True)
