"""Whether what was run is what the round's plan lays down, and whether two teams were measured alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.readers.faults import Faults
from core.sentences import Sentence, marked, say
from evaluation.readers.figures import MOST_PLACES
from evaluation.readers.harness import Run, Task


@dataclass(frozen=True)
class Planned:
    """A task that the plan names: what of it counts, and how it is run. `samples` None: as many as the task has."""

    criterion: str
    task: str
    metric: str
    way: str
    version: str
    shots: int
    samples: int | None = None

    @property
    def key(self) -> str:
        """Where its value stands in a result file."""
        return f"{self.metric},{self.way}"


@dataclass(frozen=True)
class Found:
    """A planned task with what was run for it."""

    planned: Planned
    run: Run
    task: Task
    value: Decimal
    stderr: Decimal | None


@dataclass(frozen=True)
class Checked:
    """What will be recorded, and the tasks in the files that the plan does not name, which are left aside.

    A file of a group also lists every part of it, so that a task without a plan is nothing wrong; it is shown all the
    same, since a plan may have forgotten one.
    """

    found: Sequence[Found]
    ignored: Sequence[str]


def checked(runs: Sequence[Run], plan: Sequence[Planned], faults: Faults, *, all_read: bool = True) -> Checked:
    """Compare the files of one team with the plan. Every planned task must be there once, run as planned, and whole.

    Unless `all_read`: then a task may stand in a file that could not be read, and nothing is said of its absence.
    """
    whose: dict[str, Run] = {}
    for each in runs:
        if each.limit:
            faults.add(
                each.file,
                each.limit_at,
                say("표본을 제한한 실행입니다({limit}). 전체로 실행해야 합니다.", limit=each.limit),
            )
        for name in each.tasks:
            if name in whose and any(planned.task == name for planned in plan):
                faults.add(
                    each.file,
                    f"results.{name}",
                    say("같은 과제가 다른 파일에도 있습니다: {file}", file=whose[name].file),
                )
            whose.setdefault(name, each)
    found = []
    for planned in plan:
        run = whose.get(planned.task)
        if run is None:
            if all_read:
                faults.add("", planned.task, say("계획에 있는 과제가 올린 파일에 없습니다."))
        elif (one := _compared(planned, run, faults)) is not None:
            found.append(one)
    named = {planned.task for planned in plan}
    return Checked(found, sorted(name for name in whose if name not in named))


def _compared(planned: Planned, run: Run, faults: Faults) -> Found | None:
    task, before = run.tasks[planned.task], faults.count

    def fault(place: str, text: Sentence) -> None:
        faults.add(run.file, f"{place}.{planned.task}", text)

    if task.version != planned.version:
        fault(
            "versions",
            say(
                "과제 판이 계획({planned})과 다릅니다: {said}",
                planned=planned.version,
                said=task.version or say("적혀 있지 않음"),
            ),
        )
    if task.shots != planned.shots:
        said = say("적혀 있지 않거나 묶음 안에서 서로 다름") if task.shots is None else task.shots
        fault("n-shot", say("예시 수가 계획({planned})과 다릅니다: {said}", planned=planned.shots, said=said))
    if (wrong := _samples(planned, task)) is not None:
        fault("n-samples", wrong)
    metric = task.metrics.get(planned.key)
    if metric is None:
        fault("results", say("계획한 지표의 숫자 값이 없습니다: {metric}", metric=planned.key))
        return None
    if metric.value < 0:
        fault("results", say("값이 0보다 작습니다: {value}", value=metric.value))
    elif -int(metric.value.as_tuple().exponent) > MOST_PLACES:
        fault("results", say("소수점 아래 {places}자리를 넘습니다: {text}", places=MOST_PLACES, text=metric.value))
    return Found(planned, run, task, metric.value, metric.stderr) if faults.count == before else None


def _samples(planned: Planned, task: Task) -> Sentence | None:
    """What is wrong with the samples: a run takes every one that the task has."""
    if task.effective is None or task.original is None:
        return say("표본 수가 적혀 있지 않습니다.")
    if task.effective < task.original:
        return say("과제의 표본 {all}개 가운데 {run}개만 실행했습니다.", all=task.original, run=task.effective)
    if task.effective > task.original:
        return say("실행한 표본({run}개)이 과제의 표본({all}개)보다 많습니다.", run=task.effective, all=task.original)
    if not task.effective:
        return say("실행한 표본이 없습니다.")
    if planned.samples is not None and task.effective != planned.samples:
        return say("표본 수가 계획({planned})과 다릅니다: {said}", planned=planned.samples, said=task.effective)
    return None


Conditions = Mapping[str, str]
SEED = marked("시드")
GENERATION = "generation_kwargs"
LABELS: Mapping[str, str] = {
    "gen_kwargs": marked("생성 설정"),
    GENERATION: marked("과제의 생성 설정"),
    "system_instruction": marked("시스템 지시문 해시"),
    "chat_template": marked("대화 서식 해시"),
    "apply_chat_template": marked("대화 서식 적용"),
    "fewshot_as_multiturn": marked("예시를 여러 차례의 대화로"),
    "max_length": marked("최대 길이"),
    "bootstrap_iters": marked("표준 오차의 재표집 횟수"),
    "predict_only": marked("답만 생성"),
    "dtype": marked("지정한 수 형식"),
    "model_dtype": marked("모델의 수 형식"),
    "transformers_version": marked("transformers 판"),
}
"""What a harness calls its conditions, in words. What stands here not is told as it is called there."""


def conditions(found: Found) -> Conditions:
    """Under what a task of a file was measured."""
    return labelled(
        version=found.task.version,
        shots=found.planned.shots,
        samples=found.task.effective or 0,
        sha=found.task.sha,
        harness=found.run.harness,
        seeds=found.run.seeds,
        others={**found.run.conditions, GENERATION: found.task.generation},
    )


def kept(run: Run, found: Sequence[Found]) -> Conditions:
    """The conditions that are kept with a file: those of the whole run, and of each planned task by its name."""
    of_tasks = {
        f"{GENERATION} {each.planned.task}": each.task.generation
        for each in found
        if each.run is run and each.task.generation
    }
    return {**run.conditions, **of_tasks}


def of_task(conditions: Conditions, task: str) -> Conditions:
    """Of the conditions that were kept with a file, those of one of its tasks."""
    own = f"{GENERATION} {task}"
    return {
        GENERATION if name == own else name: said
        for name, said in conditions.items()
        if name == own or not name.startswith(f"{GENERATION} ")
    }


def labelled(
    *, version: str, shots: int, samples: int, sha: str, harness: str, seeds: Conditions, others: Conditions
) -> Conditions:
    """The conditions by the words that people read, as far as a file says them."""
    named = {f"{SEED} {name.removesuffix('_seed')}": seed for name, seed in seeds.items()}
    return {
        marked("과제 판"): version,
        marked("예시 수"): str(shots),
        marked("표본 수"): str(samples),
        marked("과제 해시"): sha,
        marked("도구 판"): harness,
        **named,
        **{LABELS.get(name, name): said for name, said in others.items()},
    }


@dataclass(frozen=True)
class Difference:
    """A condition under which a task was not measured alike: team -> what holds there; empty where it is not said."""

    task: str
    condition: str
    values: Mapping[str, str]


def differences(measured: Mapping[str, Mapping[str, Conditions]]) -> list[Difference]:
    """Task -> team -> conditions: those that are not equal for every team that has the task."""
    found = []
    for task, teams in measured.items():
        names = list(dict.fromkeys(name for each in teams.values() for name in each))
        for name in names:
            values = {team: each.get(name, "") for team, each in teams.items()}
            if len(set(values.values())) > 1:
                found.append(Difference(task, name, values))
    return found
