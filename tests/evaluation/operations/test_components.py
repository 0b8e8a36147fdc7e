"""What a team declares of its components: taken in time or late, replaced and never changed; each refusal."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from core.models import Event
from evaluation.models import ComponentDeclaration, Document, Entry, Gate
from evaluation.operations.components import declare_component
from evaluation.operations.drafting import Named
from evaluation.operations.entries import withdraw
from evaluation.operations.exporting import export_round
from evaluation.operations.papers import file_document
from evaluation.queries.components import by_component, gates_to_declare_for
from evaluation.queries.digests import inputs_digest
from evaluation.states import Origin
from tests.later import later_round
from tests.story import NOW, Story, told
from tests.unchanged import refused, unchanged, written

pytestmark = pytest.mark.django_db
CLOSES = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)  # 09:00 in Seoul
TICK = timedelta(microseconds=1)
NAME, STATEMENT = "비전 인코더", "공개 모델 V의 인코더 가중치를 프로즌 상태로 씀. Apache-2.0"


@pytest.fixture
def story() -> Story:
    return told(evidence_closes=CLOSES)


def paper(story: Story, team: str = "a", title: str = "기술 보고서", now: datetime = CLOSES - TICK) -> Document:
    return file_document(story.entry(team), kind="report", title=title, actor=story.actor("official-1"), now=now)


def declared(story: Story, who: str = "a-lead", *, now: datetime = CLOSES - TICK, **given: Any) -> ComponentDeclaration:
    words = {"gate": story.gate, "component": NAME, "origin": Origin.FROZEN, "statement": STATEMENT}
    entry: Entry = given.pop("entry", None) or story.entry("a")
    return declare_component(entry, **words | given, actor=story.actor(who), now=now)


def test_a_component_is_declared_with_its_papers(story):
    report, log = paper(story), paper(story, title="학습 로그")
    with written() as changes:
        row = declared(story, documents=[report, log, report], component=f" {NAME} ", statement=f"\n{STATEMENT} ")
    row.refresh_from_db()
    assert (row.entry.team.code, row.gate, row.component, row.origin) == ("a", story.gate, NAME, "frozen")
    assert (row.statement, row.by, row.at) == (STATEMENT, story.people["a-lead"], CLOSES - TICK)
    assert (row.late, row.not_considered_because) == (False, "")
    assert [each.title for each in row.papers.all()] == ["기술 보고서", "학습 로그"]
    tables = ("componentdeclaration", "declaredevidence", "declaredevidence")
    assert changes == [
        *(f"evaluation_{table} I test.a-lead declare_component" for table in tables),
        "core_event I test.a-lead declare_component",
    ]
    facts = {"gate": "originality", "component": NAME, "origin": "frozen", "late": False, "team": "a"}
    assert Event.objects.latest("pk").facts == facts | {"papers": ["기술 보고서", "학습 로그"]}


@pytest.mark.parametrize("at", [CLOSES, CLOSES + TICK, NOW])
def test_one_at_or_after_the_close_is_kept_and_not_considered_as_a_paper_is(story, at):
    row = declared(story, now=at)
    assert (row.late, row.at) == (True, at)
    assert row.not_considered_because == paper(story, now=at).not_considered_because
    assert row.not_considered_because.startswith("자료 제출 마감(2026년 1월 5일(월) 09:00) 뒤에")


def test_without_a_close_of_evidence_none_is_late():
    assert not declared(told(), now=NOW).late


def test_it_is_taken_while_the_round_is_drafted_and_while_it_is_scored(story):
    first = declared(story)
    assert declared(story.open(), component="토크나이저", now=NOW).pk != first.pk


def test_an_official_declares_on_paper_for_any_team(story):
    assert declared(story, "official-1", entry=story.entry("b")).by == story.people["official-1"]


def test_the_same_again_is_returned_in_time_or_not_and_after_the_verdict(story):
    report = paper(story)
    first = declared(story, documents=[report])
    for again in ({}, {"now": NOW}, {"who": "official-1"}, {"statement": f" {STATEMENT} "}):
        with unchanged():
            assert declared(story, documents=[report], **again) == first
    story.open()
    story.judge("a")
    with unchanged():
        assert declared(story, documents=[report], now=NOW) == first


@pytest.mark.parametrize("other", [{"origin": Origin.FURTHER_TRAINED}, {"statement": "고침"}, {"documents": []}])
def test_another_of_the_same_component_replaces_it_and_the_first_stays(story, other):
    report = paper(story)
    first = declared(story, documents=[report])
    second = declared(story, **{"documents": [report]} | other)
    (found,) = by_component(ComponentDeclaration.objects.order_by("pk")).values()
    assert (found.standing, found.earlier, found.late) == (second, [first], [])


def test_a_late_one_replaces_nothing(story):
    first = declared(story, statement="처음")
    second = declared(story, statement="둘째")
    late = declared(story, statement="해명", now=CLOSES)
    other = declared(story, component="토크나이저", now=CLOSES)
    found = by_component(ComponentDeclaration.objects.order_by("pk"))
    key = (story.entry("a").pk, story.gate.pk)
    assert found.keys() == {(*key, NAME), (*key, "토크나이저")}
    of_encoder, of_tokenizer = found[(*key, NAME)], found[(*key, "토크나이저")]
    assert (of_encoder.standing, of_encoder.earlier, of_encoder.late) == (second, [first], [late])
    assert (of_tokenizer.standing, of_tokenizer.late) == (None, [other])


def test_papers_of_another_team_or_round_are_unknown(story):
    own, strange = paper(story), paper(story, "b")
    later = later_round(story, evidence_closes=None)
    elsewhere = file_document(
        later.entries.get(), kind="report", title="2차", actor=story.actor("official-1"), now=CLOSES - TICK
    )
    for each in (strange, elsewhere):
        with refused("unknown"):
            declared(story, documents=[own, each])


def test_a_gate_of_another_round_is_unknown(story):
    later = later_round(story, gates=[Named("originality", "독자성", "Originality")])
    with refused("unknown"):
        declared(story, gate=Gate.objects.get(round=later))


def test_a_team_s_person_declares_for_no_other_team(story):
    with refused("not_entitled"):
        declared(story, "b-lead")


@pytest.mark.parametrize("who", ["expert-1", "reviewer-1", "auditor-1", "operator-1"])
def test_others_declare_nothing(story, who):
    with refused("not_allowed"):
        declared(story, who)


@pytest.mark.parametrize("blank", [{"component": " "}, {"statement": "\n"}])
def test_a_declaration_names_its_component_and_says_what_it_is(story, blank):
    with refused("incomplete"):
        declared(story, **blank)


def test_a_name_has_its_length(story):
    assert declared(story, component="가" * 100).component == "가" * 100
    with refused("out_of_range"):
        declared(story, component="가" * 101)


def test_once_the_verdict_on_the_gate_is_given_none_is_taken(story):
    story.open()
    story.judge("a", "failed")
    with refused("wrong_state"):
        declared(story, now=NOW)
    assert declared(story, "b-lead", entry=story.entry("b"), now=NOW).entry.team.code == "b"


def test_nor_from_a_team_that_has_withdrawn(story):
    held = story.entry("a")
    withdraw(story.entry("a"), reason="사정", actor=story.actor("a-lead"), now=NOW)
    with refused("wrong_state"):
        declared(story, entry=held)


def test_nor_once_the_result_is_announced():
    story = told(teams="ab", seats=1).open().score_all({"a": 90}, failed=[])
    withdraw(story.entry("b"), reason="사정", actor=story.actor("b-lead"), now=NOW)
    story.announce()
    with refused("wrong_state"):
        declared(story, now=NOW)


def test_what_stands_first_among_the_codes_is_given(story):
    strange = paper(story, "b")
    story.open()
    story.judge("a")
    for code, given in (
        ("unknown", {"who": "b-lead", "documents": [strange], "statement": ""}),
        ("not_entitled", {"who": "b-lead", "statement": ""}),
        ("wrong_state", {"statement": ""}),
    ):
        with refused(code):
            declared(story, now=NOW, **given)


def test_the_gates_for_which_one_is_taken(story):
    later = later_round(story, gates=[Named("safety", "안전성", "Safety")])
    teams = story.teams
    assert [each.code for each in gates_to_declare_for(teams["a"])] == ["originality", "safety"]
    assert [each.code for each in gates_to_declare_for(teams["b"])] == ["originality"]
    assert list(gates_to_declare_for(teams["x"])) == []
    withdraw(later.entries.get(), reason="사정", actor=story.actor("a-lead"), now=NOW)
    assert [each.code for each in gates_to_declare_for(teams["a"])] == ["originality"]
    story.open()
    story.judge("a")
    assert list(gates_to_declare_for(teams["a"])) == []
    assert [each.code for each in gates_to_declare_for(teams["b"])] == ["originality"]


def test_it_is_evidence_and_no_input():
    """The digest of the inputs, and the archive of a result, are the same with it and without."""
    plain = told(teams="ab", seats=1).open()
    before = inputs_digest(plain.round)
    declared(plain, now=NOW)
    assert inputs_digest(plain.round) == before
    plain.score_all({"a": 90, "b": 80}).announce()
    archive = BytesIO()
    export_round(plain.round, archive, actor=plain.actor("auditor-1"), now=NOW)
    with ZipFile(archive) as members:
        told_of = [name for name in members.namelist() if NAME in members.read(name).decode()]
        assert "inputs/verdicts.csv" in members.namelist()
    assert told_of == []
