"""Who has agreed to be served electronically, and at which address."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from consortia.models import Team
from evaluation.models import Notice, Round, ServiceAddress
from evaluation.states import Service


def consented_address(team: Team) -> ServiceAddress | None:
    """The team's consent that stands: its newest row, unless that took the consent back."""
    newest = ServiceAddress.objects.filter(team=team).order_by("-pk").first()
    return newest if newest is not None and newest.address else None


def consented_addresses(teams: Collection[int]) -> dict[int, str]:
    """Team id -> address, for those of the teams that have agreed, in one query."""
    newest = ServiceAddress.objects.filter(team__in=teams).order_by("team_id", "-pk").distinct("team_id")
    return {team: address for team, address in newest.values_list("team_id", "address") if address}


def without_consent(round: Round) -> list[str]:
    """Codes of the round's teams that have not agreed to electronic service: theirs are the notices to go on paper."""
    newest = ServiceAddress.objects.filter(team=OuterRef("team")).order_by("-pk").values("address")
    agreed = Coalesce(Subquery(newest[:1]), Value(""))
    return list(round.entries.annotate(agreed=agreed).filter(agreed="").values_list("team__code", flat=True))


def served_on_paper(round: Round) -> set[int]:
    """Ids of the round's entries that have had a notice on paper, or have agreed to electronic service once.

    Such a team's next notice goes out on paper unless its consent stands: whoever took it back was promised that.
    """
    paper = Notice.objects.filter(entry=OuterRef("pk"), service=Service.PAPER)
    agreed = ServiceAddress.objects.filter(team=OuterRef("team"))
    return set(round.entries.filter(Exists(paper) | Exists(agreed)).values_list("pk", flat=True))
