"""Authorising the additional call: the decision of two officials that the sweep later carries out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from appeals.models import Authorisation
from appeals.operations.guiding import guide_of
from appeals.verbs import AUTHORISE_CALL
from consortia.models import Call, CallGuide, Programme
from consortia.rules.notice import ELIGIBLE
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
MOST_KIND = 64


def _ground(round: Round, **__: object) -> list[object]:
    """The round, and the words and the least notice that the programme has for its calls."""
    newest = round.programme.call_templates.order_by("-version").first()
    version = newest.version if newest else 0
    return [round.state, round.seats, round.vacancy, version, round.programme.least_notice_days]


@decided(AUTHORISE_CALL, Round, relies_on=_ground, barred=bar_panelists)
def authorise_call(
    round: Round,
    *,
    call: str,
    seats: int | str = AS_MANY_AS_VACANT,
    notice_days: int,
    eligible: Sequence[str] = tuple(ELIGIBLE),
    terms: Mapping[str, Any] | None = None,
    documents: Sequence[str] = (),
    shortening_reason: str = "",
    reason: str = "",
    actor: Actor,
    now: datetime,
) -> Call:
    """Decide that a call be opened for the round's vacancy, if there is one when its result is final.

    `seats` is a number, or "vacancies" for as many as are vacant. `terms` are the support that the selected team will
    get, the same as everybody's, with any exception by team or organisation and its written reason. `documents` are the
    kinds of paper that every application must have. A notice shorter than the programme's least needs a
    `shortening_reason`, which the notice states.

    Refused: `unknown` names in `terms`, `wrong_state` where the round's rule is not to recruit or it ended without a
    vacancy, `incomplete` where nobody would be eligible, an exception has no reason or a shortened notice none,
    `out_of_range` numbers, `duplicate` where the round or the code has another call already (the same once more is
    returned).
    """
    round = Round.objects.alone(round.pk)
    terms = dict(terms or {})
    _require_known(round.programme, terms)
    _require_vacancy_possible(round)
    _require_whole(eligible, terms)
    documents, shortening = _checked_documents(documents), shortening_reason.strip()
    if 1 <= notice_days < round.programme.least_notice_days:
        stated(shortening, _("공고기간 단축 사유"))
    most = None if seats == AS_MANY_AS_VACANT else _seat_number(seats, round)
    _require_in_range(notice_days, eligible)
    asked = {"most_seats": most, "notice_days": notice_days, "eligible": sorted(set(eligible)), "terms": terms}
    standing = _standing(round, call)
    if standing is not None:
        same = standing.code == call and all(getattr(standing, name) == value for name, value in asked.items())
        guided = CallGuide.objects.filter(call=standing, documents=documents, shortening_reason=shortening).exists()
        if same and guided and Authorisation.objects.filter(call=standing, round=round, lapsed=False).exists():
            return standing
        said = format_lazy(_("이미 승인한 추가 공모가 있습니다: {code}"), code=standing.code)
        raise Refused(Code.DUPLICATE, said, call=standing.code)
    authorised = Call.objects.create(programme=round.programme, code=call, **asked)
    Authorisation.objects.create(call=authorised, round=round, decision_id=actor.decision_id(), authorised_at=now)
    guide_of(authorised, round, documents, shortening).save(force_insert=True)
    record(AUTHORISE_CALL, authorised, at=now, round=round.code, documents=documents, **asked)
    return authorised


def _require_vacancy_possible(round: Round) -> None:
    if round.vacancy != VacancyRule.RECRUIT:
        raise Refused(Code.WRONG_STATE, _("공석을 추가 공모로 채우지 않는 단계입니다."), vacancy=round.vacancy)
    if round.state == RoundState.FINAL and not Vacancy.objects.filter(round=round, filled__lt=F("seats")).exists():
        raise Refused(Code.WRONG_STATE, _("확정된 단계에 공석이 없습니다."), state=round.state)


def _require_in_range(notice_days: int, eligible: Sequence[str]) -> None:
    if not 1 <= notice_days <= MOST_NOTICE_DAYS or not set(eligible) <= set(ELIGIBLE):
        raise Refused(
            Code.OUT_OF_RANGE,
            _("공고 기간은 1일에서 366일 사이이고, 응모 자격은 정해진 것이어야 합니다."),
            days=notice_days,
        )


def _seat_number(seats: int | str, round: Round) -> int:
    if not isinstance(seats, int) or not 1 <= seats <= round.seats:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("자리 수는 1에서 {seats} 사이여야 합니다."), seats=round.seats),
            seats=seats,
        )
    return seats


def _standing(round: Round, code: str) -> Call | None:
    """The call that stands in the way: of the same code, or of the same round."""
    calls = round.programme.calls
    of_the_round = calls.filter(authorisation__round=round, authorisation__lapsed=False)
    return calls.filter(code=code).first() or of_the_round.first()


def _checked_documents(documents: Sequence[str]) -> list[str]:
    """The kinds, each once; `incomplete` for a blank one, `out_of_range` for one that is too long to be a kind."""
    kinds = list(dict.fromkeys(stated(kind, _("제출 서류의 종류")) for kind in documents))
    long = [kind for kind in kinds if len(kind) > MOST_KIND]
    if long:
        raise Refused(
            Code.OUT_OF_RANGE,
            format_lazy(_("서류의 종류는 {most}자까지 적을 수 있습니다."), most=MOST_KIND),
            kinds=long,
        )
    return kinds


def _require_known(programme: Programme, terms: Mapping[str, Any]) -> None:
    for exception in terms.get("exceptions", ()):
        for kind, known in (("team", programme.teams), ("organisation", programme.organisations)):
            name = exception.get(kind)
            if name is not None and not known.filter(code=name).exists():
                raise Refused(
                    Code.UNKNOWN, format_lazy(_("지원 예외에 적힌 대상이 없습니다: {name}"), name=name), name=name
                )


def _require_whole(eligible: Sequence[str], terms: Mapping[str, Any]) -> None:
    if not eligible:
        raise Refused(Code.INCOMPLETE, _("응모 자격을 하나 이상 정해야 합니다."), field="eligible")
    for exception in terms.get("exceptions", ()):
        stated(str(exception.get("reason") or ""), _("지원 예외의 사유"))
