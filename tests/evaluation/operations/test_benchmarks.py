"""The plan of a round's benchmarks, and runs that are recorded by it: all or nothing, with what was read of them."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from core.readers.faults import Faults
from evaluation.models import BenchmarkTask, HarnessFile, HarnessResult, Measurement, MeasurementRun
from evaluation.operations.benchmarks import plan_benchmarks, record_runs
from evaluation.operations.figures import record_measurements
from evaluation.queries.benchmarks import plan_of, unequal
from evaluation.readers import harness
from evaluation.readers.plans import Planned
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from tests.evaluation.harness_files import content, result
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db
CRITERIA = (
    Rule("bench", Decimal(20), source="measurements", quorum=1, scale=Linear(Fraction(20))),
    Rule("other", Decimal(10), source="measurements", quorum=1, scale=Linear(Fraction(10))),
    Rule("rest", Decimal(70), source="direct"),
)
PLAN = (
    Planned("bench", "task-a", "acc", "none", "1.0", 5, 1000),
    Planned("other", "task-b", "exact_match", "strict-match", "1.0", 5),
)


@pytest.fixture
def drafted() -> Story:
    return told(criteria=CRITERIA)


@pytest.fixture
def story(drafted: Story) -> Story:
    planned(drafted)
    return drafted.open()


def planned(story: Story, *plan: Planned, who: str = "official-1") -> list[BenchmarkTask]:
    return plan_benchmarks(story.round, plan or PLAN, actor=story.actor(who), now=NOW)


def runs(*args: object, name: str = "a.json", **changed: object) -> list[harness.Run]:
    faults = Faults()
    found = harness.run(content(*args, **changed), name, faults)
    assert found is not None, list(faults)
    return [found]


def recorded(story: Story, given: list[harness.Run], team: str = "a", who: str = "official-1") -> list[HarnessFile]:
    return record_runs(story.entry(team), given, actor=story.actor(who), now=NOW)


def test_a_plan_stands_in_place_of_the_one_before(drafted):
    planned(drafted)
    planned(drafted, PLAN[1])
    assert plan_of(drafted.round) == [PLAN[1]]
    with unchanged():
        planned(drafted, PLAN[1])


@pytest.mark.parametrize(
    ("code", "plan"),
    [
        ("unknown", [replace(PLAN[0], criterion="rest")]),
        ("unknown", [replace(PLAN[0], criterion="none")]),
        ("out_of_range", [replace(PLAN[0], task="")]),
        ("out_of_range", [replace(PLAN[0], shots=-1)]),
        ("out_of_range", [replace(PLAN[0], samples=0)]),
        ("duplicate", [PLAN[0], replace(PLAN[0], metric="acc_norm")]),
    ],
)
def test_a_plan_that_cannot_be(drafted, code, plan):
    with refused(code):
        planned(drafted, *plan)


def test_the_plan_is_frozen_when_the_round_opens(story):
    with refused("wrong_state"):
        planned(story)


def test_what_was_read_stands_beside_each_value(story):
    (file,) = recorded(story, runs())
    assert (file.name, file.model, file.harness, file.seeds["torch_seed"]) == (
        "a.json",
        "example/model-1",
        "0.4.9",
        "1234",
    )
    rows = HarnessResult.objects.order_by("pk").values_list(
        "measurement__criterion__code", "measurement__value", "version", "shots", "samples", "stderr", "task_sha"
    )
    assert list(rows) == [
        ("bench", Decimal("0.7125"), "1.0", 5, 1000, Decimal("0.0143"), "hash-of-task-a"),
        ("other", Decimal("0.5"), "1.0", 5, 400, Decimal("0.025"), "hash-of-task-b"),
    ]
    assert MeasurementRun.objects.count() == 2


def test_the_same_files_again_change_nothing(story):
    first = recorded(story, runs())
    with unchanged():
        assert recorded(story, runs()) == first


def test_another_value_for_the_same_task_is_duplicate(story):
    recorded(story, runs())
    other = {"task-a": {"acc,none": 0.8}, "task-b": {"exact_match,strict-match": 0.5}}
    with refused("duplicate"):
        recorded(story, runs(results=other))


def test_a_file_that_stands_beside_a_new_one_is_duplicate(story):
    first = runs()
    recorded(story, first)
    with refused("duplicate"):
        recorded(story, [*first, *runs(("task-a",), name="b.json")])


CONFIG = result()["config"]


@pytest.mark.parametrize(
    "changed",
    [
        {"n_samples": {"task-a": {"original": 1000, "effective": 1000}, "task-b": {"original": 500, "effective": 500}}},
        {"results": result()["results"] | {"task-b": {"exact_match,strict-match": 0.5}}},
        {"model_name": "example/model-2"},
        {"lm_eval_version": "0.4.8"},
        {"config": CONFIG | {"random_seed": 7}},
        {"config": CONFIG | {"gen_kwargs": {"temperature": 1}}},
        {"configs": {"task-b": {"generation_kwargs": {"temperature": 1}}}},
    ],
)
def test_the_same_value_measured_under_other_conditions_is_duplicate(story, changed):
    recorded(story, runs())
    with refused("duplicate") as caught:
        recorded(story, runs(name="b.json", **changed))
    assert "b.json: results.task-b: 같은 값이 다른 조건의 결과로 이미 있습니다: a.json" in caught.value.facts["faults"]


def test_the_same_values_and_conditions_in_another_file_change_nothing(story):
    first = recorded(story, runs())
    with unchanged():
        assert recorded(story, runs(name="b.json", date=1767225700)) == first


def test_a_file_that_stands_for_another_team_is_duplicate(story):
    recorded(story, runs())
    with refused("duplicate") as caught:
        recorded(story, runs(name="b.json"), "b")
    assert caught.value.facts["faults"] == ["b.json: 다른 팀(a)의 결과로 이미 반영한 파일입니다."]


def test_two_files_of_one_name_are_duplicate(story):
    with refused("duplicate") as caught:
        recorded(story, [*runs(("task-a",)), *runs(("task-b",))])
    assert caught.value.facts["names"] == ["a.json"]


def test_what_a_task_generates_with_is_compared_for_that_task_alone(story):
    for team, heat in (("a", 0), ("b", 1)):
        said = {"task-a": {"generation_kwargs": {"temperature": heat}}}
        recorded(story, runs(configs=said, model_name=f"example/{team}"), team)
    assert [(each.task, each.condition, dict(each.values)) for each in unequal(story.round)] == [
        ("task-a", "과제의 생성 설정", {"a": '{"temperature": 0}', "b": '{"temperature": 1}'})
    ]


def test_a_value_that_was_entered_by_hand_keeps_what_was_read_of_it(story):
    facts = {"criterion": story.criterion("bench"), "actor": story.actor("official-1"), "now": NOW}
    record_measurements(story.entry("a"), values={"task-a": Decimal("0.7125")}, **facts)
    recorded(story, runs())
    assert Measurement.objects.get(name="task-a").harness.stderr == Decimal("0.0143")


def test_what_is_not_as_planned_is_refused_as_a_whole(story):
    with refused("out_of_range") as caught:
        recorded(story, runs(versions={"task-a": 2.0, "task-b": 1.0}))
    assert caught.value.facts["faults"] == ["a.json: versions.task-a: 과제 판이 계획(1.0)과 다릅니다: 2.0"]


def test_a_result_beyond_its_bounds_is_refused_as_a_whole(story):
    high = {"task-a": {"acc,none": 0.5}, "task-b": {"exact_match,strict-match": 1.2}}
    with refused("out_of_range"):
        recorded(story, runs(results=high))


def test_without_a_plan_there_is_nothing_to_record(drafted):
    story = drafted.open()
    with refused("incomplete"):
        recorded(story, runs())


@pytest.mark.parametrize("who", ["expert-1", "a-lead", "auditor-1", "operator-1"])
def test_only_officials_record_runs(story, who):
    with refused("not_allowed"):
        recorded(story, runs(), who=who)


def test_runs_of_teams_are_compared_in_one_query(story, django_assert_num_queries):
    for team, version in zip("abc", ("0.4.9", "0.4.8", "0.4.9"), strict=True):
        given = runs(name=f"{team}.json", lm_eval_version=version, model_name=f"example/{team}")
        recorded(story, given, team)
    with django_assert_num_queries(1):
        found = unequal(story.round)
    assert [(each.task, each.condition, dict(each.values)) for each in found] == [
        ("task-a", "도구 판", {"a": "0.4.9", "b": "0.4.8", "c": "0.4.9"}),
        ("task-b", "도구 판", {"a": "0.4.9", "b": "0.4.8", "c": "0.4.9"}),
    ]
