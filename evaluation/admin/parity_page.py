"""The parity report: who got how much of each line on equal terms, and how many days each team has to develop."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consortia.admin.support import number_words, period_words
from consortia.models import Programme, SupportLine
from consortia.queries import local_day
from consortia.rules.parity import Parity, Share
from core.actors import Actor
from core.admin import fields
from core.admin.acting import acting, now_of
from core.admin.columns import badge
from core.admin.forms import OperationForm
from core.admin.pages import on
from core.sight import visible
from evaluation.admin.asked import AskedPage
from evaluation.models import Round
from evaluation.operations.reading import see_parity
from evaluation.queries.development import development_time
from evaluation.queries.parity import WORDS, LineParity, ParityReport
from evaluation.verbs import SEE_PARITY

TONES = {Parity.EQUAL: "passed", Parity.EXCEPTED: "announced", Parity.UNEQUAL: "failed", Parity.TO_RETURN: "scoring"}


@dataclass(frozen=True)
class Bar:
    """A team's row: its figures in words, and the widths of what it has and of what it is due, in hundredths."""

    team: str
    has: str
    due: str
    days: str
    due_days: str
    width: str
    due_width: str
    verdict: Any
    reason: str


class ReportForm(OperationForm):
    programme = fields.thing(_("사업"), Programme.objects.all(), to_field_name="code")
    day = fields.day(_("기준일"))


@on(SupportLine)
class SeeParity(AskedPage):
    """What every team got of every line of support on a day."""

    verb = SEE_PARITY
    form_class = ReportForm
    template = "panel/parity.html"
    icon = "balance"
    about_object = False

    def asked(self, subject: None, request: HttpRequest) -> dict[str, str] | None:
        """The newest programme, as of today, where the address says nothing; nothing where there is no programme."""
        now = now_of(request)
        newest = visible(Programme.objects.order_by("-pk"), acting(request), now).first()
        if newest is None:
            return None
        return {"programme": newest.code, "day": local_day(newest, now).isoformat(), **request.GET.dict()}

    def perform(self, subject: None, given: dict[str, Any], *, actor: Actor, now: datetime) -> ParityReport:
        return see_parity(given["programme"], day=given["day"], actor=actor, now=now)

    def shown(self, subject: None, given: Mapping[str, Any], found: ParityReport) -> dict[str, Any]:
        return report_of(given["programme"], found)


def report_of(programme: Programme, report: ParityReport) -> dict[str, Any]:
    """What the page shows of a report."""
    round = Round.objects.filter(programme=programme, code=report.round).first()
    return {
        "programme": programme,
        "illustrative": [programme] if programme.illustrative else [],
        "report": report,
        "round": round,
        "flagged": len(report.flagged),
        "lines": [
            {
                "line": line,
                "terms": number_words(line.terms.number, line.unit),
                "period": period_words(line.terms.period.since, line.terms.period.until),
                "rows": bars_of(line, report),
            }
            for line in report.lines
        ],
        **(_development(round, report) if round else {}),
    }


def bars_of(line: LineParity, report: ParityReport) -> list[Bar]:
    """A row for each team; the widest bar is the most unit-days that a team has or is due."""
    shares = line.shares.values()
    most = max((max(each.unit_days, each.due_unit_days) for each in shares), default=0)
    return [_bar(report.teams[team], each, line.unit, most) for team, each in line.shares.items()]


def _bar(team: str, share: Share, unit: str, most: int) -> Bar:
    return Bar(
        team=team,
        has=number_words(share.number, unit),
        due=number_words(share.due_number, unit),
        days=f"{share.unit_days:,}",
        due_days=f"{share.due_unit_days:,}",
        width=width(share.unit_days, most),
        due_width=width(share.due_unit_days, most),
        verdict=badge(TONES[share.parity], WORDS[share.parity]),
        reason=share.reason,
    )


def _development(round: Round, report: ParityReport) -> dict[str, Any]:
    times = development_time(round)
    most = max([times.equal_days, *(each.days for each in times.teams)], default=0)
    rows: Sequence[Any] = [
        {
            "team": report.teams.get(each.team, each.team),
            "time": each,
            "width": width(each.days, most),
            "due_width": width(times.equal_days, most),
        }
        for each in times.teams
    ]
    return {"times": times, "times_rows": rows}


def width(value: int, most: int) -> str:
    """A part of the longest bar in hundredths."""
    return f"{Decimal(value) / most * 100:.3f}" if most else "0"
