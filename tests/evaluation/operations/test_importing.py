"""Responses in large numbers: all or nothing, once for each key, and worked out as the rules work them out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO, StringIO
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import Event, LedgerItem
from core.readers.faults import Faults
from core.roles import Role
from evaluation.models import Criterion, Response, ResponseBatch, ResponseImport, StaleMark
from evaluation.operations import importing
from evaluation.operations.entries import withdraw
from evaluation.operations.figures import record_responses
from evaluation.operations.importing import import_responses, listed
from evaluation.queries.aggregates import aggregates_of
from evaluation.readers.panels import Reading, Row
from evaluation.readers.uploads import panel
from evaluation.rules.aggregates import gather
from evaluation.rules.criteria import Criterion as Rule
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
ROWS = [("a", "user", Decimal("20.50")), ("b", "user", Decimal(20)), ("a", "user", Decimal("0.0000001"))]


@pytest.fixture
def story() -> Story:
    return told().open()


def brought(story: Story, rows: Sequence[tuple[str, str, Decimal]] | Reading = ROWS, **given: object) -> ResponseImport:
    reading = rows if callable(rows) else listed(rows)
    facts = {"key": "1차", "actor": story.actor("official-1"), "now": NOW} | given
    return import_responses(story.round, reading, **facts)


def table(*lines: str) -> Reading:
    return panel(BytesIO("\n".join(["team,criterion,mark", *lines]).encode()), "a.csv")


def test_responses_are_kept_digit_by_digit_and_counted_as_one_statement(story):
    stale = StaleMark.objects.count()
    with written() as changes:
        made = brought(story)
    assert (made.key, made.size, made.source, made.by, made.at) == ("1차", 3, "API", story.people["official-1"], NOW)
    kept = Response.objects.order_by("pk").values_list("batch__entry__team__code", "mark")
    assert [(team, format(mark, "f")) for team, mark in kept] == [("a", "20.50"), ("b", "20"), ("a", "0.0000001")]
    assert sorted(ResponseBatch.objects.values_list("entry__team__code", "code", "size")) == [
        ("a", "1차", 2),
        ("b", "1차", 1),
    ]
    tables = ["response B", "responsebatch I", "responsebatch I", "responseimport I"]
    assert changes == [
        *(f"evaluation_{each} test.official-1 import_responses" for each in tables),
        "core_event I test.official-1 import_responses",
    ]
    assert LedgerItem.objects.filter(relation="evaluation_response").get().image["rows"] == 3
    assert Event.objects.latest("id").facts == {
        "batch": "1차",
        "responses": 3,
        "digest": made.digest,
        "source": "API",
    }
    assert StaleMark.objects.count() == stale + 1


def test_the_same_key_again_changes_nothing_whatever_form_it_comes_in(story):
    first = brought(story)
    with unchanged():
        assert brought(story, table("a,user,20.50", "b,user,20", "a,user,1e-7"), file="a.csv") == first


def test_the_same_key_with_others_is_duplicate(story):
    brought(story)
    with refused("duplicate"):
        brought(story, ROWS[:2])


def test_without_a_key_the_content_is_its_own(story):
    first = brought(story, key="")
    with unchanged():
        assert brought(story, key="") == first
    assert brought(story, ROWS[:1], key="").key != first.key


def test_a_key_that_is_another_batch_s_number_is_duplicate(story):
    official = story.actor("official-1")
    facts = {"criterion": story.criterion("user"), "batch": "1차", "actor": official, "now": NOW}
    record_responses(story.entry("b"), marks=[Decimal(20)], **facts)
    with refused("duplicate"):
        brought(story)


def test_every_fault_is_told_and_nothing_is_written(story):
    with refused("out_of_range") as caught:
        brought(story, table("a,user,1", "z,user,1", "a,bench,1", "a,user,-0"), file="a.csv")
    assert caught.value.facts["faults"] == [
        "a.csv: 3번째 줄: 이 단계에 없는 팀입니다: z",
        "a.csv: 4번째 줄: 사용자 응답을 받는 평가항목이 아닙니다: bench",
        "a.csv: 5번째 줄: 음수 0은 쓸 수 없습니다: -0",
    ]


def test_a_result_beyond_its_bounds_undoes_everything(story):
    brought(story, [("a", "user", Decimal(25))])
    with refused("out_of_range") as caught:
        brought(story, [("b", "user", Decimal(1)), ("a", "user", Decimal("25.2"))], key="2차")
    assert caught.value.facts == {"criterion": "user", "team": "a"}


def test_nothing_is_incomplete(story):
    with refused("incomplete"):
        brought(story, [])


def test_a_team_that_has_withdrawn_takes_none(story):
    withdraw(story.entry("b"), reason="사유", actor=story.actor("official-1"), now=NOW)
    with refused("wrong_state"):
        brought(story)


def test_before_the_round_opens_none_is_taken():
    story = told()
    with refused("wrong_state"):
        brought(story)


def test_after_the_announcement_none_is_taken(story):
    story.score_all({"a": 90, "b": 80, "c": 70, "d": 60, "e": 50}).announce()
    with refused("locked"):
        brought(story)


@pytest.mark.parametrize("who", ["expert-1", "a-lead", "auditor-1", "operator-1"])
def test_only_officials_bring_responses_in(story, who):
    with refused("not_allowed"):
        brought(story, actor=story.actor(who))
    assert Role.SYSTEM not in importing.IMPORT_RESPONSES.roles


def test_what_changes_between_the_readings_is_not_believed(story):
    readings = iter([ROWS, ROWS[:2]])

    def changing(faults: Faults) -> Iterator[Row]:
        return (Row(number, *row) for number, row in enumerate(next(readings)))

    with refused("incomplete"):
        brought(story, changing)


def test_progress_is_told_and_may_stop_the_work(story, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 2)
    seen: list[int] = []
    brought(story, progress=seen.append)
    assert seen == [2, 5, 6]

    def stop(done: int) -> None:
        if done > 3:
            raise KeyboardInterrupt

    with unchanged(), pytest.raises(KeyboardInterrupt), transaction.atomic():
        brought(story, key="2차", progress=stop)


RULES = [
    Rule("mean", Decimal(20), source="responses"),
    Rule("few", Decimal(20), source="responses", quorum=4),
    Rule("median", Decimal(20), source="responses", aggregate="median"),
    Rule("trimmed", Decimal(20), source="responses", aggregate="trimmed_mean", trim=2),
    Rule("sum", Decimal(20), source="responses", aggregate="sum"),
]


def test_the_database_gathers_as_the_rules_do():
    """To the last digit, of any number of values, equal ones among them."""
    story, chance = told(criteria=RULES).open(), Random(4)
    values = {
        (team, rule.code): [Decimal(chance.randrange(400)) / 1000 for _ in range(size)]
        for rule in RULES
        for team, size in zip("abcde", (1, 3, 4, 7, 8), strict=True)
    }
    brought(story, [(*cell, value) for cell, each in values.items() for value in each])
    entries = {entry.team.code: entry.pk for entry in story.round.entries.select_related("team")}
    for rule in RULES:
        found = aggregates_of(Criterion.objects.get(code=rule.code), entries.values())
        assert found == {entries[team]: gather(rule, values[team, rule.code]) for team in "abcde"}


def test_a_command_brings_a_file_in(story, tmp_path):
    file, out = tmp_path / "a.csv", StringIO()
    file.write_text("team,criterion,mark\na,user,20.5\n")
    asked = ["test.stage-1", str(file), "--by", "test.official-1"]
    call_command("import_responses", *asked, stdout=out)
    assert "응답 1개" in out.getvalue()
    file.write_text("team,criterion,mark\nz,user,20.5\na,user,x\n")
    with unchanged(), pytest.raises(CommandError) as caught:
        call_command("import_responses", *asked)
    assert [line.split(": ")[1] for line in str(caught.value).splitlines()] == ["2번째 줄", "3번째 줄"]
    for wrong in (["none", str(file), *asked[2:]], [*asked[:1], "none.csv", *asked[2:]], [*asked[:3], "nobody"]):
        with unchanged(), pytest.raises(CommandError):
            call_command("import_responses", *wrong)


def test_many_take_as_many_statements_as_few(story):
    taken = []
    for key, rows in (("1차", ROWS), ("2차", ROWS * 100)):
        with CaptureQueriesContext(connection) as queries:
            brought(story, rows, key=key)
        taken.append(len(queries))
    assert taken[0] == taken[1]
