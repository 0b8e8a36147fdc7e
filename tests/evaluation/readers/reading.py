"""Files that a test makes up, read and held against a plan."""

from core.readers.faults import Faults
from evaluation.readers import harness
from evaluation.readers.plans import Planned, checked
from tests.evaluation.harness_files import content

PLAN = (
    Planned("bench", "task-a", "acc", "none", "1.0", 5, 1000),
    Planned("bench", "task-b", "exact_match", "strict-match", "1.0", 5),
)


def read(body: bytes, name: str = "a.json") -> tuple[harness.Run | None, list[str]]:
    faults = Faults()
    return harness.run(body, name, faults), [str(each) for each in faults.sentences()]


def run(*args, name: str = "a.json", **changed) -> harness.Run:
    found, faults = read(content(*args, **changed), name)
    assert (found is not None, faults) == (True, [])
    return found


def compared(*runs: harness.Run, plan=PLAN) -> tuple[list, list[str], list[str]]:
    faults = Faults()
    found = checked(runs, plan, faults)
    return list(found.found), list(found.ignored), [str(each) for each in faults.sentences()]
