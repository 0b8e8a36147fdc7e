"""What would come of an upload: read through, compared, and told as JSON; nothing is written."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.files.base import File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.attachments.receiving import private_storage
from core.errors import Code, Refused
from core.events import plain
from core.operations.working import Progress
from core.readers.faults import Faults
from core.sentences import say
from evaluation.models import Criterion, Entry, ResponseImport, Upload, UploadFile
from evaluation.operations.importing import Tally, key_of, tally
from evaluation.queries.benchmarks import plan_of, unequal
from evaluation.queries.standing_runs import files_standing, values_standing
from evaluation.readers import harness, uploads
from evaluation.readers.panels import Reading
from evaluation.readers.plans import Checked, checked, conditions
from evaluation.states import ScaleKind, Source, UploadKind

Report = dict[str, Any]
AHEAD = timedelta(days=1)
"""By so much the clock of the machine that made a file may be ahead of the one that receives it."""


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
            content = stream.read(harness.MOST_BYTES + 1)
            run = harness.run(content, file.name, faults, latest=upload.at + AHEAD)
        if run is not None:
            found.append(run)
    return found


def _opened(file: UploadFile) -> "File[bytes]":
    """The file as it was uploaded; `wrong_state` where another lies in its place by now, or none."""
    said = _("올린 파일이 그대로 남아 있지 않습니다. 다시 올려 주십시오: {name}")
    try:
        stream = private_storage().open(file.stored_as)
    except FileNotFoundError:
        raise Refused(Code.WRONG_STATE, format_lazy(said, name=file.name), file=file.name) from None
    digest = hashlib.sha256()
    for chunk in stream.chunks():
        digest.update(chunk)
    if digest.hexdigest() != file.sha256:
        stream.close()
        raise Refused(Code.WRONG_STATE, format_lazy(said, name=file.name), file=file.name)
    stream.seek(0)
    return stream


def _responses(upload: Upload, progress: Progress) -> Report:
    with responses_of(upload) as (reading, name):
        found = tally(upload.round, reading, file=name, progress=progress)
    if not found.faults and not found.sizes:
        found.faults.add(name, "", say("응답이 한 줄도 없습니다."))
    known = {leaf.code: leaf for leaf in upload.round.criteria.filter(source=Source.RESPONSES)}
    leaves = [_leaf(known[code], found) for code in sorted(found.ends)]
    same = ResponseImport.objects.filter(round=upload.round, digest=found.digest).exclude(key=key_of(upload.key, found))
    return {
        "rows": found.rows,
        "digest": found.digest,
        "leaves": leaves,
        "same_as": list(same.values_list("key", flat=True)),
        **_told(found.faults),
    }


def _leaf(leaf: Criterion, found: Tally) -> Mapping[str, Any]:
    """How many teams and responses, and their least and greatest: where marks are points, one beyond them is odd.

    It is not refused: the rules bound what comes of a user panel's marks, and not each mark.
    """
    sizes = [size for (_team, criterion), size in found.sizes.items() if criterion == leaf.code]
    least, most = found.ends[leaf.code]
    return {
        "criterion": leaf.name_ko,
        "teams": len(sizes),
        "rows": sum(sizes),
        "least": f"{least:f}",
        "most": f"{most:f}",
        "beyond": leaf.scale == ScaleKind.POINTS and most > leaf.points,
    }


def _runs(upload: Upload) -> Report:
    faults, entry = Faults(), upload.entry
    runs, plan = runs_of(upload, faults), plan_of(upload.round)
    if not plan:
        faults.add("", "", say("이 단계에는 벤치마크 과제 계획이 없습니다. 평가를 시작하기 전에 정해야 합니다."))
    found = checked(runs, plan, faults, all_read=len(runs) == upload.files.count())
    stands = _standing(entry, runs, found, faults) if entry is not None else set()
    new = {each.planned.task: conditions(each) for each in found.found}
    differences = unequal(upload.round, entry.team.code, new) if entry is not None else []
    return {
        "rows": len(found.found),
        "files": [_file(run) for run in runs],
        "tasks": _tasks(found, stands),
        "ignored": list(found.ignored),
        "differences": [
            {"task": each.task, "condition": each.condition, "values": dict(each.values)} for each in differences
        ],
        **_told(faults),
    }


def _standing(entry: Entry, runs: Sequence[harness.Run], found: Checked, faults: Faults) -> set[tuple[str, str]]:
    """What of it stands already, so that it would not be recorded once more."""
    if files_standing(entry, runs, faults):
        return {(each.planned.criterion, each.planned.task) for each in found.found}
    return set(values_standing(entry, found.found, faults))


def _file(run: harness.Run) -> Mapping[str, Any]:
    return {
        "name": run.file,
        "model": run.model,
        "model_sha": run.model_sha,
        "harness": run.harness,
        "ran_at": plain(run.ran_at),
        "seeds": ", ".join(f"{name.removesuffix('_seed')} {seed}" for name, seed in run.seeds.items()),
    }


def _tasks(found: Checked, stands: Collection[tuple[str, str]]) -> Sequence[Mapping[str, Any]]:
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
            "stands": (each.planned.criterion, each.planned.task) in stands,
        }
        for each in found.found
    ]


def _told(faults: Faults) -> Report:
    told = [{"file": each.file, "place": str(each.place), "text": str(each.text)} for each in faults]
    return {"faults": told, "count": faults.count, "more": faults.more}
