"""What the facts of rounds, scores, results and notices are called."""

from django.utils.translation import gettext_lazy as _

from core.admin.facts import call_facts, end, one_of
from evaluation.models.paper import KINDS
from evaluation.states import ConflictKind, Disclosure, FindingValue, Origin, Outcome, VerdictValue

OF_ROUNDS = {
    "appeals_close_at": _("이의신청 기한"),
    "arrived_at": _("도달 시각"),
    "closed_at": _("정지 전 마감"),
    "closes_at": _("마감"),
    "corrections": _("정정"),
    "days": _("일수"),
    "days_left": _("남은 날"),
    "disclosure": _("공개 범위"),
    "entries": _("참여팀"),
    "evidence": _("근거"),
    "on_paper": _("서면으로 송달한 팀"),
    "order": _("순서"),
    "outcomes": _("결과"),
    "round": _("단계평가"),
    "snapshot": _("순위표"),
    "starts": _("시작일"),
    "targets": _("목표값"),
    "vacancies": _("공석 수"),
}
OF_SCORES = {
    "batch": _("묶음"),
    "component": _("구성 요소"),
    "criterion": _("평가항목"),
    "excluded": _("평가표 제외"),
    "finding": _("의견"),
    "gate": _("요건"),
    "late": _("늦게 받음"),
    "origin": _("출처"),
    "papers": _("서류"),
    "person": _("평가위원"),
    "points": _("점수"),
    "responses": _("응답 수"),
    "run": _("실행 번호"),
    "sheet": _("평가표"),
    "supersedes": _("대체된 평가표"),
    "tasks": _("과제"),
    "values": _("측정값"),
    "verdict": _("판정"),
}
OF_READING = {
    "day": _("날짜"),
    "drafts": _("쓰고 있는 평가표"),
    "evaluator": _("평가위원"),
    "experts": _("이름을 본 평가위원"),
    "findings": _("이름과 함께 본 의견"),
    "sheets": _("이름과 함께 본 평가표"),
    "votes": _("이름과 함께 본 표"),
}
OF_WORK = {
    "apart": _("다른 곳"),
    "differing": _("다른 수"),
    "draws": _("되뽑은 횟수"),
    "export": _("결과 묶음"),
    "faults": _("잘못된 곳"),
    "inputs": _("입력 요약값"),
    "kept": _("보관 일수"),
    "mended": _("순위를 다시 계산함"),
    "recount": _("검산"),
    "scores": _("점수"),
    "seed": _("난수 시작값"),
    "supposing": _("가정해 보기"),
    "upload": _("올린 자료"),
}
OF_CORRECTIONS = {
    "set_points": _("점수"),
    "set_measurement": _("측정값"),
    "exclude_sheet": _("평가표 제외"),
    "replace_sheet": _("평가표"),
    "exclude_responses": _("응답 묶음 제외"),
    "set_gate": _("요건 판정"),
    "set_name": _("팀 이름"),
    "break_tie": _("동점자 순서"),
}

call_facts(
    {**OF_ROUNDS, **OF_SCORES, **OF_READING, **OF_WORK, **OF_CORRECTIONS},
    {
        "appeals_close_at": end,
        "closed_at": end,
        "closes_at": end,
        "disclosure": one_of(Disclosure.choices),
        "finding": one_of(FindingValue.choices),
        "declare_conflict.kind": one_of(ConflictKind.choices),
        "file_document.kind": KINDS.get,
        "origin": one_of(Origin.choices),
        "outcomes": one_of(Outcome.choices),
        "verdict": one_of(VerdictValue.choices),
    },
    of_facts=OF_CORRECTIONS,
)
