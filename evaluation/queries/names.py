"""The names under which results were published: a name that was put right later stood there as it was."""

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.names import name_field
from core.wording import language
from evaluation.models import NameCorrection, Round, SnapshotRow


def name_at(team: str, moment: str, language: str) -> Coalesce:
    """A team's name in a language as it was at a moment; team and moment are paths from the row that is asked for.

    The earliest correction since then says what the name was until it; without one the name of today was it.
    """
    later = NameCorrection.objects.filter(team=OuterRef(team), language=language, at__gt=OuterRef(moment))
    return Coalesce(Subquery(later.order_by("at", "pk").values("was")[:1]), F(f"{team}__name_{language}"))


def names_of(round: Round) -> list[list[str]]:
    """Every team of the round with its names, in both languages, as they are now."""
    rows = round.entries.order_by("pk").values_list("team__code", "team__name_ko", "team__name_en")
    return [list(row) for row in rows]


def names_shown(round: Round, snapshot: int | None) -> dict[str, str]:
    """Team -> its name in the reader's language: as published in that snapshot, else as it is now. One query."""
    if snapshot is None:
        return dict(round.entries.values_list("team__code", name_field("team__")))
    rows = SnapshotRow.objects.filter(snapshot__round=round, snapshot__number=snapshot)
    named = rows.annotate(named=name_at("entry__team", "snapshot__made_at", language()))
    return dict(named.values_list("entry__team__code", "named"))
