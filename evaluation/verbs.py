"""What may be done in a round, and by whom."""

from django.utils.translation import gettext_lazy as _

from core.roles import Role
from core.verbs import verb

DRAFT_ROUND = verb("draft_round", _("단계평가 작성"), Role.OFFICIAL, Role.SYSTEM)
OPEN_ROUND = verb("open_round", _("평가 개시"), Role.OFFICIAL)
FILE_DOCUMENT = verb("file_document", _("자료 접수"), Role.OFFICIAL, Role.APPLICANT)
ASK = verb("ask", _("질의"), Role.OFFICIAL, Role.APPLICANT)
ANSWER = verb("answer", _("답변"), Role.OFFICIAL)
DECLARE_CONFLICT = verb("declare_conflict", _("이해관계 신고"), Role.OFFICIAL, Role.EVALUATOR, Role.REVIEWER)
RECORD_POINTS = verb("record_points", _("점수 입력"), Role.OFFICIAL)
RECORD_MEASUREMENTS = verb("record_measurements", _("측정값 입력"), Role.OFFICIAL)
SUBMIT_SHEET = verb("submit_sheet", _("평가표 제출"), Role.EVALUATOR)
RECORD_RESPONSES = verb("record_responses", _("사용자 응답 입력"), Role.OFFICIAL)
FIND = verb("find", _("요건 검토 의견 제출"), Role.EVALUATOR)
DECIDE_GATE = verb("decide_gate", _("요건 판정"), Role.OFFICIAL, decided=True)
WITHDRAW = verb("withdraw", _("참여 철회"), Role.OFFICIAL, Role.APPLICANT)
BREAK_TIE = verb("break_tie", _("동점자 순서 결정"), Role.OFFICIAL, decided=True)
ANNOUNCE = verb("announce", _("결과 발표"), Role.OFFICIAL, decided=True)
CORRECT = verb("correct", _("정정"), Role.OFFICIAL, decided=True)
MOVE_END = verb("move_end", _("종료일 변경"), Role.OFFICIAL, decided=True)
ADMIT_TO_ROUND = verb("admit_to_round", _("추가 선정팀의 다음 단계 참여"), Role.OFFICIAL, decided=True)
EXTEND_WINDOWS = verb("extend_windows", _("이의신청 기간 연장"), Role.OFFICIAL, decided=True)
RECORD_SERVICE_CONSENT = verb("record_service_consent", _("전자 송달 동의"), Role.OFFICIAL, Role.APPLICANT)
WITHDRAW_SERVICE_CONSENT = verb("withdraw_service_consent", _("전자 송달 동의 철회"), Role.OFFICIAL, Role.APPLICANT)
RECORD_ARRIVAL = verb("record_arrival", _("통지 도달 기록"), Role.OFFICIAL)
STOP_CLOCK = verb("stop_clock", _("이의신청 기간 정지"), Role.OFFICIAL, decided=True)
RESUME_CLOCK = verb("resume_clock", _("이의신청 기간 재개"), Role.OFFICIAL, decided=True)
REMIND = verb("remind", _("기한 알림"), Role.SYSTEM)
MAIL_REMINDER = verb("mail_reminder", _("알림 발송"), Role.SYSTEM)
SEE_NOTICE = verb("see_notice", _("통지 열람"), Role.OFFICIAL, Role.AUDITOR, Role.APPLICANT)
SEE_PARITY = verb("see_parity", _("지원 형평 보고"), Role.OFFICIAL, Role.AUDITOR)
RECOMPUTE = verb("recompute", _("순위 재계산"), Role.OFFICIAL, Role.SYSTEM)
FINALISE_ROUND = verb("finalise_round", _("결과 확정"), Role.OFFICIAL, Role.SYSTEM)
SEE_STANDINGS = verb("see_standings", _("순위 열람"), Role.OFFICIAL, Role.AUDITOR)
SEE_MARKS = verb("see_marks", _("평가 점수 열람"), Role.OFFICIAL, Role.AUDITOR)
