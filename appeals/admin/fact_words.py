"""What the facts of objections, calls and applications are called."""

from django.utils.translation import gettext_lazy as _

from appeals.admin.authorising import ELIGIBLE_CHOICES
from appeals.states import AppealState
from core.admin.facts import call_facts, end, one_of
from evaluation.states import Ground

call_facts(
    {
        "accept": _("선정에 찬성"),
        "accepted": _("인용"),
        "admitted": _("이의신청 적격"),
        "call": _("추가 공모"),
        "decide_by": _("결정 기한"),
        "documents": _("제출 서류"),
        "eligible": _("응모 자격"),
        "ground": _("사유"),
        "most_seats": _("자리 수"),
        "notice_days": _("공고 기간(일)"),
        "outcome": _("결정"),
        "receipt": _("접수번호"),
        "recommends": _("권고"),
        "reviewer": _("재심의 위원"),
        "terms": _("조건"),
    },
    {
        "decide_by": end,
        "eligible": one_of(ELIGIBLE_CHOICES),
        "ground": one_of(Ground.choices),
        "outcome": one_of(AppealState.choices),
        "recommends": one_of(AppealState.choices),
    },
)
