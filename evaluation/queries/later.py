"""What corrections have added to a round's inputs since a snapshot was taken: without it, the inputs are as they were.

After an announcement nothing but a correction adds an input, and each adds its rows under the decision that the ledger
names. So the inputs of an older result are those that stand today, without these rows, and with what they superseded.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from core.models import LedgerItem
from evaluation.models import Correction, Snapshot
from evaluation.verbs import CORRECT

Later = Mapping[str, Sequence[int]]
"""Table -> ids of the rows in it that were added later; a table without any is not in it."""

NOTHING: Later = {}
"""The inputs as they are now."""


def later_than(snapshot: Snapshot) -> Later:
    """The rows that corrections have added since this snapshot, none where it is the newest; in two queries."""
    since = Correction.objects.filter(round=snapshot.round_id, after__number__gt=snapshot.number)
    mandates = [f"decision:{decision}" for decision in since.values_list("decision", flat=True)]
    items = LedgerItem.objects.filter(verb=CORRECT.code, change=LedgerItem.Change.INSERT, mandate__in=mandates)
    found = defaultdict(list)
    for table, key in items.values_list("relation", "row_key"):
        found[table].append(int(key))
    return dict(found)


def conditions(later: Later) -> dict[str, str]:
    """Which rows count, in SQL: there by then, and not replaced or excluded by then.

    `v` is a row of the table of figures or verdicts that the condition is named after, `s` a sheet, `b` a batch and `o`
    an order of tied teams.
    """
    return {
        **{name: _not_superseded(f"evaluation_{name}", later) for name in ("directpoints", "measurement", "verdict")},
        "sheet": f"{_by_then('s', 'evaluation_sheet', later)} AND {_not_excluded('s', 'sheet', later)}",
        "batch": f"{_by_then('b', 'evaluation_responsebatch', later)} AND {_not_excluded('b', 'batch', later)}",
        "order": _by_then("o", "evaluation_tiebreak", later),
    }


def given(later: Later) -> dict[str, Sequence[int]]:
    """What the conditions take as parameters."""
    return {f"later_{table}": rows for table, rows in later.items()}


def _not_superseded(table: str, later: Later) -> str:
    return f"""{_by_then("v", table, later)} AND NOT EXISTS (
        SELECT FROM {table} after WHERE after.supersedes_id = v.id AND {_by_then("after", table, later)})"""


_EXCLUSIONS = {"sheet": "evaluation_sheetexclusion", "batch": "evaluation_responsebatchexclusion"}


def _not_excluded(row: str, kind: str, later: Later) -> str:
    excluded = _EXCLUSIONS[kind]
    return f"""NOT EXISTS (
        SELECT FROM {excluded} x WHERE x.{kind}_id = {row}.id AND {_by_then("x", excluded, later)})"""


def _by_then(row: str, table: str, later: Later) -> str:
    return f"{row}.id <> ALL(%(later_{table})s)" if table in later else "true"
