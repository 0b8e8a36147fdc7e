"""What stands already of the runs that somebody brings: the files themselves, and values that others measured.

A value that stands has one result with one set of conditions. The same value measured otherwise is no repetition: taken
for one, the teams would go on being compared by the conditions of the first run.
"""

from collections.abc import Mapping, Sequence

from core.readers.faults import Faults
from core.sentences import say
from evaluation.models import Entry, HarnessFile, HarnessResult, Measurement
from evaluation.queries.benchmarks import conditions_of
from evaluation.readers.harness import Run
from evaluation.readers.plans import Conditions, Found, conditions


def files_standing(entry: Entry, runs: Sequence[Run], faults: Faults) -> list[HarnessFile]:
    """The files as they stand, where all of them do. Faults: some of them do, or one stands for another team."""
    hashes = {run.sha256: run for run in runs}
    rows = HarnessFile.objects.filter(entry__round=entry.round_id, sha256__in=hashes).select_related("entry__team")
    found = list(rows)
    own = [file for file in found if file.entry_id == entry.pk]
    if runs and len(own) == len(hashes):
        return own
    for file in found:
        run = hashes[file.sha256]
        if file.entry_id == entry.pk:
            faults.add(run.file, "", say("이미 반영한 파일입니다."))
        else:
            team = file.entry.team.code
            faults.add(run.file, "", say("다른 팀({team})의 결과로 이미 반영한 파일입니다.", team=team))
    return []


def values_standing(entry: Entry, found: Sequence[Found], faults: Faults) -> Mapping[tuple[str, str], HarnessResult]:
    """By criterion and task, what stands as it would be recorded. Faults: another value, or it was measured otherwise.

    A value that no file measured is neither: what a file says of it is added to it.
    """
    rows = Measurement.objects.standing().filter(entry=entry, name__in={each.planned.task for each in found})
    standing = {(row.criterion.code, row.name): row for row in rows.select_related("criterion", "harness__file")}
    alike = {}
    for each in found:
        key = (each.planned.criterion, each.planned.task)
        row, place = standing.get(key), f"results.{each.planned.task}"
        if row is None:
            continue
        result: HarnessResult | None = getattr(row, "harness", None)
        if row.value != each.value:
            faults.add(each.run.file, place, say("이미 다른 값이 있습니다: {value}", value=f"{row.value:f}"))
        elif result is not None and _alike(each, result):
            alike[key] = result
        elif result is not None:
            name = result.file.name
            faults.add(each.run.file, place, say("같은 값이 다른 조건의 결과로 이미 있습니다: {file}", file=name))
    return alike


def _alike(found: Found, result: HarnessResult) -> bool:
    file, run = result.file, found.run
    if (file.model, file.model_sha, result.stderr) != (run.model, run.model_sha, found.stderr):
        return False
    return _said(conditions_of(result)) == _said(conditions(found))


def _said(conditions: Conditions) -> Conditions:
    return {name: said for name, said in conditions.items() if said}
