"""Result files of lm-evaluation-harness: what is read of them, what is refused, and how they are compared."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.readers.faults import Faults
from evaluation.readers import harness
from evaluation.readers.plans import checked
from tests.evaluation.harness_files import content, result
from tests.evaluation.readers.reading import PLAN, compared, read, run


def test_a_run_is_read_as_it_is_printed():
    found = run()
    assert (found.model, found.model_sha) == ("example/model-1", "0123456789abcdef0123456789abcdef01234567")
    assert (found.harness, found.limit) == ("0.4.9", "")
    assert found.ran_at == datetime(2026, 1, 1, tzinfo=UTC)
    assert found.seeds == {
        "random_seed": "0",
        "numpy_seed": "1234",
        "torch_seed": "1234",
        "fewshot_seed": "1234",
    }
    task = found.tasks["task-a"]
    assert (task.version, task.shots, task.original, task.effective, task.sha) == (
        "1.0",
        5,
        1000,
        1000,
        "hash-of-task-a",
    )
    assert {key: (str(each.value), each.stderr) for key, each in task.metrics.items()} == {
        "acc,none": ("0.7125", Decimal("0.0143")),
        "acc_norm,none": ("0.75", None),
    }


def test_a_figure_never_becomes_a_binary_float():
    body = content().replace(b"0.7125", b"0.71250000000000000001")
    found, _ = read(body)
    assert str(found.tasks["task-a"].metrics["acc,none"].value) == "0.71250000000000000001"


def test_a_group_s_samples_and_shots_are_those_of_its_parts():
    group = {"acc,none": 0.6, "alias": "group"}
    said = result(results=result()["results"] | {"group": group}, group_subtasks={"group": ["task-a", "task-b"]})
    said["versions"]["group"] = 2
    found, _ = read(json.dumps(said).encode())
    task = found.tasks["group"]
    assert (task.version, task.shots, task.original, task.effective) == ("2", 5, 1400, 1400)


def test_more_samples_than_can_be_are_none():
    whole = {"original": 2**31 - 1, "effective": 2**31 - 1}
    said = result(group_subtasks={"task-a": ["x", "y"]}, n_samples={"x": whole, "y": whole})
    assert read(json.dumps(said).encode())[0].tasks["task-a"].effective is None


def test_a_group_that_holds_itself_ends():
    said = result(group_subtasks={"task-a": ["task-b"], "task-b": ["task-a"]})
    assert read(json.dumps(said).encode())[0] is not None


def test_what_is_planned_is_found_over_several_files():
    found, ignored, faults = compared(run(("task-a",), name="1.json"), run(("task-b",), name="2.json"))
    assert [(each.planned.task, str(each.value), each.run.file) for each in found] == [
        ("task-a", "0.7125", "1.json"),
        ("task-b", "0.5", "2.json"),
    ]
    assert (ignored, faults) == ([], [])


def test_a_task_without_a_plan_is_left_aside():
    found, ignored, faults = compared(run(), plan=PLAN[:1])
    assert ([each.planned.task for each in found], ignored, faults) == (["task-a"], ["task-b"], [])


SAMPLES = result()["n-samples"]


@pytest.mark.parametrize(
    ("changed", "told_of"),
    [
        ({"config": {"limit": 100}}, "config.limit: 표본을 제한한 실행입니다(100)"),
        ({"config": {"limit": 0.5}}, "표본을 제한한 실행입니다(0.5)"),
        ({"config": {"samples": {"task-a": [1, 2]}}}, 'config.samples: 표본을 제한한 실행입니다({"task-a": [1, 2]})'),
        ({"config": {"limit": {}}}, "config.limit: 표본을 제한한 실행입니다({})"),
        ({"config": {"limit": []}}, "config.limit: 표본을 제한한 실행입니다([])"),
        ({"config": {"limit": ""}}, 'config.limit: 표본을 제한한 실행입니다("")'),
        ({"config": {"limit": False}}, "config.limit: 표본을 제한한 실행입니다(false)"),
        ({"config": {"limit": "None"}}, "config.limit: 표본을 제한한 실행입니다(None)"),
        ({"limit": 10}, "a.json: limit: 표본을 제한한 실행입니다(10)"),
        ({"n_samples": SAMPLES | {"task-a": {"original": 1000, "effective": 999}}}, "1000개 가운데 999개만"),
        ({"n_samples": SAMPLES | {"task-a": {"original": 900, "effective": 900}}}, "계획(1000)과 다릅니다: 900"),
        (
            {"n_samples": SAMPLES | {"task-b": {"original": 0, "effective": 0}}},
            "n-samples.task-b: 실행한 표본이 없습니다",
        ),
        (
            {"n_samples": SAMPLES | {"task-b": {"original": 400, "effective": 1000}}},
            "n-samples.task-b: 실행한 표본(1000개)이 과제의 표본(400개)보다 많습니다",
        ),
        ({"n_samples": {}}, "n-samples.task-a: 표본 수가 적혀 있지 않습니다"),
        ({"versions": {"task-a": 2.0, "task-b": 1.0}}, "versions.task-a: 과제 판이 계획(1.0)과 다릅니다: 2.0"),
        ({"versions": {}}, "과제 판이 계획(1.0)과 다릅니다: 적혀 있지 않음"),
        ({"n_shot": {"task-a": 0, "task-b": 5}}, "n-shot.task-a: 예시 수가 계획(5)과 다릅니다: 0"),
        ({"results": {"task-b": result()["results"]["task-b"]}}, "task-a: 계획에 있는 과제가 올린 파일에 없습니다"),
        ({"results": result()["results"] | {"task-a": {"acc": 0.7}}}, "지표의 숫자 값이 없습니다: acc,none"),
        ({"results": result()["results"] | {"task-a": {"acc,none": -0.1}}}, "값이 0보다 작습니다"),
        ({"results": result()["results"] | {"task-a": {"acc,none": 1e-21}}}, "소수점 아래 20자리"),
    ],
)
def test_what_is_not_as_planned_is_told_by_its_place(changed, told_of):
    found, _, faults = compared(run(**changed))
    assert any(told_of in fault for fault in faults), faults
    assert len(found) < 2 or "limit" in told_of or "제한" in told_of


def test_a_planned_task_in_two_files_is_a_fault():
    _, _, faults = compared(run(name="1.json"), run(name="2.json"))
    assert faults[0] == "2.json: results.task-a: 같은 과제가 다른 파일에도 있습니다: 1.json"


@pytest.mark.parametrize(
    ("body", "told_of"),
    [
        (b"", "빈 파일"),
        (b"\xef\xbb\xbf", "빈 파일"),
        (b"[]", "results가 없습니다"),
        (b"{}", "results가 없습니다"),
        (b'{"results": []}', "results가 없습니다"),
        (content()[:-40], "끝이 잘렸습니다"),
        (content().replace(b"0.7125", b"NaN"), 'results.task-a["acc,none"]: 숫자가 아닙니다: NaN'),
        (content().replace(b"0.7125", b"-Infinity"), "숫자가 아닙니다: -Infinity"),
        (content().replace(b"0.7125", b"1e400"), "40자리를 넘는"),
        (content().replace(b"0.7125", b"-0.0"), "음수 0"),
        (content().replace(b"0.7125", b"1" * 41), "40자리를 넘는"),
        (content().replace(b'"date"', b'"model_name": "x", "date"'), "model_name: 같은 이름이 두 번"),
        (content(config=None), "config: 실행 설정이 없습니다"),
        (
            json.dumps({name: part for name, part in result().items() if name != "config"}).encode(),
            "실행 설정이 없습니다",
        ),
        (content(versions=[1]), "versions: 이름과 값의 묶음"),
        (content(n_shot={"task-a": 1.5}), "n-shot.task-a: 0 이상의 정수"),
        (content(n_samples={"task-a": {"original": -1, "effective": 1}}), "n-samples.task-a.original: 0 이상의 정수"),
        (content(model_name="x" * 301), "model_name: 300자를 넘습니다"),
        (content(model_name="\0"), "model_name: 저장할 수 없는 글자"),
        (content().replace(b"example/model-1", b"\\ud800"), "저장할 수 없는 글자"),
        (content(model_name="모델").decode().encode("cp949"), "CP949"),
        (content().decode().encode("utf-16"), "UTF-16"),
        (b'{"a":' * 3000 + b"1" + b"}" * 3000, "깊이"),
        (b" " * (harness.MOST_BYTES + 1), "4MB를 넘습니다"),
    ],
)
def test_a_bad_file_is_told_with_its_place(body, told_of):
    found, faults = read(body)
    assert found is None
    assert any(told_of in fault for fault in faults), faults
    assert all(fault.startswith("a.json") for fault in faults)


UPLOADED = datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        (253402300799, "253402300799"),
        (4102444801, "4102444801"),
        (1577836799, "1577836799"),
        (-1, "-1"),
        (0, "0"),
        (True, "true"),
        ("2026-01-01", '"2026-01-01"'),
        ([], "[]"),
        (1e300, "1e+300"),
    ],
)
def test_a_date_that_is_no_time_of_a_run_is_a_fault(date, shown):
    told = f"a.json: date: 2020년부터 파일을 올린 때까지의 시각(1970년부터 센 초)이어야 합니다: {shown}"
    assert read(content(date=date)) == (None, [told])


def test_no_run_was_made_after_its_file_came_in():
    faults = Faults()
    at = int(UPLOADED.timestamp())
    assert harness.run(content(date=at), "a.json", faults, latest=UPLOADED).ran_at == UPLOADED
    assert (harness.run(content(date=at + 1), "a.json", faults, latest=UPLOADED), faults.count) == (None, 1)


@pytest.mark.parametrize("said", [result(date=None), {name: part for name, part in result().items() if name != "date"}])
def test_a_date_may_be_left_out(said):
    assert read(json.dumps(said).encode())[0].ran_at is None


@pytest.mark.parametrize(
    ("stderr", "told"),
    [
        (-0.01, '표준 오차는 0 이상의 숫자나 "N/A"여야 합니다: -0.01'),
        ("0.01", '표준 오차는 0 이상의 숫자나 "N/A"여야 합니다: "0.01"'),
        (True, '표준 오차는 0 이상의 숫자나 "N/A"여야 합니다: true'),
        (None, '표준 오차는 0 이상의 숫자나 "N/A"여야 합니다: null'),
        (float("nan"), "숫자가 아닙니다: NaN"),
    ],
)
def test_a_standard_error_that_is_none_is_a_fault(stderr, told):
    results = result()["results"] | {"task-a": {"acc,none": 0.5, "acc_stderr,none": stderr}}
    assert read(content(results=results)) == (None, [f'a.json: results.task-a["acc_stderr,none"]: {told}'])


@pytest.mark.parametrize(
    ("said", "read_as"), [({}, None), ({"acc_stderr,none": "N/A"}, None), ({"acc_stderr,none": 0}, 0)]
)
def test_a_standard_error_may_be_left_out_and_may_be_zero(said, read_as):
    found = run(results=result()["results"] | {"task-a": {"acc,none": 0.5, **said}})
    assert found.tasks["task-a"].metrics["acc,none"].stderr == read_as


@pytest.mark.parametrize("number", ["1e-45", "1e400", "NaN", "-Infinity", "-0.0"])
def test_a_number_that_nobody_reads_keeps_no_file_out(number):
    body = content(configs={"task-a": {"metric_list": [{"eps": 777}]}}).replace(b"777", number.encode())
    assert read(body)[1] == []


def test_a_number_that_is_read_as_a_text_is_judged():
    assert read(content().replace(b'"random_seed": 0', b'"random_seed": 1e400'))[1] == [
        "a.json: config.random_seed: 40자리를 넘는 숫자입니다: 1e400"
    ]


def test_a_long_chain_of_groups_is_followed_to_its_end():
    chain = {f"g{n}": [f"g{n + 1}"] for n in range(1500)}
    found = run(group_subtasks={"task-a": ["g0"], **chain, "g1500": ["task-b"]})
    assert (found.tasks["task-a"].shots, found.tasks["task-a"].effective) == (5, 400)


def test_a_part_that_many_groups_share_is_looked_up_once():
    twice = {f"g{n}": [f"g{n + 1}"] * 2 for n in range(200)}
    found = run(group_subtasks={"task-a": ["g0"], **twice, "g200": ["task-b"]})
    assert (found.tasks["task-a"].shots, found.tasks["task-a"].effective) == (5, 400)


def test_the_parts_of_a_group_stand_in_its_order():
    said = result(group_subtasks={"task-a": ["g", "z"], "g": ["y", "x"]})
    assert harness._File(said, "a.json", Faults()).parts_of("task-a") == ["y", "x", "z"]


def test_groups_that_hold_each_other_over_and_over_are_a_fault():
    names = [f"g{n}" for n in range(2000)]
    chain = {name: [after] for name, after in zip(names, [*names[1:], "task-a"], strict=True)}
    results = result()["results"] | {name: {"acc,none": 1} for name in names}
    assert read(content(group_subtasks=chain, results=results)) == (
        None,
        ["a.json: group_subtasks: 묶음이 너무 많이 겹쳐 있습니다."],
    )


def test_what_is_absent_is_not_asked_for_where_a_file_could_not_be_read():
    faults = Faults()
    assert [each.planned.task for each in checked([run(("task-a",))], PLAN, faults, all_read=False).found] == ["task-a"]
    assert faults.count == 0


def test_a_byte_order_mark_is_no_fault():
    assert read(b"\xef\xbb\xbf" + content())[1] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(sorted(result())), JSON)
@settings(max_examples=150)
def test_whatever_stands_in_a_part_is_a_run_or_faults(part, said):
    faults = Faults()
    found = harness.run(json.dumps(result() | {part: said}).encode(), "a.json", faults)
    assert (found is None) == bool(faults)
    if found is not None:
        checked([found], PLAN, faults)
        json.dumps({**found.seeds, **found.conditions})


@given(st.binary(max_size=80), st.integers(0, 3000))
@settings(max_examples=100)
def test_damaged_bytes_are_faults_and_never_an_error(junk, at):
    faults = Faults()
    body = content()
    found = harness.run(body[:at] + junk + body[at:], "a.json", faults)
    assert (found is None) == bool(faults)


def test_the_plan_s_key_is_the_name_of_the_figure():
    assert replace(PLAN[0], way="strict").key == "acc,strict"
