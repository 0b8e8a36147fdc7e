"""Versions of a round's criteria: the tree, what each changed, and who signed it off."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from consortia.admin.base import ProgrammeThingAdmin
from consortia.models import Team
from core.actors import Actor
from core.admin.acting import acting, now_of
from core.admin.columns import badged
from core.sight import sees_all, visible
from evaluation.admin.criteria_words import lines_of, version_shown
from evaluation.models import CriteriaConsent, CriteriaVersion, Round
from evaluation.queries.criteria import lacking_consent, version_before


class CriteriaVersionAdmin(ProgrammeThingAdmin):
    """평가기준: version by version. Consents are shown by team to officials, and by their number to everybody else."""

    programme_path = "round__programme"
    change_form_template = "panel/criteria.html"
    fields = ("round", "number", "state", "reason", "at", "digest", "decision")
    list_display = ("__str__", "state_badge", "reason", "at")
    list_filter = ("round", "state")
    list_select_related = ("round__programme",)
    ordering = ("-round_id", "-number")
    empty = _(
        "단계마다 평가기준의 판입니다. 단계를 만들면 첫 판이, 단계의 화면에서 변경을 제안하면 다음 판이 생깁니다."
    )
    state_badge = staticmethod(badged("state", _("상태")))

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who decided is for those who see decisions."""
        shown = sees_all(CriteriaVersion, acting(request))
        return self.fields if shown else tuple(each for each in self.fields if each != "decision")

    def more(self, request: HttpRequest, obj: CriteriaVersion) -> dict[str, Any]:
        actor = acting(request)
        versions = visible(CriteriaVersion.objects.filter(round=obj.round_id), actor, now_of(request))
        return {
            "lines": lines_of(obj),
            "before": version_before(obj),
            "differences": version_shown(obj),
            "versions": versions.select_related("round").order_by("-number"),
            "round_seen": sees_all(Round, actor),
            **consents_shown(request, obj, actor),
        }


def consents_shown(request: HttpRequest, version: CriteriaVersion, actor: Actor) -> dict[str, Any]:
    """Every team's consent for those who see all; else the number, and the reader's own."""
    if not version.round.criteria_consent:
        return {"consents": None}
    given = version.consents.select_related("team", "by")
    lacking = lacking_consent(version)
    counts = {"given": len(given), "asked": len(given) + len(lacking)}
    if sees_all(CriteriaConsent, actor):
        return {"consents": given, "lacking": lacking, **counts}
    mine = visible(given, actor, now_of(request))
    own = Team.objects.filter(pk__in=[team.pk for team in lacking], people__account=actor.account)
    return {"consents": mine, "lacking": own, **counts}
