"""What a call says: the programme's template, its least notice, and the notice with which the call opens."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from consortia.models import Call, CallGuide, CallTemplate, Programme
from consortia.rules.notice import ELIGIBLE, filled, listed, unknown_blanks
from consortia.verbs import SET_CALL_TEMPLATE, SET_LEAST_NOTICE
from core.actors import Actor
from core.calendar.words import moment_words, window_words
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated

MOST_NOTICE_DAYS = 366

_TERMS = {"gpu": "GPU", "data": "데이터", "designation": "명칭"}


@operation(SET_CALL_TEMPLATE)
def set_call_template(
    programme: Programme, *, text: str, first_conditions: str = "", actor: Actor, now: datetime
) -> CallTemplate:
    """Lay down the words of a call's notice, and the conditions of the first call, as the programme's next version.

    Calls that are authorised already keep the version under which they were. The same words again are returned.
    Refused: `unknown` for a blank that nothing fills, `incomplete` for no text.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    unknown = unknown_blanks(text)
    if unknown:
        raise Refused(Code.UNKNOWN, f"없는 빈칸입니다: {', '.join(unknown)}", blanks=unknown)
    text, first_conditions = stated(text, "공고문 양식"), first_conditions.strip()
    standing = programme.call_templates.order_by("-version").first()
    if standing is not None and (standing.text, standing.first_conditions) == (text, first_conditions):
        return standing
    version = (programme.call_templates.aggregate(newest=Max("version"))["newest"] or 0) + 1
    template = CallTemplate.objects.create(
        programme=programme,
        version=version,
        text=text,
        first_conditions=first_conditions,
        set_by=actor.person(),
        set_at=now,
    )
    record(SET_CALL_TEMPLATE, template, at=now, version=version)
    return template


@operation(SET_LEAST_NOTICE)
def set_least_notice_days(
    programme: Programme, *, days: int, reason: str = "", actor: Actor, now: datetime
) -> Programme:
    """Say how long a call of the programme is public at least, with the reason. Calls authorised before keep theirs.

    Refused: `incomplete` without a reason, `out_of_range` beyond 1 to 366 days.
    """
    programme = Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    if programme.least_notice_days == days:
        return programme
    stated(reason, "사유")
    if not 1 <= days <= MOST_NOTICE_DAYS:
        raise Refused(Code.OUT_OF_RANGE, f"공고 기간은 1일에서 {MOST_NOTICE_DAYS}일 사이입니다.", days=days)
    before, programme.least_notice_days = programme.least_notice_days, days
    programme.save(update_fields=["least_notice_days"])
    record(SET_LEAST_NOTICE, programme, at=now, before=before, after=days)
    return programme


def notice_text(call: Call, guide: CallGuide) -> str:
    """The notice of a call that has just been given its seats and its window."""
    if call.opened_at is None or call.closes_at is None:
        raise ValueError("a call has its window before its notice")
    programme = call.programme
    basis = programme.legal_basis or "사업 공고"
    shortened = f"   (최소 {guide.least_notice_days}일보다 단축한 사유: {guide.shortening_reason})"
    words = {
        "사업명": programme.name_ko,
        "공모 계기": guide.occasion,
        "자리 수": str(call.seats),
        "공고 기간": str(call.notice_days),
        "접수 시작": moment_words(call.opened_at, programme.zone),
        "접수 마감": window_words(call.closes_at, programme.zone),
        "응모 자격": listed([ELIGIBLE.get(each, each) for each in call.eligible], ""),
        "지원 조건": listed(_terms(call), "최초 공모와 같습니다."),
        "제출 서류": listed(guide.documents, "따로 정한 서류가 없습니다."),
        "평가위원": guide.evaluators,
        "선정 기준": guide.decision_rule,
        "최초 공모 조건": guide.first_conditions or "최초 공모의 조건을 그대로 따릅니다.",
        "법적 근거": basis,
        "단축 사유": shortened if call.notice_days < guide.least_notice_days else "",
    }
    return filled(guide.template, words)


def _terms(call: Call) -> list[str]:
    lines = [f"{word}: {call.terms[name]}" for name, word in _TERMS.items() if call.terms.get(name)]
    return lines + [_exception(call.programme, each) for each in call.terms.get("exceptions") or ()]


def _exception(programme: Programme, exception: dict[str, Any]) -> str:
    team = programme.teams.filter(code=exception.get("team")).first()
    organisation = programme.organisations.filter(code=exception.get("organisation")).first()
    line = _TERMS.get(exception["line"], exception["line"])
    return f"예외: {team or organisation or '모든 팀'}, {line} ({exception['reason']})"
