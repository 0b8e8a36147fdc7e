"""Who has agreed to be served electronically, and at which address."""

from collections.abc import Collection

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
    teams = dict(round.entries.values_list("team_id", "team__code"))
    agreed = consented_addresses(teams)
    return [code for team, code in teams.items() if team not in agreed]


def served_on_paper(round: Round) -> set[int]:
    """Ids of the round's entries that have had a notice on paper."""
    notices = Notice.objects.filter(announcement__round=round, service=Service.PAPER)
    return set(notices.values_list("entry_id", flat=True))
