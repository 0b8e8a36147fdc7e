"""지원: laying down what every team gets of a line, and the written exceptions from it."""

from datetime import date, datetime
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from consortia.models import Organisation, Programme, SupportException, SupportLine, Team
from consortia.operations.granting import require_in_order
from consortia.queries import support_standing, teams_named
from consortia.rules.periods import Period
from consortia.states import SupportKind
from consortia.verbs import EXCEPT_SUPPORT, LAY_DOWN_SUPPORT
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.text import stated


@operation(LAY_DOWN_SUPPORT)
def lay_down_support(
    programme: Programme,
    *,
    code: str,
    kind: SupportKind,
    name_ko: str,
    name_en: str,
    number: int,
    unit: str,
    since: date,
    until: date | None = None,
    model: str = "",
    actor: Actor,
    now: datetime,
) -> SupportLine:
    """Write down a line of support: what each team gets of it (`number` in `unit`), and when, both days included.

    Refused: `incomplete` without a unit, or without the kind of a GPU (`model`), `out_of_range` for less than 1 or a
    period that ends before it begins, `duplicate` where the code is taken in the programme.
    """
    unit = stated(unit, _("단위"))
    model = stated(model, _("GPU 종류")) if kind == SupportKind.GPU else ""
    require_in_order(Period(since, until))
    if number < 1:
        raise Refused(Code.OUT_OF_RANGE, _("수량은 1 이상이어야 합니다."), number=number)
    if programme.support_lines.filter(code=code).exists():
        raise Refused(Code.DUPLICATE, format_lazy(_("이미 있는 지원 항목입니다: {code}"), code=code), line=code)
    line = SupportLine.objects.create(
        programme=programme,
        code=code,
        kind=kind,
        name_ko=name_ko,
        name_en=name_en,
        model=model,
        unit=unit,
        number=number,
        since=since,
        until=until,
    )
    record(LAY_DOWN_SUPPORT, line, at=now, code=code, kind=kind, number=number, since=since, until=until)
    return line


def _one_of(line: SupportLine, team: str | None, organisation: str | None) -> tuple[Team | None, Organisation | None]:
    if (team is None) == (organisation is None):
        raise Refused(Code.INCOMPLETE, _("지원 예외는 정예팀이나 기관 가운데 하나에 대한 것입니다."))
    teams = teams_named(line.programme, [team]) if team is not None else [None]
    if organisation is None:
        return teams[0], None
    found = line.programme.organisations.filter(code=organisation).first()
    if found is None:
        raise Refused(
            Code.UNKNOWN,
            format_lazy(_("없는 기관입니다: {organisation}"), organisation=organisation),
            name=organisation,
        )
    return None, found


def _except_barred(
    line: SupportLine, *, actor: Actor, team: str | None = None, organisation: str | None = None, **__: Any
) -> None:
    """Support is decided beside the evaluation, so no panel bars anybody; names come first in the table of codes."""
    if team is not None:
        teams_named(line.programme, [team])
    if organisation is not None and not line.programme.organisations.filter(code=organisation).exists():
        raise Refused(
            Code.UNKNOWN,
            format_lazy(_("없는 기관입니다: {organisation}"), organisation=organisation),
            name=organisation,
        )


@decided(EXCEPT_SUPPORT, SupportLine, relies_on=support_standing, barred=_except_barred)
def except_support(
    line: SupportLine,
    *,
    team: str | None = None,
    organisation: str | None = None,
    number: int = 0,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> SupportException:
    """Except a team, or every team that an organisation leads, from a line's equal terms, with the written reason.

    `number` is what it gets instead: 0 for a company that leases GPUs to the government, which gets none. The same
    exception again is returned.

    Refused: `unknown` names, `incomplete` unless one is named and a reason given, `out_of_range` for a number below 0
    or equal to the line's, `duplicate` where another exception stands.
    """
    line = SupportLine.objects.select_for_update(of=("self",)).select_related("programme").get(pk=line.pk)
    excepted_team, excepted_organisation = _one_of(line, team, organisation)
    reason = stated(reason, _("사유"))
    if number < 0 or number == line.number:
        raise Refused(
            Code.OUT_OF_RANGE, _("대신 받는 수량은 0 이상이고 모두가 받는 수량과 달라야 합니다."), number=number
        )
    standing = line.exceptions.filter(team=excepted_team, organisation=excepted_organisation).first()
    if standing is not None:
        if (standing.number, standing.reason) == (number, reason):
            return standing
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("이미 예외를 둔 대상입니다: {team}"), team=team or organisation),
            line=line.code,
        )
    made = SupportException.objects.create(
        line=line,
        team=excepted_team,
        organisation=excepted_organisation,
        number=number,
        reason=reason,
        decision_id=actor.decision_id(),
        at=now,
    )
    record(EXCEPT_SUPPORT, line, at=now, team=team, organisation=organisation, number=number)
    return made
