"""The plan of a round's benchmarks, and how comparable its teams' runs are."""

from collections.abc import Mapping

from evaluation.models import BenchmarkTask, HarnessResult, Round
from evaluation.readers.plans import Conditions, Difference, Planned, differences, labelled, of_task


def plan_of(round: Round) -> list[Planned]:
    """The tasks that a round lays down, in the order of the criteria."""
    rows = BenchmarkTask.objects.filter(criterion__round=round).select_related("criterion")
    return [
        Planned(row.criterion.code, row.task, row.metric, row.way, row.version, row.shots, row.samples)
        for row in rows.order_by("criterion__position", "id")
    ]


def measured(round: Round) -> dict[str, dict[str, Conditions]]:
    """Task -> team -> under what it was measured; one query. A corrected value was not measured."""
    rows = HarnessResult.objects.filter(
        measurement__entry__round=round, measurement__superseded_by__isnull=True
    ).select_related("file", "measurement__entry__team")
    found: dict[str, dict[str, Conditions]] = {}
    for row in rows.order_by("measurement__entry__position", "id"):
        found.setdefault(row.task, {})[row.measurement.entry.team.code] = conditions_of(row)
    return found


def conditions_of(row: HarnessResult) -> Conditions:
    """Under what a recorded task was measured."""
    return labelled(
        version=row.version,
        shots=row.shots,
        samples=row.samples,
        sha=row.task_sha,
        harness=row.file.harness,
        seeds=row.file.seeds,
        others=of_task(row.file.conditions, row.task),
    )


def unequal(round: Round, team: str = "", new: Mapping[str, Conditions] | None = None) -> list[Difference]:
    """Conditions under which teams of the round were not measured alike; `new` are those of a team's files to come."""
    known = measured(round)
    for task, under in (new or {}).items():
        known.setdefault(task, {})[team] = under
    return differences(known)
