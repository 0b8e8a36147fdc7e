"""Conditions of runs: which are read, and how teams are compared by them."""

import hashlib
import json

import pytest

from evaluation.readers.plans import conditions, differences, kept, of_task
from tests.evaluation.harness_files import result
from tests.evaluation.readers.reading import compared, read, run


def unlike(one: dict, other: dict) -> list[tuple[str, dict[str, str]]]:
    """What is told to differ in task-a between a team that ran it as `one` says and a team that did as `other` does."""
    ran = {team: conditions(compared(run(**said))[0][0]) for team, said in (("a", one), ("b", other))}
    return [(each.condition, dict(each.values)) for each in differences({"task-a": ran})]


def configured(**changed) -> dict:
    return {"config": result()["config"] | changed}


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (configured(gen_kwargs={"until": ["a"], "t": 0.5}), {}, ("생성 설정", '{"t": 0.5, "until": ["a"]}', "")),
        (configured(bootstrap_iters=0), {}, ("표준 오차의 재표집 횟수", "0", "100000")),
        (configured(predict_only=True), configured(predict_only=False), ("답만 생성", "true", "false")),
        (configured(model_dtype="torch.float16"), {}, ("모델의 수 형식", "torch.float16", "")),
        (
            configured(model_args="pretrained=example/model-1,dtype=float16"),
            configured(model_args={"pretrained": "example/model-1", "dtype": "bfloat16"}),
            ("지정한 수 형식", "float16", "bfloat16"),
        ),
        ({"max_length": 2048}, {"max_length": 4096}, ("최대 길이", "2048", "4096")),
        ({"transformers_version": "4.57.6"}, {}, ("transformers 판", "4.57.6", "")),
        ({"fewshot_as_multiturn": True}, {}, ("예시를 여러 차례의 대화로", "true", "")),
        ({"chat_template_sha": "1"}, {"chat_template_sha": "2"}, ("대화 서식 해시", "1", "2")),
        ({"system_instruction_sha": "1"}, {}, ("시스템 지시문 해시", "1", "")),
        (
            {"configs": {"task-a": {"generation_kwargs": {"temperature": 0}}}},
            {"configs": {"task-a": {"generation_kwargs": {"temperature": 1}}}},
            ("과제의 생성 설정", '{"temperature": 0}', '{"temperature": 1}'),
        ),
    ],
)
def test_every_condition_that_a_harness_writes_is_compared(one, other, told):
    condition, a, b = told
    assert unlike(one, other) == [(condition, {"a": a, "b": b})]


def test_long_conditions_that_differ_at_their_ends_are_not_alike():
    ((condition, values),) = unlike(*(configured(gen_kwargs={"a": "x" * 310, "temperature": heat}) for heat in (0, 1)))
    assert (condition, values["a"] == values["b"]) == ("생성 설정", False)
    assert all(said.startswith('{"a": "xxx') and len(said) < 200 for said in values.values())


def test_an_instruction_is_compared_by_its_hash_whether_or_not_that_is_written():
    text = "간결하게 답하십시오."
    sha = hashlib.sha256(text.encode()).hexdigest()
    assert unlike({"system_instruction": text}, {"system_instruction_sha": sha}) == []
    assert unlike({"system_instruction": text}, {}) == [("시스템 지시문 해시", {"a": sha, "b": ""})]


def test_what_the_parts_of_a_group_generate_with_stands_once_each():
    generating = {name: {"generation_kwargs": {"temperature": heat}} for name, heat in (("x", 1), ("y", 0), ("z", 1))}
    said = result(group_subtasks={"task-a": ["x", "y", "z"]}, configs=generating)
    assert read(json.dumps(said).encode())[0].tasks["task-a"].generation == '{"temperature": 0} · {"temperature": 1}'


def test_what_is_kept_with_a_file_is_told_of_each_task_apart():
    given = run(configs={"task-a": {"generation_kwargs": "a"}, "task-b": {"generation_kwargs": "b"}})
    stored = kept(given, compared(given)[0])
    assert stored == {"bootstrap_iters": "100000", "generation_kwargs task-a": "a", "generation_kwargs task-b": "b"}
    assert of_task(stored, "task-a") == {"bootstrap_iters": "100000", "generation_kwargs": "a"}


def test_conditions_that_differ_between_teams_are_listed():
    measured = {}
    for team, changed in {"a": {}, "b": {"lm_eval_version": "0.4.8"}, "c": {"config": {"random_seed": 7}}}.items():
        for each in compared(run(**changed))[0]:
            measured.setdefault(each.planned.task, {})[team] = conditions(each)
    found = [(each.task, each.condition, each.values) for each in differences(measured) if each.task == "task-a"]
    assert found[:2] == [
        ("task-a", "도구 판", {"a": "0.4.9", "b": "0.4.8", "c": "0.4.9"}),
        ("task-a", "시드 random", {"a": "0", "b": "0", "c": "7"}),
    ]
    same = {"task-a": dict.fromkeys("ab", measured["task-a"]["a"])}
    assert differences(same) == []
