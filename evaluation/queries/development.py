"""Net development time: what each team of a round has, and how far its end must move for who started late."""

from consortia.rules.development import Times, times
from evaluation.models import Round


def development_time(round: Round) -> Times:
    """Every team's net time, in days with both ends counted, from its own start to the round's end; one query.

    A team that has withdrawn has none. What the newcomer is owed is measured by the end that was first laid down.
    """
    standing = round.entries.filter(withdrawn_at=None)
    return times(
        {team: starts or round.starts for team, starts in standing.values_list("team__code", "starts")},
        first_end=round.first_ends or round.ends,
        ends=round.ends,
        latest_end=round.latest_end,
    )


def round_before(round: Round) -> Round | None:
    """The round of the programme with the next lower number, whose vacancy a newcomer fills; None for the first."""
    earlier = Round.objects.filter(programme=round.programme_id, number__lt=round.number)
    return earlier.order_by("-number").first()
