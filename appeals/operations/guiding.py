"""The guide of a call (공모 안내서): what is approved of it besides its numbers, and the notice to be."""

from collections.abc import Mapping, Sequence
from typing import Any

from consortia.models import Call, CallGuide
from consortia.queries import proposed_notice
from consortia.rules.notice import DECISION_RULE, DEFAULT_TEMPLATE
from evaluation.models import Round


def guide_of(call: Call, round: Round, documents: Sequence[str], shortening: str) -> CallGuide:
    """The guide as it is approved, not saved yet: words that the programme changes later are not this call's."""
    programme = round.programme
    template = programme.call_templates.order_by("-version").first()
    return CallGuide(
        call=call,
        template=template.text if template else DEFAULT_TEMPLATE,
        first_conditions=template.first_conditions if template else "",
        documents=list(documents),
        occasion=f"{round.name_ko}의 공석 발생",
        evaluators=f"{round.name_ko}의 평가위원 가운데 응모한 팀과 이해관계가 없는 위원 전원",
        decision_rule=DECISION_RULE,
        notice_days=call.notice_days,
        least_notice_days=programme.least_notice_days,
        shortening_reason=shortening,
    )


def notice_to_be(
    round: Round,
    *,
    seats: int | None,
    notice_days: int,
    eligible: Sequence[str],
    terms: Mapping[str, Any],
    documents: Sequence[str],
    shortening_reason: str,
) -> str:
    """The notice of the call that these words would authorise (`seats` None: as many as are vacant)."""
    call = Call(
        programme=round.programme,
        most_seats=seats,
        notice_days=notice_days,
        eligible=sorted(set(eligible)),
        terms=dict(terms),
    )
    return proposed_notice(call, guide_of(call, round, documents, shortening_reason.strip()))
