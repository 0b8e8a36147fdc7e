"""What the facts of programmes, teams, support and calls are called."""

from django.utils.translation import gettext_lazy as _

from consortia.models import Membership
from consortia.models.roster import ROSTERS
from consortia.states import SupportKind
from core.admin.facts import call_facts, one_of

call_facts(
    {
        "applications": _("응모"),
        "closes_at": _("마감"),
        "codes": _("코드"),
        "day": _("날짜"),
        "giver": _("회수 대상 팀"),
        "holidays": _("공휴일"),
        "members": _("참여기관"),
        "not_selected": _("선정되지 않은 팀"),
        "part": _("역할"),
        "returned": _("회수한 지원"),
        "roster_import": _("명단 가져오기"),
        "seats": _("자리"),
        "lay_down_support.number": _("수량"),
        "except_support.number": _("수량"),
        "reallocate_support.number": _("수량"),
    },
    {
        "lay_down_support.kind": one_of(SupportKind.choices),
        "import_roster.kind": one_of(ROSTERS),
        "export_roster.kind": one_of(ROSTERS),
        "part": one_of(Membership.Part.choices),
    },
)
