"""Gates: a requirement to be passed, judged apart from every score."""

from collections.abc import Mapping, Sequence
from typing import Final

MET: Final = "met"
NOT_MET: Final = "not_met"

PASSED: Final = "passed"
FAILED: Final = "failed"


def majority(findings: Sequence[str]) -> str | None:
    """The verdict that more than half of the findings given call for, abstentions not counted.

    None where nobody found either way or the findings are tied: then the panel has not decided, and nothing decides
    in its place.
    """
    met, not_met = findings.count(MET), findings.count(NOT_MET)
    if met == not_met:
        return None
    return PASSED if met > not_met else FAILED


def failed(gates: Sequence[str], verdicts: Mapping[str, str]) -> bool:
    """Whether any of the round's gates has failed; `verdicts` is gate -> verdict, absent while there is none."""
    return any(verdicts.get(gate) == FAILED for gate in gates)


def awaiting(gates: Sequence[str], verdicts: Mapping[str, str]) -> tuple[str, ...]:
    """The gates still without a verdict, in the round's order."""
    return tuple(gate for gate in gates if gate not in verdicts)
