"""What would come of an upload: read through, compared, and told as JSON; nothing is written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.files.base import File

from core.attachments.receiving import private_storage
from core.events import plain
from core.operations.working import Progress
from core.readers.faults import Faults
from core.sentences import say
from evaluation.models import Upload, UploadFile
from evaluation.operations.importing import Tally, tally
from evaluation.queries.benchmarks import plan_of, unequal
from evaluation.readers import harness, uploads
from evaluation.readers.panels import Reading
from evaluation.readers.plans import Checked, checked, conditions
from evaluation.states import UploadKind

Report = dict[str, Any]


def check(upload: Upload, progress: Progress) -> Report:
    """What a person is shown before anything is brought in. `faults` are those that are told, `count` all of them."""
    return _responses(upload, progress) if upload.kind == UploadKind.RESPONSES else _runs(upload)


@contextmanager
def responses_of(upload: Upload) -> Iterator[tuple[Reading, str]]:
    """How the rows of an upload are read, and the name of its file."""
    file = upload.files.get()
    with _opened(file) as stream:
        yield uploads.panel(stream, file.name), file.name


def runs_of(upload: Upload, faults: Faults) -> list[harness.Run]:
    """The runs that the files of an upload are; a file that is none is a fault."""
    found = []
    for file in upload.files.all():
        with _opened(file) as stream:
            run = harness.run(stream.read(harness.MOST_BYTES + 1), file.name, faults)
        if run is not None:
            found.append(run)
    return found


def _opened(file: UploadFile) -> "File[bytes]":
    return private_storage().open(file.stored_as)


def _responses(upload: Upload, progress: Progress) -> Report:
    with responses_of(upload) as (reading, name):
        found = tally(upload.round, reading, file=name, progress=progress)
    if not found.faults and not found.sizes:
        found.faults.add(name, "", say("응답이 한 줄도 없습니다."))
    names = dict(upload.round.criteria.values_list("code", "name_ko"))
    leaves = [
        {"criterion": names.get(code, code), "teams": teams, "rows": rows} for code, teams, rows in _by_criterion(found)
    ]
    return {"rows": found.rows, "digest": found.digest, "leaves": leaves, **_told(found.faults)}


def _by_criterion(found: Tally) -> list[tuple[str, int, int]]:
    codes = sorted({criterion for _, criterion in found.sizes})
    sizes = {code: [size for (_, criterion), size in found.sizes.items() if criterion == code] for code in codes}
    return [(code, len(sizes[code]), sum(sizes[code])) for code in codes]


def _runs(upload: Upload) -> Report:
    faults, entry = Faults(), upload.entry
    runs, plan = runs_of(upload, faults), plan_of(upload.round)
    if not plan:
        faults.add("", "", say("이 단계에는 벤치마크 과제 계획이 없습니다. 평가를 시작하기 전에 정해야 합니다."))
    found = checked(runs, plan, faults)
    new = {each.planned.task: conditions(each) for each in found.found}
    differences = unequal(upload.round, entry.team.code, new) if entry is not None else []
    return {
        "rows": len(found.found),
        "files": [_file(run) for run in runs],
        "tasks": _tasks(found),
        "ignored": list(found.ignored),
        "differences": [
            {"task": each.task, "condition": each.condition, "values": dict(each.values)} for each in differences
        ],
        **_told(faults),
    }


def _file(run: harness.Run) -> Mapping[str, Any]:
    return {
        "name": run.file,
        "model": run.model,
        "model_sha": run.model_sha,
        "harness": run.harness,
        "ran_at": plain(run.ran_at),
        "seeds": ", ".join(f"{name.removesuffix('_seed')} {seed}" for name, seed in run.seeds.items()),
    }


def _tasks(found: Checked) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "criterion": each.planned.criterion,
            "task": each.planned.task,
            "metric": each.planned.key,
            "value": f"{each.value:f}",
            "stderr": plain(each.stderr),
            "version": each.task.version,
            "shots": each.task.shots,
            "samples": each.task.effective,
            "file": each.run.file,
        }
        for each in found.found
    ]


def _told(faults: Faults) -> Report:
    told = [{"file": each.file, "place": str(each.place), "text": str(each.text)} for each in faults]
    return {"faults": told, "count": faults.count, "more": faults.more}
