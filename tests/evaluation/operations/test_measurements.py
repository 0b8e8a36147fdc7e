from decimal import Decimal
from fractions import Fraction

import pytest

from core.models import Event
from evaluation.models import Measurement, MeasurementRun
from evaluation.operations.figures import record_measurements
from evaluation.rules.criteria import Criterion as Rule
from evaluation.rules.scales import Linear
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
CRITERIA = (
    Rule("bench", Decimal(20), source="measurements", quorum=3, scale=Linear(Fraction(20, 100))),
    Rule("rest", Decimal(80), source="direct"),
)


@pytest.fixture
def story() -> Story:
    return told(criteria=CRITERIA).open()


def measured(story: Story, run: str | None = None, who: str = "official-1", **values: object) -> MeasurementRun | None:
    return record_measurements(
        story.entry("a"),
        criterion=story.criterion("bench"),
        values={name: Decimal(str(value)) for name, value in values.items()},
        run=run,
        actor=story.actor(who),
        now=NOW,
    )


def values() -> dict[str, str]:
    return {row.name: str(row.value) for row in Measurement.objects.order_by("pk")}


def test_a_run_is_kept_with_its_named_values(story):
    with written() as changes:
        run = measured(story, "run-1", b01="66.70", b02=80)
    assert (run.code, run.by, run.at) == ("run-1", story.people["official-1"], NOW)
    assert values() == {"b01": "66.70", "b02": "80"}
    tables = ["evaluation_measurementrun", "evaluation_measurement", "evaluation_measurement", "core_event"]
    assert changes == [f"{table} I test.official-1 record_measurements" for table in tables]
    facts = {"criterion": "bench", "values": {"b01": "66.70", "b02": "80"}, "run": "run-1"}
    assert Event.objects.latest("id").facts == facts


@pytest.mark.parametrize("again", [{"b01": 50}, {"b01": 99}, {}])
def test_the_same_run_again_changes_nothing(story, again):
    first = measured(story, "run-1", b01=50)
    with unchanged():
        assert measured(story, "run-1", **again) == first


def test_a_value_that_stands_is_left_as_it_is(story):
    measured(story, "run-1", b01=50)
    assert measured(story, "run-2", b01="50.0", b02=60).code == "run-2"
    assert values() == {"b01": "50", "b02": "60"}


def test_without_a_run_nothing_new_changes_nothing(story):
    measured(story, None, b01=50)
    with unchanged():
        assert measured(story, None, b01=50) is None


@pytest.mark.parametrize("run", [None, "run-2"])
def test_another_value_is_duplicate(story, run):
    measured(story, "run-1", b01=50)
    with refused("duplicate") as caught:
        measured(story, run, b01=51, b02=60)
    assert caught.value.facts == {"names": ["b01"]}


def test_no_values_are_incomplete(story):
    with refused("incomplete"):
        measured(story, "run-1")


def test_a_negative_value_is_out_of_range(story):
    with refused("out_of_range"):
        measured(story, b01=-1)


def test_the_result_is_judged_only_when_there_are_enough_values(story):
    measured(story, b01=101)
    measured(story, b02=101)
    with refused("out_of_range"):
        measured(story, b03=101)
    measured(story, b03=98)
    assert values() == {"b01": "101", "b02": "101", "b03": "98"}


def test_a_value_that_is_beyond_its_bounds_and_differs_is_out_of_range(story):
    measured(story, b01=50, b02=50, b03=50)
    with refused("out_of_range"):
        measured(story, b01=500)


@pytest.mark.parametrize("who", ["expert-1", "a-lead", "auditor-1", "operator-1"])
def test_only_officials_enter_measurements(story, who):
    with refused("not_allowed"):
        measured(story, who=who, b01=50)
