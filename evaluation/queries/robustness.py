"""How robust the result of a round is, from its inputs as they are now. Long work is bounded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from evaluation.models import Round, Sheet, SheetNote
from evaluation.queries.judged import code_of
from evaluation.queries.supposing import Grounds
from evaluation.rules.agreement import alpha
from evaluation.rules.criterion import RESPONSES, SHEETS
from evaluation.rules.judged import evaluators, standings
from evaluation.rules.raters import Outlier, Rater, outliers, raters, sheets_of
from evaluation.rules.resampling import RankInterval, rank_intervals
from evaluation.rules.robustness import LeftOut, Margin, each_left_out, margin
from evaluation.rules.tree import leaves

DRAWS = 400
LEAST_DRAWS = 100
"""Fewer draws say too little to be shown."""
MOST_CELLS = 30_000
"""Cells that may be computed for the draws, and again for the evaluators left out: about a second each."""
RESPONSES_A_CELL = 2_000
"""So many responses cost as much to draw anew as a cell does to compute."""
MOST_MARKS = 150_000
"""Marks that are compared for severity, agreement and outlying sheets: about a second."""


@dataclass(frozen=True)
class Agreement:
    """Krippendorff's alpha of a criterion over so many teams; None where there is nothing to compare."""

    criterion: str
    teams: int
    alpha: Fraction | None


@dataclass(frozen=True)
class Robustness:
    """What is seen of the robustness of a result. None stands for what would have taken too long at this size.

    `totals` are team -> total, `ranks` team -> rank of those that have one, in the order of ranks.
    """

    ranks: Mapping[str, int]
    totals: Mapping[str, Decimal]
    margin: Margin | None
    seed: int
    draws: int
    intervals: Mapping[str, RankInterval] | None
    left_out: Sequence[LeftOut] | None
    raters: Sequence[Rater] | None
    agreements: Sequence[Agreement] | None
    outliers: Sequence[Outlier] | None


def robustness(given: Grounds, *, seed: int) -> Robustness:
    """Everything, as far as its size lets it be computed while somebody waits."""
    rules, entries = given.rules, given.entries
    found = standings(rules, entries, given.tie_orders)
    ranked = [row for row in found.rows if row.rank is not None]
    sheets = [leaf.code for leaf in leaves(rules.criteria) if leaf.source == SHEETS]
    marks = sum(len(entry.marks.get(code, {})) for entry in entries for code in sheets)
    draws, within = draws_for(given), marks <= MOST_MARKS
    again = len(evaluators(entries)) * len(entries) * len(sheets) <= MOST_CELLS
    by_team = sheets_of(entries) if within else {}
    return Robustness(
        ranks={row.team: row.rank for row in ranked if row.rank is not None},
        totals={row.team: row.total for row in ranked if row.total is not None},
        margin=margin(rules, found),
        seed=seed,
        draws=draws,
        intervals=rank_intervals(rules, entries, given.tie_orders, seed=seed, draws=draws) if draws else None,
        left_out=list(each_left_out(rules, entries, given.tie_orders)) if again else None,
        raters=raters(by_team) if within else None,
        agreements=[_agreement(given, code) for code in sheets] if within else None,
        outliers=outliers(by_team) if within else None,
    )


def draws_for(given: Grounds) -> int:
    """How many draws the round's size allows; 0 where too few would be left."""
    varying = [leaf for leaf in leaves(given.rules.criteria) if leaf.source in (SHEETS, RESPONSES)]
    responses = sum(
        sum(entry.tally(leaf.code).values()) for entry in given.entries for leaf in varying if leaf.source == RESPONSES
    )
    work = len(varying) * len(given.entries) + responses // RESPONSES_A_CELL
    draws = min(DRAWS, MOST_CELLS // max(1, work))
    return draws if draws >= LEAST_DRAWS else 0


def _agreement(given: Grounds, code: str) -> Agreement:
    units = [entry.tally(code) for entry in given.entries]
    return Agreement(code, sum(sum(unit.values()) > 1 for unit in units), alpha(units))


def sheets_at(round: Round, found: Sequence[Outlier]) -> dict[tuple[str, str], Sheet]:
    """(team, evaluator) -> the sheet, of those found; one query whatever their number."""
    wanted = {(each.team, each.person) for each in found}
    rows = Sheet.objects.filter(entry__round=round, entry__team__code__in={team for team, _ in wanted})
    known = rows.select_related("entry__team", "account")
    return {key: row for row in known if (key := (row.entry.team.code, code_of(row.account.username))) in wanted}


def notes_on(round: Round) -> Sequence[SheetNote]:
    """Every note on the round's sheets, in time."""
    rows = SheetNote.objects.filter(sheet__entry__round=round)
    return list(rows.select_related("by", "sheet__entry__team", "sheet__account"))
