"""Result files of lm-evaluation-harness (`results_*.json`, releases 0.4 and later).

Where things stand in such a file, as its `evaluator` and `EvaluationTracker` write them:
`results[task]["metric,filter"]` and `["metric_stderr,filter"]` (the text "N/A" where there is none); `versions`,
`n-shot`, `n-samples` (`original` in the task, `effective` in this run), `task_hashes`, each by task; `group_subtasks`
for groups, whose own n-shot and n-samples do not stand there; `config` with the limit, the seeds and the model's hash;
beside them the model's name, the date (in seconds since 1970), what made the file, the instruction and the template
of a chat with their hashes, and the longest text that the model takes. What a task generates with stands in `configs`.
A file says nothing of the round: that is compared elsewhere.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core.readers.faults import Faults
from core.sentences import Sentence, say
from evaluation.readers.conditions import LONGEST, condensed, conditions, told
from evaluation.readers.documents import Unfit, Value, document, path, written
from evaluation.readers.figures import shown

MOST_BYTES = 4 * 1024 * 1024
MOST_FILES = 20
SEEDS = ("random_seed", "numpy_seed", "torch_seed", "fewshot_seed")
MOST_COUNT = 2**31
MOST_PARTS = 100_000
"""Parts of groups that are looked up for one file: the largest suites have some hundreds."""
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""Between these a benchmark can have been run: a time far away could be shown on no page."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Metric:
    """A value as the file prints it, and its standard error, where there is one."""

    value: Decimal
    stderr: Decimal | None = None


@dataclass(frozen=True)
class Task:
    """What a file says of one task. None: it does not say. Of a group, the parts' own figures put together.

    `generation` is what the task itself generates with; empty where it generates nothing, or does not say.
    """

    name: str
    version: str
    shots: int | None
    original: int | None
    effective: int | None
    sha: str
    generation: str
    metrics: Mapping[str, Metric]


@dataclass(frozen=True)
class Run:
    """One result file: which model was measured, under which conditions, and what was found.

    `limit` is whatever the samples were limited to, and `limit_at` where that stands; empty where they were not.
    """

    file: str
    size: int
    sha256: str
    model: str
    model_sha: str
    harness: str
    ran_at: datetime | None
    limit: str
    limit_at: str
    seeds: Mapping[str, str]
    conditions: Mapping[str, str]
    tasks: Mapping[str, Task] = field(default_factory=dict)


def run(content: bytes, file: str, faults: Faults, *, latest: datetime = LATEST) -> Run | None:
    """The file as a run, which cannot have been made after `latest`; None, with faults, where it is none."""
    if len(content) > MOST_BYTES:
        faults.add(file, "", say("파일이 {most}MB를 넘습니다.", most=MOST_BYTES // 1024 // 1024))
        return None
    before = faults.count
    said = document(content, file, faults, every_number=False)
    if faults.count > before:
        return None
    if not isinstance(said, Mapping) or not isinstance(said.get("results"), Mapping):
        faults.add(file, "results", say("lm-evaluation-harness의 결과 파일이 아닙니다: results가 없습니다."))
        return None
    if said.get("config") is None:
        faults.add(file, "config", say("실행 설정이 없습니다."))
        return None
    found = _File(said, file, faults).run(hashlib.sha256(content).hexdigest(), len(content), latest)
    return found if faults.count == before else None


class _File:
    """A file whose shape is judged as it is read: what stands where nothing of its kind belongs is a fault."""

    def __init__(self, said: Mapping[str, Value], name: str, faults: Faults) -> None:
        self.said = said
        self.name = name
        self.faults = faults
        self.looked_up = 0
        self.generations: dict[str, str] = {}

    def run(self, sha256: str, size: int, latest: datetime) -> Run:
        config = self.part(self.said, "config")
        seeds = {name: self.text(config, ("config",), name) for name in SEEDS}
        limit_at, limit = self.limit(config)
        return Run(
            file=self.name,
            size=size,
            sha256=sha256,
            model=self.text(self.said, (), "model_name") or self.text(config, ("config",), "model"),
            model_sha=self.text(config, ("config",), "model_sha") or self.text(self.said, (), "model_sha"),
            harness=self.text(self.said, (), "lm_eval_version") or self.text(self.said, (), "git_hash"),
            ran_at=self.moment(latest),
            limit=limit,
            limit_at=limit_at,
            seeds={name: seed for name, seed in seeds.items() if seed},
            conditions=conditions(self.said, config),
            tasks={name: self.task(name) for name in self.part(self.said, "results")},
        )

    def limit(self, config: Mapping[str, Value]) -> tuple[str, str]:
        """Where samples are limited, and to what. Whatever is set limits them: nothing is taken for no limit."""
        places = {"config.limit": config, "limit": self.said, "config.samples": config}
        for place, said in places.items():
            found = said.get(place.removeprefix("config."))
            if found is not None:
                return place, condensed(found if isinstance(found, str) and found else written(found))
        return "", ""

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
            generation=self.generation(parts),
            metrics=self.metrics(name),
        )

    def parts_of(self, name: str) -> Sequence[str]:
        """The tasks that were run for it: itself, or those of a group. A group that holds itself has no parts.

        Each is looked up once however often it is named, and all of a file so often at most that it ends soon.
        """
        groups = self.part(self.said, "group_subtasks")
        waiting, seen, found = [name], set(), []
        while waiting and self.looked_up <= MOST_PARTS:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            under = groups.get(each)
            if isinstance(under, Sequence) and not isinstance(under, str) and under:
                waiting.extend(part for part in reversed(under) if isinstance(part, str))
                self.looked_up += len(under)
                if self.looked_up > MOST_PARTS:
                    self.fault("group_subtasks", say("묶음이 너무 많이 겹쳐 있습니다."))
            else:
                found.append(each)
        return found

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

    def generation(self, parts: Sequence[str]) -> str:
        """What a task generates with; of a group, whatever its parts say, each once."""
        given = self.part(self.said, "configs")
        for part in parts:
            if part not in self.generations:
                self.generations[part] = told(self.part(given, part, "configs").get("generation_kwargs"))
        found = {self.generations[part] for part in parts}
        return condensed(" · ".join(sorted(found - {""})))

    def metrics(self, name: str) -> dict[str, Metric]:
        """Every numeric figure of a task by `metric,filter`; texts (an alias) are none."""
        given = self.part(self.part(self.said, "results"), name, "results")
        found = {}
        for key, value in given.items():
            metric, comma, way = key.partition(",")
            if not comma or metric.endswith("_stderr"):
                continue
            if isinstance(value, Unfit):
                self.fault(path("results", name, key), value.why)
            elif isinstance(value, Decimal):
                found[key] = Metric(value, self.stderr(given, name, f"{metric}_stderr,{way}"))
        return found

    def stderr(self, given: Mapping[str, Value], task: str, key: str) -> Decimal | None:
        """The standard error; None where there is none, or the file says so."""
        said = given.get(key, "N/A")
        if isinstance(said, Decimal) and said >= 0:
            return said
        if said != "N/A":
            why = say('표준 오차는 0 이상의 숫자나 "N/A"여야 합니다: {said}', said=shown(written(said)))
            self.fault(path("results", task, key), said.why if isinstance(said, Unfit) else why)
        return None

    def moment(self, latest: datetime) -> datetime | None:
        """When it ran; None where that is not said. What is no such time could not be shown to anybody later."""
        said = self.said.get("date")
        if said is None:
            return None
        if not isinstance(said, Decimal) or not _seconds(EARLIEST) <= said <= _seconds(latest):
            self.fault(
                "date",
                say(
                    "2020년부터 파일을 올린 때까지의 시각(1970년부터 센 초)이어야 합니다: {said}",
                    said=shown(written(said)),
                ),
            )
            return None
        return _EPOCH + timedelta(seconds=int(said))

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
        """A text, or whatever else stands there as JSON; empty where nothing is said."""
        found = said.get(name)
        if found is None:
            return ""
        if isinstance(found, Unfit):
            self.fault(path(*above, name), found.why)
            return ""
        if not isinstance(found, str):
            return condensed(written(found))
        if len(found) > LONGEST:
            self.fault(path(*above, name), say("{most}자를 넘습니다.", most=LONGEST))
        return found[:LONGEST]

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


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)
