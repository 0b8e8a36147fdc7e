"""Reads across the models of programmes, teams, calls and support."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import (
    Affiliation,
    Application,
    Call,
    CallGuide,
    Membership,
    Programme,
    SupportException,
    SupportLine,
    Team,
    TeamPerson,
)
from consortia.rules.notice import TERMS, eligible_words, filled, listed, terms_words
from consortia.rules.parity import Exempt
from consortia.states import ApplicationState, CallState
from core.calendar.words import moment_words, window_words
from core.errors import Code, Refused
from core.models import Account, NonWorkingDay
from core.names import name_field
from core.sentences import Sentence, say


def non_working_days(programme: Programme) -> frozenset[date]:
    """The days on which no period ends: the country's and the programme's own."""
    return frozenset(
        NonWorkingDay.objects.filter(calendar__in=[NonWorkingDay.COUNTRY, programme.code]).values_list(
            "date", flat=True
        )
    )


def local_day(programme: Programme, at: datetime) -> date:
    """The day that it is in the programme's zone."""
    return at.astimezone(programme.zone).date()


def organisations_on(accounts: Sequence[int], day: date) -> dict[int, int]:
    """Account id -> id of the organisation to which the person belongs on that day, where one is recorded."""
    rows = Affiliation.objects.on(day).filter(account__in=accounts)
    return dict(rows.values_list("account_id", "organisation_id"))


def acts_for(account: Account, team: Team) -> bool:
    """Whether the person is one of the team's own."""
    return TeamPerson.objects.filter(account=account, team=team).exists()


def require_acts_for(account: Account, team: Team) -> None:
    """Refuse with `not_entitled` whoever is not one of the team's own people."""
    if not acts_for(account, team):
        raise Refused(Code.NOT_ENTITLED, format_lazy(_("{team}의 담당자가 아닙니다."), team=team), team=team.code)


def exempt_from(lines: Sequence[int], teams: Sequence[int], day: date) -> dict[tuple[int, int], Exempt]:
    """(line id, team id) -> the written exception that holds for the team on that day, in two queries.

    An organisation's holds for every team in which it is the lead that day; a team's own goes before it.
    """
    led = Membership.objects.on(day).filter(team__in=teams, part=Membership.Part.LEAD)
    teams_of: dict[int, list[int]] = {}
    for organisation, team in led.values_list("organisation_id", "team_id"):
        teams_of.setdefault(organisation, []).append(team)
    of_leads: dict[tuple[int, int], Exempt] = {}
    of_teams: dict[tuple[int, int], Exempt] = {}
    for each in SupportException.objects.filter(line__in=lines):
        exempt = Exempt(each.number, each.reason)
        if each.team_id is not None:
            of_teams[each.line_id, each.team_id] = exempt
        elif each.organisation_id is not None:
            of_leads |= {(each.line_id, team): exempt for team in teams_of.get(each.organisation_id, ())}
    return of_leads | of_teams


def teams_named(programme: Programme, codes: Sequence[str]) -> list[Team]:
    """The teams with these codes, each once; `unknown` where one is not the programme's."""
    found = {team.code: team for team in programme.teams.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise Refused(Code.UNKNOWN, format_lazy(_("없는 팀입니다: {code}"), code=code), name=code)
    return list(found.values())


def support_standing(line: SupportLine, **__: object) -> list[object]:
    """What a decision on a line relies on: everything that has been granted and excepted of it so far."""
    grants = line.grants.order_by("pk").values_list("pk", "returned_on")
    exceptions = line.exceptions.order_by("pk").values_list("pk", flat=True)
    return [[[pk, str(day)] for pk, day in grants], list(exceptions)]


def exception_words(call: Call) -> list[Sentence]:
    """The exceptions from a call's equal terms, each with its reason, in two queries."""
    exceptions = call.terms.get("exceptions") or ()
    if not exceptions:
        return []
    programme = call.programme
    teams = dict(programme.teams.values_list("code", name_field()))
    organisations = dict(programme.organisations.values_list("code", name_field()))
    lines = []
    for each in exceptions:
        whom = teams.get(each.get("team")) or organisations.get(each.get("organisation")) or say("모든 팀")
        line = Sentence(TERMS.get(each["line"], each["line"]))
        lines.append(say("예외: {whom}, {line} ({reason})", whom=whom, line=line, reason=each["reason"]))
    return lines


def notice_text(call: Call, guide: CallGuide) -> str:
    """The notice of a call that has just been given its seats and its window."""
    if call.opened_at is None or call.closes_at is None:
        raise ValueError("a call has its window before its notice")
    zone = call.programme.zone
    window = moment_words(call.opened_at, zone), window_words(call.closes_at, zone)
    return _composed(call, guide, str(call.seats), *window)


def proposed_notice(call: Call, guide: CallGuide) -> str:
    """The notice as it will be, of a call that is not there yet: its window and seats are known when it opens."""
    seats = "(공석 수)" if call.most_seats is None else f"최대 {call.most_seats}"
    return _composed(
        call,
        guide,
        seats,
        "(결과가 확정되어 공모를 여는 때)",
        f"(여는 날 다음 날부터 {call.notice_days}일째) 24:00까지",
    )


def _composed(call: Call, guide: CallGuide, seats: str, opens: str, closes: str) -> str:
    programme = call.programme
    shortened = f"   (최소 {guide.least_notice_days}일보다 단축한 사유: {guide.shortening_reason})"
    words = {
        "사업명": programme.name_ko,
        "공모 계기": guide.occasion,
        "자리 수": seats,
        "공고 기간": str(call.notice_days),
        "접수 시작": opens,
        "접수 마감": closes,
        "응모 자격": listed(eligible_words(call.eligible), ""),
        "지원 조건": listed([*terms_words(call.terms), *exception_words(call)], "최초 공모와 같습니다."),
        "제출 서류": listed(guide.documents, "따로 정한 서류가 없습니다."),
        "평가위원": guide.evaluators,
        "선정 기준": guide.decision_rule,
        "최초 공모 조건": guide.first_conditions or "최초 공모의 조건을 그대로 따릅니다.",
        "법적 근거": programme.legal_basis or "사업 공고",
        "단축 사유": shortened if call.notice_days < guide.least_notice_days else "",
    }
    return filled(guide.template, words)


def public_calls() -> QuerySet[Call]:
    """The calls of which the public may know: every one that has opened, and those that have become void.

    A call that is only authorised is a decision within the administration, which nobody can answer yet and which an
    appeal may still undo. When it has become void, whoever waited for it must learn that it will not come, and why;
    nothing else of it is told, since its conditions never held.
    """
    known = Call.objects.exclude(state=CallState.AUTHORISED).select_related("programme", "guide", "notice")
    selected = Application.objects.filter(state=ApplicationState.SELECTED).select_related("team").order_by("pk")
    return known.prefetch_related(Prefetch("applications", selected, to_attr="selected"))


def state_at(call: Call, now: datetime) -> CallState:
    """The call's state by the clock: over is over, whether or not the sweep has come by."""
    if call.state == CallState.OPEN and call.is_over(now):
        return CallState.CLOSED
    return CallState(call.state)
