"""The names under which results were published: a name that was put right later stood there as it was."""

from collections.abc import Collection
from datetime import datetime

from consortia.models import Team
from evaluation.models import NameCorrection, Round


def names_at(teams: Collection[Team], at: datetime) -> dict[int, str]:
    """Team id -> its Korean name as it was when something was published at `at`, in one query."""
    names = {team.pk: team.name_ko for team in teams}
    later = NameCorrection.objects.filter(team__in=teams, language=NameCorrection.Language.KO, at__gt=at)
    # The earliest correction since then says what the name was until it.
    return names | dict(later.order_by("-at", "-pk").values_list("team_id", "was"))


def names_of(round: Round) -> list[list[str]]:
    """Every team of the round with its names, in both languages, as they are now."""
    rows = round.entries.order_by("pk").values_list("team__code", "team__name_ko", "team__name_en")
    return [list(row) for row in rows]
