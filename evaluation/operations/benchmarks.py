"""The plan of a round's benchmarks, and the runs that are recorded by it."""

import hashlib
from collections.abc import Collection, Sequence
from datetime import datetime
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.errors import Code, Refused
from core.events import record
from core.operation import operation
from core.readers.faults import Faults
from core.wording import joined_lazily
from evaluation.models import BenchmarkTask, Entry, HarnessFile, HarnessResult, Measurement, Round
from evaluation.operations.figures import record_measurements
from evaluation.operations.inputs import hold_with_entry, require_scoring
from evaluation.queries.benchmarks import plan_of
from evaluation.queries.lookup import leaves_of
from evaluation.queries.standing_runs import files_standing, values_standing
from evaluation.readers.harness import Run
from evaluation.readers.plans import Found, Planned, checked, kept
from evaluation.states import RoundState, Source
from evaluation.verbs import PLAN_BENCHMARKS, RECORD_RUNS

TOLD = 10
"""Faults that a refusal tells in its sentence; the page of an upload lists them all."""
LONGEST_NAME = 200


@operation(PLAN_BENCHMARKS)
def plan_benchmarks(round: Round, plan: Sequence[Planned], *, actor: Actor, now: datetime) -> list[BenchmarkTask]:
    """Lay down the benchmarks of a drafted round, in place of what was laid down before.

    `wrong_state` once it is open; `unknown` for a criterion that takes no measurements; `out_of_range` for figures that
    cannot be; `duplicate` for a task that a criterion names twice.
    """
    round = Round.objects.alone(round.pk)
    if round.state != RoundState.DRAFT:
        raise Refused(Code.WRONG_STATE, _("평가를 시작한 뒤에는 바꿀 수 없습니다."), state=round.state)
    leaves = leaves_of(round, {each.criterion for each in plan}, Source.MEASUREMENTS)
    for each in plan:
        if not (each.task and each.metric and each.way and each.version) or each.shots < 0 or each.samples == 0:
            raise Refused(
                Code.OUT_OF_RANGE,
                format_lazy(_("빠진 값이 있습니다: {criterion} {task}"), criterion=each.criterion, task=each.task),
                task=each.task,
            )
    if len({(each.criterion, each.task) for each in plan}) < len(plan):
        raise Refused(Code.DUPLICATE, _("한 항목에 같은 과제가 두 번 있습니다."), tasks=[each.task for each in plan])
    if plan_of(round) == list(plan):
        return list(BenchmarkTask.objects.filter(criterion__round=round))
    BenchmarkTask.objects.filter(criterion__round=round).delete()
    rows = BenchmarkTask.objects.bulk_create(
        BenchmarkTask(
            criterion=leaves[each.criterion],
            task=each.task,
            metric=each.metric,
            way=each.way,
            version=each.version,
            shots=each.shots,
            samples=each.samples,
        )
        for each in plan
    )
    record(PLAN_BENCHMARKS, round, at=now, tasks=[f"{each.criterion}: {each.task} {each.key}" for each in plan])
    return rows


@operation(RECORD_RUNS)
def record_runs(entry: Entry, runs: Sequence[Run], *, actor: Actor, now: datetime) -> list[HarnessFile]:
    """Record what result files say of a team's planned tasks, all or nothing. The same again changes nothing.

    `incomplete` where the round has no plan or no file is given; `out_of_range` with everything in which the files are
    not as planned; `duplicate` for two files of one name, a file that stands already beside others that do not, or for
    another team, a value that differs from one that stands, or the same value measured under other conditions. The
    values are entered by `record_measurements`, as any other.
    """
    round = hold_with_entry(entry)
    require_scoring(round, entry)
    plan = plan_of(round)
    if not plan or not runs:
        raise Refused(
            Code.INCOMPLETE, _("이 단계에 벤치마크 과제 계획이 없거나 결과 파일이 없습니다."), round=round.code
        )
    require_own_names([run.file for run in runs])
    faults = Faults()
    if known := files_standing(entry, runs, faults):
        return known
    _require_none(faults, Code.DUPLICATE)
    found = checked(runs, plan, faults).found
    _require_none(faults, Code.OUT_OF_RANGE)
    alike = values_standing(entry, found, faults)
    _require_none(faults, Code.DUPLICATE)
    if len(alike) == len(found):
        return list({result.file_id: result.file for result in alike.values()}.values())
    files = _write(entry, found, runs, actor=actor, now=now)
    hashes = {file.name: file.sha256 for file in files}
    record(RECORD_RUNS, entry, at=now, files=hashes, tasks=[each.planned.task for each in found])
    return files


def require_own_names(names: Collection[str]) -> None:
    """Refuse with `duplicate` files that are called alike: what is told of one could be said of the other."""
    called = [name[:LONGEST_NAME] for name in names]
    twice = sorted({name for name in called if called.count(name) > 1})
    if twice:
        raise Refused(
            Code.DUPLICATE,
            format_lazy(_("이름이 같은 파일이 여러 개 있습니다: {names}"), names=", ".join(twice)),
            names=twice,
        )


def _require_none(faults: Faults, code: Code) -> None:
    if faults:
        raise Refused(code, joined_lazily(faults.sentences(TOLD), " "), faults=[str(each) for each in faults])


def _write(
    entry: Entry, found: Sequence[Found], runs: Sequence[Run], *, actor: Actor, now: datetime
) -> list[HarnessFile]:
    code = "harness-" + hashlib.sha256("".join(sorted(run.sha256 for run in runs)).encode()).hexdigest()[:32]
    values: dict[str, dict[str, Decimal]] = {}
    for each in found:
        values.setdefault(each.planned.criterion, {})[each.planned.task] = each.value
    leaves = leaves_of(entry.round, values, Source.MEASUREMENTS)
    for criterion, named in values.items():
        record_measurements(entry, criterion=leaves[criterion], values=named, run=code, actor=actor, now=now)
    files = {run.sha256: _file(entry, run, found, actor, now) for run in runs}
    HarnessFile.objects.bulk_create(files.values())
    rows = Measurement.objects.standing().filter(entry=entry, criterion__in=leaves.values(), harness__isnull=True)
    standing = {(row.criterion_id, row.name): row for row in rows}
    HarnessResult.objects.bulk_create(
        _result(each, files[each.run.sha256], measurement)
        for each in found
        if (measurement := standing.get((leaves[each.planned.criterion].pk, each.planned.task))) is not None
    )
    return list(files.values())


def _file(entry: Entry, run: Run, found: Sequence[Found], actor: Actor, now: datetime) -> HarnessFile:
    return HarnessFile(
        entry=entry,
        name=run.file[:LONGEST_NAME],
        size=run.size,
        sha256=run.sha256,
        model=run.model,
        model_sha=run.model_sha,
        harness=run.harness,
        ran_at=run.ran_at,
        seeds=dict(run.seeds),
        conditions=dict(kept(run, found)),
        by=actor.person(),
        at=now,
    )


def _result(found: Found, file: HarnessFile, measurement: Measurement) -> HarnessResult:
    return HarnessResult(
        file=file,
        measurement=measurement,
        task=found.planned.task,
        metric=found.planned.metric,
        way=found.planned.way,
        version=found.task.version,
        shots=found.planned.shots,
        samples=found.task.effective or 0,
        stderr=found.stderr,
        task_sha=found.task.sha,
    )
