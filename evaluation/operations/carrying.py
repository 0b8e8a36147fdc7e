"""Bringing in what a confirmed upload holds, by the operations that a request would call as well."""

from datetime import datetime

from core.actors import Actor
from core.errors import Code, Refused
from core.operations.working import Progress
from core.readers.faults import Faults
from core.wording import joined_lazily
from evaluation.models import Upload
from evaluation.operations.benchmarks import TOLD, record_runs
from evaluation.operations.checking import responses_of, runs_of
from evaluation.operations.importing import import_responses
from evaluation.states import UploadKind


def carry(upload: Upload, progress: Progress, *, actor: Actor, now: datetime) -> str:
    """Bring it in, and say what came of it. Refused as the operation refuses it; then nothing has changed."""
    if upload.kind == UploadKind.RESPONSES:
        with responses_of(upload) as (reading, name):
            brought = import_responses(
                upload.round, reading, key=upload.key, file=name, progress=progress, actor=actor, now=now
            )
        same = "" if brought.at == now else " 이미 반영한 자료와 같아 바뀐 것은 없습니다."
        return f"응답 {brought.size:,}개를 반영했습니다.{same}"
    faults = Faults()
    runs = runs_of(upload, faults)
    if faults or upload.entry is None:
        raise Refused(
            Code.OUT_OF_RANGE, joined_lazily(faults.sentences(TOLD), " "), faults=[str(each) for each in faults]
        )
    files = record_runs(upload.entry, runs, actor=actor, now=now)
    same = "" if all(file.at == now for file in files) else " 이미 반영한 자료와 같아 바뀐 것은 없습니다."
    return f"결과 파일 {len(files)}개를 반영했습니다.{same}"
