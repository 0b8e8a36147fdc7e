"""Authorising the additional call: the decision of two officials that the sweep later carries out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from appeals.models import Authorisation
from appeals.verbs import AUTHORISE_CALL
from consortia.models import Call, Programme
from core.actors import Actor
from core.decisions import decided
from core.errors import Code, Refused
from core.events import record
from core.text import stated
from evaluation.models import Round, Vacancy
from evaluation.policies import bar_panelists
from evaluation.states import RoundState, VacancyRule

AS_MANY_AS_VACANT = "vacancies"
MOST_NOTICE_DAYS = 366
ELIGIBLE = ("eliminated", "earlier_applicants", "newcomers")


def _ground(round: Round, **_: object) -> list[object]:
    return [round.state, round.seats, round.vacancy]


@decided(AUTHORISE_CALL, Round, relies_on=_ground, barred=bar_panelists)
def authorise_call(
    round: Round,
    *,
    call: str,
    seats: int | str = AS_MANY_AS_VACANT,
    notice_days: int,
    eligible: Sequence[str] = ELIGIBLE,
    terms: Mapping[str, Any] | None = None,
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Call:
    """Decide that a call be opened for the round's vacancy, if there is one when its result is final.

    `seats` is a number, or "vacancies" for as many as are vacant. `terms` are the support that the selected team will
    get, the same as everybody's, with any exception by team or organisation and its written reason.

    Refused: `unknown` names in `terms`, `wrong_state` where the round's rule is not to recruit or it ended without a
    vacancy, `incomplete` where nobody would be eligible or an exception has no reason, `out_of_range` numbers,
    `duplicate` where the round or the code has another call already (the same once more is returned).
    """
    round = Round.objects.alone(round.pk)
    terms = dict(terms or {})
    _require_known(round.programme, terms)
    _require_vacancy_possible(round)
    _require_whole(eligible, terms)
    most = None if seats == AS_MANY_AS_VACANT else _seat_number(seats, round)
    if not 1 <= notice_days <= MOST_NOTICE_DAYS or not set(eligible) <= set(ELIGIBLE):
        raise Refused(
            Code.OUT_OF_RANGE,
            "공고 기간은 1일에서 366일 사이이고, 응모 자격은 정해진 것이어야 합니다.",
            days=notice_days,
        )
    asked = {"most_seats": most, "notice_days": notice_days, "eligible": sorted(set(eligible)), "terms": terms}
    standing = _standing(round, call)
    if standing is not None:
        same = standing.code == call and all(getattr(standing, name) == value for name, value in asked.items())
        if same and Authorisation.objects.filter(call=standing, round=round).exists():
            return standing
        raise Refused(Code.DUPLICATE, f"이미 승인한 추가 공모가 있습니다: {standing.code}", call=standing.code)
    authorised = Call.objects.create(programme=round.programme, code=call, **asked)
    Authorisation.objects.create(call=authorised, round=round, decision_id=actor.decision_id(), authorised_at=now)
    record(AUTHORISE_CALL, authorised, at=now, round=round.code, **asked)
    return authorised


def _require_vacancy_possible(round: Round) -> None:
    if round.vacancy != VacancyRule.RECRUIT:
        raise Refused(Code.WRONG_STATE, "공석을 추가 공모로 채우지 않는 단계입니다.", vacancy=round.vacancy)
    if round.state == RoundState.FINAL and not Vacancy.objects.filter(round=round).exists():
        raise Refused(Code.WRONG_STATE, "공석 없이 확정된 단계입니다.", state=round.state)


def _seat_number(seats: int | str, round: Round) -> int:
    if not isinstance(seats, int) or not 1 <= seats <= round.seats:
        raise Refused(Code.OUT_OF_RANGE, f"자리 수는 1에서 {round.seats} 사이여야 합니다.", seats=seats)
    return seats


def _standing(round: Round, code: str) -> Call | None:
    """The call that stands in the way: of the same code, or of the same round."""
    calls = round.programme.calls
    return calls.filter(code=code).first() or calls.filter(authorisation__round=round).first()


def _require_known(programme: Programme, terms: Mapping[str, Any]) -> None:
    for exception in terms.get("exceptions", ()):
        for kind, known in (("team", programme.teams), ("organisation", programme.organisations)):
            name = exception.get(kind)
            if name is not None and not known.filter(code=name).exists():
                raise Refused(Code.UNKNOWN, f"지원 예외에 적힌 대상이 없습니다: {name}", name=name)


def _require_whole(eligible: Sequence[str], terms: Mapping[str, Any]) -> None:
    if not eligible:
        raise Refused(Code.INCOMPLETE, "응모 자격을 하나 이상 정해야 합니다.", field="eligible")
    for exception in terms.get("exceptions", ()):
        stated(str(exception.get("reason") or ""), "지원 예외의 사유")
