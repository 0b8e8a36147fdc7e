"""Bringing in what a confirmed upload holds, by the operations that a request would call as well."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.actors import Actor
from core.errors import Code, Refused
from core.operations.working import Progress
from core.readers.faults import Faults
from core.undoing import undone
from core.wording import joined_lazily
from evaluation.models import Upload
from evaluation.operations.benchmarks import TOLD, record_runs
from evaluation.operations.checking import responses_of, runs_of
from evaluation.operations.importing import import_responses
from evaluation.states import UploadKind


@dataclass(frozen=True)
class Carried:
    """What came of it in a sentence, and whether anything is new: the same again changes nothing."""

    said: str
    new: bool


def foreseen(upload: Upload, progress: Progress, *, actor: Actor, now: datetime) -> dict[str, Any]:
    """What bringing it in now would come to, tried and undone, as a part of its report: `known`, or the refusal.

    Whatever the operation would refuse when the upload is confirmed is told before: a team that has withdrawn, a key
    that is taken, a result beyond its bounds.
    """
    try:
        with undone():
            carried = carry(upload, progress, actor=actor, now=now)
    except Refused as refused:
        return {"faults": [{"file": "", "place": "", "text": str(refused)}], "count": 1, "more": 0}
    return {"known": not carried.new}


def carry(upload: Upload, progress: Progress, *, actor: Actor, now: datetime) -> Carried:
    """Bring it in, and say what came of it. Refused as the operation refuses it; then nothing has changed."""
    if upload.kind == UploadKind.RESPONSES:
        with responses_of(upload) as (reading, name):
            brought = import_responses(
                upload.round, reading, key=upload.key, file=name, progress=progress, actor=actor, now=now
            )
        return _carried(f"응답 {brought.size:,}개를 반영했습니다.", new=brought.at == now)
    faults = Faults()
    runs = runs_of(upload, faults)
    if faults or upload.entry is None:
        raise Refused(
            Code.OUT_OF_RANGE, joined_lazily(faults.sentences(TOLD), " "), faults=[str(each) for each in faults]
        )
    files = record_runs(upload.entry, runs, actor=actor, now=now)
    return _carried(f"결과 파일 {len(files)}개를 반영했습니다.", new=any(file.at == now for file in files))


def _carried(said: str, *, new: bool) -> Carried:
    return Carried(said if new else f"{said} 이미 반영한 자료와 같아 바뀐 것은 없습니다.", new)
