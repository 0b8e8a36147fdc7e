"""Result files of lm-evaluation-harness (`results_*.json`, releases 0.4 and later).

Where things stand in such a file, as its `evaluator` and `EvaluationTracker` write them:
`results[task]["metric,filter"]` and `["metric_stderr,filter"]` (the text "N/A" where there is none); `versions`,
`n-shot`, `n-samples` (`original` in the task, `effective` in this run), `task_hashes`, each by task; `group_subtasks`
for groups, whose own n-shot and n-samples do not stand there; `config` with the limit, the seeds and the model's hash;
beside them the model's name, the date (in seconds since 1970), and what made the file. A file says nothing of the
round: that is compared elsewhere.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.readers.faults import Faults
from core.sentences import Sentence, say
from evaluation.readers.documents import Value, document, path

MOST_BYTES = 4 * 1024 * 1024
MOST_FILES = 20
SEEDS = ("random_seed", "numpy_seed", "torch_seed", "fewshot_seed")
CONDITIONS = ("gen_kwargs", "system_instruction_sha", "fewshot_as_multiturn", "apply_chat_template")
MOST_COUNT = 2**31
_LONGEST = 300


@dataclass(frozen=True)
class Metric:
    """A value as the file prints it, and its standard error, where there is one."""

    value: Decimal
    stderr: Decimal | None = None


@dataclass(frozen=True)
class Task:
    """What a file says of one task. None: it does not say. Of a group, the parts' own figures put together."""

    name: str
    version: str
    shots: int | None
    original: int | None
    effective: int | None
    sha: str
    metrics: Mapping[str, Metric]


@dataclass(frozen=True)
class Run:
    """One result file: which model was measured, under which conditions, and what was found."""

    file: str
    size: int
    sha256: str
    model: str
    model_sha: str
    harness: str
    ran_at: datetime | None
    limit: str
    seeds: Mapping[str, str]
    conditions: Mapping[str, str]
    tasks: Mapping[str, Task] = field(default_factory=dict)


def run(content: bytes, file: str, faults: Faults) -> Run | None:
    """The file as a run; None, with faults, where it is none."""
    if len(content) > MOST_BYTES:
        faults.add(file, "", say("파일이 {most}MB를 넘습니다.", most=MOST_BYTES // 1024 // 1024))
        return None
    before = faults.count
    said = document(content, file, faults)
    if faults.count > before:
        return None
    if not isinstance(said, Mapping) or not isinstance(said.get("results"), Mapping):
        faults.add(file, "results", say("lm-evaluation-harness의 결과 파일이 아닙니다: results가 없습니다."))
        return None
    read = _File(said, file, faults)
    found = read.run(hashlib.sha256(content).hexdigest(), len(content))
    return found if faults.count == before else None


class _File:
    """A file whose shape is judged as it is read: what stands where nothing of its kind belongs is a fault."""

    def __init__(self, said: Mapping[str, Value], name: str, faults: Faults) -> None:
        self.said = said
        self.name = name
        self.faults = faults

    def run(self, sha256: str, size: int) -> Run:
        config = self.part(self.said, "config")
        seeds = {name: self.text(config, ("config",), name) for name in SEEDS}
        conditions = {
            name: self.text(config, ("config",), name) or self.text(self.said, (), name) for name in CONDITIONS
        }
        return Run(
            file=self.name,
            size=size,
            sha256=sha256,
            model=self.text(self.said, (), "model_name") or self.text(config, ("config",), "model"),
            model_sha=self.text(config, ("config",), "model_sha") or self.text(self.said, (), "model_sha"),
            harness=self.text(self.said, (), "lm_eval_version") or self.text(self.said, (), "git_hash"),
            ran_at=self.moment(),
            limit=self.text(config, ("config",), "limit") or self.text(config, ("config",), "samples"),
            seeds={name: seed for name, seed in seeds.items() if seed},
            conditions={name: said for name, said in conditions.items() if said},
            tasks={name: self.task(name) for name in self.part(self.said, "results")},
        )

    def task(self, name: str) -> Task:
        parts = self.parts_of(name)
        versions, hashes = self.part(self.said, "versions"), self.part(self.said, "task_hashes")
        return Task(
            name=name,
            version=self.text(versions, ("versions",), name),
            shots=self.shots(parts),
            original=self.samples(parts, "original"),
            effective=self.samples(parts, "effective"),
            sha=self.text(hashes, ("task_hashes",), name),
            metrics=self.metrics(name),
        )

    def parts_of(self, name: str, seen: frozenset[str] = frozenset()) -> Sequence[str]:
        """The tasks that were run for it: itself, or those of a group. A group that holds itself has no parts."""
        groups = self.part(self.said, "group_subtasks")
        under = groups.get(name)
        if name in seen or not isinstance(under, Sequence) or isinstance(under, str) or not under:
            return () if name in seen else (name,)
        found = [part for each in under if isinstance(each, str) for part in self.parts_of(each, seen | {name})]
        return list(dict.fromkeys(found))

    def shots(self, parts: Sequence[str]) -> int | None:
        """The number of examples; None where it is not said, or parts of a group differ."""
        given = self.part(self.said, "n-shot")
        found = {self.whole(given, ("n-shot",), part) for part in parts}
        return found.pop() if len(found) == 1 else None

    def samples(self, parts: Sequence[str], kind: str) -> int | None:
        """How many, over all parts; None where it is not said of one."""
        given, found = self.part(self.said, "n-samples"), []
        for part in parts:
            of_part = self.part(given, part, "n-samples")
            found.append(self.whole(of_part, ("n-samples", part), kind))
        known = [each for each in found if each is not None]
        whole = sum(known)
        return whole if known and len(known) == len(found) and whole < MOST_COUNT else None

    def metrics(self, name: str) -> dict[str, Metric]:
        """Every numeric figure of a task by `metric,filter`; texts (an alias) are none."""
        given = self.part(self.part(self.said, "results"), name, "results")
        found = {}
        for key, value in given.items():
            metric, comma, way = key.partition(",")
            if isinstance(value, Decimal) and comma and not metric.endswith("_stderr"):
                stderr = given.get(f"{metric}_stderr,{way}")
                found[key] = Metric(value, stderr if isinstance(stderr, Decimal) else None)
        return found

    def moment(self) -> datetime | None:
        """When it ran; None where that is not said."""
        seconds = self.said.get("date")
        if not isinstance(seconds, Decimal) or not 0 <= seconds < 2**40:
            return None
        try:
            return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(seconds))
        except OverflowError:
            return None

    def part(self, said: Mapping[str, Value], name: str, *above: str) -> Mapping[str, Value]:
        """An object in it; empty where there is none."""
        found = said.get(name)
        if found is None:
            return {}
        if not isinstance(found, Mapping):
            self.fault(path(*above, name), say("이름과 값의 묶음이어야 합니다."))
            return {}
        return found

    def text(self, said: Mapping[str, Value], above: Sequence[str], name: str) -> str:
        """A text, a number or a truth as text; empty where nothing is said."""
        found = said.get(name)
        if found is None:
            return ""
        if isinstance(found, Mapping):
            return _flat(found)[:_LONGEST]
        if isinstance(found, Sequence) and not isinstance(found, str):
            return ", ".join(str(each) for each in found)[:_LONGEST]
        if isinstance(found, str) and len(found) > _LONGEST:
            self.fault(path(*above, name), say("{most}자를 넘습니다.", most=_LONGEST))
        return str(found)[:_LONGEST]

    def whole(self, said: Mapping[str, Value], above: Sequence[str], name: str) -> int | None:
        """A whole number, not negative; None where nothing is said."""
        found = said.get(name)
        if found is None:
            return None
        if not isinstance(found, Decimal) or found != found.to_integral_value() or not 0 <= found < MOST_COUNT:
            self.fault(path(*above, name), say("0 이상의 정수여야 합니다."))
            return None
        return int(found)

    def fault(self, place: str, text: Sentence) -> None:
        """Note a fault of this file."""
        self.faults.add(self.name, place, text)


def _flat(said: Mapping[str, Value]) -> str:
    return ", ".join(f"{name}={value}" for name, value in sorted(said.items()))
